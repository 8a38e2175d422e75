"""Digests by place: "- Galkayo, 11-12 Mar: …", "* FATA: …", a line that is only "KIRKUK". What follows such a label lies there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khabar.records import Reading, Sentence
from khabar.resolve.places.toponyms import Toponym

_AFTER = 10  # tokens between a label's name and its colon: a date, a larger place in brackets
_IN_LABELS = frozenset({"PROPN", "NUM", "PUNCT", "NOUN", "SYM", "X"})
_FEWEST = 2  # one label is a dateline


def sections(reading: Reading, toponyms: Sequence[Toponym]) -> dict[int, int]:
    """Index of a sentence → index of the toponym that labels the section it is in; empty where the report is no digest by place."""
    labels = {t.sentence: i for i, t in reversed(list(enumerate(toponyms))) if _is_label(reading.sentences[t.sentence], t)}
    if len({toponyms[i].key for i in labels.values()}) < _FEWEST:
        return {}
    found: dict[int, int] = {}
    current: int | None = None
    paragraph, alone = -1, False
    for sentence in reading.sentences:
        if sentence.index in labels:
            current, paragraph = labels[sentence.index], sentence.paragraph
            alone = _is_alone(sentence, toponyms[current])
        elif current is not None and not alone and sentence.paragraph != paragraph:
            current = None
        if current is not None:
            found[sentence.index] = current
    return found


def without_datelines(toponyms: Sequence[Toponym], labelled: dict[int, int]) -> tuple[Toponym, ...]:
    """The toponyms, with labels told from datelines: a label says where what follows happened."""
    labels = set(labelled.values())
    return tuple(replace(t, dateline=False) if i in labels else t for i, t in enumerate(toponyms))


def _is_label(sentence: Sentence, toponym: Toponym) -> bool:
    if toponym.origin == "pointer" or any(t.text[:1].isalpha() for t in sentence.tokens[: toponym.first]):
        return False
    if _is_alone(sentence, toponym):
        return True
    for token in sentence.tokens[toponym.last + 1 : toponym.last + 1 + _AFTER]:
        if token.text == ":":
            return True
        if token.pos not in _IN_LABELS and not (token.pos == "ADJ" and token.text[:1].isupper()):
            return False
    return False


def _is_alone(sentence: Sentence, toponym: Toponym) -> bool:
    """Whether nothing follows the name of a label in its line."""
    return not any(t.text[:1].isalnum() for t in sentence.tokens[toponym.last + 1 :])
