"""Our own sentences of conflict news, with trees or names, in `training/conflict`."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import yaml

from khabar.annotate.words import words as words_of
from training.corpus import Sentence, spans, tagged, treebank

FOLDER = Path(__file__).parent / "conflict"
_CLOSING = frozenset([".", "!", "?", '"', "'", "”", "’"])
_COARSE = {"GPE": "LOC", "FAC": "LOC", "GROUP": "ORG"}
_FINE = frozenset(["GPE", "LOC", "FAC", "ORG", "GROUP"])


def with_trees(folder: Path = FOLDER) -> list[Sentence]:
    """Sentences whose trees and names were corrected by hand; each is a document of its own."""
    found = []
    for path in sorted(folder.glob("tree_*.conllu")):
        for number, sentence in enumerate(treebank(path)):
            sentence.document = f"{path.stem} {number}"
            _fine(sentence, list(sentence.marks))
            found.append(sentence)
    return found


def side_by_side(sentences: Sequence[Sentence], rng: random.Random) -> list[Sentence]:
    """Sentences that stand alone, in runs of three as though of one document, so that borders between two are seen.

    What follows a line without a stop, a headline, starts a paragraph as it would in a report.
    """
    turn = rng.sample(sentences, len(sentences))
    closed = [False, *(s.words[-1] in _CLOSING for s in turn)]
    return [replace(s, document=f"own {turn[i - i % 3].document}", fresh=not closed[i]) for i, s in enumerate(turn)]


def with_names(which: str = "*", folder: Path = FOLDER) -> list[Sentence]:
    """Texts of one to three sentences whose names were marked by hand: those with armed groups ("groups_*"), with bodies of all
    kinds ("bodies"), or all. Raises ValueError naming a name that its text lacks."""
    return [sentence for path in sorted(folder.glob(f"{which}.yaml")) for sentence in _marked(path)]


def _marked(path: Path) -> Iterator[Sentence]:
    for number, row in enumerate(yaml.safe_load(path.read_text("utf-8"))):
        text: str = row["text"]
        places = words_of(text)
        found, at = [], 0
        for surface, kind in row["names"]:
            begin = text.find(surface, at)
            inside = [i for i, (a, b) in enumerate(places) if begin <= a and b <= begin + len(surface)]
            if begin < 0 or not inside:
                raise ValueError(f"{path.name}: {surface!r} is no name in {text!r}")
            at = begin + len(surface)
            found.append((inside[0], inside[-1] + 1, kind))
        sentence = Sentence([text[a:b] for a, b in places], f"{path.stem} {number}")
        _fine(sentence, tagged(len(sentence.words), found))
        yield sentence


def _fine(sentence: Sentence, tags: list[str]) -> None:
    """Give a sentence the coarse tags and the finer kinds of tags that tell all kinds apart."""
    found = spans(tags)
    sentence.names = tagged(len(sentence.words), {(a, b, _COARSE.get(kind, kind)) for a, b, kind in found})
    sentence.kinds = [""] * len(sentence.words)
    for start, end, kind in found:
        sentence.kinds[start:end] = [kind if kind in _FINE else ""] * (end - start)
