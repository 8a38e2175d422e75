"""Meanings that stand in the calendar without a year: months, days, seasons, feasts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from khabar.knowledge.timewords import Feast, Part, Season
from khabar.resolve.times import interval as cal
from khabar.resolve.times.interval import Interval
from khabar.resolve.times.meanings.anchor import Anchor, Meaning, Source


def _nearest(anchor: Anchor, in_year: Callable[[int], Interval | None]) -> Interval | None:
    """Of one interval a year, the last that begins by publication, or the first that ends on or after it.

    Eight years either way are enough even for 29 February.
    """
    if anchor.era is not None:
        return _near_era(anchor.era, in_year)
    if anchor.published is None:
        return None
    y = anchor.published.year
    found = [i for i in map(in_year, range(max(y - 8, 1), min(y + 8, 9998) + 1)) if i]
    ahead = next((i for i in found if i.end >= anchor.published), None)
    behind = next((i for i in reversed(found) if i.start <= anchor.published), None)
    if anchor.lean == "future" or behind is None:
        return ahead
    return ahead if ahead and behind.precision == "day" and _is_soon(anchor.published, behind, ahead) else behind


def _is_soon(published: date, behind: Interval, ahead: Interval) -> bool:
    """A day without a year that is almost a year gone is the one that comes next month: "June 15" in a report of 13 June."""
    return (published - behind.end).days > 335 and (ahead.start - published).days <= 31


def _near_era(era: Interval, in_year: Callable[[int], Interval | None]) -> Interval | None:
    """A retrospect goes on: of the years around, the one nearest to where it is; back counts half as far again."""
    around = range(max(era.start.year - 1, 1), min(era.end.year + 1, 9998) + 1)
    found = [i for i in map(in_year, around) if i]
    return min(found, key=lambda i: _gap(era, i), default=None)


def _gap(era: Interval, other: Interval) -> float:
    if other.start > era.end:
        return (other.start - era.end).days
    return max((era.start - other.end).days, 0) * 1.5


def _leaning(anchor: Anchor, step: int | None) -> Anchor:
    """ "Last May" looks back from publication and "next May" ahead, whatever the clause does."""
    if step is None:
        return anchor
    return replace(anchor, lean="future" if step > 0 else "past", era=None)


@dataclass(frozen=True, slots=True)
class Yearless:
    """A month or days of it without a year. `step` is set by "last May" and "next May"."""

    month: int
    first: int | None = None
    last: int | None = None
    part: Part | None = None
    step: int | None = None
    source: ClassVar[Source] = "published"

    def in_year(self, y: int) -> Interval | None:
        if self.first is None:
            whole = cal.month(y, self.month)
            return whole.share(self.part) if self.part else whole
        start, end = cal.safe_day(y, self.month, self.first), cal.safe_day(y, self.month, self.last or self.first)
        return cal.days_between(start, end) if start and end else None

    def resolve(self, anchor: Anchor) -> Interval | None:
        return _nearest(_leaning(anchor, self.step), self.in_year)


@dataclass(frozen=True, slots=True)
class YearlessSeason:
    season: Season
    part: Part | None = None
    step: int | None = None
    source: ClassVar[Source] = "published"

    def in_year(self, y: int) -> Interval:
        """A winter that nobody gives a year to is called by the year in which it ends."""
        last = y + (self.season.last < self.season.first)
        whole = cal.season(y, self.season.first, self.season.last).called(f"{last:04}-{self.season.timex}")
        return whole.share(self.part) if self.part else whole

    def resolve(self, anchor: Anchor) -> Interval | None:
        return _nearest(_leaning(anchor, self.step), self.in_year)


@dataclass(frozen=True, slots=True)
class Within:
    """A month, season or feast of a year that another expression names: "May of last year"."""

    inner: Yearless | YearlessSeason
    outer: Meaning

    @property
    def source(self) -> Source:
        return self.outer.source

    def resolve(self, anchor: Anchor) -> Interval | None:
        outer = self.outer.resolve(anchor)
        return self.inner.in_year(outer.start.year) if outer else None


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A feast, in a given year or in the nearest one."""

    feast: Feast
    year: int | None = None
    source: ClassVar[Source] = "published"

    def in_year(self, y: int) -> Interval | None:
        start = self._first_day(y)
        return cal.days_between(start, cal.move(start, self.feast.days - 1)) if start else None

    def _first_day(self, y: int) -> date | None:
        if self.feast.hijri:
            islamic = round((y - 622) * 33 / 32)
            days = [cal.hijri(islamic + step, *self.feast.hijri) for step in (-1, 0, 1, 2)] if islamic > 1 else []
            return next((d for d in days if d.year == y), None)
        if self.feast.easter is not None:
            return cal.move(cal.easter(y), self.feast.easter)
        return cal.safe_day(y, self.feast.month or 1, self.feast.day or 1)

    def resolve(self, anchor: Anchor) -> Interval | None:
        return self.in_year(self.year) if self.year else _nearest(anchor, self.in_year)


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """ "The 25th": of the month the story is in, else the last such day."""

    day: int
    source: ClassVar[Source] = "story"

    def resolve(self, anchor: Anchor) -> Interval | None:
        near = anchor.story.middle if anchor.story else anchor.published
        if near is None:
            return None
        months = [cal.move_months(near.replace(day=1), step) for step in (1, 0, -1, -2)]
        found = [d for m in months if (d := cal.safe_day(m.year, m.month, self.day))]
        limit = anchor.published or near
        if anchor.lean == "future":
            return next((cal.day(d) for d in reversed(found) if d >= limit), None)
        return next((cal.day(d) for d in found if d <= limit), None)
