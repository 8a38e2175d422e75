"""Quotations: pairs of quotation marks, straight or curly, within a paragraph or over several.

A quotation that runs over several paragraphs opens each of them anew and is closed once. One that is never closed is read to
the end of its paragraph, or to where the next one opens. Apostrophes are no marks.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

from khabar.readers.lines import Line
from khabar.records import Span

_DOUBLE = '"“”„«»'
_SINGLE = "'‘’‚"
_OPEN_ONLY, _CLOSE_ONLY = "“„«‘‚", "»"
_BEFORE_OPENING = " \t\u00a0\u202f([{—–-/:"


def quotations(text: str, paragraphs: Sequence[Line]) -> tuple[Span, ...]:
    """Every quotation in lines that follow one another, outer ones before those within them."""
    if not paragraphs:
        return ()
    double = _positions(text, _DOUBLE, paragraphs[0].start, paragraphs[-1].end)
    single = _positions(text, _SINGLE, paragraphs[0].start, paragraphs[-1].end)
    found = [*_doubles(text, paragraphs, double)]
    for line in paragraphs:
        found.extend(_singles(text, line, _within(single, line)))
    return tuple(sorted(found, key=lambda s: (s.start, -s.end)))


def _positions(text: str, marks: str, start: int, end: int) -> list[int]:
    """Where any of some characters stand, by the speed of `str.find`."""
    found: list[int] = []
    for mark in marks:
        at = text.find(mark, start, end)
        while at >= 0:
            found.append(at)
            at = text.find(mark, at + 1, end)
    return sorted(found)


def _within(positions: list[int], line: Line) -> list[int]:
    return positions[bisect_left(positions, line.start) : bisect_left(positions, line.end)]


def _runs(text: str, positions: list[int]) -> Iterator[tuple[int, int]]:
    """Marks that touch count as one: \"\"so\"\" is quoted once."""
    for _, run in groupby(enumerate(positions), key=lambda pair: (pair[1] - pair[0], text[pair[1]] in _OPEN_ONLY)):
        members = [position for _, position in run]
        yield members[0], members[-1] + 1


def _doubles(text: str, paragraphs: Sequence[Line], positions: list[int]) -> Iterator[Span]:
    carried: int | None = None
    for number, line in enumerate(paragraphs):
        here = _within(positions, line)
        runs = list(_runs(text, here))
        stack: list[int] = []
        opened: list[int] = []
        if carried is not None:  # this paragraph opens with a mark: the quotation goes on
            stack, runs, carried = [carried], runs[1:], None
        for start, end in runs:
            side = _side(text, start, end, line)
            if side == "open" or (side == "either" and not stack):
                stack.append(start)
                opened.append(start)
            elif side != "none" and stack:
                yield Span(stack.pop(), end)
        if not stack:
            continue
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        if len(stack) == 1 and following is not None and _opens(text, following):
            carried = stack[0]
            continue
        yield from _unclosed(text, stack, opened, line)


def _unclosed(text: str, stack: list[int], opened: list[int], line: Line) -> Iterator[Span]:
    """Marks without their match, each read to where the next one opens or the paragraph ends."""
    ends = [*opened, line.end]
    for start in stack:
        words = text[start : ends[bisect_right(opened, start)]].rstrip()
        if len(words) > 1:
            yield Span(start, start + len(words))


def _opens(text: str, line: Line) -> bool:
    return line.end - line.start > 1 and text[line.start] in '"“„«' and not text[line.start + 1].isspace()


def _side(text: str, start: int, end: int, line: Line) -> str:
    """Whether a mark opens, closes, could do either, or is none (the inches of 5'10\")."""
    mark = text[start]
    if mark in _OPEN_ONLY:
        return "open"
    if mark in _CLOSE_ONLY:
        return "close"
    before = text[start - 1] if start > line.start else " "
    after = text[end] if end < line.end else " "
    left, right = before in _BEFORE_OPENING or before in _SINGLE, not after.isspace()
    if mark == "”":
        return "open" if before.isspace() and right else "close"
    if left and right:
        return "either" if before in "—–-/:" else "open"
    if not right or not (before.isalnum() and after.isalnum()):
        return "close"
    return "none"


def _singles(text: str, line: Line, positions: list[int]) -> Iterator[Span]:
    """Pairs of single marks. One that stands between letters, or before the digits of a decade, is an apostrophe."""
    opened: int | None = None
    for at in positions:
        before = text[at - 1] if at > line.start else " "
        after = text[at + 1] if at + 1 < line.end else " "
        opens = not (before.isalnum() or before in ".,;!?…") and not after.isspace() and not after.isdigit() and text[at] != "’"
        closes = not before.isspace() and not after.isalnum()
        if opened is None or (opens and not closes):
            opened = at if opens else opened
        elif closes:
            if at - opened > 1:
                yield Span(opened, at + 1)
            opened = None
