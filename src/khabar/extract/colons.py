"""Voices set off by a colon or dash: "Army: 30 rebels killed", "30 rebels killed - army", "The general was blunt: “…”", "The minister
said:" before paragraphs of his."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.extract import clauses
from khabar.extract.phrases import Phrases
from khabar.extract.sources import Speakers, Voice, carried_on
from khabar.knowledge.ontology import ReportingCue, reporting
from khabar.knowledge.wordlists import word_list
from khabar.records import Document, Source, Token

_SPEAKERS = frozenset({"officials", "police", "armed", "organisation", "person", "press", "state", "relief"})
_LONG = 8  # words that a speaker before or after a colon may have
_DASHES = frozenset({"-", "–", "—", "--"})
_SAYS = ReportingCue(("colon",), "say")


def of_line(phrases: Phrases, document: Document, speakers: Speakers, own: Sequence[Voice]) -> list[Voice]:
    """The voice of a headline with its speaker before or after a colon, and of a quotation set off by one."""
    tokens = phrases.sentence.tokens
    tail = _after_dash(phrases)
    if tail is not None:
        return [_voice(phrases, document, tail, frozenset(range(tail.i)))]
    colons = [t.i for t in tokens if t.text == ":" and not _of_clock(tokens, t.i)]
    if not colons:
        return []
    first, last = colons[0], colons[-1]
    speaker = _speaker(phrases, [t for t in tokens[last + 1 :] if t.pos != "PUNCT"])
    if speaker is not None and tokens[-1].text not in ".!?":
        return [_voice(phrases, document, speaker, frozenset(range(last)))]
    speaker = _speaker(phrases, [t for t in tokens[:first] if t.pos != "PUNCT"]) or _teller(phrases, first)
    if speaker is not None:
        return [_voice(phrases, document, speaker, frozenset(range(first + 1, len(tokens))))]
    return _quoting(phrases, speakers, first, own)


def _of_clock(tokens: Sequence[Token], colon: int) -> bool:
    return 0 < colon < len(tokens) - 1 and tokens[colon - 1].pos == tokens[colon + 1].pos == "NUM"


def _after_dash(phrases: Phrases) -> Token | None:
    """ "30 rebels killed in the north - ministry": a speaker behind the dash that ends a headline."""
    tokens = phrases.sentence.tokens
    dash = next((t for t in reversed(tokens) if t.text in _DASHES), None)
    if dash is None or dash.i == 0 or tokens[-1].text in ".!?" or tokens[dash.i - 1].span.end == dash.span.start:
        return None
    speaker = _speaker(phrases, [t for t in tokens[dash.i + 1 :] if t.pos != "PUNCT"])
    return speaker if speaker is not None and speaker.i == len(tokens) - 1 else None


def _quoting(phrases: Phrases, speakers: Speakers, colon: int, own: Sequence[Voice]) -> list[Voice]:
    """ "The general was blunt: “…”", "“…”: with these words the council …": who acts in the clause beside a quotation says it."""
    s = phrases.sentence
    quoted = speakers.quotations.words(s)
    beside = quoted & frozenset(range(colon + 1, len(s.tokens))) or quoted & frozenset(range(colon))
    if not beside or any(v.why.startswith("sources.verb") and v.scope & beside for v in own):
        return []
    before = min(beside) < colon
    stretch = s.tokens[colon + 1 :] if before else s.tokens[:colon]
    subjects = [t for t in stretch if t.base_rel == "nsubj" and t.i not in quoted and phrases.is_party(t)]
    if not subjects or (before and not any(t.lower in {"these", "words", "this", "so", "thus"} for t in stretch)):
        return []
    speaker = subjects[0] if before else subjects[-1]
    return [
        Voice(source, speaker, beside, "asserts", None, False, "sources.colon")
        for source in speakers.sources(phrases, speaker, speaker, _SAYS, beside)
    ]


def _teller(phrases: Phrases, colon: int) -> Token | None:
    """ "The agency gave another tally: four dead": whoever gives an account before the colon."""
    accounts = word_list("accounts")
    for token in phrases.sentence.tokens[:colon]:
        if token.lemma.lower() in accounts and token.base_rel in {"obj", "obl"} and clauses.is_verbal(phrases.sentence.head(token)):
            found = clauses.agent(phrases.sentence, phrases.sentence.head(token))
            if found is not None and phrases.is_party(found.token):
                return found.token
    return None


def _speaker(phrases: Phrases, words: Sequence[Token]) -> Token | None:
    """The head of a short noun phrase that can speak; None for a clause, a place, a thing."""
    if not 0 < len(words) <= _LONG or any(t.pos in {"VERB", "AUX"} for t in words):
        return None
    inside = {t.i for t in words}
    head = next((t for t in words if t.head not in inside or t.head == t.i), None)
    if head is None or (not phrases.classes(head) & _SPEAKERS and head.lemma.lower() not in reporting().speakers):
        return None
    return head


def _voice(phrases: Phrases, document: Document, speaker: Token, scope: frozenset[int]) -> Voice:
    span = phrases.span(speaker)
    source = Source(span, phrases.words(speaker, document.text), cue=span)
    return Voice(source, speaker, scope, "asserts", None, False, "sources.colon")


def introduced(sentences: Sequence[Phrases], found: dict[int, list[Voice]]) -> None:
    """Give the paragraphs after "The minister said:" to the minister, until somebody else speaks or a heading stands."""
    speaker: Voice | None = None
    introduction = -1
    for phrases in sentences:
        sentence = phrases.sentence
        own = [
            v
            for v in found[sentence.index]
            if v.why.startswith("sources.verb") and v.cue.tag == "VBD" and v.cue.rel in {"root", "parataxis"}
        ]
        if speaker is not None and sentence.paragraph > introduction:
            if sentence.zone in {"heading", "headline", "caption"} or (own and not _within(own, speaker)):
                speaker = None
            else:
                found[sentence.index] = [*found[sentence.index], carried_on(speaker, frozenset(t.i for t in sentence.tokens))]
        opened = _opens(phrases, found[sentence.index])
        if opened is not None:
            speaker, introduction = opened, sentence.paragraph


def _within(own: Sequence[Voice], speaker: Voice) -> bool:
    """Whether the voices in a sentence are quoted by the same speaker, who still goes on ("I", "we")."""
    return all(v.source.name.lower() in {"i", "we", speaker.source.name.lower()} for v in own)


def _opens(phrases: Phrases, voices: Sequence[Voice]) -> Voice | None:
    """The speaker of a sentence that ends in a colon, if it names one by a verb of saying or as whose statement follows."""
    tokens = phrases.sentence.tokens
    if not tokens or (tokens[-1].text != ":" and not (len(tokens) > 1 and tokens[-2].text == ":")):
        return None
    return next(
        (v for v in reversed(list(voices)) if v.why.startswith(("sources.verb", "sources.opening", "sources.passive", "sources.phrase"))),
        None,
    )
