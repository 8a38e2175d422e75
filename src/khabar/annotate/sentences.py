"""Text to sentences, by a rule of ours on words, lines and zones.

Sentences never cross a zone's border or a blank line. Within a block a line break is white space where the text is
wrapped by hand, and a border where each line is a text of its own (headlines, list entries).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import re2

from khabar.annotate.words import abbreviations
from khabar.records import Span, Zone
from khabar.records.document import ZoneKind

Words = Sequence[tuple[int, int]]

_SILENT: frozenset[ZoneKind] = frozenset({"header", "credit"})
_LINE = r"(?:\r\n|[\n\r\v\f\x{85}\x{2028}\x{2029}])"
_BLANK = re2.compile(rf"{_LINE}[ \t\x{{a0}}]*(?:{_LINE}[ \t\x{{a0}}]*)+|[\f\x{{2029}}]")
_BREAK = re2.compile(_LINE)
_CLOSING = frozenset("\"'”’»)]}›")
OPENING = frozenset("\"'“‘«([{‹–—-•*")
_ENDS = frozenset(".!?…؟۔。！？")
_HOURS = frozenset(["a.m", "p.m"])
_AFTER_HOURS = frozenset({
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Eastern", "Central", "Pacific",
    "Greenwich",
})  # fmt: skip
_MARKS = 4  # closing or opening marks looked through at a border
_GAP = 64  # characters of white space between two words that are searched for a line break
# What speaks for lines wrapped by hand: their width, the share that the next word would have overflowed, and the share of
# lines that start in lower case (in wrapped English about three in four, in headlines and lists next to none).
_WRAP_WIDTH = 40
_WRAP_SHARE = 0.75
_LOWER_SHARE = 0.3
_LONG_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence to be: its span, its first and last (exclusive) word, its zone and paragraph.

    `sure` where the layout opens it (a zone, a blank line, a line of its own), and not only what its words look like.
    """

    span: Span
    first: int
    last: int
    zone: ZoneKind
    paragraph: int
    sure: bool = True


def stretches(text: str, zones: Sequence[Zone], words: Words) -> list[Stretch]:
    """The sentences of a text, given its zones and words; a header, a credit line or a row of dots has none."""
    found: list[Stretch] = []
    at = paragraph = 0
    for start, stop, zone in _blocks(text, zones):
        while at < len(words) and words[at][0] < start:
            at += 1
        first = at
        while at < len(words) and words[at][0] < stop:
            at += 1
        if first == at or zone in _SILENT:
            continue
        borders = [(first, True), *_borders(text, words, first, at), (at, True)]
        spans = [(a, b, Span(words[a][0], words[b - 1][1]), sure) for (a, sure), (b, _) in pairwise(borders)]
        found += [Stretch(span, a, b, zone, paragraph, sure) for a, b, span, sure in spans if any(map(str.isalnum, span.of(text)))]
        paragraph += 1
    return found


def _blocks(text: str, zones: Sequence[Zone]) -> list[tuple[int, int, ZoneKind]]:
    """Stretches of one zone without a blank line in them: start, end, zone. Together they cover the text."""
    plain = sorted((z for z in zones if z.kind != "quotation"), key=lambda z: z.span)
    edges = {0, len(text), *(min(e, len(text)) for z in plain for e in (z.span.start, z.span.end))}
    edges.update(match.end() for match in _BLANK.finditer(text))
    ordered = sorted(edges)
    found: list[tuple[int, int, ZoneKind]] = []
    at = 0
    for start, stop in pairwise(ordered):
        while at < len(plain) and plain[at].span.end <= start:
            at += 1
        inside = at < len(plain) and plain[at].span.start <= start
        found.append((start, stop, plain[at].kind if inside else "body"))
    return found


def _borders(text: str, words: Words, first: int, last: int) -> list[tuple[int, bool]]:
    """The words at which a new sentence starts, the first word apart, and whether a line of its own starts there."""
    fresh = _fresh_lines(text[words[first][0] : words[last - 1][1]], words[first][0])
    found: list[tuple[int, bool]] = []
    since = first
    for i in range(first + 1, last):
        before, after = words[i - 1][1], words[i][0]
        gap = after - before > 1 or (fresh and before in fresh)
        line = bool(gap) and any(k in fresh for k in range(before, min(after, before + _GAP)))
        if line or (_ends(text, words, i, since, last) if after > before else _runs_on(text, words, i, since)):
            found.append((i, line))
            since = i
    return found


def recut(stretches: Sequence[Stretch], lengths: Sequence[int], words: Words) -> list[Stretch]:
    """The same text in sentences of these lengths (in words), none of which crosses a border that is sure."""
    found: list[Stretch] = []
    k, at = 0, stretches[0].first if stretches else 0
    for length in lengths:
        while at >= stretches[k].last:
            k += 1
            at = max(at, stretches[k].first)
        owner = stretches[k]
        sure = owner.sure and at == owner.first
        found.append(Stretch(Span(words[at][0], words[at + length - 1][1]), at, at + length, owner.zone, owner.paragraph, sure))
        at += length
    return found


def _fresh_lines(block: str, offset: int) -> frozenset[int]:
    """Offsets of the line breaks (of their first character) that start a text of its own, and are no mere wrapping.

    A line was wrapped by hand where the next word would not have fitted the width any more and most lines of the block
    are like that, or where the next line goes on in lower case.
    """
    breaks = list(_BREAK.finditer(block))
    if not breaks:
        return frozenset()
    edges = [0, *(e for m in breaks for e in m.span()), len(block)]
    lines = [block[a:b].strip() for a, b in zip(edges[::2], edges[1::2], strict=True)]
    width = max(map(len, lines))
    full = [len(line) + 1 + len(after.partition(" ")[0]) > width for line, after in pairwise(lines)]
    lower = [after[:1].islower() for after in lines[1:]]
    wrapped = width >= _WRAP_WIDTH and sum(full) >= _WRAP_SHARE * len(full) and sum(lower) >= _LOWER_SHARE * len(lower)
    long = [len(line) >= (_LONG_SHARE * width if wrapped else _WRAP_WIDTH) for line in lines]
    joined = [(wrapped and (f or is_long)) or (low and is_long) for f, low, is_long in zip(full, lower, long, strict=False)]
    return frozenset(offset + m.start() for m, join in zip(breaks, joined, strict=True) if not join)


def _runs_on(text: str, words: Words, i: int, first: int) -> bool:
    """Whether a sentence ends where only the space is missing: "they left.The army"."""
    if i - 2 < first or text[words[i - 1][0] : words[i - 1][1]] != ".":
        return False
    before, after = text[words[i - 2][0] : words[i - 2][1]], text[words[i][0] : words[i][1]]
    return len(before) > 1 and before.isalpha() and before.islower() and len(after) > 1 and after.istitle()


def _ends(text: str, words: Words, i: int, first: int, last: int) -> bool:
    """Whether a sentence ends before word `i`, which white space parts from the word before it."""
    k = i - 1
    while k > max(first, i - 1 - _MARKS) and text[words[k][0]] in _CLOSING and words[k][1] - words[k][0] <= 2:
        k -= 1
    if k - 2 > first and text[words[k][1] - 1].isdigit() and text[words[k - 1][0]] == "[":
        k -= 2  # a footnote's number
    start, end = words[k]
    if text[end - 1] not in _ENDS:
        return False
    following = _first_word(text, words, i, last)
    if following[0].islower():
        return False
    if text[start] not in _ENDS:
        return _abbreviation_ends(text[start : end - 1], following, closed=k < i - 1)
    return not (k > first and _numbers_a_line(text, words, k, first))


def _first_word(text: str, words: Words, i: int, last: int) -> str:
    """Word `i`, or the one behind whatever opening marks stand there."""
    k = next((k for k in range(i, min(last, i + _MARKS)) if text[words[k][0]] not in OPENING), i)
    return text[words[k][0] : words[k][1]]


def _numbers_a_line(text: str, words: Words, k: int, first: int) -> bool:
    """Whether the stop at word `k` belongs to the number of an entry: "2. The rebels withdraw."."""
    return k == first + 1 and text[words[k - 1][0] : words[k - 1][1]].isdigit()


def _abbreviation_ends(stem: str, following: str, *, closed: bool) -> bool:
    """Whether a word that owns its stop (`stem`, without it) ends the sentence too."""
    if closed:
        return True
    kind = abbreviations().get(stem)
    if kind in ("title", "number"):
        return False
    if stem.lower() in _HOURS:
        return following[0].isupper() and following not in _AFTER_HOURS and (len(following) == 1 or not following.isupper())
    return following in _openers()


@cache
def _openers() -> frozenset[str]:
    lines = (Path(__file__).parent / "data" / "sentence_openers.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
