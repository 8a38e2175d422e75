"""The scan: from a sentence's text to its time expressions, longest match first, neighbours joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

import re2

from khabar.records import Span, Token
from khabar.resolve.times import interval as cal
from khabar.resolve.times.calendar_rules import CALENDAR
from khabar.resolve.times.counting import clock_of, end_year
from khabar.resolve.times.interval import Interval
from khabar.resolve.times.loose_rules import LOOSE
from khabar.resolve.times.meanings import (
    Anchor,
    Ancient,
    Bounded,
    Days,
    Fixed,
    Habit,
    Impossible,
    Length,
    Meaning,
    Named,
    Range,
    Reference,
    Source,
    Stretch,
)
from khabar.resolve.times.other_calendars import OTHER
from khabar.resolve.times.relative_rules import RELATIVE
from khabar.resolve.times.templates import Match, Production, plain
from khabar.resolve.times.traps import is_trap

CountsFrom = Literal["absolute", "publication", "event"]
COUNTED: Mapping[Source, CountsFrom] = {"nothing": "absolute", "published": "publication", "story": "event"}
SECOND: Mapping[str, tuple[str, ...]] = {"day2": ("day",), "to": ("year", "bc")}  # the slot of a range's second end, and of its first
MEMORY = 64 << 20  # bytes that the automaton of all productions may take; it takes about a tenth


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that tell a time: where they stand, the production that read them, and what they mean.

    `opens` marks an offset that waits for its clause: "two days after the truce ran out". `clock` is the hour or the part of the
    day, as a TIMEX3 value ends with it ("T05:34", "TMO"). `parts` are the two ends of a range, as they stand in the text.
    """

    span: Span
    words: str
    rule: str
    meaning: Meaning
    opens: bool = False
    clock: str = ""
    parts: tuple[Expression, ...] = ()

    @property
    def counts_from(self) -> CountsFrom:
        """What has to be known to resolve it: nothing, the day of publication, or the time of another event."""
        return COUNTED[self.meaning.source]

    @property
    def is_impossible(self) -> bool:
        """Whether it names a day that no calendar has: "31 June"."""
        return isinstance(self.bare, Impossible)

    @property
    def bare(self) -> Meaning:
        """What its own words mean, without the bound before them: the year of "since 2014"."""
        return self.meaning.inner if isinstance(self.meaning, Bounded) else self.meaning

    def resolve(self, anchor: Anchor) -> Interval | None:
        """The days it tells of, the bound before it applied ("since Monday" ends with publication); None where the anchor lacks what they
        are counted from, where it names none (a duration, a habit) and where no `date` holds them (before the year 1)."""
        found = self.meaning.resolve(anchor)
        return found if found is None or not is_ancient(self.meaning, anchor) else None

    def value(self, anchor: Anchor) -> str:
        """The TIMEX3 value of its own words: "2021-08-25", "2021-08-25TMO", "2021-W34", "2014-SU", "BC0480", "P3W", "PXD", "PAST_REF",
        "start/end" for a stretch that has no name; "XXXX" where it cannot be resolved."""
        return self.called(self.days(anchor), anchor)

    def modifier(self, anchor: Anchor) -> str:
        """The TIMEX3 modifier of the value: "START" of "early May", "MID", "END"; empty where there is none."""
        found = self.days(anchor)
        return found.mod if found else ""

    def days(self, anchor: Anchor) -> Interval | None:
        """The days of its own words, without a bound; days before Christ as `interval.ANCIENT` reckons them."""
        found = self.bare.resolve(anchor)
        return self.bare.resolve(replace(anchor, ancient=True)) if found is None and is_ancient(self.bare, anchor) else found

    def called(self, days: Interval | None, anchor: Anchor) -> str:
        """The value, where the days of its own words are known already."""
        meaning = self.bare
        if isinstance(meaning, Length | Habit | Reference) or (isinstance(meaning, Stretch) and meaning.timex):
            return meaning.timex or "XXXX"
        if days is None:
            if isinstance(meaning, Days) and meaning.is_now and anchor.published is None:
                return "PRESENT_REF"
            return f"XXXX-XX-XX{self.clock}" if self.clock else "XXXX"
        value = days.timex()
        value = cal.ancient_value(value) if is_ancient(meaning, anchor) else value
        return value + self.clock if self.clock and days.precision == "day" else value

    def moved(self, offset: int) -> Expression:
        if not offset:
            return self
        span, parts = Span(self.span.start + offset, self.span.end + offset), tuple([p.moved(offset) for p in self.parts])
        return Expression(span, self.words, self.rule, self.meaning, self.opens, self.clock, parts)


def is_ancient(meaning: Meaning, anchor: Anchor) -> bool:
    """Whether days of a meaning are reckoned before Christ: because its words say so, or because the text has got to such days."""
    if isinstance(meaning, Ancient):
        return True
    if isinstance(meaning, Bounded):
        return is_ancient(meaning.inner, anchor)
    if isinstance(meaning, Range):
        return is_ancient(meaning.last, anchor)
    return anchor.ancient and not isinstance(meaning, Fixed | Named)


@cache
def productions() -> tuple[Production, ...]:
    """The grammar, in order of preference where two matches are equally long."""
    return (*OTHER, *CALENDAR, *RELATIVE, *LOOSE)


@cache
def _set() -> Any:
    """All productions at once: one pass says which of them match somewhere."""
    options = re2.Options()
    options.max_mem = MEMORY
    patterns = re2.Set.SearchSet(options)
    for production in productions():
        patterns.Add(production.source)
    patterns.Compile()
    return patterns


def atoms(text: str, tokens: Sequence[Token] = (), *, loose: bool = True) -> list[Expression]:
    """Expressions that productions match by themselves, in order of the text, none overlapping another. Offsets count from `text`.

    `tokens` are those of `text`, with spans counted from its beginning; without them the checks of traps see words alone. Without
    `loose` only what can date an event is found.
    """
    words = plain(text)
    scanned = words.encode("ascii")
    found: list[tuple[int, int, int, Expression]] = []
    taken = [0] * (len(text) + 1)
    for order in sorted(_set().Match(scanned) or ()):
        production = productions()[order]
        if production.loose and not loose:
            continue
        for match in production.matches(scanned, words, taken):
            start, end = match.start, match.end
            if is_trap(production.name, match.groups, text, start, end, tokens):
                continue
            meaning = production.build(match.groups)
            if meaning is not None:
                span, clock = Span(start, end), clock_of(production.name, match.groups)
                expression = Expression(span, text[start:end], production.name, meaning, clock=clock, parts=_ends(production, match, text))
                found.append((start - end, order, start, expression))
                taken[start:end] = [end] * (end - start)
    return _longest(found, len(text))


def _ends(production: Production, match: Match, text: str) -> tuple[Expression, ...]:
    """Both ends of what one production reads as a range: "6" and "7 January 1916", "1992" and "95"."""
    last = next((slot for slot in SECOND if slot in match.groups), None)
    first = next((slot for slot in SECOND[last] if slot in match.groups), None) if last else None
    if last is None or first is None:
        return ()
    one = {slot: words for slot, words in match.groups.items() if slot != last}
    end = match.groups[last]
    other = {**one, first: str(end_year(int(match.groups[first]), end)) if first == "year" else end}
    cut = max(match.spans[slot][1] for slot in (first, "th") if slot in match.spans)
    spans = (Span(match.start, cut), Span(match.spans[last][0], match.end))
    ends = zip(spans, (production.build(one), production.build(other)), strict=True)
    return tuple(Expression(span, span.of(text), production.name, meaning) for span, meaning in ends if meaning is not None)


def _longest(found: list[tuple[int, int, int, Expression]], size: int) -> list[Expression]:
    """Greedy by length; a byte map of what is taken keeps it linear in the text."""
    taken = bytearray(size)
    kept: list[Expression] = []
    for _, _, _, expression in sorted(found, key=lambda f: f[:3]):
        start, end = expression.span.start, expression.span.end
        if not any(taken[start:end]):
            taken[start:end] = b"\x01" * (end - start)
            kept.append(expression)
    return sorted(kept, key=lambda e: e.span)
