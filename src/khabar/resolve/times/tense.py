"""The tense a trigger is told in: from its own verb, or from the verb that governs it where it is a noun."""

from __future__ import annotations

from typing import Literal

from khabar.knowledge.timewords import time_words
from khabar.records import Sentence, Token

Tense = Literal["past", "present", "perfect", "pluperfect", "future", "none"]

AUXILIARIES = ("aux", "aux:pass", "cop")
SHARING = frozenset({"conj", "xcomp", "advcl", "csubj", "nsubj", "obj", "obl", "nmod"})  # where a bare participle has no tense of its own
HAVE, HAD = frozenset({"has", "have", "'ve", "’ve"}), frozenset({"had"})
PLANNING = frozenset({"set", "slate", "schedule"})  # "a visit set for Sunday" lies ahead, "they set fire" does not
NOW, THEN = frozenset({"is", "are", "am", "'s", "’s", "'re", "does", "do"}), frozenset({"was", "were", "did"})


def predicate(sentence: Sentence, token: Token) -> Token:
    """The verb, or the noun or adjective with a copula, that tells of a token: itself or the nearest above it."""
    if _predicates(sentence, token):
        return token
    return next((t for t in sentence.ancestors(token) if _predicates(sentence, t)), token)


def _predicates(sentence: Sentence, token: Token) -> bool:
    return token.pos in ("VERB", "AUX") or bool(sentence.dependents(token, "cop"))


def tense(sentence: Sentence, token: Token) -> Tense:
    """The tense of the predicate over a token; a bare participle joined to another verb shares its auxiliaries."""
    verb = predicate(sentence, token)
    helpers = _helpers(sentence, verb)
    while not helpers and verb.tag in ("VBN", "VBG") and verb.rel in SHARING and verb.head != verb.i:
        verb = predicate(sentence, sentence.head(verb))
        helpers = _helpers(sentence, verb)
    if helpers & time_words().ahead:
        return "future"
    if helpers & HAD:
        return "pluperfect"
    if helpers & HAVE:
        return "perfect"
    if helpers & NOW or verb.tag in ("VBZ", "VBP"):
        return "present"
    if helpers & THEN or verb.tag == "VBD":
        return "past"
    return "none"


def _helpers(sentence: Sentence, verb: Token) -> set[str]:
    return {t.lower for t in sentence.dependents(verb, *AUXILIARIES)}


def looks_ahead(sentence: Sentence, token: Token) -> bool:
    """Whether the verb over a time speaks of what is to come: "will", "is due", "planned for"."""
    ahead = time_words().ahead
    verb = predicate(sentence, token)
    if verb.lemma.lower() in ahead or verb.lower in ahead:
        return verb.lemma.lower() not in PLANNING or verb.tag == "VBN" or verb.pos != "VERB"
    return any(t.lower in ahead for t in sentence.dependents(verb, *AUXILIARIES, "mark")) or _is_to(sentence, verb)


def is_attempt(sentence: Sentence, token: Token) -> bool:
    """Whether a trigger was tried: "they tried to storm the base", "attempted to flee"."""
    attempting = time_words().attempting
    return token.lemma.lower() in attempting or (token.rel == "xcomp" and sentence.head(token).lemma.lower() in attempting)


def _is_to(sentence: Sentence, verb: Token) -> bool:
    """ "Are to be freed", "is due to start": an infinitive under "be" or under such a word."""
    governor = sentence.head(verb)
    to = any(t.lower == "to" for t in sentence.dependents(verb, "mark"))
    return to and verb.rel == "xcomp" and (governor.lemma == "be" or governor.lower in time_words().ahead)
