from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from khabar.annotate.windows import PASSAGE, WINDOW, passages, pieces, stitch


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


@given(st.integers(520, 1200), st.integers(1, 5))
def test_stitched_trees_have_one_root_a_sentence(n: int, sentences: int) -> None:
    rng = np.random.default_rng(n)
    parts = pieces(["a"] * n, [1] * n)
    heads = np.concatenate(
        [np.where((own := rng.integers(0, p.end - p.start + 1, p.owns_to - p.owns_from)) > 0, own + p.start, 0) for p in parts]
    )
    starts = np.zeros(n, bool)
    starts[[0, *rng.integers(1, n, sentences - 1)]] = True
    joined, named = stitch(heads, np.full(n, 7), starts, 0, 1)
    for start, end in pairwise([*np.flatnonzero(starts), n]):
        roots = [w for w in range(start, end) if joined[w] == 0]
        assert len(roots) == 1
        assert named[roots[0]] == 0
        for word in range(start, end):
            steps, at = 0, word + 1
            while at:
                at, steps = int(joined[at - 1]), steps + 1
                assert at == 0 or start < at <= end
                assert steps <= n


@given(st.lists(st.tuples(st.integers(1, 9), st.integers(1, 300)), max_size=40))
def test_passages_hold_whole_sentences_in_their_order(rows: list[tuple[int, int]]) -> None:
    lengths, sizes = [n for n, _ in rows], [s for _, s in rows]
    found = list(passages(lengths, sizes))
    edges = [0, *np.cumsum(lengths).tolist()]
    assert [start for start, _ in found] == [0, *(end for _, end in found)][: len(found)]
    assert not rows or found[-1][1] == edges[-1]
    for start, end in found:
        inside = range(edges.index(start), edges.index(end))
        assert len(inside) == 1 or sum(sizes[k] for k in inside) <= PASSAGE
