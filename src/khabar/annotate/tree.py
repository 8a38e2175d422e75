"""From scores of possible governors to one tree with one root: the maximum spanning arborescence (Chu, Liu, Edmonds)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_NEVER = -1e9
# Each tree pays this for every root beyond the first; far above any sum of scores, far below `_NEVER`.
_ROOT_PRICE = 1e6


def best_tree(scores: NDArray[np.float32]) -> NDArray[np.int64]:
    """Governors of words 1 to n, 0 for the root, of which there is exactly one.

    `scores` has shape (n + 1, n + 1): dependent, governor; row 0 is ignored.
    """
    free = scores.astype(np.float64)
    heads = _arborescence(free)[1:]
    if (heads == 0).sum() > 1:  # else the best tree with any number of roots is the best with one
        free[1:, 0] -= _ROOT_PRICE
        heads = _arborescence(free)[1:]
    return np.asarray(heads, np.int64)


def _arborescence(scores: NDArray[np.float64]) -> NDArray[np.int64]:
    np.fill_diagonal(scores, _NEVER)
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return np.asarray(heads, np.int64)
    inside = np.zeros(len(scores), bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    n = len(outside)
    smaller = np.full((n + 1, n + 1), _NEVER)  # the cycle becomes the last word
    smaller[:n, :n] = scores[outside[:, None], outside]
    leaving = scores[outside[:, None], cycle]
    exits = leaving.argmax(1)
    smaller[:n, n] = leaving.max(1)
    kept = scores[cycle, heads[cycle]]
    entering = scores[cycle[:, None], outside] - kept[:, None]
    entries = entering.argmax(0)
    smaller[n, :n] = entering.max(0)
    above = _arborescence(smaller)
    result = heads.copy()
    for row, word in enumerate(outside):
        if word:
            result[word] = cycle[exits[row]] if above[row] == n else outside[above[row]]
    result[cycle[entries[above[n]]]] = outside[above[n]]
    return np.asarray(result, np.int64)


def _cycle(heads: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """The words of one cycle, or None where all lead to the root."""
    seen = np.zeros(len(heads), int)
    for start in range(1, len(heads)):
        path, at = [], start
        while at and not seen[at]:
            seen[at] = start
            path.append(at)
            at = int(heads[at])
        if at and seen[at] == start:
            return np.array(path[path.index(at) :])
    return None
