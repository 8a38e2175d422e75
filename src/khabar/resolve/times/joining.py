"""Neighbours that make one time together: a weekday with its date, an hour with its day, both ends of a range, a bound."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import cast

from khabar.knowledge.timewords import time_words
from khabar.records import Span
from khabar.resolve.times.counting import folded
from khabar.resolve.times.expressions import Expression
from khabar.resolve.times.meanings import (
    Bound,
    Bounded,
    Days,
    Fixed,
    Habit,
    Impossible,
    Length,
    Meaning,
    Range,
    Reference,
    Weekday,
    Whole,
    Within,
    Yearless,
    YearlessSeason,
)

CLOCKS = frozenset({"clock", "clock-24", "oclock", "daypart"})
ENDS = frozenset({
    "iso-date", "numeric-date", "day-month", "month-day", "month-year", "month", "month-of-step", "day-of-step", "year", "decade",
    "season-year", "season", "weekday", "weekday-of-step", "deictic", "step-unit", "day-of-month", "counted", "feast", "century", "joined",
    "clock", "daypart", "bc-year", "bc-month", "bc-day", "bc-season", "hijri-day", "hijri-month", "solar-day", "solar-month", "years",
})  # fmt: skip
RANGE_WORDS = frozenset(
    {"to", "until", "till", "through", "up to", "and until", "to the", "until the", "into", "-", "to early", "and up to"}
)
Join = Callable[[str, Expression, Expression, str], Meaning | None]
OFFSETS = frozenset({"counted", "uncounted", "unit-before"})
LEFT = 30  # characters before an expression in which its bound stands
BETWEEN = frozenset({"the", "about", "around", "at", "least", "early", "late", "on", "in"})  # what may stand between a bound and its time
LONGEST = 120  # characters of what is joined: no list grows into one time
GAP = 14  # the longest stretch of words between two neighbours that may join


def joined(text: str, atoms: Sequence[Expression]) -> list[Expression]:
    """Expressions of a sentence, joined where they belong together and bounded where a preposition bounds them."""
    paired = _pass(text, atoms, _one_day)
    ranged = _pass(text, paired, _range)
    return [_bounded(text, e) for e in ranged]


def _pass(text: str, expressions: Sequence[Expression], join: Join) -> list[Expression]:
    done: list[Expression] = []
    for expression in expressions:
        while done and expression.span.start - done[-1].span.end <= GAP and expression.span.end - done[-1].span.start <= LONGEST:
            gap = folded(text[done[-1].span.end : expression.span.start])
            meaning = join(text, done[-1], expression, gap)
            if meaning is None:
                break
            span = Span(done[-1].span.start, expression.span.end)
            before = done.pop()
            rule = expression.rule if join is _one_day and before.rule in CLOCKS else "joined"
            clock = (before.clock or expression.clock) if join is _one_day else ""
            ends = (before, expression) if join is _range else ()
            expression = Expression(span, text[span.start : span.end], rule, meaning, clock=clock, parts=ends)
        done.append(expression)
    return done


def _one_day(text: str, a: Expression, b: Expression, gap: str) -> Meaning | None:
    """ "Saturday, 3 October", "the night of May 7", "5 a.m. on Monday", "November last year", "Saturday of last week"."""
    comma = "," in gap
    gap = gap.strip(" ,(.")
    x, y = a.meaning, b.meaning
    if comma and (_is_clock(a) or _is_clock(b)):
        return None
    if gap not in ("", "on", "of", "on the", "in the", "in", "at", "at about", "at around", "around", "about", "from", "of the"):
        return None
    if _is_clock(a) and _is_clock(b):
        return x if not gap.startswith("from") else None
    if _is_clock(a) and b.rule in ENDS and gap in ("", "on", "of", "of the", "on the", "in"):
        return y
    if _is_clock(b) and _is_day(x) and gap in ("", "at", "at about", "at around", "around", "about", "in the", "in", "of"):
        return x
    if isinstance(x, Weekday) and x.of is None and gap in ("", "of", "on", "on the") and _is_day(y) and not isinstance(y, Weekday | Days):
        return y
    if isinstance(y, Weekday) and gap == "" and isinstance(x, Fixed | Yearless) and _is_day(x) and y.step is None:
        return x
    if isinstance(x, Weekday) and isinstance(y, Whole) and y.unit == "week" and gap in ("", "of"):
        return replace(x, of=y)
    if isinstance(x, Yearless | YearlessSeason) and isinstance(y, Whole) and y.unit == "year" and gap in ("", "of", "in"):
        return Within(x, y)
    return None


def _is_clock(e: Expression) -> bool:
    return e.rule in CLOCKS


def _is_day(m: Meaning) -> bool:
    if isinstance(m, Yearless):
        return m.first is not None
    return (
        isinstance(m, Weekday)
        or (isinstance(m, Fixed) and m.interval.precision in ("day", "days"))
        or (isinstance(m, Days) and m.source == "published")
    )


def _range(text: str, a: Expression, b: Expression, gap: str) -> Meaning | None:
    """Both ends written out: "from May 7 until May 8", "between Monday and Friday", "1992–1995"."""
    if a.rule not in ENDS or b.rule not in ENDS or (_is_clock(a) and _is_clock(b)):
        return None
    if isinstance(a.meaning, Range) or isinstance(b.meaning, Range):  # a range has two ends, however many dashes follow
        return None
    plain = gap.strip(" ,")
    before = folded(text[max(a.span.start - 9, 0) : a.span.start]).rsplit(" ", 1)[-1]
    if plain in ("and", "and the") and before == "between":
        return _ranged(a.meaning, b.meaning)
    if plain in ("and", "and on") and isinstance(a.meaning, Weekday) and isinstance(b.meaning, Weekday):
        return _ranged(a.meaning, b.meaning)
    if plain == "-" or (plain in RANGE_WORDS and (before == "from" or _alike(a.meaning, b.meaning))):
        return _ranged(a.meaning, b.meaning)
    return None


def _alike(x: Meaning, y: Meaning) -> bool:
    """Dates, months or years on either side: then "to" alone makes a range of them."""
    calendar = (Fixed, Yearless)
    return isinstance(x, calendar) and isinstance(y, calendar)


def _ranged(x: Meaning, y: Meaning) -> Meaning:
    """ "29 April to 3 May 2014": the year stands once, for both."""
    if isinstance(x, Yearless) and isinstance(y, Fixed):
        first = x.in_year(y.interval.end.year)
        if first and first.start <= y.interval.end:
            return Range(Fixed(first), y)
    return Range(x, y)


@cache
def _bounds() -> tuple[Mapping[str, str], int, frozenset[str]]:
    """The bounding prepositions, of how many words the longest is, and the words that may stand right before a bounded time."""
    bounds = time_words().bounds
    return bounds, max(len(b.split()) for b in bounds), frozenset(b.split()[-1] for b in bounds) | BETWEEN


def _bound_before(text: str, start: int) -> Bound | None:
    words, longest, near = _bounds()
    before = text[max(start - LEFT, 0) : start]
    if not before or not before[-1].isspace() or before.rstrip().rpartition(" ")[2].lower().rpartition("\n")[2] not in near:
        return None
    last = folded(before).split()
    while last and last[-1] in BETWEEN:
        if last[-2:] == ["at", "least"] or last[-1] != "least":
            last.pop()
        else:
            break
    for size in range(longest, 0, -1):
        found = words.get(" ".join(last[-size:])) if size <= len(last) else None
        if found:
            return cast(Bound, found)
    return None


def _bounded(text: str, e: Expression) -> Expression:
    """The bound that stands right before: "since Monday", "until the end of May". Offsets wait for their clause instead."""
    if e.rule in OFFSETS and e.words[-1] in "rREe" and folded(e.words).endswith(("after", "before")) and _goes_on(text, e.span.end):
        return replace(e, opens=True)
    if isinstance(e.meaning, Bounded | Length | Reference | Habit | Impossible) or _is_clock(e):
        return e
    bound = _bound_before(text, e.span.start)
    if bound is None or ((e.parts or isinstance(e.meaning, Range)) and bound in ("from", "by")):
        return e
    return replace(e, meaning=Bounded(bound, e.meaning))


def _goes_on(text: str, end: int) -> bool:
    rest = text[end : end + 3].lstrip(" \u00a0\n")
    return rest[:1].isalnum() or rest[:1] in "\"'“‘"
