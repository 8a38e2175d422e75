"""Productions for what stands in the calendar: dates, months, seasons, years, decades, centuries, weekdays, feasts.

Each function builds the meaning of what its template matched; name and template stand above it. What only looks like
a date is ruled out in `traps`.
"""

from __future__ import annotations

from datetime import date

from khabar.knowledge.timewords import time_words
from khabar.resolve.times import interval as cal
from khabar.resolve.times.counting import (
    century_number,
    dated,
    decade_start,
    end_year,
    folded,
    month_number,
    part_of,
    shared,
    weekday_number,
    year_number,
)  # fmt: skip
from khabar.resolve.times.meanings import (
    DayOfMonth,
    Fixed,
    Impossible,
    Meaning,
    Named,
    NamedDay,
    Weekday,
    Whole,
    Within,
    Yearless,
    YearlessSeason,
)
from khabar.resolve.times.templates import Groups, Rulebook

CALENDAR = Rulebook()
rule = CALENDAR.rule


@rule("iso-date", r"(?P<y>\d\d\d\d)[-/](?P<m>\d\d)[-/](?P<d>\d\d)(?:T\d\d:\d\d(?::\d\d)?Z?)?")
def iso_date(g: Groups) -> Meaning | None:
    found = cal.safe_day(int(g["y"]), int(g["m"]), int(g["d"]))
    if found is None and 1 <= int(g["m"]) <= 12 and 1 <= int(g["d"]) <= 31:
        return Impossible()
    return Fixed(cal.day(found)) if found else None


@rule("numeric-date", r"(?P<a>\d\d?)(?P<sep>[/.])(?P<b>\d\d?)[/.](?P<y>\d\d\d\d)")
def numeric_date(g: Groups) -> Meaning | None:
    """25/08/2021 is a date wherever it was written; 05/08/2021 is one day here and another there, so it stays unread."""
    a, b, y = int(g["a"]), int(g["b"]), int(g["y"])
    readings: set[date] = {d for d in (cal.safe_day(y, b, a), None if g["sep"] == "." else cal.safe_day(y, a, b)) if d}
    if not readings and max(a, b) <= 31 and 0 < min(a, b) <= 12:
        return Impossible()
    return Fixed(cal.day(readings.pop())) if len(readings) == 1 else None


@rule(
    "day-month",
    r"(?:the )?{day}(?:{th})?(?:(?: ?(?:~|/|\band\b|\bto\b|\bor\b) ?)(?:the )?{day2}(?:{th2})?)?(?: of)? {mon}(?:,? (?:of )?{year})?",
)
def day_month(g: Groups) -> Meaning | None:
    return _days(g)


@rule("day-month", r"{day}~{mon}~{year}")
def dashed_date(g: Groups) -> Meaning | None:
    return _days(g)


@rule(
    "month-day",
    r"{mon} (?:the )?{day}(?:{th})?(?:(?: ?(?:~|/|\band\b|\bto\b|\bor\b) ?)(?:the )?{day2}(?:{th2})?)?(?:(?:,| of)? ?{year})?",
)
def month_day(g: Groups) -> Meaning | None:
    return _days(g)


def _days(g: Groups) -> Meaning | None:
    m, first, last = month_number(g["mon"]), int(g["day"]), int(g.get("day2") or g["day"])
    y = year_number(g.get("year"))
    if last < first:
        return None
    if not cal.has_day(m, last, y):
        return Impossible()
    return dated(y, m, first, last) if y else Yearless(m, first, last)


@rule("month-year", r"(?:the )?(?:{part}(?:~| ?))?{mon},? (?:of )?{year}")
def month_year(g: Groups) -> Meaning | None:
    y = year_number(g["year"])
    return shared(cal.month(y, month_number(g["mon"])), part_of(g.get("part"))) if y else None


@rule("month-of-step", r"(?:the )?(?:{part}(?:~| ))?{mon} (?:of )?(?:{step}|{storystep}) year")
def month_of_step(g: Groups) -> Meaning | None:
    words = time_words()
    inner = Yearless(month_number(g["mon"]), part=part_of(g.get("part")))
    step = words.steps.get(folded(g.get("step") or ""))
    return Within(inner, Whole("year", step) if step is not None else Whole("year", words.story_steps[folded(g["storystep"])], "story"))


@rule("day-of-step", r"{mon} {day}(?:{th})?,? (?:of )?{step} year")
def day_of_step(g: Groups) -> Meaning | None:
    day = int(g["day"])
    return Within(Yearless(month_number(g["mon"]), day, day), Whole("year", time_words().steps[folded(g["step"])]))


@rule("month", r"(?:the )?(?:{part}(?:~| ))?(?:(?:the )?month of )?(?:{step} )?{month}")
def month(g: Groups) -> Meaning | None:
    step = time_words().steps.get(folded(g.get("step") or ""))
    return Yearless(month_number(g["month"]), part=part_of(g.get("part")), step=step or None)


@rule("day-of-month", r"the {day}(?:{th})")
def day_of_month(g: Groups) -> Meaning | None:
    return DayOfMonth(int(g["day"]))


@rule("season-year", r"(?:the )?(?:{part}(?:~| ))?(?:the )?{season},?(?: of)? {year}")
def season_year(g: Groups) -> Meaning | None:
    s, y = time_words().seasons[folded(g["season"])], year_number(g["year"])
    return shared(cal.season(y, s.first, s.last, s.timex), part_of(g.get("part"))) if y else None


@rule("season", r"(?:{part}(?:~| ))?(?:{step}|(?P<article>the|in|during|of|since|until|by)) {season}")
def season(g: Groups) -> Meaning | None:
    step = time_words().steps.get(folded(g.get("step") or ""))
    return YearlessSeason(time_words().seasons[folded(g["season"])], part_of(g.get("part")), step or None)


@rule("years", r"(?:the )?(?:years )?(?:from )?{year} ?(?:~|/) ?(?P<to>\d\d\d\d|\d\d)")
def years(g: Groups) -> Meaning | None:
    first = year_number(g["year"])
    if first and "to" not in g:
        return Fixed(cal.year(first))
    last = end_year(first, g["to"]) if first else 0
    return Fixed(cal.years(first, last - first + 1)) if first and first < last <= first + 150 else None


@rule("year", r"(?:the )?(?:{part}(?:~| ))?(?:the year )?{year}")
def year(g: Groups) -> Meaning | None:
    y = year_number(g["year"])
    return shared(cal.year(y), part_of(g.get("part"))) if y else None


@rule("decade", r"(?:the )?(?:{part}(?:~| ))?(?:the )?(?P<decade>(?:1[0-9]|20)\d0'?s|'\d0s)")
def decade(g: Groups) -> Meaning | None:
    return shared(cal.years(decade_start(g["decade"]), 10, "decade"), part_of(g.get("part")))


@rule("decade-word", r"the (?:{part}(?:~| ))?(?:the )?(?P<decade>(?:nineteen )?{decadeword})")
def decade_word(g: Groups) -> Meaning | None:
    return shared(cal.years(decade_start(g["decadeword"]), 10, "decade"), part_of(g.get("part")))


@rule("century", r"(?:the )?(?:{part}(?:~| ))?(?:the )?(?P<number>(?:[1-9]|1\d|20|21)(?:st|nd|rd|th)|{ordinal})(?:~| )century")
def century(g: Groups) -> Meaning | None:
    return shared(cal.century(century_number(g["number"])), part_of(g.get("part")))


@rule("weekday", r"(?:{earlier} |{later} |{part} )?(?:(?:on )?{step} )?{weekday}(?:'s)?(?: (?:early )?{daypart})?")
def weekday(g: Groups) -> Meaning | None:
    step = time_words().steps.get(folded(g.get("step") or ""))
    return Weekday(weekday_number(g["weekday"]), step)


@rule("weekday-of-step", r"(?:the )?{weekday}(?: {daypart})?,? (?:of )?{step} week")
def weekday_of_step(g: Groups) -> Meaning | None:
    return Weekday(weekday_number(g["weekday"]), of=Whole("week", time_words().steps[folded(g["step"])]))


@rule("weekday-before-last", r"the {weekday} before last")
def weekday_before_last(g: Groups) -> Meaning | None:
    return Weekday(weekday_number(g["weekday"]), of=Whole("week", -2))


@rule("named", r"{named}")
def named(g: Groups) -> Meaning | None:
    return Named(time_words().named[folded(g["named"])])


@rule("feast", r"(?:{feast})(?:,? (?:of |in )?{year})?")
def feast(g: Groups) -> Meaning | None:
    return NamedDay(time_words().feasts[folded(g["feast"])], year_number(g.get("year")))
