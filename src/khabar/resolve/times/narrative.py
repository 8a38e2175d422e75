"""Times along a text: each expression resolved against the point that the telling has reached.

A report counts from the day it was published. A history, a chronicle or a long account does not: its "in March", "two days later"
and "the same year" go on from the date told before. `tell_times` walks the expressions of a text in order and does what a reader
does: it keeps the date last told, and counts on from there; where a day of publication is given, "yesterday", "on Tuesday" and
"last year" count from that day instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from khabar.knowledge.timewords import time_words
from khabar.resolve.times import interval as cal
from khabar.resolve.times.counting import folded
from khabar.resolve.times.expressions import Expression, is_ancient
from khabar.resolve.times.interval import Interval
from khabar.resolve.times.meanings import (
    Ago,
    Anchor,
    Ancient,
    Bounded,
    DayOfMonth,
    Days,
    Fixed,
    Lean,
    Meaning,
    Named,
    Whole,
    Yearless,
    YearlessSeason,
)
from khabar.resolve.times.sentences import find_times
from khabar.resolve.times.traps import NEAR

MOVING = frozenset({"day", "days", "week", "month", "season", "year", "years"})  # the telling goes on from these, not from a decade
YEARS = frozenset({"season", "year", "years"})
POINTS = frozenset({"day", "days"})
SHORT = frozenset({"second", "minute", "hour", "day", "night", "week"})  # units that count from a day, not from a month or a year
REACH = 400  # characters back in which the beginning of a sentence is sought
OPENING = 40  # characters from the beginning of a sentence within which its time is that of the telling
# Days from where the telling is beyond which a time in mid-sentence is an aside: it holds for the rest of its sentence alone. A bare year
# is soon one ("papers that came to light in 2005"). Tuned with OPENING on half of a corpus of histories; near these, figures hardly move.
FAR_YEAR, FAR = 200, 1500
NEXT = 16  # characters to a time whose year is this one's too: "in April and June 1955"
JOINING = frozenset({"and", "or", "to", "-", ",", "until", "through", "and the", "to the", "/"})


@dataclass(frozen=True, slots=True)
class Told:
    """An expression as the text tells it.

    `interval` are its days with the bound before it applied ("since 2014"), `days` those of its own words; both are None where it names
    none that a `date` holds. `value` and `modifier` are TIMEX3's, `counted_from` the days that it was counted from, where it was.
    """

    expression: Expression
    interval: Interval | None
    days: Interval | None
    value: str
    modifier: str
    counted_from: Interval | None


def tell_times(text: str, published: date | None = None) -> tuple[Told, ...]:
    """The times of a text in order, each resolved; of a range, both its ends and no third for the whole.

    `published` is the day of a report's publication; without it everything is counted along the text, as in a history.
    """
    return tuple(_Telling(text, published).told())


class _Telling:
    """The walk: `here` are the days last told, `point` the last of those that was a day, `aside` those of another time that a sentence
    mentions on the way; `ancient` says whether they lie before Christ."""

    def __init__(self, text: str, published: date | None) -> None:
        self.text = text
        self.published = published
        self.here: Interval | None = None
        self.point: Interval | None = None
        self.aside: tuple[int, Interval] | None = None
        self.ancient = False

    def told(self) -> Iterator[Told]:
        single = [(part, k > 0) for expression in find_times(self.text) for k, part in enumerate(expression.parts or (expression,))]
        before: Interval | None = None
        for (expression, ends), (following, _) in zip(single, (*single[1:], (None, False)), strict=False):
            told = self._tell(expression, following, before if ends else None)
            before = told.days
            yield told

    def _tell(self, expression: Expression, following: Expression | None, first: Interval | None) -> Told:
        """An expression; `first` are the days of the other end where it ends a range."""
        sentence = self._sentence(expression.span.start)
        anchor = self._anchor(expression, sentence, following)
        days = expression.days(anchor)
        if first is not None and days is not None and days.end < first.start:
            anchor = replace(anchor, era=first)
            days = expression.days(anchor)
        ancient = is_ancient(expression.bare, anchor)
        bounded = isinstance(expression.meaning, Bounded)
        value, modifier = expression.called(days, anchor), days.mod if days else ""
        if days is not None and not isinstance(expression.meaning, Named):
            self._move(expression, days, ancient, sentence)
        days = None if ancient else days
        interval = expression.resolve(anchor) if bounded and not ancient else days
        return Told(expression, interval, days, value, modifier, None if expression.meaning.source == "nothing" else anchor.story)

    def _sentence(self, start: int) -> int:
        """Where the sentence begins that an offset lies in, as far as its marks tell."""
        before = self.text[max(start - REACH, 0) : start]
        marks = (before.rfind(mark) + len(mark) for mark in (". ", "\n", "? ", "! ") if mark in before)
        return start - len(before) + max(marks, default=0)

    def _anchor(self, expression: Expression, sentence: int, following: Expression | None) -> Anchor:
        here = self.aside[1] if self.aside and self.aside[0] == sentence else self.here
        meaning = expression.bare
        story = self.point if self.point and _is_of_a_day(meaning) else here
        if self.published is not None:
            return self._reported(expression, story)
        shared = self._shared(expression, following)
        if isinstance(meaning, Days) and meaning.source == "published":
            return Anchor(None, story, ancient=self.ancient)
        return Anchor(here.start if here else None, story, "past", shared or here, self.ancient)

    def _reported(self, expression: Expression, story: Interval | None) -> Anchor:
        today = cal.day(self.published) if self.published else None
        current = isinstance(expression.bare, Whole) and expression.bare.step == 0
        return Anchor(self.published, today if current or story is None else story, self._lean(expression))

    def _shared(self, expression: Expression, following: Expression | None) -> Interval | None:
        """The year that is written once, after the second of two times."""
        if following is None or not isinstance(expression.bare, Yearless | YearlessSeason):
            return None
        gap = self.text[expression.span.end : following.span.start]
        if len(gap) > NEXT or (gap.strip() and folded(gap.strip()) not in JOINING) or not isinstance(following.bare, Fixed | Ancient):
            return None
        return following.days(Anchor())

    def _move(self, expression: Expression, days: Interval, ancient: bool, sentence: int) -> None:
        if days.precision not in (MOVING if self.published is None else POINTS):
            return
        here = self.here
        opening = expression.span.start - sentence <= OPENING
        far = FAR_YEAR if days.precision in YEARS else FAR
        if here is not None and ancient == self.ancient and not opening and _gap(here, days) > far:
            self.aside = (sentence, days)
            return
        self.here, self.ancient = days, ancient
        if days.precision in POINTS:
            self.point = days
        elif self.point is not None and _gap(self.point, days) > 0:
            self.point = None

    def _lean(self, expression: Expression) -> Lean:
        """Whether the words right around an expression look ahead: "will", "is due on"."""
        start, end = expression.span.start, expression.span.end
        around = self.text[max(start - NEAR, 0) : start].rpartition(". ")[2] + " " + self.text[end : end + NEAR].partition(". ")[0]
        around = around.lower()
        ahead = time_words().ahead & set(around.split()) or " is to " in around or " are to " in around
        return "future" if ahead else "past"


def _is_of_a_day(meaning: Meaning) -> bool:
    """Whether it counts from a day of the telling: "the next day", "at noon", "three days later"."""
    if isinstance(meaning, Ago):
        return meaning.unit in SHORT
    return isinstance(meaning, Days | DayOfMonth)


def _gap(one: Interval, other: Interval) -> int:
    """Days between two intervals, none where they overlap."""
    return max((other.start - one.end).days, (one.start - other.end).days, 0)
