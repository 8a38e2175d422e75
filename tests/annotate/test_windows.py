from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from khabar.annotate.windows import WINDOW, pieces, stitch


@given(st.lists(st.tuples(st.sampled_from(["a", ",", ";"]), st.integers(1, 16)), min_size=1, max_size=900))
def test_each_word_is_owned_once_and_no_piece_overflows(row: list[tuple[str, int]]) -> None:
    words, sizes = [w for w, _ in row], [s for _, s in row]
    found = pieces(words, sizes)
    assert [k for p in found for k in range(p.owns_from, p.owns_to)] == list(range(len(words)))
    assert all(p.start <= p.owns_from <= p.owns_to <= p.end and sum(sizes[p.start : p.end]) <= WINDOW for p in found)
    assert (len(found) == 1) == (sum(sizes) <= WINDOW)


def test_a_cut_stands_behind_a_clause_mark_and_pieces_overlap() -> None:
    words = ["a"] * 200 + [";"] + ["a"] * 400
    first, second = pieces(words, [1] * len(words))[:2]
    assert first.owns_to == second.owns_from == 201
    assert second.start < 201 < first.end


@given(st.integers(520, 1200))
def test_stitched_trees_have_one_root(n: int) -> None:
    rng = np.random.default_rng(n)
    parts = pieces(["a"] * n, [1] * n)
    heads = [rng.integers(0, p.end - p.start + 1, p.end - p.start) for p in parts]
    relations = [np.full(p.end - p.start, 7) for p in parts]
    joined, named = stitch(n, parts, heads, relations, 0, 1)
    assert (joined == 0).sum() == 1
    assert named[int(np.flatnonzero(joined == 0)[0])] == 0
    for word in range(n):
        steps, at = 0, word + 1
        while at:
            at, steps = int(joined[at - 1]), steps + 1
            assert steps <= n
