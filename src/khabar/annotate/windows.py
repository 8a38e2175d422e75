"""Sentences longer than the encoder's window: cut into overlapping pieces, read apart, and joined into one tree.

Each piece owns a run of words and sees some more on either side, so that no word is read at an edge. Cost is linear in
the length of the sentence, and no word is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

WINDOW = 510  # sub-tokens that the encoder sees at once, its two marks apart
_FULL = 240  # sub-tokens that a piece of a long sentence aims to own: training saw few sentences above 120
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
    """The pieces in which a sentence is read: one, unless its sub-tokens (`sizes`, a number per word) overflow the window."""
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


def stitch(
    length: int, parts: Sequence[Piece], heads: Sequence[Ints], relations: Sequence[Ints], root: int, parataxis: int
) -> tuple[Ints, Ints]:
    """Governors (from 1, 0 for the root) and relations of the whole sentence out of those of its pieces.

    The first root stays; later roots hang on it by parataxis, as does any word whose way up runs in a circle.
    """
    joined, named = np.zeros(length, np.int64), np.zeros(length, np.int64)
    for part, above, how in zip(parts, heads, relations, strict=True):
        own = slice(part.owns_from - part.start, part.owns_to - part.start)
        joined[part.owns_from : part.owns_to] = np.where(above[own] > 0, above[own] + part.start, 0)
        named[part.owns_from : part.owns_to] = how[own]
    top = _top(joined)
    loose = [w for w in np.flatnonzero(joined == 0) if w != top]
    joined[top] = 0
    named[top] = root
    joined[loose] = top + 1
    named[loose] = parataxis
    for w in _circular(joined):
        joined[w], named[w] = top + 1, parataxis
    return joined, named


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
