"""Voices through a report: each sentence's own, and those that go on inside a quotation."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.extract import accounts, colons, interviews, sources
from khabar.extract.draft import Draft
from khabar.extract.phrases import Phrases
from khabar.extract.reference import Reference
from khabar.extract.sources import Voice
from khabar.records import Document, Value

SPEECH = frozenset({"threaten", "demand", "accuse", "reject"})
"""Acts of speech: whoever warns "we will hit back" has threatened, and may not only have."""

FIRST_PERSON = frozenset({"i", "we", "us"})
"""Speakers who are named by the voice around them, where there is one."""


def of_report(sentences: Sequence[Phrases], document: Document, reference: Reference) -> dict[int, list[Voice]]:
    """For each sentence (by index) the voices that speak in it. A sentence that lies inside a quotation takes the voice of
    the sentence that the quotation leans on: the one before, else the one after, in the same or the next paragraph."""
    speakers = sources.Speakers(document, reference)
    found: dict[int, list[Voice]] = {}
    for phrases in sentences:
        own = sources.voices(phrases, speakers)
        found[phrases.sentence.index] = own + colons.of_line(phrases, document, speakers, own)
    colons.introduced(sentences, found)
    interviews.of_report(sentences, document, found)
    quoted = {p.sentence.index: speakers.quotations.all_of(p.sentence) for p in sentences}
    for place, phrases in enumerate(sentences):
        index = phrases.sentence.index
        if not quoted[index]:
            _cover_quotes(phrases, found[index], speakers.quotations)
            continue
        speaker = _speaker(sentences, place, found, quoted)
        if speaker is not None:
            everything = frozenset(t.i for t in phrases.sentence.tokens)
            found[index] = [*found[index], sources.carried_on(speaker, everything)]
    accounts.go_on(sentences, found)
    return found


def _speaker(sentences: Sequence[Phrases], place: int, found: dict[int, list[Voice]], quoted: dict[int, bool]) -> Voice | None:
    here = sentences[place].sentence
    if place:
        before = sentences[place - 1].sentence
        if quoted[before.index] or _has_quote(sentences[place - 1]):
            voice = _widest(found[before.index])
            if voice is not None and here.paragraph - before.paragraph <= 1:
                return voice
    if place + 1 < len(sentences):
        after = sentences[place + 1].sentence
        voice = _widest(found[after.index]) if after.paragraph == here.paragraph else None
        if voice is not None:
            return voice
    if place:
        before = sentences[place - 1].sentence
        if before.paragraph == here.paragraph:
            return _widest(found[before.index])
    return None


def _widest(voices: Sequence[Voice]) -> Voice | None:
    named = [v for v in voices if v.source.name != sources.REPORTS]
    return max(named, key=lambda v: len(v.scope), default=None)


def _has_quote(phrases: Phrases) -> bool:
    return any(t.text in {'"', "“", "”", "``", "''", "‘"} for t in phrases.sentence.tokens)


def _cover_quotes(phrases: Phrases, voices: list[Voice], quotations: sources.Quotations) -> None:
    """Where a sentence quotes and names one speaker, the quoted words are that speaker's, whatever the tree says."""
    speakers = [v for v in voices if v.why.startswith(("sources.verb", "sources.phrase"))]
    if len({v.cue.i for v in speakers}) != 1:
        return
    inside = quotations.words(phrases.sentence)
    for place, voice in enumerate(voices):
        if voice in speakers and inside:
            voices[place] = sources.widened(voice, voice.scope | inside)


def give(draft: Draft, voices: Sequence[Voice]) -> None:
    """Set the sources and the stance of a draft, and what its voices make of how it is told."""
    behind = sources.chain(draft.words, voices)
    named = [v for v in behind if v.source.name.lower() not in FIRST_PERSON]
    behind = named or behind
    seen: set[str] = set()
    for voice in behind:
        if voice.source.name.lower() in seen:
            continue
        seen.add(voice.source.name.lower())
        if voice.alleged and voice.source.name == sources.REPORTS:
            continue
        draft.sources.append(Value(voice.source, voice.source.span, because=voice.why))
    if not behind:
        return
    innermost = behind[0]
    denier = next((v for v in behind if v.stance == "denies"), None)
    if denier is not None:
        draft.stance = Value("denies", denier.cue.span, because=denier.why)
        draft.told_as = Value("not-happened", denier.cue.span, because=denier.why)
        return
    if innermost.told_as is not None and draft.told_as.value == "happened" and draft.type not in SPEECH:
        draft.told_as = Value(innermost.told_as, innermost.cue.span, because=innermost.why)
    if any(v.alleged for v in behind):
        for role in draft.actors:
            role.alleged = True
