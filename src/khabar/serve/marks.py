"""Which stretch of a report belongs to which statement, and as what: one pass, overlaps resolved into plain segments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from khabar.records import Reading, Span, Statement, Value, Values

Role = Literal["trigger", "actor", "target", "place", "when", "telling", "source", "quantity", "evidence"]
ROLES: tuple[Role, ...] = ("trigger", "actor", "target", "place", "when", "telling", "source", "quantity", "evidence")
_FIELDS: tuple[tuple[str, Role], ...] = (
    ("actors", "actor"), ("targets", "target"), ("places", "place"), ("when", "when"), ("told_as", "telling"),
    ("sources", "source"), ("stance", "telling"), ("quantities", "quantity"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that play a part in the statement of that number (from 0, in order of the text)."""

    span: Span
    statement: int
    role: Role


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that no mark begins or ends within; `marks` are all that cover it."""

    span: Span
    marks: tuple[Mark, ...]


def in_order(reading: Reading) -> tuple[Statement, ...]:
    """The statements as a reader meets them: by where their trigger stands."""
    return tuple(sorted(reading.statements, key=lambda s: (s.trigger, s.ordinal)))


def marks_of(statement: Statement, number: int) -> Iterator[Mark]:
    """Every stretch of words that the statement rests on; a stretch in two parts is marked for both."""
    yield Mark(statement.trigger, number, "trigger")
    yield Mark(statement.evidence, number, "evidence")
    for field, role in _FIELDS:
        for span in dict.fromkeys(_spans(getattr(statement, field))):
            yield Mark(span, number, role)


def segments(text: str, marks: Iterable[Mark], cuts: Iterable[int] = ()) -> list[Segment]:
    """The whole text in stretches, marked or not, in order and without gaps; marks beyond its end are cut or dropped.

    No stretch runs across one of the `cuts`.
    """
    opening, closing = defaultdict(list), defaultdict(list)
    bounds = {0, len(text), *(c for c in cuts if 0 < c < len(text))}
    for mark in marks:
        start, end = mark.span.start, min(mark.span.end, len(text))
        if start < end:
            opening[start].append(mark)
            closing[end].append(mark)
            bounds |= {start, end}
    found: list[Segment] = []
    active: dict[Mark, None] = {}
    for start, end in pairwise(sorted(bounds)):
        for mark in closing[start]:
            active.pop(mark, None)
        active |= dict.fromkeys(opening[start])
        found.append(Segment(Span(start, end), tuple(active)))
    return found


def _spans(answer: Value[Any] | Values[Any]) -> Iterator[Span]:
    for value in answer.items if isinstance(answer, Values) else (answer,):
        if value.value is None:
            continue
        for span in (value.span, getattr(value.value, "span", None), getattr(value.value, "cue", None)):
            if span is not None:
                yield span
