"""A reading as rows that an analyst can query: every span with its offsets and its words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from khabar.records import Document, Reading, Span, Statement, Value, Values
from khabar.records.schema.line import UNKNOWN_SOURCE, voices

Row = dict[str, Any]
LARGEST = 2**63 - 1  # what SQLite holds as a whole number
SINGLE = ("type", "told_as", "stance", "background", "scale", "when")


def rows_of(reading: Reading) -> Iterator[tuple[str, Row]]:
    """Table and row, for every statement and every answer and problem of a reading."""
    text = reading.document.text
    for n, statement in enumerate(reading.statements):
        yield "statement_rows", _statement(n, statement, reading.document)
        for table, row in _answers(statement, text):
            yield table, {"statement": statement.id, "statement_n": n} | row
    for caveat in reading.caveats:
        speaker = caveat.speaker.name if caveat.speaker else None
        yield "caveat_rows", {"kind": caveat.kind, "speaker": speaker} | words(caveat.span, text)
    for problem in reading.problems:
        said = {"stage": problem.stage, "kind": problem.kind, "message": problem.message, "severity": problem.severity}
        yield "problem_rows", said | {"location": problem.where} | words(problem.span, text)


def _statement(n: int, statement: Statement, document: Document) -> Row:
    text = document.text
    when = statement.when.value
    when_span = statement.when.span
    return {
        "id": statement.id,
        "n": n,
        "type": statement.type.value,
        "trigger_start": statement.trigger.start,
        "trigger_end": statement.trigger.end,
        "trigger_words": statement.trigger.of(text),
        "evidence_start": statement.evidence.start,
        "evidence_end": statement.evidence.end,
        "quote": statement.evidence.of(text),
        "told_as": statement.told_as.value,
        "stance": statement.stance.value,
        "background": statement.background.value,
        "scale": statement.scale.value,
        "voice": _voice(statement, document),
        "when_start": day(when.start) if when else None,
        "when_end": day(when.end) if when else None,
        "when_precision": when.precision if when else None,
        "when_basis": when.basis if when else None,
        "when_words": when_span.of(text) if when_span else None,
    }


def _voice(statement: Statement, document: Document) -> str | None:
    """The innermost source; one that is not named is still not the reporter."""
    chain = voices(statement.sources, document)
    if not chain:
        return None
    return chain[0].value.name if chain[0].value else UNKNOWN_SOURCE


def _answers(statement: Statement, text: str) -> Iterator[tuple[str, Row]]:
    for field in SINGLE:
        yield "value_rows", {"field": field} | _evidence(getattr(statement, field), None, text)
    for slot, parties in (("actor", statement.actors), ("target", statement.targets)):
        for row in _each(parties, ("name", "actor", "kind", "alleged"), text):
            yield "party_rows", {"slot": slot} | row
    for place, row in zip(statement.places.items, _each(statement.places, PLACE, text), strict=True):
        area = place.value.area if place.value else None
        circle = (area.radius_km, area.lat, area.lon) if area else (None, None, None)
        yield "place_rows", row | dict(zip(AREA, circle, strict=True))
    for source, row in zip(statement.sources.items, _each(statement.sources, SOURCE, text), strict=True):
        yield "source_rows", row | words(source.value.cue if source.value else None, text, "cue_start", "cue_end", "cue_words")
    for quantity, row in zip(statement.quantities.items, _each(statement.quantities, QUANTITY, text), strict=True):
        yield "quantity_rows", row | {"number": quantity.value.words if quantity.value else None}
    for row in _each(statement.flags, ("kind", "note"), text):
        yield "flag_rows", row


AREA = ("radius_km", "area_lat", "area_lon")
PLACE = ("name", "entry", "country", "lat", "lon", "precision", "part")
SOURCE = ("name", "actor", "role", "affiliation", "channel", "kind")
QUANTITY = ("kind", "low", "high", "whose", "scope", "supersedes")


def _each(values: Values[Any], fields: tuple[str, ...], text: str) -> Iterator[Row]:
    for n, answer in enumerate(values.items):
        own = {f: getattr(answer.value, f, None) for f in fields}
        yield {"n": n} | own | _evidence(answer, getattr(answer.value, "span", None), text)


def _evidence(answer: Value[Any], own: Span | None, text: str) -> Row:
    """Offsets and words (the answer's own span before the value's), the rule, how sure, and why it is missing."""
    span = own or answer.span
    known = {"because": answer.because, "confidence": answer.confidence, "reason": answer.reason}
    return words(span, text) | known


def words(span: Span | None, text: str, start: str = "span_start", end: str = "span_end", said: str = "words") -> Row:
    """A span as three columns."""
    if span is None:
        return {start: None, end: None, said: None}
    return {start: span.start, end: span.end, said: span.of(text)}


def day(value: date | None) -> str | None:
    """A day as ISO 8601, None where it is not known."""
    return None if value is None else value.isoformat()


def plain(value: Any) -> Any:
    """What SQLite can hold: half surrogates shown as U+FFFD (one for one, so that offsets stay), numbers beyond 64 bits as REAL."""
    if isinstance(value, str) and not value.isascii():
        return "".join("�" if "\ud800" <= c <= "\udfff" else c for c in value) if _has_surrogates(value) else value
    if isinstance(value, int) and abs(value) > LARGEST:
        return float(value) if abs(value) < 10**300 else float("inf") * (1 if value > 0 else -1)
    return value


def _has_surrogates(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False
