"""The public line of a report: what `khabar code --format jsonl` writes, one report a line.

Field names are those of the coding guide's scorer. Offsets count code points of the report's text, from 0, the end excluded;
a name that stands nowhere in the report has `start`, `end` and `words` null. Days are ISO 8601.
"""

from __future__ import annotations

from typing import TypedDict


class SpanLine(TypedDict):
    """A stretch of the report's text, and its words."""

    start: int | None
    end: int | None
    words: str | None


class PartyLine(SpanLine):
    """Who does it, or to whom it is done; `actor` is its id in the register; an `alleged` party is never an actor plain."""

    name: str
    actor: str | None
    kind: str
    alleged: bool
    because: str
    confidence: float


class PlaceLine(SpanLine):
    """Where. Coordinates are null where it was not resolved; where there is a `part`, nothing is said of the whole."""

    name: str
    entry: str | None
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    precision: str | None
    part: str | None
    because: str
    confidence: float


class SourceLine(SpanLine):
    """A voice. One that the report leaves unnamed is "unknown source", so that its claim is never told as the reporter's own."""

    name: str
    actor: str | None
    role: str | None
    affiliation: str | None
    channel: str | None
    kind: str
    because: str
    confidence: float


class QuantityLine(SpanLine):
    """A number as bounds; null is open."""

    kind: str
    low: int | None
    high: int | None
    whose: str | None
    scope: str
    supersedes: str | None
    because: str
    confidence: float


class FlagLine(SpanLine):
    """A mark on a statement."""

    kind: str
    note: str
    because: str
    confidence: float


class WhenLine(TypedDict):
    """The first and the last day, both included. With the basis "convention" they were not read from the report."""

    start: str
    end: str
    precision: str
    basis: str
    anchor: str | None
    span: SpanLine | None


class StatementLine(TypedDict):
    """One statement. `because`, `confidence`, `cues` and `missing` go by field: the rule that filled it, how sure it is
    (a rank from 0 to 1), the words that told it, and why it is not known."""

    id: str
    type: str | None
    trigger: SpanLine
    evidence: SpanLine
    actors: list[PartyLine]
    targets: list[PartyLine]
    places: list[PlaceLine]
    when: WhenLine | None
    told_as: str | None
    background: bool | None
    sources: list[SourceLine]
    stance: str | None
    quantities: list[QuantityLine]
    flags: list[FlagLine]
    scale: str | None
    because: dict[str, str]
    confidence: dict[str, float]
    cues: dict[str, SpanLine]
    missing: dict[str, str]


class SightingLine(TypedDict):
    """Where and when the text was seen."""

    publisher: str | None
    url: str | None
    retrieved: str | None


class ProblemLine(TypedDict):
    """What could not be done."""

    stage: str
    kind: str
    message: str
    severity: str
    span: SpanLine | None
    where: str | None


class CaveatLine(SpanLine):
    """A reservation of the report itself."""

    kind: str
    speaker: str | None


class ReportHead(TypedDict):
    """The report: its name, its identity, and when and where it appeared. `sha256` is of its text as UTF-8, `blob` of the bytes read."""

    name: str
    id: str
    title: str | None
    published: str | None
    sha256: str
    blob: str
    record: str
    extractor: str
    sightings: list[SightingLine]


class ReportLine(TypedDict):
    """One report a line."""

    schema: int
    report: ReportHead
    statements: list[StatementLine]
    caveats: list[CaveatLine]
    problems: list[ProblemLine]
