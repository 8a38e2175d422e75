"""Productions for what is a time to a reader, but dates no event by itself: "now", "former", "the winter quarters", "the 1777 campaign".

They are found in a text for its own sake (`find_times`), and left out where statements are dated.
"""

from __future__ import annotations

from khabar.knowledge.timewords import time_words
from khabar.resolve.times import interval as cal
from khabar.resolve.times.counting import count, exact, folded, month_number, part_of, shared, year_number
from khabar.resolve.times.meanings import Days, Length, Meaning, Reference, Whole, Yearless, YearlessSeason, duration
from khabar.resolve.times.templates import Groups, Rulebook

LOOSE = Rulebook()


@LOOSE.rule("reference", r"{reference}", loose=True)
def reference(g: Groups) -> Meaning | None:
    return Reference(time_words().references[folded(g["reference"])])


@LOOSE.rule("bare-season", r"(?:{part}(?:~| ))?(?:{step} |{storystep} )?{season}", loose=True)
def bare_season(g: Groups) -> Meaning | None:
    return YearlessSeason(time_words().seasons[folded(g["season"])], part_of(g.get("part")))


@LOOSE.rule("bare-month", r"{month}", loose=True)
def bare_month(g: Groups) -> Meaning | None:
    return Yearless(month_number(g["month"]))


@LOOSE.rule("bare-year", r"(?:the )?{year}", loose=True)
def bare_year(g: Groups) -> Meaning | None:
    y = year_number(g["year"])
    return shared(cal.year(y), None) if y else None


@LOOSE.rule("unit-end", r"(?P<one>week|month|year|decade|century)(?:'s)? end", loose=True)
def unit_end(g: Groups) -> Meaning | None:
    return Whole(folded(g["one"]), 0, "story", part_of("end"))


@LOOSE.rule("rest-of-unit", r"(?:the )?(?:rest|remainder|course) of (?:the (?P<one>week|month|year|decade|century)|{year})", loose=True)
def rest_of_unit(g: Groups) -> Meaning | None:
    y = year_number(g.get("year"))
    return shared(cal.year(y), None) if y else Whole(folded(g["one"]), 0, "story")


@LOOSE.rule("day-following", r"the (?P<one>day|week|month|year) following", loose=True)
def day_following(g: Groups) -> Meaning | None:
    unit = folded(g["one"])
    return Days(1, 1, "story") if unit == "day" else Whole(unit, 1, "story")


@LOOSE.rule("eve", r"the eve of", loose=True)
def eve(g: Groups) -> Meaning | None:
    """ "On the eve of the vote": the day before it, whenever that was."""
    return Days(-1, -1, "story")


@LOOSE.rule("rate", r"per {unit}", loose=True)
def rate(g: Groups) -> Meaning | None:
    return Length(time_words().units[folded(g["unit"])].name, 1, 1)


@LOOSE.rule("described-length", r"(?:{approx} )?{num} (?:[a-z]+ly )?(?P<kind>[a-z]+) {unit}", loose=True)
def described_length(g: Groups) -> Meaning | None:
    """ "Ten brutal months", "two full days": a word stands between count and unit."""
    name = folded(g["unit"])
    unit = time_words().units[name]
    if name == unit.name or folded(g["num"]) in ("a", "an"):
        return None
    return Length(unit.name, *count(g["num"]), exact(g["num"]))


@LOOSE.rule("uncounted-stretch", r"the {edge} {unit}", loose=True)
def uncounted_stretch(g: Groups) -> Meaning | None:
    name = folded(g["unit"])
    unit = time_words().units[name]
    return Reference(duration(unit.name, "X")) if name != unit.name else None
