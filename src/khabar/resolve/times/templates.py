"""How productions are written: a pattern with named slots, filled with the words of `knowledge/data/time`.

A template such as "{num} {unit} ago" becomes one RE2 pattern over `plain` text, where every dash is a hyphen and every character one
byte. A slot may stand twice under another number ("{day}-{day2}"). A blank is any run of white space, "~" a hyphen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

import re2

from khabar.knowledge.timewords import time_words
from khabar.resolve.times.meanings import Meaning

Groups = dict[str, str]
Builder = Callable[[Groups], Meaning | None]

BLANKS, DASHES, QUOTES = "\u00a0\u2009\u202f", "‐‑–—", "’‘"
YEAR = r"1[0-9]\d\d|20\d\d|[6-9]\d\d(?: AD)"
HIJRI_YEAR, SOLAR_YEAR = r"1[345]\d\d", r"1[34]\d\d"
DAY = r"0?[1-9]|[12]\d|3[01]"
SUFFIX = r"st|nd|rd|th"


class Match(NamedTuple):
    """A match of a production: from where to where, and the words of its slots with their places."""

    start: int
    end: int
    groups: Groups
    spans: dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Production:
    """A rule of the grammar: its name, its pattern and what a match means (None: on a second look it is no date).

    What a `loose` one finds is a time to a reader, but dates no event by itself: "now", "the spring offensive".
    """

    name: str
    source: str
    pattern: Any
    slots: tuple[tuple[str, int], ...]
    core: int
    build: Builder
    loose: bool = False

    def matches(self, scanned: bytes, words: str, taken: Sequence[int]) -> Iterator[Match]:
        """Where it matches, with the words of its slots; the slot `core`, if any, is all that counts.

        `scanned` are the bytes of `words`; `taken` says of each character up to where an expression that was found before holds it,
        and a match within one is passed over.
        """
        for match in self.pattern.finditer(scanned):
            start, end = match.span(self.core)
            if start < 0:
                start, end = match.span()
            if taken[start] >= end:
                continue
            spans = {name: span for name, number in self.slots if (span := match.span(number))[0] >= 0}
            yield Match(start, end, {name: words[span[0] : span[1]] for name, span in spans.items()}, spans)


class Rulebook(list[Production]):
    """Productions in the order written. `rule` puts the function below it in."""

    def rule(self, name: str, template: str, *, loose: bool = False) -> Callable[[Builder], Builder]:
        def keep(build: Builder) -> Builder:
            source = expanded(template)
            pattern = re2.compile(source)
            slots = tuple(pattern.groupindex.items())
            self.append(Production(name, source, pattern, slots, dict(slots).get("core", 0), build, loose))
            return build

        return keep


def plain(text: str) -> str:
    """The text as patterns read it: dashes, quotes and blanks of one kind, and "?" for what is not ASCII. It is as long as before."""
    if text.isascii():
        return text
    for kind, letter in ((BLANKS, " "), (DASHES, "-"), (QUOTES, "'")):
        for one in kind:
            text = text.replace(one, letter)
    return text.encode("ascii", "replace").decode("ascii")


def alternatives(words: Iterable[str]) -> str:
    """Any of the words, longer ones first, blanks and hyphens as templates read them."""
    return "|".join(re2.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _slots() -> dict[str, str]:
    w = time_words()
    months = {**w.months, **w.short_months}
    number = r"\d{1,3}(?:,\d\d\d)+|\d{1,7}(?:\.\d)?|" + alternatives(w.numbers)
    return {
        "year": YEAR,
        "day": DAY,
        "th": SUFFIX,
        "month": alternatives(w.months),
        "mon": "(?:" + alternatives(months) + r")\.?",
        "weekday": alternatives(w.weekdays),
        "wday": "(?:" + alternatives({**w.weekdays, **w.short_weekdays}) + r")\.?",
        "season": alternatives(w.seasons),
        "part": alternatives(w.parts),
        "daypart": alternatives(w.dayparts),
        "feast": alternatives(w.feasts),
        "named": alternatives(w.named),
        "hijrimonth": alternatives(w.hijri_months),
        "solarmonth": alternatives(w.solar_months),
        "hijriyear": HIJRI_YEAR,
        "solaryear": SOLAR_YEAR,
        "bc": r"[1-7]?\d?\d?\d",
        "reference": alternatives(w.references),
        "unit": alternatives(w.units),
        "num": rf"(?:{number})(?:[\s]+and[\s]+a[\s]+half)?",
        "ordinal": alternatives(w.ordinals),
        "decadeword": alternatives(w.decades),
        "vague": alternatives(w.vague),
        "deictic": alternatives(w.deictic),
        "step": alternatives(w.steps),
        "storystep": alternatives(w.story_steps),
        "direction": alternatives(w.directions),
        "storyword": alternatives(w.story_words),
        "stretch": alternatives(w.stretches),
        "approx": alternatives(w.approximate),
        "weekend": alternatives(w.weekend),
        "running": alternatives(w.running),
        "habit": alternatives(w.habits),
        "edge": alternatives(w.edges),
        "earlier": alternatives(w.earlier),
        "later": alternatives(w.later),
    }


def expanded(template: str) -> str:
    """The pattern of a template, case apart. Slots in braces become groups of their name."""
    slots = _slots()
    parts: list[str] = []
    for number, piece in enumerate(template.replace("{{", "\x00").split("{")):
        if not number:
            parts.append(_blanks(piece))
            continue
        name, _, rest = piece.partition("}")
        parts.append(f"(?P<{name}>{slots[name.rstrip('23')]})" + _blanks(rest))
    return r"(?i)\b(?:" + "".join(parts) + r")\b"


def _blanks(piece: str) -> str:
    return piece.replace("\x00", "{").replace(" ", r"(?:\s+)").replace("~", "-")
