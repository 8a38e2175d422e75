"""The row of name tags is the best of all that are well formed."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from khabar.annotate.model import _best_tags, _may_follow

LABELS = ("O", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
FOLLOWS = _may_follow(LABELS)
OUTSIDE = LABELS.index("O")


def well_formed(row: tuple[int, ...], opening: np.ndarray) -> bool:
    before = [OUTSIDE if opens else tag for opens, tag in zip(opening, (OUTSIDE, *row), strict=False)]
    return all(FOLLOWS[b, tag] == 0 for b, tag in zip(before, row, strict=True))


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(1, 5), min_size=1, max_size=3))
def test_best_of_all_well_formed_rows(seed: int, lengths: list[int]) -> None:
    draw = np.random.default_rng(seed)
    longest = max(lengths)
    scores = draw.normal(size=(len(lengths), longest, len(LABELS))).astype(np.float32)
    real = np.arange(longest)[None] < np.array(lengths)[:, None]
    opening = draw.random(real.shape) < 0.3
    opening[:, 0] = True
    found = _best_tags(scores, real, opening, FOLLOWS, OUTSIDE)
    for row, length in enumerate(lengths):
        rows = [r for r in product(range(len(LABELS)), repeat=length) if well_formed(r, opening[row, :length])]
        best = max(rows, key=lambda r: sum(float(scores[row, k, tag]) for k, tag in enumerate(r)))
        assert tuple(found[row, :length]) == best
        assert not found[row, length:].any()
