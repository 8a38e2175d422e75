"""A small builder of readings: words are found in the text, so that every span slices back to them. All names are invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from khabar.records import (
    Document,
    Party,
    Place,
    Problem,
    Quantity,
    Reading,
    Sighting,
    Source,
    Span,
    Statement,
    Value,
    Values,
    When,
    document_id,
    statement_id,
)  # fmt: skip

TEXT = (
    "VELMAR, 3 May 2031 - Fighters of the Northern Front entered the town of Velmar on Friday after heavy shelling 🛰️.\n\n"
    'The Front\'s spokesman Odran Keel wrote on Twitter that its men had captured Velmar and killed "dozens" of soldiers.\n\n'
    "The Karsa Army denied that the town had fallen. It will send reinforcements if the road is opened, a colonel said.\n\n"
    "In 1987 the same town was besieged for two months."
)


class Desk:
    """Makes statements about one text."""

    def __init__(self, text: str = TEXT, name: str = "velmar", **about: Any) -> None:
        self.text = text
        published = about.pop("published", Value(date(2031, 5, 3), because="zones.dateline"))
        publisher = about.pop("publisher", "Tarn Post")
        self.document = Document(
            document_id("b" * 64, "", "hand", text), name, text, published, sightings=(Sighting(publisher),), blob="b" * 64, **about
        )
        self.statements: list[Statement] = []

    def span(self, words: str, after: str = "") -> Span:
        start = self.text.index(words, self.text.index(after) if after else 0)
        return Span(start, start + len(words))

    def party(self, words: str | None, name: str | None = None, **about: Any) -> Value[Party]:
        span = self.span(words) if words else None
        return Value(Party(span, name or words or "?", **about), span, "roles.subject", 0.8)

    def place(self, words: str | None, name: str | None = None, **about: Any) -> Value[Place]:
        span = self.span(words) if words else None
        return Value(Place(span, name or words or "?", **about), span, "places.lookup", 0.7)

    def source(self, words: str | None, name: str | None = None, *, cue: str | None = None, **about: Any) -> Value[Source]:
        span = self.span(words) if words else None
        return Value(Source(span, name or words or "?", cue=self.span(cue) if cue else None, **about), span, "sources.says", 0.9)

    def number(self, words: str, kind: str, low: int | None, high: int | None, **about: Any) -> Value[Quantity]:
        span = self.span(words)
        return Value(Quantity(span, kind, words, low, high, **about), span, "quantities.count", 0.9)  # type: ignore[arg-type]

    def days(
        self, start: date, end: date | None = None, *, basis: str = "text", precision: str = "day", words: str | None = None
    ) -> Value[When]:
        when = When(start, end or start, precision, basis)  # type: ignore[arg-type]
        return Value(when, self.span(words) if words else None, "times.weekday", 0.9)

    def state(
        self, kind: str, trigger: str, *, after: str = "", told: str | None = "happened", stance: str = "asserts", **slots: Any
    ) -> Statement:
        """Add a statement. Slots are lists of values; those not given are empty with a reason."""
        span = self.span(trigger, after)
        ordinal = sum(s.trigger == span for s in self.statements)
        start = self.text.rfind("\n", 0, span.start) + 1
        end = self.text.find("\n", span.end)
        made = Statement(
            id=statement_id(self.document.id, span, ordinal),
            document=self.document.id,
            trigger=span,
            ordinal=ordinal,
            evidence=Span(start, end if end >= 0 else len(self.text)),
            type=Value(kind, span, f"{kind}.{trigger}", 0.9),
            when=slots.pop("when", None) or Value.unknown("no day is written", because="times.none"),
            told_as=Value(told, None, "telling.finite", 0.9) if told else Value.unknown("its governor was not parsed"),
            background=Value(slots.pop("background", False), because="telling.recent"),
            stance=Value(stance, None, "sources.stance", 0.9),
            **{field: _many(slots.pop(field, ())) for field in ("actors", "targets", "places", "sources", "quantities", "flags")},
        )
        assert not slots, slots
        self.statements.append(made)
        return made

    def reading(self, *problems: Problem) -> Reading:
        return Reading(self.document, statements=tuple(self.statements), problems=problems)


def _many(values: Any) -> Values[Any]:
    return Values(tuple(values), None if values else "nothing of the kind is written")


def velmar() -> Reading:
    """One report with every way of telling: narrated, claimed, denied, conditional, background."""
    desk = Desk(title="Fighters enter Velmar")
    front, army = desk.party("Northern Front", kind="armed-group"), desk.party("Karsa Army", kind="military")
    town = desk.place("Velmar", country="XKV", lat=35.41, lon=-69.7, precision="town")
    keel = desk.source("Odran Keel", cue="wrote", role="spokesman", affiliation="Northern Front", channel="tweet")
    friday = desk.days(date(2031, 5, 2), words="Friday")
    desk.state("mobilize", "entered", actors=[front], places=[town], when=friday)
    desk.state(
        "shelling", "shelling", places=[town], when=desk.days(date(2031, 4, 26), date(2031, 5, 3), basis="convention", precision="week")
    )
    desk.state("capture", "captured", actors=[front], targets=[army], places=[town], sources=[keel])
    desk.state(
        "attack",
        "killed",
        actors=[front],
        targets=[desk.party("soldiers")],
        sources=[keel],
        quantities=[desk.number('"dozens"', "killed", 24, 99)],
    )
    desk.state("capture", "fallen", told="not-happened", stance="denies", places=[town], sources=[desk.source("Karsa Army", cue="denied")])
    desk.state(
        "mobilize", "send reinforcements", told="conditional", actors=[army], sources=[desk.source("a colonel", "colonel", cue="said")]
    )
    desk.state(
        "besiege",
        "besieged",
        places=[town],
        background=True,
        when=desk.days(date(1987, 1, 1), date(1987, 12, 31), precision="year", words="1987"),
    )
    return desk.reading(Problem("readers", "no-url", "the report does not say where it was published", "note"))
