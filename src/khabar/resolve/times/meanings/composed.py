"""Meanings that name their days, none at all, or are made of others: dates, habits, wars by name, ranges, bounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from khabar.knowledge.timewords import NamedEvent
from khabar.resolve.times import interval as cal
from khabar.resolve.times.interval import Interval
from khabar.resolve.times.meanings.anchor import Anchor, Bound, Meaning, Source


@dataclass(frozen=True, slots=True)
class Fixed:
    """Days that name themselves."""

    interval: Interval
    source: ClassVar[Source] = "nothing"

    def resolve(self, anchor: Anchor) -> Interval | None:
        return self.interval


@dataclass(frozen=True, slots=True)
class Habit:
    """A repetition ("every night", "daily"): no day of its own. `timex` is its TIMEX3 value: "XXXX-XX-XX" of what is daily."""

    timex: str = "XXXX"
    source: ClassVar[Source] = "nothing"

    def resolve(self, anchor: Anchor) -> Interval | None:
        return None


@dataclass(frozen=True, slots=True)
class Ancient:
    """Days before Christ, which no `date` holds: they have a value, and days only for a text that is reckoned among them."""

    reckoned: Interval
    source: ClassVar[Source] = "nothing"

    def resolve(self, anchor: Anchor) -> Interval | None:
        return self.reckoned if anchor.ancient else None


@dataclass(frozen=True, slots=True)
class Impossible:
    """A day that no calendar has: "31 June", "30 February 2020"."""

    source: ClassVar[Source] = "nothing"

    def resolve(self, anchor: Anchor) -> Interval | None:
        return None


@dataclass(frozen=True, slots=True)
class Reference:
    """A time told by pointing: "now", "recently", "the future", "at that time". `timex` is what TIMEX3 calls it, if it does."""

    timex: str
    source: ClassVar[Source] = "published"

    def resolve(self, anchor: Anchor) -> Interval | None:
        return None


@dataclass(frozen=True, slots=True)
class Named:
    """A war or day that carries its time in its name. Of several, the last that had begun by publication; without that day the
    only one. One that still goes on ends with publication."""

    events: tuple[NamedEvent, ...]
    source: ClassVar[Source] = "nothing"

    @property
    def goes_on(self) -> bool:
        return any(event.end is None for event in self.events)

    def resolve(self, anchor: Anchor) -> Interval | None:
        published = anchor.published
        begun = [e for e in self.events if published is None or e.start <= published]
        event = begun[-1] if begun and (published or len(begun) == 1) else None
        if event is None:
            return None
        last = min(event.end, published) if event.end and published else event.end or published
        return cal.days_between(event.start, last) if last else None


@dataclass(frozen=True, slots=True)
class Range:
    """From one expression to another: the days between the first day of the one and the last of the other."""

    first: Meaning
    last: Meaning

    @property
    def source(self) -> Source:
        return self.last.source if self.first.source == "nothing" else self.first.source

    def resolve(self, anchor: Anchor) -> Interval | None:
        end = self.last.resolve(anchor)
        start = self.first.resolve(anchor)
        if start is None or end is None:
            return end or start
        if start.start > end.end and self.first.source != "nothing":
            start = self.first.resolve(replace(anchor, era=None, lean="past", published=end.end)) or start
        if start.start > end.end:
            return end
        return Interval(start.start, end.end, "days" if end.precision in ("day", "days") else end.precision)


@dataclass(frozen=True, slots=True)
class Bounded:
    """A stretch of which one end is named: "since Monday", "until the end of May", "by 27 July"."""

    bound: Bound
    inner: Meaning

    @property
    def source(self) -> Source:
        return self.inner.source

    def resolve(self, anchor: Anchor) -> Interval | None:
        inner = self.inner.resolve(anchor)
        if inner is None:
            return None
        published = anchor.published
        if self.bound in ("since", "from", "after"):
            end = published if published and published >= inner.start else inner.end
            if self.bound == "from" and anchor.lean == "future":
                return inner
            return Interval(inner.start, end, inner.precision if end == inner.end else "days")
        if self.bound == "by" or (self.bound == "before" and anchor.lean == "future"):
            ahead = published is not None and inner.end > published
            return cal.days_between(published, inner.end) if ahead and published else inner
        if self.bound == "until" and anchor.story and anchor.story.start <= inner.end:
            return cal.days_between(anchor.story.start, inner.end)
        return inner if self.bound == "until" else None
