"""Stretches of days and the arithmetic of the calendar."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

from khabar.knowledge.timewords import Part
from khabar.records import TimePrecision

ONE_DAY = timedelta(days=1)
# No `date` lies before the year 1. The year N before Christ is reckoned as the year ANCIENT - N, so that days, decades and centuries of
# antiquity keep their order; what is reckoned so never leaves the grammar but as a value ("BC0480").
ANCIENT = 8099
SOLAR_YEAR, SOLAR_DAY = 1400, date(2021, 3, 21)  # a year of the solar Islamic calendar and its first day
SOLAR_LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})  # of 33 years
HIJRI_EPOCH = date(622, 7, 19)  # the first day of the tabular Islamic calendar in the proleptic Gregorian one


@dataclass(frozen=True, slots=True)
class Interval:
    """First and last day, both included, and how precisely they are known.

    `label` is the TIMEX3 value where days and precision alone do not say it ("2014-SU", "1973" of "two years ago" in 1975), and
    `mod` its modifier ("START", "MID", "END"). Two intervals of the same days are equal whatever they are called.
    """

    start: date
    end: date
    precision: TimePrecision
    label: str = field(default="", compare=False)
    mod: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"an interval cannot end ({self.end}) before it starts ({self.start})")

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    @property
    def middle(self) -> date:
        return self.start + timedelta(days=(self.days - 1) // 2)

    def share(self, part: Part) -> Interval:
        """What "early" or "the first half of" leaves of it, in whole days, never empty."""
        first = self.start + timedelta(days=int(self.days * part.start))
        last = self.start + timedelta(days=max(int(self.days * part.end) - 1, int(self.days * part.start)))
        label, mod = self.timex(), part.timex
        if mod[:1] == "P":  # "the last week of May" is named as long as it is
            label, mod = mod, ""
        elif mod[:1] in ("H", "Q"):
            label, mod = (f"{label}-{mod}", "") if self.precision == "year" else (label, "START" if mod in ("H1", "Q1") else "END")
        return Interval(first, min(last, self.end), self.precision, label, mod)

    def called(self, label: str, mod: str = "") -> Interval:
        return replace(self, label=label, mod=mod)

    def timex(self) -> str:
        """A TIMEX3 value where one fits ("2021-08-25", "2021-W34", "2021-08", "2021", "198", "18"), else "start/end"."""
        if self.label:
            return self.label
        value = _called(self.start, self.precision) if self.precision in _WHOLE and _WHOLE[self.precision](self.start) == self else ""
        return value or f"{self.start.isoformat()}/{self.end.isoformat()}"


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


@lru_cache(maxsize=4096)
def month(y: int, m: int) -> Interval:
    return Interval(date(y, m, 1), date(y, m, monthrange(y, m)[1]), "month")


def year(y: int) -> Interval:
    return years(y, 1, "year")


def years(first: int, count: int, precision: TimePrecision = "years") -> Interval:
    last = min(max(first + count - 1, 1), 9999)
    return Interval(date(min(max(first, 1), last), 1, 1), date(last, 12, 31), precision)


def century(number: int) -> Interval:
    """The nineteenth century as reports mean it: 1800 to 1899."""
    return years((number - 1) * 100, 100, "century")


def season(y: int, first: int, last: int, timex: str = "") -> Interval:
    """From month `first` of year `y` to month `last`, of the year after where the season runs over."""
    return Interval(date(y, first, 1), month(min(y + (last < first), 9999), last).end, "season", f"{y:04}-{timex}" if timex else "")


_WHOLE: Mapping[str, Callable[[date], Interval]] = {
    "day": day,
    "week": week_of,
    "month": lambda d: month(d.year, d.month),
    "year": lambda d: year(d.year),
    "decade": lambda d: years(d.year // 10 * 10, 10, "decade"),
    "century": lambda d: century(d.year // 100 + 1),
}


def _called(d: date, precision: str) -> str:
    if precision == "day":
        return d.isoformat()
    if precision == "week":
        return f"{d.isocalendar().year:04}-W{d.isocalendar().week:02}"
    return f"{d.year:04}-{d.month:02}"[: {"month": 7, "year": 4, "decade": 3, "century": 2}[precision]]


def ancient_value(value: str) -> str:
    """The value of days reckoned from `ANCIENT`, as those before Christ: "7619-06" is "BC0480-06", "761" is "BC048"."""
    return "/".join(map(_ancient, value.split("/")))


def _ancient(value: str) -> str:
    year, rest = value.split("-", 1) if "-" in value else (value, "")
    if not year.isdigit() or not 2 <= len(year) <= 4:
        return value
    bound = ANCIENT // 10 ** (4 - len(year))
    return f"BC{max(bound - int(year), 0):0{len(year)}}" + (f"-{rest}" if rest else "")


def move(d: date, days: int) -> date:
    """A day further on or back; it stops at the ends of the calendar."""
    return date.fromordinal(min(max(d.toordinal() + days, 1), date.max.toordinal()))


def holds(d: date, days: int) -> bool:
    """Whether the calendar goes that far on or back from a day."""
    return 1 <= d.toordinal() + days <= date.max.toordinal()


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


def has_day(m: int, d: int, y: int | None) -> bool:
    """Whether a month has such a day, in a year or in any."""
    return 1 <= d <= monthrange(y or 2000, m)[1]


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


def solar(y: int, m: int, d: int) -> date:
    """A day of the solar Islamic calendar of Afghanistan and Iran, by its cycle of 33 years (right from 1210 to 1500)."""
    years = range(min(y, SOLAR_YEAR), max(y, SOLAR_YEAR))
    days = sum(365 + (year % 33 in SOLAR_LEAP) for year in years) * (1 if y >= SOLAR_YEAR else -1)
    return move(SOLAR_DAY, days + min(m - 1, 6) * 31 + max(m - 7, 0) * 30 + d - 1)


def hijri(y: int, m: int, d: int) -> date:
    """A day of the tabular Islamic calendar; the sighted month may begin a day earlier or later."""
    days = (y - 1) * 354 + (3 + 11 * y) // 30 + (m - 1) * 29 + m // 2 + d - 1
    return move(HIJRI_EPOCH, days)
