"""A voice: who says something in a sentence, and which of its words are said."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import accumulate

from khabar.records import Document, Sentence, Source, Span, Stance, Token, ToldAs

REPORTS = "reports"
"""The name of a voice that the report leaves unnamed ("reportedly")."""

_CLOSING = frozenset("\"”“»’'")

NOBODY = ""
"""The name of a voice that is quoted without a word on whose it is."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says something in a sentence, what is said (indices of tokens), and what the saying makes of it.

    Of two voices that say the same, the one of lower `rank` is the inner: below 0 one that is cited ("the daily reported, citing
    police"), above 0 a report that somebody confirms or denies. `itself` marks a word of saying that may name the deed too
    ("attacks claimed by the group", "claimed victory").
    """

    source: Source
    cue: Token
    scope: frozenset[int]
    stance: Stance
    told_as: ToldAs | None
    alleged: bool
    why: str
    rank: int = 0
    itself: bool = False

    def covers(self, words: Iterable[Token]) -> bool:
        """Whether any of a trigger's words is said by this voice. A trigger that speaks itself ("called for talks") is not said by the
        voice that it brings in."""
        places = {t.i for t in words}
        return bool(places & self.scope) and (self.itself or self.cue.i not in places)


def chain(words: tuple[Token, ...], found: Iterable[Voice]) -> list[Voice]:
    """The voices behind a trigger, innermost first: the narrower what a voice says, the closer it stands."""
    behind = [v for v in found if v.covers(words)]
    return sorted(behind, key=lambda v: (v.rank > 0, len(v.scope), v.rank, abs(v.cue.i - words[0].i)))


class Quotations:
    """The quotations of a report, found by where a sentence stands: each is looked at only by the sentences it touches."""

    def __init__(self, document: Document) -> None:
        self._spans = sorted(z.span for z in document.zones_of("quotation"))
        self._doubtful = {s for s in self._spans if not _is_speech(s.of(document.text))}
        self._words: dict[int, frozenset[int]] = {}
        self._starts = [span.start for span in self._spans]
        self._reach = list(accumulate((span.end for span in self._spans), max))

    def words(self, sentence: Sentence) -> frozenset[int]:
        """The words of a sentence that stand inside quotations."""
        known = self._words.get(sentence.index)
        if known is None:
            near = self._near(sentence.span)
            known = frozenset(t.i for t in sentence.tokens if any(span.start <= t.span.start < span.end for span in near))
            self._words[sentence.index] = known
        return known

    def all_of(self, sentence: Sentence) -> bool:
        """Whether all words of a sentence stand inside quotations."""
        quoted = self.words(sentence)
        words = [t.i for t in sentence.tokens if any(c.isalnum() for c in t.text)]
        return bool(words) and quoted.issuperset(words)

    def closed(self, sentence: Sentence) -> bool:
        """Whether the quotations of a sentence are speech for sure: one that does not end in a mark may hang on a stray one, and one
        with doubled marks inside is a field of a table."""
        return self._doubtful.isdisjoint(self._near(sentence.span))

    def together(self, before: Sentence, after: Sentence) -> bool:
        """Whether one quotation runs from the end of a sentence into the next."""
        end, start = before.tokens[-1].span.start, after.tokens[0].span.start
        return any(span.start <= end and start < span.end for span in self._near(before.span))

    def _near(self, span: Span) -> list[Span]:
        last = bisect_left(self._starts, span.end)
        first = bisect_right(self._reach, span.start)
        return [s for s in self._spans[first:last] if s.end > span.start]


def _is_speech(quotation: str) -> bool:
    return quotation[-1:] in _CLOSING and '""' not in quotation[1:-1].strip('"')


def carried_on(voice: Voice, everything: frozenset[int]) -> Voice:
    """The same speaker going on inside the quotation: the voice of a following sentence."""
    return replace(voice, scope=everything, stance="asserts", told_as=None, alleged=False, why="sources.quotation-goes-on", itself=True)


def widened(voice: Voice, scope: frozenset[int]) -> Voice:
    """The same voice with a wider scope."""
    return replace(voice, scope=scope)
