"""Accusations with no accuser named: "is charged with killing …", "wanted for the murder of …", "suspected rebels"."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.extract import clauses
from khabar.extract.phrases import Phrases
from khabar.extract.sources.matching import below, tree
from khabar.extract.sources.voice import REPORTS, Voice
from khabar.knowledge.ontology import ReportingCue
from khabar.knowledge.wordlists import word_list
from khabar.records import Sentence, Source, Token

_DEEDS = frozenset({"of", "with", "for", "over"})
_PINNED = frozenset({"on", "to"})
"""Prepositions by which a deed, the subject, is laid at somebody's door ("the raid was blamed on rebels")."""


def deeds(s: Sentence, verb: Token, cue: ReportingCue) -> frozenset[int]:
    """What somebody is accused of: the phrase behind "of", "with" or "for" with its relative clauses; of what is blamed on somebody,
    the subject."""
    words = frozenset(cue.words[1:])
    found = below(s, verb, "xcomp", "ccomp", "csubj:pass")
    if words & _PINNED:
        found |= below(s, verb, "nsubj:pass", "nsubj")
    for t in s.dependents(verb, "advcl", "obl", "xcomp"):
        if (clauses.preposition(s, t) or "").split(" ")[0] in _DEEDS | words - _PINNED:
            found |= tree(s, t)
    return frozenset(found)


def unnamed(phrases: Phrases, verb: Token, cue: ReportingCue) -> Iterator[Voice]:
    """The voice of an accusation that nobody is named for, or of an arrest ("arrested two men for killing …"): no source, but whoever is
    said to have done the deed is a suspect."""
    s = phrases.sentence
    somebody = clauses.is_passive(s, verb) or any(phrases.is_party(t) for t in s.dependents(verb, "obj"))
    scope = deeds(s, verb, cue) if somebody else None
    if scope:
        yield _voice(verb, scope)


def suspects(phrases: Phrases, token: Token) -> Iterator[Voice]:
    """ "Suspected rebels attacked …", "attacked by alleged members of the group": whoever is so called is no actor plain."""
    s = phrases.sentence
    noun = s.head(token)
    if token.base_rel != "amod" or token.lower not in word_list("suspicions") or not phrases.is_party(noun):
        return
    verb = s.head(noun)
    by = clauses.agent(s, verb) if clauses.is_verbal(verb) else None
    if by is not None and by.token.i == noun.i:
        yield _voice(token, frozenset({verb.i, *(t.i for t in s.dependents(verb, "obj", "conj", "obl"))}))


def _voice(cue_token: Token, scope: frozenset[int]) -> Voice:
    source = Source(cue_token.span, REPORTS, kind="carrier", cue=cue_token.span)
    return Voice(source, cue_token, scope, "asserts", None, True, f"sources.accusation “{cue_token.text}”", rank=2)
