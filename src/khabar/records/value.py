"""Spans and values: every field of a statement leads back to the words it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text: code points, half open, as `Document.text[start:end]` slices it."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span cannot run from {self.start} to {self.end}")

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer that was weighed: what it was, how it scored (higher is better), and what spoke for or against it."""

    value: str
    score: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Value(Generic[T]):
    """One field's answer with its evidence.

    `value` is None where nothing is known, and then `reason` says why. `span` is None where nothing is written
    (an answer inherited or set by a convention); `because` names the rule or model that filled the field.
    `confidence` runs from 0 to 1 and is a rank, not a calibrated probability.
    """

    value: T | None
    span: Span | None = None
    because: str = ""
    confidence: float = 1.0
    reason: str | None = None
    candidates: tuple[Candidate, ...] = ()

    def __post_init__(self) -> None:
        if self.value is None and not self.reason:
            raise ValueError("an unknown value must give its reason")

    @classmethod
    def unknown(cls, reason: str, *, because: str = "", candidates: tuple[Candidate, ...] = ()) -> Value[T]:
        return cls(None, None, because, 0.0, reason, candidates)


@dataclass(frozen=True, slots=True)
class Values(Generic[T]):
    """A field that may hold several answers (parties, places, sources, quantities), or none and the reason why."""

    items: tuple[Value[T], ...] = ()
    reason: str | None = None

    def __iter__(self) -> Iterator[T]:
        """The known answers, bare."""
        return (item.value for item in self.items if item.value is not None)

    def __len__(self) -> int:
        return sum(item.value is not None for item in self.items)

    @property
    def first(self) -> T | None:
        return next(iter(self), None)
