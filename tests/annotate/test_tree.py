from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from khabar.annotate.tree import best_tree


def is_tree(heads: tuple[int, ...]) -> bool:
    """One root, and a way up to it from each word."""
    for word in range(1, len(heads) + 1):
        at = word
        for _ in heads:
            at = heads[at - 1] if at else 0
        if at:
            return False
    return sum(head == 0 for head in heads) == 1


def matrices(most: int) -> st.SearchStrategy[list[list[int]]]:
    return st.integers(1, most).flatmap(
        lambda n: st.lists(st.lists(st.integers(-40, 40), min_size=n + 1, max_size=n + 1), min_size=n + 1, max_size=n + 1)
    )


@given(matrices(4))
def test_no_tree_scores_higher(rows: list[list[int]]) -> None:
    n = len(rows) - 1
    found = tuple(best_tree(np.array(rows, np.float32)).tolist())
    assert is_tree(found)

    def score(heads: tuple[int, ...]) -> int:
        return sum(rows[d][h] for d, h in enumerate(heads, 1))

    trees = [heads for heads in product(range(n + 1), repeat=n) if is_tree(heads)]
    assert score(found) == max(map(score, trees))


@given(st.integers(5, 60), st.integers(0, 2**32 - 1))
def test_large_sentences_have_one_root_too(n: int, seed: int) -> None:
    assert is_tree(tuple(best_tree(np.random.default_rng(seed).normal(size=(n + 1, n + 1)).astype(np.float32)).tolist()))
