"""Meanings that count from publication or from the story: weekdays, "yesterday", "last week", "three days ago", durations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal

from khabar.knowledge.timewords import Part, time_words
from khabar.resolve.times import interval as cal
from khabar.resolve.times.interval import Interval
from khabar.resolve.times.meanings.anchor import Anchor, Lean, Meaning, Source
from khabar.resolve.times.meanings.calendar import Yearless


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week: the last up to publication, that day included; `step` -1 for "last Friday", 1 for "next Friday".

    `of` is set by "Saturday of last week": the day within those days.
    """

    number: int
    step: int | None = None
    of: Meaning | None = None
    source: ClassVar[Source] = "published"

    def resolve(self, anchor: Anchor) -> Interval | None:
        if self.of is not None:
            week = self.of.resolve(anchor)
            return cal.day(cal.move(week.start, (self.number - week.start.weekday()) % 7)) if week else None
        published = anchor.published
        if published is None:
            return None
        ahead = (self.number - published.weekday()) % 7
        if self.step == 1 or (self.step is None and anchor.lean == "future"):
            return cal.day(cal.move(published, ahead or (7 if self.step == 1 else 0)))
        if self.step == 0:
            return cal.day(cal.move(published, self.number - published.weekday()))
        behind = (published.weekday() - self.number) % 7
        return cal.day(cal.move(published, -(behind or (7 if self.step == -1 else 0))))


@dataclass(frozen=True, slots=True)
class Weekend:
    """ "Over the weekend": the last one that had begun by publication, or the next where the clause looks ahead."""

    source: ClassVar[Source] = "published"

    def resolve(self, anchor: Anchor) -> Interval | None:
        saturday = Weekday(5, 1 if anchor.lean == "future" else None).resolve(anchor)
        return _weekend(saturday.start) if saturday else None


@dataclass(frozen=True, slots=True)
class Days:
    """Days counted from publication or from the story: "yesterday", "overnight", "the day before"."""

    first: int
    last: int
    source: Source = "published"

    @property
    def is_now(self) -> bool:
        """Whether it is the very day of publication: "today", "tonight"."""
        return self.first == self.last == 0 and self.source == "published"

    def resolve(self, anchor: Anchor) -> Interval | None:
        if self.source == "story":
            story = anchor.story
            if story is None:
                return None
            if self.first == self.last == 0:
                return story
            return cal.days_between(cal.move(_edge(story, self.first), self.first), cal.move(_edge(story, self.last), self.last))
        published = anchor.published
        return cal.days_between(cal.move(published, self.first), cal.move(published, self.last)) if published else None


@dataclass(frozen=True, slots=True)
class OfStory:
    """A month or weekday counted from the day the story has reached: "that August", "the following Monday"."""

    inner: Yearless | Weekday
    step: int
    source: ClassVar[Source] = "story"

    def resolve(self, anchor: Anchor) -> Interval | None:
        story = anchor.story
        if story is None:
            return None
        origin = story.start if self.step < 0 else cal.move(story.end, self.step > 0)
        lean: Lean = "future" if self.step > 0 else "past"
        if self.step == 0 and isinstance(self.inner, Yearless):
            return self.inner.in_year(story.start.year)
        return self.inner.resolve(Anchor(published=origin, lean=lean))


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole calendar unit, `step` units away: "last week", "this month", "the following year", "last weekend".

    `part` is "earlier" or "later" of a unit under way, or a share of it ("early last year").
    """

    unit: str
    step: int
    source: Source = "published"
    part: Part | Literal["earlier", "later"] | None = None

    def resolve(self, anchor: Anchor) -> Interval | None:
        origin = anchor.published if self.source == "published" else (_edge(anchor.story, self.step) if anchor.story else None)
        if origin is None:
            return None
        if self.unit == "weekend" and self.step == 0 and self.source == "published":
            return Weekend().resolve(anchor)
        whole = _unit_around(origin, self.unit, self.step)
        if self.part == "earlier":
            return Interval(whole.start, max(min(whole.end, origin), whole.start), whole.precision, whole.timex())
        if self.part == "later":
            return Interval(min(max(whole.start, origin), whole.end), whole.end, whole.precision, whole.timex())
        if isinstance(self.part, Part):
            return whole.share(self.part)
        return self._so_far(whole, origin, anchor.lean) if self.step == 0 and self.source == "published" else whole

    @staticmethod
    def _so_far(whole: Interval, origin: date, lean: Lean) -> Interval:
        """ "This year" ends today for what was, and begins today for what will be."""
        if lean == "future":
            return Interval(max(whole.start, min(origin, whole.end)), whole.end, whole.precision, whole.timex())
        return Interval(whole.start, min(whole.end, max(origin, whole.start)), whole.precision, whole.timex())


@dataclass(frozen=True, slots=True)
class Ago:
    """So many units back or on: "three days ago", "two weeks earlier", "several months later". Beyond the calendar there is nothing."""

    unit: str
    low: int
    high: int
    sign: int
    source: Source = "published"

    def resolve(self, anchor: Anchor) -> Interval | None:
        origins = self._origins(anchor)
        far = self.sign * self.high * (time_words().units[self.unit].days or 0)
        if not origins or not all(cal.holds(origin, far) for origin in origins):
            return None
        found = [_unit_off(origin, self.unit, self.sign * n) for origin in origins for n in (self.low, self.high)]
        if all(f == found[0] for f in found):
            return found[0]
        precision = anchor.story.precision if len(origins) > 1 and anchor.story else found[0].precision
        return Interval(min(f.start for f in found), max(f.end for f in found), precision, self._label(found))

    def _label(self, found: Sequence[Interval]) -> str:
        """A few units off are only known to lie ahead or behind; one count from a month or a year is known as far as its ends agree."""
        if self.low != self.high:
            return "FUTURE_REF" if self.sign > 0 else "PAST_REF"
        first, last = found[0].timex(), found[-1].timex()
        if first == last:
            return first
        return f"{first[:7]}-XX" if first[:7] == last[:7] and len(first) > 7 else f"{first[:4]}-XX" if first[:4] == last[:4] else ""

    def _origins(self, anchor: Anchor) -> list[date]:
        """Publication, or the near edge of the story; both edges where the story is only known by month or year."""
        if self.source == "published":
            return [anchor.published] if anchor.published else []
        story = anchor.story
        if story is None:
            return []
        return [story.start, story.end] if story.precision not in ("day", "days") else [_edge(story, self.sign)]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of days that ends or begins with the anchor: "the past 48 hours", "in recent weeks", "the coming days".

    `timex` is its length as a TIMEX3 duration: "PT48H", "PXW".
    """

    days: int
    sign: int
    source: Source = "published"
    timex: str = ""

    def resolve(self, anchor: Anchor) -> Interval | None:
        origin = anchor.published if self.source == "published" else (_edge(anchor.story, self.sign) if anchor.story else None)
        return cal.days_between(origin, cal.move(origin, self.sign * self.days)) if origin else None


@dataclass(frozen=True, slots=True)
class Length:
    """A duration, which names no days until it is known where it ends: "for three weeks", "a three-day siege".

    `exact` is a count that is no whole number, as it was written: "22.8 years".
    """

    unit: str
    low: int
    high: int
    exact: str = ""
    source: ClassVar[Source] = "story"

    def resolve(self, anchor: Anchor) -> Interval | None:
        return None

    @property
    def timex(self) -> str:
        """A TIMEX3 duration: "P3W", "PT48H", "PXD" where the count is vague."""
        return duration(self.unit, self.exact or (str(self.low) if self.low == self.high else "X"))

    def ending(self, last: date) -> Interval:
        """The run of days that ends on `last`: of three days, that day and the two before."""
        if self.unit in ("day", "night"):
            return cal.days_between(cal.move(last, 1 - self.high), last)
        return cal.days_between(back(last, self.unit, self.high), last)

    def beginning(self, first: date) -> Interval:
        """The run of days that begins on `first`."""
        return cal.days_between(first, back(first, self.unit, -self.high))


def duration(unit: str, number: str) -> str:
    """A TIMEX3 duration of so many units; "X" where nobody says how many."""
    code = time_words().units[unit].code
    if code == "F":
        code, number = "W", str(2 * int(number)) if number.isdigit() else number
    return f"PT{number}{code[1:]}" if code.startswith("T") else f"P{number}{code}"


def _edge(story: Interval, sign: int) -> date:
    """Where to count from: the last day of the story ahead, its first day back."""
    return story.start if sign < 0 else story.end


def _unit_around(origin: date, unit: str, step: int) -> Interval:
    if unit == "weekend":
        monday = cal.week_of(origin).start
        return _weekend(cal.move(monday, 5 + 7 * step))
    if unit in ("week", "fortnight"):
        return cal.week_of(cal.move(origin, 7 * step))
    if unit == "month":
        moved = cal.move_months(origin.replace(day=1), step)
        return cal.month(moved.year, moved.month)
    if unit == "year":
        return cal.year(min(max(origin.year + step, 1), 9999))
    if unit == "decade":
        return cal.years(max(origin.year // 10 * 10 + 10 * step, 1), 10, "decade")
    if unit == "century":
        return cal.century(max(origin.year // 100 + 1 + step, 1))
    return cal.day(cal.move(origin, step))


def _weekend(saturday: date) -> Interval:
    return cal.days_between(saturday, cal.move(saturday, 1)).called(f"{cal.week_of(saturday).timex()}-WE")


def _unit_off(origin: date, unit: str, count: int) -> Interval:
    """The day, week, month or year so many units off, as wide as the unit is vague, called by the unit of the calendar it falls in."""
    if unit in ("second", "minute", "hour"):
        return cal.day(cal.move(origin, _sign(count) * (abs(count) // 24) if unit == "hour" else 0))
    moved = back(origin, unit, -count)
    if unit in ("day", "night"):
        return cal.day(moved)
    if unit in ("week", "fortnight", "weekend"):
        loose = 1 if abs(count) == 1 else 3
        around = Interval(cal.move(moved, -loose), cal.move(moved, loose), "days" if loose == 1 else "week")
        return around.called(cal.week_of(moved).timex())
    if unit == "month":
        return Interval(cal.move(moved, -15), cal.move(moved, 15), "month", cal.month(moved.year, moved.month).timex())
    year = cal.year(moved.year).timex()
    if unit == "year":
        return Interval(cal.move_months(moved, -6), cal.move_months(moved, 6), "year", year)
    loose = 24 if unit == "decade" else 240
    return Interval(cal.move_months(moved, -loose), cal.move_months(moved, loose), "years", year)


def back(origin: date, unit: str, count: int) -> date:
    """The day `count` units before `origin`; a negative count goes ahead."""
    months = {"month": 1, "year": 12, "decade": 120, "century": 1200}
    if unit in months:
        return cal.move_months(origin, -count * months[unit])
    days = {"week": 7, "fortnight": 14, "weekend": 7, "day": 1, "night": 1}
    if unit in days:
        return cal.move(origin, -count * days[unit])
    hours = count if unit == "hour" else 0
    return cal.move(origin, -_sign(hours) * -(-abs(hours) // 24))


def _sign(n: int) -> int:
    return (n > 0) - (n < 0)
