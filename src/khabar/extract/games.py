"""Reports of games and contests are told in the words of war: "besieged from the first whistle", "the defence surrendered".

A report speaks of a game where several words of games stand in it, in a good part of its sentences. In such a report a statement stands
only where its sentence has somebody or something of real violence in it: police, soldiers, tear gas, people killed or arrested.
"""

from __future__ import annotations

from collections.abc import Sequence

from khabar.extract.draft import Draft
from khabar.extract.phrases import Phrases
from khabar.knowledge.wordlists import word_list
from khabar.records import Sentence

WHY = "game"

_WORDS = 3  # different words of games that make a report one of a game
_SHARE = 0.3  # of its sentences

_IN_EARNEST = frozenset({"detain", "abduct", "protest", "sanction", "torture", "sexual-violence", "displace", "aid", "release", "accuse"})
"""Types that words of games hardly ever stand for."""


def of_report(sentences: Sequence[Phrases]) -> bool:
    """Whether a report is of a game or contest."""
    words = [_words(phrases.sentence) for phrases in sentences]
    with_any = sum(bool(found) for found in words)
    return len(frozenset().union(*words)) >= _WORDS and with_any >= _SHARE * len(words)


def drop(drafts: Sequence[Draft]) -> None:
    """Drop what a report of a game tells in words of war."""
    for draft in drafts:
        if not draft.dropped and draft.type not in _IN_EARNEST and not _in_earnest(draft.sentence):
            draft.dropped = WHY


def _words(sentence: Sentence) -> frozenset[str]:
    return frozenset(t.lemma.lower() for t in sentence.tokens) & word_list("words of games")


def _in_earnest(sentence: Sentence) -> bool:
    return any(t.lemma.lower() in word_list("words of real violence") for t in sentence.tokens)
