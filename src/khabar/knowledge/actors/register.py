"""The register of actors: who is meant by a name, alias or acronym, and who held an office on a day."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from khabar.errors import KnowledgeError
from khabar.knowledge.actors.folding import fold, is_acronym, singular, slug
from khabar.knowledge.actors.groups import groups, groups_of, peoples
from khabar.knowledge.actors.offices import persons, titles
from khabar.knowledge.actors.states import States, read_states
from khabar.knowledge.actors.tables import FOLDER
from khabar.records import Actor

_CAPITALISED = frozenset({"media", "political", "person", "state", "aid", "company"})
"""Kinds whose one-word names are common words too in lower case: "dawn", "sana", "republic", "care"."""
_TITLE_CASE = 5  # letters from which an acronym may be written as a word: "Unicef", "Farc" is listed, "Car" is not


class Register:
    """Actors with an index of their names. A user's own actors, given first, win over ours of the same name or alias."""

    def __init__(self, own: Iterable[Actor], ours: Iterable[Actor], states: States, digest: str) -> None:
        self.states, self.digest = states, digest
        mine = tuple(own)
        replaced = {actor.id for actor in mine}
        self.actors: tuple[Actor, ...] = (*mine, *(a for a in ours if a.id not in replaced))
        self._own_ids = replaced
        self._ids: dict[str, Actor] = {}
        for actor in self.actors:
            self._ids.setdefault(actor.id, actor)
        self._mine = _index(mine)
        self._ours = _index(self.actors[len(mine) :])
        self._holders = _holders(self.actors)
        self._beginnings = frozenset(fold(name).partition(" ")[0] for a in self.actors if "." in a.id for name in (a.name, *a.aliases))
        self._surnames: dict[str, list[Actor]] = defaultdict(list)
        for actor in self.actors:
            if actor.kind == "person":
                self._surnames[fold(actor.name).rpartition(" ")[2]].append(actor)

    def lookup(self, name: str) -> Sequence[Actor]:
        """Every actor of that name or alias, whenever it existed, most literal first; empty where there is none."""
        folded = fold(name)
        if not folded:
            return ()
        found = _named(self._mine, name, folded)
        if found:
            return found
        found = _named(self._ours, name, folded)
        return [*found, *(a for a in self._by_pattern(folded) if a not in found)]

    def listed(self, name: str) -> Sequence[Actor]:
        """As `lookup`, without the names that follow from a state's ("Afghan police"): a cheaper question."""
        folded = fold(name)
        return (_named(self._mine, name, folded) or _named(self._ours, name, folded)) if folded else ()

    def actor(self, id: str) -> Actor | None:
        """The actor of that id."""
        return self._ids.get(id)

    def is_own(self, actor: Actor) -> bool:
        """Whether an actor comes from the user's own file."""
        return actor.id in self._own_ids

    def named(self, name: str) -> Actor | None:
        """The actor of that canonical name, aliases left aside."""
        folded = fold(name)
        return next((a for a in self.lookup(name) if fold(a.name) == folded), None)

    def may_begin_body(self, word: str) -> bool:
        """Whether the own name of some state's body begins with a folded word: a cheap question before a look-up."""
        return word in self._beginnings

    def in_office(self, surname: str, on: date) -> Sequence[Actor]:
        """Persons of that surname who held an office on a day."""
        return [p for p in self._surnames.get(fold(surname), ()) if any(m.tenure.covers(on) for m in p.memberships)]

    def holder(self, title: str, *, country: str | None = None, body: str | None = None, on: date) -> Actor | None:
        """Who held an office ("defence minister") of a country or body on a day; None where the register does not know.

        `country` is ISO 3166 alpha-3, `body` an actor's id or name. Of two whose years overlap, the one who came later.
        """
        role = titles().role(fold(title))
        if role is None or (country is None and body is None):
            return None
        wanted = None if body is None else self.actor(body) or self.named(body)
        if body is not None and wanted is None:
            return None
        fitting = []
        for person, body_id, start, end in self._holders.get(role.name, ()):
            of = self.actor(body_id)
            if of is None or not start <= on <= end:
                continue
            if (wanted is not None and of.id == wanted.id) or (wanted is None and of.country == country and _of_state(of)):
                fitting.append((start, person))
        return max(fitting, key=lambda f: f[0])[1] if fitting else None

    def _by_pattern(self, folded: str) -> Sequence[Actor]:
        return self.states.body_of(folded) or self.states.body_of(singular(folded))


def _of_state(actor: Actor) -> bool:
    return actor.kind in {"state", "government", "military", "police"}


Index = Mapping[str, Sequence[tuple[Actor, str]]]


def _index(actors: Iterable[Actor]) -> Index:
    index: dict[str, list[tuple[Actor, str]]] = defaultdict(list)
    for actor in actors:
        for written in dict.fromkeys((actor.name, *actor.aliases)):
            folded = fold(written)
            index[folded].append((actor, written))
            if (one := singular(folded)) != folded:
                index[one].append((actor, written))
    return dict(index)


def _named(index: Index, name: str, folded: str) -> list[Actor]:
    found: list[Actor] = []
    for key in dict.fromkeys((folded, singular(folded))):
        for actor, written in index.get(key, ()):
            if actor not in found and _case_fits(name, written, actor):
                found.append(actor)
    found.sort(key=lambda a: fold(a.name) != folded)
    return found


def _case_fits(name: str, written: str, actor: Actor) -> bool:
    """Whether a word as a report writes it can be the name that we write: "us" is not the US, "dawn" no newspaper."""
    if " " in written.strip():
        return True
    if is_acronym(written):
        capitals, letters = sum(c.isupper() for c in name), sum(c.isalpha() for c in written)
        return capitals >= min(2, letters) or (capitals == 1 and name[:1].isupper() and letters >= _TITLE_CASE)
    if written[:1].isupper() and actor.kind in _CAPITALISED:
        return any(c.isupper() for c in name)
    return True


def _holders(actors: Iterable[Actor]) -> Mapping[str, Sequence[tuple[Actor, str, date, date]]]:
    by_role: dict[str, list[tuple[Actor, str, date, date]]] = defaultdict(list)
    for actor in actors:
        for m in actor.memberships:
            if m.role is not None:
                role = titles().role(fold(m.role))
                name = role.name if role is not None else m.role
                by_role[name].append((actor, m.body, m.tenure.start or date.min, m.tenure.end or date.max))
    return by_role


@cache
def register(actors_file: str | None = None) -> Register:
    """The register of this installation, with a user's own file where there is one (columns as in groups_asia.tsv).

    Raises KnowledgeError naming file and line.
    """
    states = read_states()
    ours = [*states.actors, *groups(), *peoples()]
    bodies: dict[str, Actor] = {actor.id: actor for actor in ours}
    for actor in ours:
        bodies.setdefault(slug(actor.name), actor)
    ours.extend(persons(lambda name: bodies.get(slug(name))))
    own = [] if actors_file is None else list(groups_of(Path(actors_file)))
    return Register(own, ours, states, _digest(actors_file))


def _digest(actors_file: str | None) -> str:
    total = hashlib.sha256()
    try:
        for path in (*sorted(p for p in FOLDER.iterdir() if p.is_file()), *([Path(actors_file)] if actors_file else [])):
            total.update(path.name.encode() + b"\x1f" + path.read_bytes() + b"\x1e")
    except OSError as error:
        raise KnowledgeError(f"{error.filename}: cannot be read: {error.strerror}") from error
    return total.hexdigest()
