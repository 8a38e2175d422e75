"""Terms that somebody sets: "leave or face bombardment", "an amnesty for fighters who surrender"."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.extract import clauses
from khabar.extract.draft import Draft
from khabar.extract.telling.cues import Found
from khabar.knowledge.ontology import TellingCue
from khabar.knowledge.wordlists import word_list
from khabar.records import Sentence, Token

_REACH = 8  # words between "or" and what is threatened
_ORDER = 40  # words before "or" within which the order stands
_DEEP = 6
_BREAKS = frozenset({",", ";", ".", ":"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "both"})

ELSE = TellingCue(("or",), "mark", "conditional")
""" "surrender or be shelled"."""

TOLD = TellingCue(("tell", "to"), "complement", "planned")
""" "told residents to leave", where the whole is the event."""

TERMS = TellingCue(("who",), "mark", "conditional")
""" "safe passage for fighters who lay down their arms"."""

_MET = frozenset({"surrender", "withdraw", "release"})
"""Types of what others are asked to do for a promise."""


def of(draft: Draft) -> Iterator[Found]:
    """What makes an event a condition or a consequence by the terms it is told in."""
    s = draft.sentence
    alternative = _or_else(s, draft.head)
    if alternative is not None:
        yield Found(ELSE, alternative, "conditional", False)
    if draft.head.lemma.lower() in word_list("tells to do") and any(t.lower == "to" for t in draft.words):
        yield Found(TOLD, draft.head, "planned", False)
    who = _who_does(s, draft.head) if draft.type in _MET else None
    if who is not None:
        yield Found(TERMS, who, "conditional", False)


def is_definite(s: Sentence, noun: Token) -> bool:
    """Whether a noun takes its event as known: "the siege", "these attacks", "their withdrawal"."""
    return any(t.lower in _DEFINITE or t.rel == "nmod:poss" for t in s.dependents(noun, "det", "nmod:poss"))


def _or_else(s: Sentence, event: Token) -> Token | None:
    """The "or" of an order, behind which an event threatens; the parser hangs what follows it on almost anything."""
    for t in reversed(s.tokens[max(0, event.i - _REACH) : event.i]):
        if t.text in _BREAKS:
            return None
        if t.lower != "or":
            continue
        following = s.tokens[t.i + 1]
        threatened = following.lower in word_list("or else") or (following.lower == "be" and event.tag == "VBN")
        return t if threatened and any(v.tag == "VB" for v in s.tokens[max(0, t.i - _ORDER) : t.i]) else None
    return None


def _who_does(s: Sentence, event: Token) -> Token | None:
    """The relative pronoun of "fighters who surrender", where something is promised to them, or will be done with them."""
    clause = s.head(event) if event.base_rel == "conj" and clauses.is_verbal(s.head(event)) else event
    who = next(iter(s.dependents(clause, "nsubj")), None)
    if clause.rel != "acl:relcl" or who is None or who.tag not in {"WP", "WDT"}:
        return None
    people = s.head(clause)
    if is_definite(s, people) and people.lower not in {"those", "anyone"}:
        return None
    above = [t for _, t in zip(range(_DEEP), s.ancestors(people), strict=False)]
    promised = any(t.lemma.lower() in word_list("promises") for t in above)
    verb = s.head(people)
    later = clause.tag in {"VBP", "VBZ"} and any(t.tag == "MD" for t in s.dependents(verb, "aux"))
    return who if promised or later else None
