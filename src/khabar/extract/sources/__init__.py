"""Sources: the voices of a sentence, what each of them says, and the chain behind a trigger, innermost first."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.extract import clauses
from khabar.extract.phrases import Phrases
from khabar.extract.sources import accusations, asides, nouns, verbs
from khabar.extract.sources.matching import cue_at
from khabar.extract.sources.speakers import Speakers
from khabar.extract.sources.voice import NOBODY, REPORTS, Quotations, Voice, carried_on, chain, widened
from khabar.knowledge.ontology import reporting
from khabar.records import Token

__all__ = ["NOBODY", "REPORTS", "Quotations", "Speakers", "Voice", "carried_on", "chain", "voices", "widened"]


def voices(phrases: Phrases, speakers: Speakers) -> list[Voice]:
    """Every voice of a sentence, in order of the text. Sentences must be asked for in order: a pronoun may be an earlier speaker."""
    quoted = speakers.quotations.words(phrases.sentence)
    found = [v for token in phrases.sentence.tokens for v in _at(phrases, token, speakers, quoted)]
    speakers.hear(phrases)
    return found


def _at(phrases: Phrases, token: Token, speakers: Speakers, quoted: frozenset[int]) -> Iterator[Voice]:
    if clauses.is_verbal(token):
        yield from verbs.voices_of(phrases, token, speakers, quoted)
    if token.pos in {"ADV", "ADJ"} or token.base_rel == "amod":
        yield from asides.hearsay(phrases, token)
        yield from accusations.suspects(phrases, token)
    if token.pos == "ADJ" or token.tag == "VBN":
        yield from asides.conviction(phrases, token, speakers)
    if token.pos in {"NOUN", "PROPN"}:
        yield from nouns.voices_of(phrases, token, speakers)
        yield from asides.account(phrases, token, speakers)
    cue = cue_at(phrases.sentence, reporting().phrases, token)
    if cue is not None and cue.source == "reports":
        yield asides.unnamed(phrases, token, cue)
    elif cue is not None:
        yield from asides.phrase(phrases, token, speakers, quoted)
