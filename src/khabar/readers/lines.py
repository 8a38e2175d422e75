"""A text's lines, with where they stand: what zones are made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from khabar.records import Span

_STOPS = ".!?…。؟"
_CLOSERS = "\"'”’»)]"
# Lines longer than this are looked at by their ends alone: no headline, caption or credit is that long.
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: where its words stand, and whether blank lines part it from its neighbours."""

    start: int
    end: int
    words: str
    after_blank: bool
    before_blank: bool

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def short(self) -> bool:
        return len(self.words) <= LONGEST

    @property
    def head(self) -> str:
        """The line's beginning, as much as a label or dateline can fill."""
        return self.words[:200]

    @property
    def stops(self) -> bool:
        """Whether it ends a sentence: a full stop, question or exclamation mark, with whatever closes after it."""
        return self.words[-8:].rstrip(_CLOSERS).endswith(tuple(_STOPS))

    @property
    def count(self) -> int:
        """How many words it has."""
        return len(self.words.split())


def lines(text: str, start: int = 0) -> tuple[Line, ...]:
    """Every line from `start` on that holds more than white space."""
    found: list[tuple[int, int, str, bool]] = []
    blank = True
    for begin, raw in _raw(text, start):
        words = raw.strip()
        if words:
            lead = begin + len(raw) - len(raw.lstrip())
            found.append((lead, lead + len(words), words, blank))
        blank = not words
    last = (0, 0, "", True)
    return tuple(Line(s, e, words, after, follower[3]) for (s, e, words, after), follower in pairwise([*found, last]))


def _raw(text: str, start: int) -> Iterator[tuple[int, str]]:
    for raw in text[start:].splitlines(keepends=True):
        yield start, raw
        start += len(raw)


def hard_wrapped(found: tuple[Line, ...]) -> bool:
    """Whether lines were broken at a width rather than at paragraphs: most lines that another follows end in mid-sentence."""
    inner = [line for line in found if not line.before_blank]
    broken = sum(not line.stops and line.count > 6 for line in inner)
    return len(inner) >= 3 and broken * 2 > len(inner)
