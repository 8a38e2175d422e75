"""Stretches of days and the arithmetic of the calendar."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from khabar.records import TimePrecision

ONE_DAY = timedelta(days=1)
HIJRI_EPOCH = date(622, 7, 19)  # the first day of the tabular Islamic calendar in the proleptic Gregorian one


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day, both included, and how precisely they are known."""

    start: date
    end: date
    precision: TimePrecision

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"an interval cannot end ({self.end}) before it starts ({self.start})")

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def middle(self) -> date:
        return self.start + timedelta(days=(self.days - 1) // 2)

    def share(self, start: float, end: float) -> Interval:
        """The part of it from `start` to `end`, as shares from 0 to 1, in whole days, never empty."""
        first = self.start + timedelta(days=int(self.days * start))
        last = self.start + timedelta(days=max(int(self.days * end) - 1, int(self.days * start)))
        return Interval(first, min(last, self.end), self.precision)

    def timex(self) -> str:
        """A TIMEX3 value where one fits ("2021-08-25", "2021-W34", "2021-08", "2021", "198", "18"), else "start/end"."""
        d = self.start
        whole: dict[TimePrecision, tuple[Interval, str]] = {
            "day": (day(d), d.isoformat()),
            "week": (week_of(d), f"{d.isocalendar().year}-W{d.isocalendar().week:02}"),
            "month": (month(d.year, d.month), f"{d.year:04}-{d.month:02}"),
            "year": (year(d.year), f"{d.year:04}"),
            "decade": (years(d.year // 10 * 10, 10, "decade"), f"{d.year // 10:03}"),
            "century": (century(d.year // 100 + 1), f"{d.year // 100:02}"),
        }
        fitting, value = whole.get(self.precision, (None, ""))
        return value if fitting == self else f"{self.start.isoformat()}/{self.end.isoformat()}"


def day(d: date) -> Interval:
    return Interval(d, d, "day")


def days_between(first: date, last: date) -> Interval:
    """Both ends in either order; a day where they are the same."""
    first, last = min(first, last), max(first, last)
    return Interval(first, last, "day" if first == last else "days")


def week_of(d: date) -> Interval:
    """The week from Monday to Sunday that holds a day."""
    monday = move(d, -d.weekday())
    return Interval(monday, move(monday, 6), "week")


def month(y: int, m: int) -> Interval:
    return Interval(date(y, m, 1), date(y, m, monthrange(y, m)[1]), "month")


def year(y: int) -> Interval:
    return years(y, 1, "year")


def years(first: int, count: int, precision: TimePrecision = "years") -> Interval:
    return Interval(date(max(first, 1), 1, 1), date(min(first + count - 1, 9999), 12, 31), precision)


def century(number: int) -> Interval:
    """The nineteenth century as reports mean it: 1800 to 1899."""
    return years((number - 1) * 100, 100, "century")


def season(y: int, first: int, last: int) -> Interval:
    """From month `first` of year `y` to month `last`, of the year after where the season runs over."""
    return Interval(date(y, first, 1), month(y + (last < first), last).end, "season")


def move(d: date, days: int) -> date:
    """A day further on or back; it stops at the ends of the calendar."""
    return date.fromordinal(min(max(d.toordinal() + days, 1), date.max.toordinal()))


def move_months(d: date, months: int) -> date:
    """The same day of another month, or its last day where it has no such day; it stops at the ends of the calendar."""
    index = min(max(d.year * 12 + d.month - 1 + months, 12), 9999 * 12 + 11)
    y, m = divmod(index, 12)
    return date(y, m + 1, min(d.day, monthrange(y, m + 1)[1]))


def safe_day(y: int, m: int, d: int) -> date | None:
    """A day that the calendar has, or None ("31 April")."""
    try:
        return date(y, m, d)
    except ValueError:
        return None


def easter(y: int) -> date:
    """Easter Sunday of the Western churches (the anonymous Gregorian computus, Meeus, Astronomical Algorithms, ch. 8)."""
    a, (b, c) = y % 19, divmod(y, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    length = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * length) // 451
    n, p = divmod(h + length - 7 * m + 114, 31)
    return date(y, n, p + 1)


def hijri(y: int, m: int, d: int) -> date:
    """A day of the tabular Islamic calendar; the sighted month may begin a day earlier or later."""
    days = (y - 1) * 354 + (3 + 11 * y) // 30 + (m - 1) * 29 + m // 2 + d - 1
    return move(HIJRI_EPOCH, days)
