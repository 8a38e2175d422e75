"""Denials: verdicts passed on a report ("called the report a lie"), and where a denial ends and the denier's own version begins."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.extract import clauses, verdicts
from khabar.extract.phrases import Phrases
from khabar.extract.sources.matching import cue_at, tree
from khabar.extract.sources.speakers import Speakers
from khabar.extract.sources.voice import Voice
from khabar.knowledge.ontology import ReportingCue, reporting
from khabar.knowledge.wordlists import word_list
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


def of_charges(phrases: Phrases, verb: Token, speakers: Speakers) -> Iterator[Voice]:
    """ "pleaded not guilty to murder", "on trial for atrocities, denied every count": what somebody is charged with is denied."""
    s = phrases.sentence
    guilty = next((t for t in s.dependents(verb, "xcomp", "obj", "obl", "advcl") if t.lower in {"guilty", "innocent"}), None)
    pleads = verb.lemma.lower() == "plead" and guilty is not None
    if pleads and guilty is not None and guilty.lower == "guilty" and not any(t.lower == "not" for t in s.tokens[verb.i : guilty.i]):
        return
    denies = verb.lemma.lower() == "deny" and any(t.lemma.lower() in word_list("charges") for t in s.dependents(verb, "obj"))
    speaker = clauses.agent(s, verb)
    if not (pleads or denies) or speaker is None:
        return
    charged = [t for above in (verb, guilty) if pleads and above is not None for prep, t in clauses.obliques(s, above) if prep == "to"]
    for noun in s.subtree(s.head(verb) if speaker.token.tag in {"WP", "WDT"} else speaker.token):
        if noun.lemma.lower() in word_list("charged with"):
            below = (
                t for t in s.dependents(noun, "obl", "nmod", "advcl", "acl") if clauses.preposition(s, t) in {"for", "of", "with", "over"}
            )
            charged += [noun] if noun.pos == "NOUN" else below
    scope = frozenset(i for t in charged for i in tree(s, t))
    if scope:
        for source in speakers.sources(phrases, speaker.token, verb, _CALLS_UNTRUE, scope):
            yield Voice(source, verb, scope, "denies", "not-happened", False, f"sources.charges “{verb.text}”")


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
