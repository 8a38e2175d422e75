"""A name is of one kind all through a report: what is read of it in one place helps to read it in another.

The model sees some seventy sub-tokens at once. Whether "Mirwan" is a town or a militia is often said in one sentence of a
report and taken as known in the others (one sense per discourse: Gale, Church and Yarowsky 1992).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Agreement:
    """Makes the names of a report agree on their kinds. `labels` are the model's name tags, BIO."""

    def __init__(self, labels: Sequence[str]) -> None:
        kinds = list(dict.fromkeys(label[2:] for label in labels if label != "O"))
        self._person = kinds.index("PERSON")
        self._outside = labels.index("O")
        self._begin, self._inside = ([labels.index(f"{mark}-{kind}") for kind in kinds] for mark in "BI")
        self._columns = [[labels.index(f"{mark}-{kind}") for mark in "BI"] for kind in kinds]

    def odds(self, scores: Floats) -> Floats:
        """The log probability that a word is part of a name of each kind, out of its scores by tag (word × tag)."""
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        return np.asarray(np.log(np.stack([shares[:, both].sum(1) for both in self._columns], 1) + 1e-9), np.float32)

    def settle(self, words: Sequence[str], tags: Ints, odds: Floats, finer: Floats) -> None:
        """Give every name of a report the kind that all places with its words speak for, in place: `tags` and `finer` (scores of
        finer kinds) of each word change. `odds` are as above."""
        places: dict[tuple[str, ...], list[slice]] = defaultdict(list)
        for place in self._names(tags):
            places[tuple(words[place])].append(place)
        full = self._full_names(words, tags, odds)
        for surface, same in places.items():
            beside = full[surface[0]] if len(surface) == 1 else []
            if len(same) + len(beside) == 1:
                continue
            kind = int(np.sum([odds[place].mean(0) for place in (*same, *beside)], 0).argmax())
            together = np.sum([finer[place].mean(0) for place in same], 0)
            for place in same:
                tags[place] = self._inside[kind]
                tags[place.start] = self._begin[kind]
                finer[place] = together

    def _full_names(self, words: Sequence[str], tags: Ints, odds: Floats) -> dict[str, list[slice]]:
        """Where persons are named in full, by their last word: what is sure of "Amin Toru" is sure of "Toru"."""
        found: dict[str, list[slice]] = defaultdict(list)
        for place in self._names(tags):
            if place.stop - place.start > 1 and int(odds[place].mean(0).argmax()) == self._person:
                found[words[place.stop - 1]].append(place)
        return found

    def _names(self, tags: Ints) -> Iterator[slice]:
        start = -1
        for i, tag in enumerate([*tags.tolist(), self._outside]):
            if start >= 0 and (tag == self._outside or tag in self._begin):
                yield slice(start, i)
                start = -1
            if tag != self._outside and start < 0:
                start = i
