"""How productions are written: a pattern with named slots, filled with the words of `knowledge/data/time`.

A template such as "{num} {unit} ago" becomes one RE2 pattern. A slot may stand twice under another number ("{day}–{day2}").
A blank is any run of white space, a hyphen any dash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

import re2

from khabar.knowledge.timewords import time_words
from khabar.resolve.times.meanings import Meaning

Groups = dict[str, str]
Builder = Callable[[Groups], Meaning | None]

DASH = r"[-‐‑–—]"
YEAR = r"1[0-9]\d\d|20\d\d|[6-9]\d\d(?: AD)"
DAY = r"0?[1-9]|[12]\d|3[01]"
SUFFIX = r"st|nd|rd|th"


@dataclass(frozen=True, slots=True)
class Production:
    """A rule of the grammar: its name, its pattern and what a match means (None: on a second look it is no date)."""

    name: str
    pattern: Any
    build: Builder


class Rulebook(list[Production]):
    """Productions in the order written. `rule` puts the function below it in."""

    def rule(self, name: str, template: str) -> Callable[[Builder], Builder]:
        def keep(build: Builder) -> Builder:
            self.append(Production(name, compiled(template), build))
            return build

        return keep


def alternatives(words: Iterable[str]) -> str:
    """Any of the words, longer ones first, blanks and hyphens as templates read them."""
    return "|".join(_loose(re2.escape(w)) for w in sorted(words, key=lambda w: (-len(w), w)))


def _loose(escaped: str) -> str:
    return escaped.replace(r"\ ", r"[\s\x{A0}]+").replace(r"\-", DASH).replace(r"\'", "['’]")


@cache
def _slots() -> dict[str, str]:
    w = time_words()
    months = {**w.months, **w.short_months}
    number = r"\d{1,4}(?:\.\d)?|" + alternatives(w.numbers)
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
        "earlier": alternatives(w.earlier),
        "later": alternatives(w.later),
    }


def compiled(template: str) -> Any:
    """The pattern of a template, case apart. Slots in braces become groups of their name."""
    slots = _slots()
    parts: list[str] = []
    for number, piece in enumerate(template.replace("{{", "\x00").split("{")):
        if not number:
            parts.append(_blanks(piece))
            continue
        name, _, rest = piece.partition("}")
        parts.append(f"(?P<{name}>{slots[name.rstrip('23')]})" + _blanks(rest))
    return re2.compile(r"(?i)\b(?:" + "".join(parts) + r")\b")


def _blanks(piece: str) -> str:
    return piece.replace("\x00", "{").replace(" ", r"(?:[\s\x{A0}]+)").replace("~", DASH)
