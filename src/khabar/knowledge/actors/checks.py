"""What can be wrong with a register, found before anybody relies on it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from khabar.knowledge.actors.folding import fold
from khabar.knowledge.actors.register import Register
from khabar.records import Actor, Tenure

_BELLIGERENT = frozenset({"military", "police", "armed-group", "militia", "government", "state"})
_EARLIEST = date(1000, 1, 1)


def check(register: Register) -> list[str]:
    """Every fault found: duplicates, aliases that nothing could tell apart, impossible years, unknown bodies, cycles, and
    peoples that are aliases of belligerents. Empty where the register is sound."""
    return [*_duplicates(register), *_overlaps(register), *_years(register), *_bodies(register), *_cycles(register), *_peoples(register)]


def _duplicates(register: Register) -> Iterator[str]:
    ids = Counter(actor.id for actor in register.actors)
    yield from (f"{id}: {count} actors have this id" for id, count in ids.items() if count > 1)
    names: dict[str, list[Actor]] = defaultdict(list)
    for actor in register.actors:
        names[fold(actor.name)].append(actor)
    for same in names.values():
        for a, b in pairwise(same):
            if a.id != b.id and a.country == b.country and _share_days(a.exists, b.exists):
                yield f"{a.id} and {b.id} have one name, {a.name!r}"
    for actor in register.actors:
        twice = [alias for alias, count in Counter(actor.aliases).items() if count > 1]
        yield from (f"{actor.id}: alias {alias!r} is given twice" for alias in twice)


def _overlaps(register: Register) -> Iterator[str]:
    """Aliases that two actors of one country share in the same years: neither country nor date can decide between them."""
    owners: dict[str, list[Actor]] = defaultdict(list)
    for actor in register.actors:
        for alias in {fold(a) for a in actor.aliases}:
            owners[alias].append(actor)
    for alias, actors in owners.items():
        for i, a in enumerate(actors):
            for b in actors[i + 1 :]:
                if a.country == b.country and _share_days(a.exists, b.exists):
                    yield f"{alias!r} is an alias of both {a.id} and {b.id}, of one country in the same years"


def _years(register: Register) -> Iterator[str]:
    latest = date.today() + timedelta(days=1)
    for actor in register.actors:
        for what, tenure in [("it exists", actor.exists), *((f"{m.role} of {m.body}", m.tenure) for m in actor.memberships)]:
            if tenure.start is not None and not _EARLIEST <= tenure.start <= latest:
                yield f"{actor.id}: {what} from {tenure.start}, which cannot be"
            if tenure.start is not None and tenure.end is not None and tenure.end < tenure.start:
                yield f"{actor.id}: {what} until {tenure.end}, before it begins"


def _bodies(register: Register) -> Iterator[str]:
    for actor in register.actors:
        for m in actor.memberships:
            if register.actor(m.body) is None:
                yield f"{actor.id}: member of {m.body!r}, which is no actor"


def _cycles(register: Register) -> Iterator[str]:
    for actor in register.actors:
        seen, at = {actor.id}, actor
        while at.memberships and at.kind != "person":
            above = register.actor(at.memberships[0].body)
            if above is None:
                break
            if above.id in seen:
                yield f"{actor.id}: is a part of itself through {above.id}"
                break
            seen.add(above.id)
            at = above


def _peoples(register: Register) -> Iterator[str]:
    peoples = {fold(name): a.id for a in register.actors if a.kind == "people" for name in (a.name, *a.aliases)}
    for actor in register.actors:
        if actor.kind in _BELLIGERENT:
            for name in (actor.name, *actor.aliases):
                if fold(name) in peoples:
                    yield f"{name!r} names the people {peoples[fold(name)]} and may not name {actor.id}"


def _share_days(a: Tenure, b: Tenure) -> bool:
    return (a.start or date.min) <= (b.end or date.max) and (b.start or date.min) <= (a.end or date.max)
