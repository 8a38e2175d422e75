"""When: a stretch of days that knows how precise it is and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

TimePrecision = Literal["day", "days", "week", "month", "season", "year", "years", "decade", "century"]
Basis = Literal["text", "inherited", "convention"]


@dataclass(frozen=True, slots=True)
class When:
    """The first and the last day on which it may have happened, both included.

    `basis` says what the days rest on: the clause's own words, words elsewhere in the report, or the coding guide's
    window, which is a convention and never exported as a date that was read. `anchor` says what a relative expression
    was counted from ("published 2021-08-25").
    """

    start: date
    end: date
    precision: TimePrecision
    basis: Basis
    anchor: str | None = None

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a time cannot end ({self.end}) before it starts ({self.start})")
