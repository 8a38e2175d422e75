"""How a text is laid before the encoder: short sentences together, and those longer than its window in pieces that overlap.

Each piece owns a run of words and sees some more on either side, so that no word is read at an edge. Cost is linear in
the length of the sentence, and no word is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

WINDOW = 510  # sub-tokens that the encoder sees at once, its two marks apart
_FULL = 240  # sub-tokens that a piece of a long sentence aims to own: training saw few sentences above 120
PASSAGE = 70  # sub-tokens of a run of sentences; of 20, 48, 64, 80, 120 and 200 the best for trees (48) and names (80) together
_CONTEXT = 16  # words of context on either side
_CLAUSE_MARKS = frozenset([";", ":", ",", "–", "—", "--", "-", ".", "!", "?"])


@dataclass(frozen=True, slots=True)
class Piece:
    """Words `start` to `end` (exclusive) are read together; those from `owns_from` to `owns_to` are taken from this reading."""

    start: int
    end: int
    owns_from: int
    owns_to: int


def pieces(words: Sequence[str], sizes: Sequence[int]) -> list[Piece]:
    """The pieces in which a passage is read: one, unless its sub-tokens (`sizes`, a number per word) overflow the window."""
    if sum(sizes) <= WINDOW:
        return [Piece(0, len(words), 0, len(words))]
    cuts = _cuts(words, sizes)
    found = []
    for start, end in pairwise(cuts):
        room = WINDOW - sum(sizes[start:end])
        left, right = start, end
        while room > 0 and (left > max(0, start - _CONTEXT) or right < min(len(words), end + _CONTEXT)):
            grown = False
            if left > max(0, start - _CONTEXT) and sizes[left - 1] <= room:
                left, room, grown = left - 1, room - sizes[left - 1], True
            if right < min(len(words), end + _CONTEXT) and sizes[right] <= room:
                right, room, grown = right + 1, room - sizes[right], True
            if not grown:
                break
        found.append(Piece(left, right, start, end))
    return found


def _cuts(words: Sequence[str], sizes: Sequence[int]) -> list[int]:
    """Borders of the owned runs: behind the last clause mark in the second half of a full run, or where it is full."""
    cuts, total, mark = [0], 0, 0
    for i, size in enumerate(sizes):
        if total + size > _FULL:
            cuts.append(mark or i)
            total = sum(sizes[cuts[-1] : i])
            mark = 0
        total += size
        if words[i] in _CLAUSE_MARKS and total > _FULL // 2:
            mark = i + 1
    return [*cuts, len(sizes)]


def stitch(heads: Ints, relations: Ints, starts: NDArray[np.bool_], root: int, parataxis: int) -> tuple[Ints, Ints]:
    """Governors (from 1, 0 for a root) and relations of joined pieces, made whole: one tree for each sentence.

    In each sentence the first root stays; later roots hang on it by parataxis, as does any word whose governor stands in
    another sentence or whose way up runs in a circle.
    """
    joined, named = heads.copy(), relations.copy()
    for start, end in pairwise([*np.flatnonzero(starts), len(starts)]):
        above = joined[start:end]
        above[(above <= start) | (above > end)] = 0
        own = np.where(above > 0, above - start, 0)
        top = _top(own)
        loose = [w for w in np.flatnonzero(own == 0) if w != top]
        own[top] = 0
        named[start + top] = root
        own[loose] = top + 1
        named[start + np.array(loose, np.int64)] = parataxis
        for w in _circular(own):
            own[w], named[start + w] = top + 1, parataxis
        joined[start:end] = np.where(own > 0, own + start, 0)
    return joined, named


def passages(lengths: Sequence[int], sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of sentences that are read at once, as first and last (exclusive) word: up to PASSAGE sub-tokens, or one sentence.

    `lengths` are words and `sizes` sub-tokens of each sentence.
    """
    start = end = total = 0
    for length, size in zip(lengths, sizes, strict=True):
        if end > start and total + size > PASSAGE:
            yield start, end
            start, total = end, 0
        end, total = end + length, total + size
    if end > start:
        yield start, end


def _top(heads: Ints) -> int:
    """The first root, or the first word where no piece's root is owned by that piece."""
    roots = np.flatnonzero(heads == 0)
    return int(roots[0]) if len(roots) else 0


def _circular(heads: Ints) -> list[int]:
    """One word of each circle."""
    state = np.zeros(len(heads) + 1, np.int64)
    found = []
    for start in range(1, len(heads) + 1):
        at = start
        while at and not state[at]:
            state[at] = start
            at = int(heads[at - 1])
        if at and state[at] == start:
            found.append(at - 1)
    return found
