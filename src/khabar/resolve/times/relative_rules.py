"""Productions for what counts from another day: yesterday, last week, three days ago, two days later, for three weeks, at dawn."""

from __future__ import annotations

from khabar.knowledge.timewords import time_words
from khabar.resolve.times.counting import count, exact, folded, month_number, part_of, weekday_number
from khabar.resolve.times.meanings import (
    Ago,
    Bounded,
    Days,
    Habit,
    Length,
    Meaning,
    OfStory,
    Source,
    Stretch,
    Weekday,
    Weekend,
    Whole,
    Yearless,
    duration,
)
from khabar.resolve.times.templates import Groups, Rulebook

RELATIVE = Rulebook()
rule = RELATIVE.rule


REPEATED = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX"}  # what recurs by a unit, by the unit's code


def _source(name: str) -> Source:
    return "story" if name == "story" else "published"


@rule("deictic", r"(?:{earlier} |{later} |{part} )?{deictic}(?: {daypart})?")
def deictic(g: Groups) -> Meaning | None:
    return Days(*time_words().deictic[folded(g["deictic"])])


@rule("the-last-unit", r"the (?:past|last) {unit}")
def the_last_unit(g: Groups) -> Meaning | None:
    """ "In the last year" runs up to publication, "last year" is the calendar's."""
    unit = time_words().units[folded(g["unit"])]
    return Stretch(unit.days or 0, -1, timex=duration(unit.name, "1")) if unit.name == folded(g["unit"]) else None


@rule("step-unit", r"(?:(?:the )?(?:{part}(?:~| )|{earlier} |{later} ))?(?:the )?{step} {unit}(?:'s)?")
def step_unit(g: Groups) -> Meaning | None:
    words = time_words()
    name = folded(g["unit"])
    unit = words.units[name]
    if unit.days is None or name != unit.name:
        return None
    step = words.steps[folded(g["step"])]
    if unit.days == 1:
        return Days(1, 1, "story") if step == 1 else Days(0, 0, "story") if step == 0 else None
    if g.get("earlier") and step == 0:
        return Whole(unit.name, 0, part="earlier")
    if g.get("later") and step == 0:
        return Whole(unit.name, 0, part="later")
    if folded(g["step"]) == "past" or (folded(g["step"]) == "last" and unit.name in ("decade", "century")):
        return Stretch(unit.days, -1, timex=duration(unit.name, "1"))
    return Whole(unit.name, step, part=part_of(g.get("part") or ("early" if g.get("earlier") else "late" if g.get("later") else None)))


@rule("unit-before-last", r"the {unit} before last")
def unit_before_last(g: Groups) -> Meaning | None:
    return Whole(time_words().units[folded(g["unit"])].name, -2)


@rule("stretch", r"(?:(?:the|these|those) )?{stretch} (?:{num} )?{unit}")
def stretch(g: Groups) -> Meaning | None:
    words = time_words()
    sign, source = words.stretches[folded(g["stretch"])]
    name = folded(g["unit"])
    unit = words.units[name]
    if g.get("num"):
        low, high = count(g["num"])
        return Stretch(_days_of(unit.name, high), sign, _source(source), duration(unit.name, str(low) if low == high else "X"))
    vague = (name in words.vague and folded(g["stretch"]) not in words.steps) or folded(g["stretch"]) == "past"
    return Stretch(words.vague[name], sign, _source(source), duration(unit.name, "X")) if vague and name in words.vague else None


def _days_of(unit: str, n: int) -> int:
    days = {"month": n * 61 // 2, "year": n * 1461 // 4}
    length = time_words().units[unit].days
    return days.get(unit, n * length if length is not None else (-(-n // 24) if unit == "hour" else 0))


@rule("counted", r"(?:{approx} )?{num}(?:~| ){unit}(?P<more> and a half)? {direction}")
def counted(g: Groups) -> Meaning | None:
    words = time_words()
    sign, source = words.directions[folded(g["direction"])]
    unit, (low, high) = words.units[folded(g["unit"])].name, count(g["num"])
    if g.get("more") and unit == "year":
        unit, low, high = "month", 12 * low + 6, 12 * high + 6
    return Ago(unit, low, high, sign, _source(source))


@rule("uncounted", r"(?:only |just )?(?P<plural>(?:many )?{unit}) {direction}")
def uncounted(g: Groups) -> Meaning | None:
    """ "Hours later", "days earlier", "years ago": a few of them."""
    words = time_words()
    name = folded(g["unit"])
    unit = words.units[name]
    if name == unit.name:
        return None
    sign, source = words.directions[folded(g["direction"])]
    return Ago(unit.name, 1, 5, sign, _source(source))


@rule("story-unit", r"(?:(?:the )?(?:{part}(?:~| ))|{earlier} |{later} )?{storystep} {unit}(?:'s)?")
def story_unit(g: Groups) -> Meaning | None:
    words = time_words()
    unit = words.units[folded(g["unit"])]
    if unit.days is None or unit.name != folded(g["unit"]):
        return None
    step = words.story_steps[folded(g["storystep"])]
    if unit.days == 1:
        return Days(step, step, "story")
    return Whole(unit.name, step, "story", part_of(g.get("part")))


@rule("part-of-unit", r"(?:the )?{part} (?:the|that|this) {unit}")
def part_of_unit(g: Groups) -> Meaning | None:
    """ "The end of the month": of the month the story has reached."""
    unit = time_words().units[folded(g["unit"])]
    known = unit.name == folded(g["unit"]) and unit.name in ("week", "month", "year", "decade", "century")
    return Whole(unit.name, 0, "story", part_of(g["part"])) if known else None


@rule("story-daypart", r"(?:{earlier} |{later} |late )?{storystep} {daypart}")
def story_daypart(g: Groups) -> Meaning | None:
    step = time_words().story_steps[folded(g["storystep"])]
    return Days(step, step, "story")


@rule("story-weekday", r"{storystep} {weekday}")
def story_weekday(g: Groups) -> Meaning | None:
    step = time_words().story_steps[folded(g["storystep"])]
    return OfStory(Weekday(weekday_number(g["weekday"])), step)


@rule("story-month", r"{storystep} {month}")
def story_month(g: Groups) -> Meaning | None:
    return OfStory(Yearless(month_number(g["month"])), time_words().story_steps[folded(g["storystep"])])


@rule("story-word", r"{storyword}")
def story_word(g: Groups) -> Meaning | None:
    step = time_words().story_words[folded(g["storyword"])]
    return Days(step, step, "story")


@rule("since-then", r"(?:ever )?since then|(?:has|have|had|'ve) (?P<core>since)")
def since_then(g: Groups) -> Meaning | None:
    return Bounded("since", Days(0, 0, "story"))


@rule("unit-before", r"the (?P<one>week|month|year|decade) (?P<side>before|after)")
def unit_before(g: Groups) -> Meaning | None:
    return Whole(folded(g["one"]), -1 if folded(g["side"]) == "before" else 1, "story")


@rule("length", r"(?:{approx} )?{num}(?:~| )(?:full |consecutive |straight )?{unit}(?:')?(?P<more> and a half)?(?:~long)?")
def length(g: Groups) -> Meaning | None:
    name, number = folded(g["unit"]), folded(g["num"])
    unit = time_words().units[name]
    if number in ("a", "an") and name != unit.name:  # "a decades-long war": the article is the war's
        return None
    low, high = count(number)
    return Length(unit.name, low, high + 1, f"{low}.5") if g.get("more") else Length(unit.name, low, high, exact(number))


@rule("nth-unit", r"(?:for|in|into|to|entered|enters) (?P<core>(?:a|an|the|its|their) {ordinal} (?:{running} )?{unit})")
def nth_unit(g: Groups) -> Meaning | None:
    """ "For a third day", "now in its fourth month": so long has it gone on."""
    unit, n = time_words().units[folded(g["unit"])], time_words().ordinals[folded(g["ordinal"])]
    return Length(unit.name, n, n) if n > 1 and unit.days else None


@rule("weekend", r"{weekend}")
def weekend(g: Groups) -> Meaning | None:
    return Weekend()


@rule("unit-long", r"{unit}~long")
def unit_long(g: Groups) -> Meaning | None:
    name = folded(g["unit"])
    unit = time_words().units[name]
    return Length(unit.name, 1, 1) if name == unit.name else Length(unit.name, 2, 3)


@rule("uncounted-length", r"(?:for |of |over |after )(?P<core>(?:many |several )?{unit})")
def uncounted_length(g: Groups) -> Meaning | None:
    name = folded(g["unit"])
    unit = time_words().units[name]
    return Length(unit.name, 2, 4) if name != unit.name and unit.days else None


@rule("clock", r"(?:(?:just )?(?:{approx}|at|after|before) )?(?P<hour>\d\d?)(?:[:.](?P<minute>\d\d))? ?(?P<half>am\b|pm\b|a\.m\.?|p\.m\.?)")
def clock(g: Groups) -> Meaning | None:
    return Days(0, 0, "story")


@rule("clock-24", r"(?:at )?(?P<hour>[01]?\d|2[0-3])[:.]?(?P<minute>[0-5]\d) ?(?:gmt|utc|hours|hrs|local time|est|edt|cet|eest)")
def clock_24(g: Groups) -> Meaning | None:
    return Days(0, 0, "story")


@rule("clock-24", r"(?P<hour>[01]\d|2[0-3]):(?P<minute>[0-5]\d)")
def clock_colon(g: Groups) -> Meaning | None:
    return Days(0, 0, "story")


@rule("oclock", r"(?:{approx} )?{num} o'clock|(?:at )?(?:{approx} )?{num2} in the {daypart}")
def oclock(g: Groups) -> Meaning | None:
    return Days(0, 0, "story")


@rule("daypart", r"(?:early |late |mid~?)?(?:(?:in|at|by|during|after|before) )?(?:the )?(?:early |late )?{daypart}")
def daypart(g: Groups) -> Meaning | None:
    return Days(0, 0, "story")


@rule("habit", r"{habit}(?: (?:{num} )?(?:{unit}|{weekday}|{daypart}))?")
def habit(g: Groups) -> Meaning | None:
    words, word = time_words(), folded(g["habit"])
    following = any(g.get(k) for k in ("unit", "weekday", "daypart"))
    if not following and word in ("every", "each"):
        return None
    unit = words.units.get(folded(g.get("unit") or ""))
    return Habit(REPEATED.get(unit.code, "XXXX") if unit else words.habits[word] or "XXXX-XX-XX")


@rule("times-a-unit", r"(?:once|twice|(?:{num} times)) (?:a|an|every|each) {unit}")
def times_a_unit(g: Groups) -> Meaning | None:
    return Habit()


@rule("all-day", r"(?:all|throughout the|the whole) (?P<one>day|night|week|month|year)")
def all_day(g: Groups) -> Meaning | None:
    return Days(0, 0, "story")
