"""The stage that says who is meant: parties and sources of every statement, and actors told of outside their lifetime."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from khabar.knowledge.actors import Register, register
from khabar.records import Actor, Flag, Party, Reading, Source, Statement, Value, Values
from khabar.resolve.actors.named import Named
from khabar.resolve.actors.naming import Naming
from khabar.resolve.actors.report import Report
from khabar.resolve.actors.speakers import Speakers

T = TypeVar("T")
_OURS = frozenset({"we", "us", "our", "ours"})


class ActorStage:
    """Names and identifies the parties and sources of statements. Who is not known stays as the report has it, never forced.

    It names at the day of the event where an earlier stage has dated it, else at the day of publication.
    """

    name = "actors"
    needs = frozenset({"sentences", "mentions", "statements"})
    adds = frozenset({"statements"})

    def __init__(self, actors_file: str | None = None) -> None:
        self._actors_file = actors_file

    def __call__(self, reading: Reading) -> Reading:
        if not reading.statements:
            return reading
        named = _Report(reading, register(self._actors_file))
        return replace(reading, statements=tuple(named.statement(s) for s in reading.statements))


class _Report:
    def __init__(self, reading: Reading, actors: Register) -> None:
        self.report = Report(reading, actors)
        self.naming = Naming(self.report, actors)
        self.speakers = Speakers(self.report, self.naming, actors)

    def statement(self, statement: Statement) -> Statement:
        day = self._day(statement)
        found: list[Named] = []
        sources = _each(statement.sources, self._source)
        body = next((s.affiliation for s in sources if s.affiliation), None)
        done = replace(
            statement,
            actors=_each(statement.actors, lambda v: self._party(self._ours(v, body), day, found)),
            targets=_each(statement.targets, lambda v: self._party(self._ours(v, body), day, found)),
            sources=sources,
        )
        return _flagged(done, found)

    def _ours(self, value: Value[Party], body: str | None) -> Value[Party]:
        """ "We", "our forces": the party that the speaker speaks for, where the source says which."""
        party = value.value
        if party is None or party.span is None or body is None:
            return value
        first, *rest = party.span.of(self.report.text).split() or [""]
        if first.lower() not in _OURS:
            return value
        because = f"{value.because}; “{first}” are those whom the source speaks for"
        return replace(value, value=replace(party, name=" ".join((body, *rest))), because=because)

    def _day(self, statement: Statement) -> date | None:
        when = statement.when.value
        return self.report.published if when is None else when.start

    def _party(self, value: Value[Party], day: date | None, found: list[Named]) -> Value[Party]:
        party = value.value
        if party is None:
            return value
        named = self.naming.name(party.name, day, party.span)
        found.append(named)
        kind = named.kind if named.kind != "unknown" else party.kind
        filled = replace(party, name=named.name, actor=named.actor.id if named.actor else None, kind=kind)
        return replace(value, value=filled, because=_because(value, named), candidates=named.candidates or value.candidates)

    def _source(self, value: Value[Source]) -> Value[Source]:
        source = value.value
        if source is None:
            return value
        filled, named = self.speakers.fill(source, self.report.published)
        return replace(value, value=filled, because=_because(value, named), candidates=named.candidates or value.candidates)


def _each(values: Values[T], change: Callable[[Value[T]], Value[T]]) -> Values[T]:
    return replace(values, items=tuple(change(v) for v in values.items))


def _because(value: Value[Party] | Value[Source], named: Named) -> str:
    return "; ".join(part for part in (value.because, named.because) if part)


def _flagged(statement: Statement, found: list[Named]) -> Statement:
    """The statement with a mark for every party that did not exist when it happened; nothing is put in its place."""
    when = statement.when.value
    if when is None or when.basis == "convention":
        return statement
    flags = []
    for actor in dict.fromkeys(n.actor for n in found if n.actor is not None):
        if not _existed(actor, when.start, when.end):
            note = f"{actor.name} existed {_years(actor)}, not on {when.start}"
            flags.append(Value(Flag("anachronism", statement.trigger, note), statement.trigger, "actors.lifetime"))
    return replace(statement, flags=Values((*statement.flags.items, *flags), statement.flags.reason)) if flags else statement


def _existed(actor: Actor, start: date, end: date) -> bool:
    first, last = actor.exists.start or date.min, actor.exists.end or date.max
    return first <= end and start <= last


def _years(actor: Actor) -> str:
    first, last = actor.exists.start, actor.exists.end
    return f"from {first} to {last}" if first and last else f"from {first}" if first else f"until {last}"
