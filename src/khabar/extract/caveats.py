"""Caveats: where a report itself says that something could not be verified, or that somebody would not speak."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from khabar.extract import clauses
from khabar.extract.phrases import Phrases
from khabar.extract.sources import Voice
from khabar.knowledge.protection import CaveatCue, caveat_cues
from khabar.records import Caveat, Document, Sentence, Source, Span, Token


def of_report(sentences: Sequence[Phrases], document: Document, spoken: Mapping[int, Sequence[Voice]]) -> tuple[Caveat, ...]:
    """Every caveat, with who makes it where the sentence says so."""
    return tuple(c for phrases in sentences for c in _of_sentence(phrases, document))


def _of_sentence(phrases: Phrases, document: Document) -> list[Caveat]:
    found = []
    for token in phrases.sentence.tokens:
        for cue in caveat_cues().get(token.lemma.lower(), ()):
            if _meets(phrases.sentence, token, cue):
                found.append(Caveat(cue.kind, phrases.sentence.span, _speaker(phrases, token, document)))
                break
    return found


def _meets(sentence: Sentence, token: Token, cue: CaveatCue) -> bool:
    nearby = {t.lemma.lower() for t in sentence.tokens[max(0, token.i - 6) : token.i + 7]}
    return all(any(word in nearby for word in choice) for choice in cue.company)


def _speaker(phrases: Phrases, token: Token, document: Document) -> Source | None:
    verb = token if clauses.is_verbal(token) else clauses.governor_verb(phrases.sentence, token)
    found = clauses.subject(phrases.sentence, verb) if verb is not None else None
    if found is None or not phrases.is_party(found.token):
        return None
    span: Span = phrases.span(found.token)
    return Source(span, phrases.words(found.token, document.text))
