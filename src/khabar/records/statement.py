"""A statement: what one report says of one happening. It says how a thing is told, never that it is so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from khabar.records.actor import Party, Source
from khabar.records.document import digest
from khabar.records.place import Place
from khabar.records.timespan import When
from khabar.records.value import Span, Value, Values

ToldAs = Literal["happened", "not-happened", "planned", "conditional", "possible"]
Stance = Literal["asserts", "denies"]
Scale = Literal["incident", "campaign", "war"]
QuantityKind = Literal["killed", "injured", "captured", "displaced", "fighters", "weapons", "places", "other"]
QuantityScope = Literal["incident", "cumulative", "rate"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of an event, as bounds: None is open. `words` stay as written; `supersedes` names the number it replaces."""

    span: Span | None
    kind: QuantityKind
    words: str
    low: int | None
    high: int | None
    whose: str | None = None
    scope: QuantityScope = "incident"
    supersedes: str | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark on a statement: a grave violation, a protection concern, a contradiction with the world."""

    kind: str
    span: Span | None = None
    note: str = ""


def statement_id(document: str, trigger: Span, ordinal: int) -> str:
    """The identity of a statement: its document, where its trigger stands, and which statement of that trigger it is.

    No model output enters it, so that a new version of the rules finds the old decisions again.
    """
    return digest(f"{document}\x1f{trigger.start}\x1f{trigger.end}\x1f{ordinal}".encode())[:16]


@dataclass(frozen=True, slots=True)
class Statement:
    """One assertion. `sources` runs from the innermost voice outward; empty, it is the reporter's own voice."""

    id: str
    document: str
    trigger: Span
    ordinal: int
    evidence: Span
    type: Value[str]
    actors: Values[Party]
    targets: Values[Party]
    places: Values[Place]
    when: Value[When]
    told_as: Value[ToldAs]
    background: Value[bool]
    sources: Values[Source]
    stance: Value[Stance]
    quantities: Values[Quantity] = field(default_factory=Values)
    flags: Values[Flag] = field(default_factory=Values)
    scale: Value[Scale] = field(default_factory=lambda: Value("incident", because="statement.default-scale"))
