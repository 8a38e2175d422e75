"""Names of a report agree on their kinds, and stay where they are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from khabar.annotate.agree import Agreement

LABELS = ("B-PERSON", "B-ORG", "B-LOC", "I-PERSON", "I-ORG", "I-LOC", "O")
AGREEMENT = Agreement(LABELS)
FINER = 2


def settled(words: list[str], tags: list[str], scores: np.ndarray) -> list[str]:
    found = np.array([LABELS.index(tag) for tag in tags])
    AGREEMENT.settle(words, found, AGREEMENT.odds(scores.astype(np.float32)), np.zeros((len(words), FINER), np.float32))
    return [LABELS[k] for k in found]


def test_what_is_sure_decides_what_is_not() -> None:
    words = ["Mirwan", "fell", ".", "Mirwan", "is", "quiet"]
    scores = np.zeros((6, len(LABELS)))
    scores[0, LABELS.index("B-LOC")] = 6
    scores[3, LABELS.index("B-PERSON")] = 1
    assert settled(words, ["B-LOC", "O", "O", "B-PERSON", "O", "O"], scores) == ["B-LOC", "O", "O", "B-LOC", "O", "O"]


def test_a_name_alone_keeps_its_kind() -> None:
    scores = np.zeros((3, len(LABELS)))
    scores[:, LABELS.index("B-LOC")] = 9
    assert settled(["Amin", "Toru", "fled"], ["B-ORG", "I-ORG", "O"], scores) == ["B-ORG", "I-ORG", "O"]


@given(st.lists(st.tuples(st.sampled_from(["Anba", "Dela", "fled"]), st.sampled_from(LABELS)), max_size=12), st.integers(0, 2**32 - 1))
def test_spans_stay_and_kinds_agree(row: list[tuple[str, str]], seed: int) -> None:
    words, given_tags = [word for word, _ in row], ["O"]
    for _, tag in row:
        given_tags.append("O" if tag[0] == "I" and given_tags[-1][2:] != tag[2:] else tag)
    given_tags.pop(0)
    scores = np.random.default_rng(seed).normal(size=(len(words), len(LABELS))) * 3
    found = settled(words, given_tags, scores)
    assert [tag[0] for tag in found] == [tag[0] for tag in given_tags]
    kinds: dict[tuple[str, ...], set[str]] = {}
    starts = [k for k, tag in enumerate(found) if tag[0] == "B"]
    for start in starts:
        end = next((k for k in range(start + 1, len(found)) if found[k][0] != "I"), len(found))
        assert len({tag[2:] for tag in found[start:end]}) == 1
        kinds.setdefault(tuple(words[start:end]), set()).add(found[start][2:])
    assert all(len(found_kinds) == 1 for found_kinds in kinds.values())
