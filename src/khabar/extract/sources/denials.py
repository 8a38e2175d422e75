"""Denials: verdicts passed on a report ("called the report a lie"), and where a denial ends and the denier's own version begins."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.extract import clauses, verdicts
from khabar.extract.phrases import Phrases
from khabar.extract.sources.matching import cue_at, tree
from khabar.extract.sources.speakers import Speakers
from khabar.extract.sources.voice import Voice
from khabar.knowledge.ontology import ReportingCue, reporting
from khabar.records import Sentence, Token

_CALLS_UNTRUE = ReportingCue(("call",), "deny", stance="denies", told_as="not-happened")


def by_verdict(phrases: Phrases, verb: Token, speakers: Speakers) -> Iterator[Voice]:
    """The voice of somebody who calls what is told untrue."""
    s = phrases.sentence
    found = verdicts.named(s, verb)
    speaker = clauses.agent(s, verb)
    if found is None or speaker is None or speaker.token.i == found[0].i:
        return
    judged, word = found
    scope = frozenset(tree(s, judged) | {word.i})
    for source in speakers.sources(phrases, speaker.token, verb, _CALLS_UNTRUE, scope):
        yield Voice(source, verb, scope, "denies", "not-happened", False, f"sources.verdict “{verb.text}”")


def own_version(s: Sentence, verb: Token, cue: ReportingCue, scope: frozenset[int]) -> frozenset[int]:
    """The words after a denial in which the denier tells how it was: behind a colon ("rejected the criticism: the army had …")."""
    if cue.stance != "denies":
        return frozenset()
    colon = next((t.i for t in s.tokens[verb.i + 1 :] if t.text == ":"), None)
    return frozenset(i for i in scope if i > colon) if colon is not None else frozenset()


def said_besides(s: Sentence, verb: Token, cue: ReportingCue, scope: frozenset[int]) -> frozenset[int]:
    """The words in which the denier goes on to say something ("denied that …, saying rebels had fired"): not denied."""
    if cue.stance != "denies":
        return frozenset()
    going_on = (t for t in s.tokens[verb.i + 1 :] if t.tag == "VBG" and t.base_rel in {"advcl", "acl", "xcomp", "conj"} and t.i in scope)
    speaking = (t for t in going_on if s.tokens[t.i - 1].text == "," and cue_at(s, reporting().verbs, t) is not None)
    return frozenset(i for t in speaking for i in tree(s, t))
