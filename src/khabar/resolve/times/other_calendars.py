"""Productions for years that are not counted from the year 1 on: before Christ, of the Islamic and of the solar Islamic year, fiscal."""

from __future__ import annotations

from khabar.knowledge.timewords import time_words
from khabar.resolve.times import interval as cal
from khabar.resolve.times.counting import century_number, folded, month_number, part_of
from khabar.resolve.times.interval import Interval
from khabar.resolve.times.meanings import Ancient, Fixed, Impossible, Meaning
from khabar.resolve.times.templates import Groups, Rulebook

OTHER = Rulebook()
rule = OTHER.rule

ERA = r"(?P<era>bc|b\.c|bce|b\.c\.e)"  # it counts in capitals alone, which traps see to


def _year(word: str) -> int:
    """The year that reckons a year before Christ."""
    return cal.ANCIENT - int(word)


def _shared(whole: Interval, g: Groups) -> Ancient:
    part = part_of(g.get("part"))
    return Ancient(whole.share(part) if part else whole)


@rule("bc-year", r"(?:the )?(?:{part}(?:~| ))?(?:(?:the )?year )?{bc} ?" + ERA)
def bc_year(g: Groups) -> Meaning | None:
    return _shared(cal.year(_year(g["bc"])), g) if int(g["bc"]) else None


@rule("bc-years", r"{bc}(?: ?~ ?| to | and )(?P<to>\d{{1,4}) ?" + ERA)
def bc_years(g: Groups) -> Meaning | None:
    first, last = int(g["bc"]), int(g.get("to", g["bc"]))
    return Ancient(cal.years(_year(g["bc"]), first - last + 1, "years" if first > last else "year")) if first >= last > 0 else None


@rule("bc-month", r"(?:the )?(?:{part}(?:~| ))?{mon},? (?:of )?{bc} ?" + ERA)
def bc_month(g: Groups) -> Meaning | None:
    return _shared(cal.month(_year(g["bc"]), month_number(g["mon"])), g) if int(g["bc"]) else None


@rule("bc-day", r"(?:(?:the )?{day}(?:{th})?(?: of)? {mon}|{mon2} {day2}(?:{th2})?),? (?:of )?{bc} ?" + ERA)
def bc_day(g: Groups) -> Meaning | None:
    y, m, d = _year(g["bc"]), month_number(g.get("mon") or g["mon2"]), int(g.get("day") or g["day2"])
    if not cal.has_day(m, d, None):
        return Impossible()
    found = cal.safe_day(y, m, d)
    return Ancient(cal.day(found)) if found and int(g["bc"]) else None


@rule("bc-season", r"(?:the )?(?:{part}(?:~| ))?(?:the )?{season},?(?: of)? {bc} ?" + ERA)
def bc_season(g: Groups) -> Meaning | None:
    s = time_words().seasons[folded(g["season"])]
    return _shared(cal.season(_year(g["bc"]), s.first, s.last, s.timex), g) if int(g["bc"]) else None


@rule("bc-decade", r"(?:the )?(?:{part}(?:~| ))?(?:the )?(?P<decade>[1-7]?\d?\d0)s ?" + ERA)
def bc_decade(g: Groups) -> Meaning | None:
    return _shared(cal.years(_year(g["decade"]) - 9, 10, "decade"), g)


@rule("bc-century", r"(?:the )?(?:{part}(?:~| ))?(?:the )?(?P<number>\d\d?(?:st|nd|rd|th)|{ordinal})(?:~| )century ?" + ERA)
def bc_century(g: Groups) -> Meaning | None:
    number = century_number(g["number"])
    return _shared(cal.years(cal.ANCIENT + 1 - 100 * number, 100, "century"), g) if 0 < number < 80 else None


@rule("ad-year", r"(?:ad|a\.d\.) ?(?P<number>\d{{2,4})|(?P<number2>\d{{2,3}) ?(?:ad|a\.d|ce)")
def ad_year(g: Groups) -> Meaning | None:
    return Fixed(cal.year(int(g.get("number") or g["number2"])))


@rule("hijri-day", r"(?:the )?{day}(?:{th})?(?: of)? {hijrimonth},? {hijriyear}(?: ?ah)?")
def hijri_day(g: Groups) -> Meaning | None:
    return _islamic(int(g["hijriyear"]), time_words().hijri_months[folded(g["hijrimonth"])], int(g["day"]))


@rule("hijri-day", r"{hijrimonth} {day}(?:{th})?,? {hijriyear}(?: ?ah)?")
def hijri_month_day(g: Groups) -> Meaning | None:
    return hijri_day(g)


@rule("hijri-month", r"{hijrimonth},? (?:of )?{hijriyear}(?: ?ah)?")
def hijri_month(g: Groups) -> Meaning | None:
    y, m = int(g["hijriyear"]), time_words().hijri_months[folded(g["hijrimonth"])]
    after = cal.hijri(y + m // 12, m % 12 + 1, 1)
    return Fixed(cal.days_between(cal.hijri(y, m, 1), cal.move(after, -1)))


@rule("solar-day", r"(?:the )?{day}(?:{th})?(?: of)? {solarmonth},? {solaryear}")
def solar_day(g: Groups) -> Meaning | None:
    return _solar(int(g["solaryear"]), time_words().solar_months[folded(g["solarmonth"])], int(g["day"]))


@rule("solar-day", r"{solarmonth} {day}(?:{th})?,? {solaryear}")
def solar_month_day(g: Groups) -> Meaning | None:
    return solar_day(g)


@rule("solar-month", r"{solarmonth},? (?:of )?{solaryear}")
def solar_month(g: Groups) -> Meaning | None:
    y, m = int(g["solaryear"]), time_words().solar_months[folded(g["solarmonth"])]
    after = cal.solar(y + m // 12, m % 12 + 1, 1)
    return Fixed(cal.days_between(cal.solar(y, m, 1), cal.move(after, -1)))


def _islamic(y: int, m: int, d: int) -> Meaning:
    return Impossible() if d > 30 else Fixed(cal.day(cal.hijri(y, m, d)))


def _solar(y: int, m: int, d: int) -> Meaning:
    return Impossible() if d > (31 if m < 7 else 30) else Fixed(cal.day(cal.solar(y, m, d)))


@rule(
    "fiscal-year", r"(?:the )?(?:{part}(?:~| ))?(?:fiscal|financial)(?: year)? {year}(?:[-/]\d\d(?:\d\d)?)?|fy ?~?(?P<short>\d\d(?:\d\d)?)"
)
def fiscal_year(g: Groups) -> Meaning | None:
    """Called by its year; where it begins differs by country, so that its days are those of the calendar year, up to nine months off."""
    y = int(g.get("year") or g["short"])
    y += 2000 if y < 100 else 0
    whole = cal.year(y).called(f"FY{y}")
    part = part_of(g.get("part"))
    return Fixed(whole.share(part) if part else whole)


@rule("fiscal-year", r"(?:the )?{year} (?:fiscal|financial) year")
def year_fiscal(g: Groups) -> Meaning | None:
    return Fixed(cal.year(int(g["year"].split()[0])).called(f"FY{g['year'].split()[0]}"))
