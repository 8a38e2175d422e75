"""Voices through a report: each sentence's own, those that introduce it, and those that go on into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khabar.extract import accounts, colons, interviews, quoted, sources, telling, titled, verdicts
from khabar.extract.draft import Draft
from khabar.extract.phrases import Phrases
from khabar.extract.reference import Reference
from khabar.extract.sources import Voice
from khabar.records import Document, Source, Value

SPEECH = frozenset({"threaten", "demand", "accuse", "reject"})
"""Acts of speech: whoever warns "we will hit back" has threatened, and may not only have."""

FIRST_PERSON = frozenset({"i", "we", "us"})
"""Speakers who are named by the voice around them, where there is one."""


def of_report(sentences: Sequence[Phrases], document: Document, reference: Reference) -> dict[int, list[Voice]]:
    """For each sentence (by index) the voices that speak in it: its own, those that introduce it, and those that go on from the
    sentences around it."""
    speakers = sources.Speakers(document, reference)
    found: dict[int, list[Voice]] = {}
    for phrases in sentences:
        own = sources.voices(phrases, speakers)
        found[phrases.sentence.index] = own + colons.of_line(phrases, document, speakers, own)
    colons.without_places(sentences, found)
    colons.introduced(sentences, found)
    interviews.of_report(sentences, document, found)
    quoted.of_report(sentences, speakers, found)
    accounts.go_on(sentences, speakers, found)
    titled.of_report(sentences, speakers, found)
    return found


def source_of(voice: Voice) -> Value[Source]:
    """The source that a voice makes; unknown where the report does not say who speaks."""
    if voice.source.name == sources.NOBODY:
        return Value.unknown("the report does not say whose words these are", because=voice.why)
    return Value(voice.source, voice.source.span, because=voice.why)


_BARE_WOULD = "telling.modal: “would”"
"""Of an account that goes on ("Troops would enter from the west") it is the future, as in the sentence that the account began with."""


def give(draft: Draft, voices: Sequence[Voice]) -> None:
    """Set the sources and the stance of a draft, and what its voices make of how it is told."""
    behind = sources.chain(draft.words, voices)
    named = [v for v in behind if v.source.name.lower() not in FIRST_PERSON]
    behind = _undenied(draft, named or behind)
    if draft.told_as.because == _BARE_WOULD and any(v.why.startswith("sources.account-goes-on") for v in behind):
        draft.told_as = replace(draft.told_as, value="planned")
    seen: set[str] = set()
    for voice in behind:
        if voice.source.name.lower() in seen:
            continue
        seen.add(voice.source.name.lower())
        if voice.alleged and voice.source.name == sources.REPORTS:
            continue
        draft.sources.append(source_of(voice))
    if not behind:
        return
    innermost = behind[0]
    denier = next((v for v in behind if v.stance == "denies" and (v is innermost or innermost.cue.i in v.scope)), None)
    if denier is None and draft.told_as.because.startswith(telling.VERDICT) and draft.told_as.value == "not-happened":
        draft.stance = Value("denies", innermost.cue.span, because=innermost.why)
        return
    if denier is not None:
        draft.stance = Value("denies", denier.cue.span, because=denier.why)
        draft.told_as = Value("not-happened", denier.cue.span, because=denier.why)
        return
    if innermost.told_as is not None and draft.told_as.value == "happened" and draft.type not in SPEECH:
        draft.told_as = Value(innermost.told_as, innermost.cue.span, because=innermost.why)
    if any(v.alleged for v in behind):
        for role in draft.actors:
            role.alleged = True


def _undenied(draft: Draft, behind: list[Voice]) -> list[Voice]:
    """The voices that tell a draft, less those that it is none of: a report that somebody denies or calls untrue ("there is no truth in
    reports that …"), and whoever denies a charge, which has been made all the same."""
    s = draft.sentence
    here = {v.cue.i for v in behind if v.cue.i < len(s.tokens) and s.tokens[v.cue.i] == v.cue}
    if draft.type in telling.MADE:
        behind = [v for v in behind if v.stance != "denies" or v.cue.i not in here or draft.head.head != v.cue.i]
    behind = [v for v in behind if v.stance != "denies" or v.cue.i not in here or not telling.is_presupposed(draft, v.cue)]
    deniers = [v for v in behind if v.stance == "denies"]
    denied = {i for v in deniers for i in v.scope}.union(t.i for v in deniers if v.cue.i in here for t in s.dependents(v.cue, "obl", "obj"))
    none = denied | {v.cue.i for v in behind if v.cue.i in here and verdicts.is_negated(s, v.cue)}
    behind = [v for v in behind if v.source.name != sources.REPORTS or v.cue.i not in none]
    if not draft.told_as.because.startswith(telling.VERDICT):
        return _denier_first(behind)
    verdict = next((t.i for t in s.tokens if t.span == draft.told_as.span), -1)
    return [v for v in behind if v.source.name != sources.REPORTS and verdict in v.scope]


def _denier_first(behind: list[Voice]) -> list[Voice]:
    """Whoever denies what another asserts ("rejected government claims that …") is whose word the statement is."""
    if not behind or behind[0].stance == "denies":
        return behind
    denying = [v for v in behind if v.stance == "denies" and behind[0].cue.i in v.scope]
    return [*denying, *(v for v in behind if v not in denying)]
