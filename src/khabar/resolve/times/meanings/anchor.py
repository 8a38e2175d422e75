"""From where a time is counted, and what every meaning can do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from khabar.resolve.times.interval import Interval

Source = Literal["nothing", "published", "story"]
Lean = Literal["past", "future"]
Bound = Literal["since", "from", "until", "by", "before", "after"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """From where to count: publication, the days the story has reached, whether the clause looks back or ahead, and the
    days a retrospect has gone back to ("1990 – …. Clashes on June 4"). `ancient` is set while days are reckoned before Christ."""

    published: date | None = None
    story: Interval | None = None
    lean: Lean = "past"
    era: Interval | None = None
    ancient: bool = False


class Meaning(Protocol):
    @property
    def source(self) -> Source: ...

    def resolve(self, anchor: Anchor) -> Interval | None:
        """The days, or None where the anchor lacks what they are counted from, or the calendar has no such day."""
        ...
