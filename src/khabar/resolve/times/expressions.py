"""The scan: from a sentence's text to its time expressions, longest match first, neighbours joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import re2

from khabar.knowledge.timewords import time_words
from khabar.records import Span, Token
from khabar.resolve.times.calendar_rules import CALENDAR
from khabar.resolve.times.interval import Interval
from khabar.resolve.times.meanings import Anchor, Habit, Length, Meaning
from khabar.resolve.times.relative_rules import RELATIVE
from khabar.resolve.times.templates import Production, alternatives
from khabar.resolve.times.traps import is_trap


@dataclass(frozen=True, slots=True)
class Expression:
    """Words that tell a time: where they stand, the production that read them, and what they mean.

    `opens` marks an offset that waits for its clause: "two days after the truce ran out".
    """

    span: Span
    words: str
    rule: str
    meaning: Meaning
    opens: bool = False

    def resolve(self, anchor: Anchor) -> Interval | None:
        return self.meaning.resolve(anchor)

    def value(self, anchor: Anchor) -> str:
        """A value in the manner of TIMEX3: "2021-08-25", "2021-W34", "P3W", "SET", "start/end"; "XXXX" where it cannot be resolved."""
        if isinstance(self.meaning, Length):
            return self.meaning.timex()
        if isinstance(self.meaning, Habit):
            return "SET"
        found = self.resolve(anchor)
        return found.timex() if found else "XXXX"

    def moved(self, offset: int) -> Expression:
        return replace(self, span=Span(self.span.start + offset, self.span.end + offset))


@cache
def productions() -> tuple[Production, ...]:
    """The grammar, in order of preference where two matches are equally long."""
    return (*CALENDAR, *RELATIVE)


@cache
def _gate() -> Any:
    """A word without which no sentence holds a time: one pass decides whether the productions are tried at all."""
    w = time_words()
    days = {*w.months, *w.short_months, *w.weekdays, *w.seasons, *w.dayparts, *w.feasts, *w.named}
    counts = {*w.units, *w.deictic, *w.story_words, *w.decades, *w.habits}
    return re2.compile(
        rf"(?i)\b(?:{alternatives(days | counts)})|\d\d|\d ?[ap]\.?m|\d(?:st|nd|rd|th)\b|['’]\d0s|century|\bsince\b|\bo['’]clock"
    )


def may_hold_time(text: str) -> bool:
    """Whether a text holds any word or number that a time could be made of."""
    return bool(_gate().search(text))


def atoms(text: str, tokens: Sequence[Token] = ()) -> list[Expression]:
    """Expressions that productions match by themselves, in order of the text, none overlapping another. Offsets count from `text`.

    `tokens` are those of `text`, with spans counted from its beginning; without them the checks of traps see words alone.
    """
    if not may_hold_time(text):
        return []
    found: list[tuple[int, int, int, Expression]] = []
    for order, production in enumerate(productions()):
        for match in production.pattern.finditer(text):
            start, end = match.span()
            groups = {k: v for k, v in match.groupdict().items() if v is not None}
            if "core" in groups:
                start, end = match.span(production.pattern.groupindex["core"])
            if is_trap(production.name, groups, text, start, end, tokens):
                continue
            meaning = production.build(groups)
            if meaning is not None:
                found.append((start - end, order, start, Expression(Span(start, end), text[start:end], production.name, meaning)))
    return _longest(found, len(text))


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
