"""Why a statement says what it says: one row a field, with the words, the rule and how sure it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from khabar.errors import NotFoundError
from khabar.records import Candidate, Party, Place, Quantity, Reading, Source, Span, Statement, Value, Values, When

MANY = ("actors", "targets", "places", "sources", "quantities", "flags")
FIELDS = ("type", "actors", "targets", "places", "when", "told_as", "background", "sources", "stance", "quantities", "flags", "scale")


@dataclass(frozen=True, slots=True)
class Row:
    """One answer of one field. `value` is None where nothing is known, and then `reason` says why.

    `words` are the report's own, sliced from `span`; `because` names the rule or model; `confidence` is a rank from 0 to 1.
    """

    field: str
    value: str | None
    words: str | None
    because: str
    confidence: float
    reason: str | None = None
    span: Span | None = None
    candidates: tuple[Candidate, ...] = ()


def explain(reading: Reading, statement_id: str) -> list[Row]:
    """The rows of the statement with that id, or with an unambiguous beginning of it.

    Raises NotFoundError where no statement, or more than one, answers to it.
    """
    statement = statement_of(reading, statement_id)
    text = reading.document.text
    rows = [Row("trigger", statement.trigger.of(text), statement.trigger.of(text), "", 1.0, span=statement.trigger)]
    for field in FIELDS:
        rows.extend(_rows(field, getattr(statement, field), text))
    return rows


def statement_of(reading: Reading, statement_id: str) -> Statement:
    """The statement of a reading by its id or any unambiguous beginning of it; NotFoundError."""
    found = [s for s in reading.statements if statement_id and s.id.startswith(statement_id)]
    exact = [s for s in found if s.id == statement_id]
    if len(exact or found) == 1:
        return (exact or found)[0]
    if found:
        raise NotFoundError(f"{statement_id!r} begins {len(found)} statements of {reading.document.name}: give more of the id")
    raise NotFoundError(f"{reading.document.name} holds no statement {statement_id!r}")


def _rows(field: str, answer: Value[Any] | Values[Any], text: str) -> Iterator[Row]:
    if isinstance(answer, Value):
        yield _row(field, answer, text)
        return
    if not answer.items:
        yield Row(field, None, None, "", 0.0, answer.reason or "nothing read")
    for value in answer.items:
        yield _row(field, value, text)


def _row(field: str, answer: Value[Any], text: str) -> Row:
    span = answer.span or getattr(answer.value, "span", None)
    shown = None if answer.value is None else shown_as(answer.value)
    words = None if span is None else span.of(text)
    return Row(field, shown, words, answer.because, answer.confidence, answer.reason, span, answer.candidates)


def shown_as(value: Any) -> str:
    """A value in a line that a person can read."""
    match value:
        case Party():
            return _joined(value.name, value.actor and f"[{value.actor}]", "alleged" if value.alleged else None)
        case Place():
            at = None if value.lat is None or value.lon is None else f"{value.lat:.4f}, {value.lon:.4f}"
            return _joined(value.name, value.part and f"({value.part})", value.country, value.precision, at)
        case When():
            days = str(value.start) if value.start == value.end else f"{value.start} to {value.end}"
            return _joined(days, f"({value.precision}, {value.basis}{', ' + value.anchor if value.anchor else ''})")
        case Source():
            return _joined(value.name, value.role, value.affiliation and f"for {value.affiliation}", value.channel, value.kind)
        case Quantity():
            return _joined(value.kind, bounds(value.low, value.high), value.scope if value.scope != "incident" else None)
        case bool():
            return "yes" if value else "no"
        case _:
            return _joined(getattr(value, "kind", str(value)), getattr(value, "note", None))


def bounds(low: int | None, high: int | None) -> str:
    """Bounds as text: "12", "24–99", "6000 or more", "up to 40", "unknown"."""
    if low is not None and high is not None:
        return str(low) if low == high else f"{low}–{high}"
    if low is not None:
        return f"{low} or more"
    return "unknown" if high is None else f"up to {high}"


def _joined(*parts: str | None) -> str:
    return " ".join(p for p in parts if p)
