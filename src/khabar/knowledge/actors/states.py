"""States and the bodies that each of them has: governments, forces, services and ministries, named by rule.

Nobody writes down "Afghan police" for two hundred states: a body's names are patterns with a place for the state's name, and
a name is matched by taking a state's word out of it and looking for the pattern that is left.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

from khabar.knowledge.actors.folding import fold
from khabar.knowledge.actors.tables import FOLDER, Row, rows
from khabar.records import Actor, ActorKind, Membership, Tenure

Slot = Literal["adj", "state", "capital"]
_SLOTS = get_args(Slot)


@dataclass(frozen=True, slots=True)
class State:
    """A row of states.tsv: `code` is ISO 3166 alpha-3, `people` the plural of its people."""

    code: str
    name: str
    exists: Tenure
    adjectives: tuple[str, ...]
    aliases: tuple[str, ...]
    capitals: tuple[str, ...]
    people: tuple[str, ...]

    @property
    def id(self) -> str:
        return self.code.lower()


@dataclass(frozen=True, slots=True)
class Body:
    """A row of bodies.tsv: patterns of its names, and what it is called where no state is named ("the army")."""

    key: str
    kind: ActorKind
    name: str
    patterns: tuple[str, ...]
    bare: tuple[str, ...]


@dataclass(slots=True)
class States:
    """All states and their bodies, with the tables that names are matched by."""

    states: Mapping[str, State]
    bodies: Mapping[str, Body]
    actors: tuple[Actor, ...]
    by_body: Mapping[tuple[str, str], tuple[Actor, ...]]
    _slots: dict[str, list[tuple[Slot, str]]] = field(default_factory=lambda: defaultdict(list))
    _patterns: dict[tuple[str, Slot, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    _bare: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for state in self.states.values():
            for slot, words in _words(state):
                if (slot, state.code) not in self._slots[fold(words)]:
                    self._slots[fold(words)].append((slot, state.code))
        for body in self.bodies.values():
            for pattern in (body.name, *body.patterns):
                before, slot, after = _split(pattern)
                self._patterns[fold(before), slot, fold(after)].append(body.key)
            for words in body.bare:
                self._bare[fold(words)] = body.key

    def body_of(self, folded: str) -> Sequence[Actor]:
        """The bodies that a folded name means by pattern ("afghan army", "ministry of defence of syria")."""
        words = folded.split()
        found: list[Actor] = []
        for i in range(len(words)):
            for j in range(i + 1, min(i + 6, len(words)) + 1):
                slots = self._slots.get(" ".join(words[i + 1 if words[i] == "the" and j > i + 1 else i : j]))
                for slot, code in slots or ():
                    for key in self._patterns.get((" ".join(words[:i]), slot, " ".join(words[j:])), ()):
                        found.extend(actor for actor in self.by_body[code, key] if actor not in found)
        return found

    def body_after(self, state: str, after: str) -> Sequence[tuple[str, str]]:
        """The bodies (country, key) that a state's folded word means with the folded words after it: "afghan", "army"."""
        slots = self._slots.get(state, ())
        return [(code, key) for slot, code in slots for key in self._patterns.get(("", slot, after), ())]

    def bare(self, folded: str) -> str | None:
        """The body that is meant where no state is named ("army", "defence ministry"); None where it is none."""
        return self._bare.get(folded)

    def of(self, country: str, key: str) -> Sequence[Actor]:
        """The bodies of a country by the key of bodies.tsv, one for each span of years."""
        return self.by_body.get((country, key), ())

    def countries_of(self, folded: str) -> Sequence[str]:
        """The states that a word points at: name, adjective, capital or people."""
        return [code for _, code in self._slots.get(folded, ())]


def _words(state: State) -> Iterator[tuple[Slot, str]]:
    for name in (state.name, *state.aliases):
        yield "state", name
    for adjective in state.adjectives:
        yield "adj", adjective
    for capital in state.capitals:
        yield "capital", capital


def _split(pattern: str) -> tuple[str, Slot, str]:
    for slot in _SLOTS:
        before, found, after = pattern.partition(f"{{{slot}}}")
        if found:
            return before, slot, after
    raise ValueError(pattern)


def read_states() -> States:
    """States, bodies and named bodies from their files. Raises KnowledgeError with file and line.

    Where armed forces have a name of their own and the army has none, "the army" means the armed forces.
    """
    states = {state.code: state for state in _states()}
    bodies = {body.key: body for body in _bodies()}
    named = _named(states, bodies)
    actors: list[Actor] = []
    by_body: dict[tuple[str, str], tuple[Actor, ...]] = {}
    for state in states.values():
        actors.append(Actor(state.id, state.name, "state", state.code, (*state.aliases, *state.capitals), state.exists))
        if state.people:
            actors.append(Actor(f"people.{state.id}", state.people[0], "people", state.code, state.people[1:]))
        for body in bodies.values():
            own = named.get((state.code, body.key), ())
            if body.key == "army" and not own and (state.code, "military") in named:
                by_body[state.code, body.key] = by_body[state.code, "military"]
                continue
            by_body[state.code, body.key] = _body_actors(state, body, own)
            actors.extend(by_body[state.code, body.key])
    return States(states, bodies, tuple(actors), by_body)


def _body_actors(state: State, body: Body, own: Sequence[Row]) -> tuple[Actor, ...]:
    member = (Membership(state.id),)
    base = f"{state.id}.{body.key}"
    found: list[Actor] = []
    for row in own:
        years = row.tenure(2, 3)
        id_ = f"{base}.{years.start.year}" if years.start is not None else base if years.end is None else f"{base}.until-{years.end.year}"
        found.append(Actor(id_, row.cells[4], body.kind, state.code, row.names(5), years, member))
    general = body.name.replace("{adj}", (state.adjectives or (state.name,))[0]).replace("{state}", state.name)
    if all(a.exists != Tenure() for a in found) and fold(general) not in {fold(a.name) for a in found}:
        found.append(Actor(base, general, body.kind, state.code, (), state.exists, member))
    return tuple(found)


def _states() -> Iterator[State]:
    for row in rows(FOLDER / "states.tsv", 8):
        adjectives = row.names(4)
        people = row.names(7)
        if not people and adjectives and adjectives[0].endswith(("n", "i")):
            people = (f"{adjectives[0]}s",)
        yield State(row.cells[0], row.cells[1], row.tenure(2, 3), adjectives, row.names(5), row.names(6), people)


def _bodies() -> Iterator[Body]:
    for row in rows(FOLDER / "bodies.tsv", 5):
        patterns = row.names(3)
        for pattern in (row.cells[2], *patterns):
            if sum(pattern.count(f"{{{slot}}}") for slot in _SLOTS) != 1:
                raise row.error(f"{pattern!r} must hold one of {{adj}}, {{state}}, {{capital}}, once")
        yield Body(row.cells[0], row.kind(1), row.cells[2], patterns, row.names(4))


def _named(states: Mapping[str, State], bodies: Mapping[str, Body]) -> Mapping[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows(FOLDER / "state_bodies.tsv", 6):
        if row.cells[0] not in states:
            raise row.error(f"{row.cells[0]!r} is no state of states.tsv")
        if row.cells[1] not in bodies:
            raise row.error(f"{row.cells[1]!r} is no body of bodies.tsv; there are: {', '.join(bodies)}")
        if not row.cells[4]:
            raise row.error("a body must have a name")
        found[row.cells[0], row.cells[1]].append(row)
    return found
