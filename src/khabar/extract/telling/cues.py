"""Cues of telling matched to words: a cue, where it stands, and what it makes of an event."""

from __future__ import annotations

from dataclasses import dataclass

from khabar.extract import verdicts
from khabar.knowledge.ontology import TellingCue, telling
from khabar.knowledge.ontology.cues import Governs
from khabar.records import Sentence, Token, ToldAs

_STAYS = frozenset({"remain", "stay", "stand"})

_LOOK = 2  # words within which the next word of a governing phrase must follow


@dataclass(frozen=True, slots=True)
class Found:
    """A cue in the chain, where it stands, and what it makes of the event here."""

    cue: TellingCue
    token: Token
    told_as: ToldAs | None
    background: bool


ALMOST = TellingCue(("from",), "complement", "possible")
""" "a few miles from closing the ring": not there yet."""

INVERTED = TellingCue(("had",), "mark", "conditional")
""" "Had they attacked, …"."""

PURPOSE = TellingCue(("to",), "mark", "planned")
"""An infinitive of purpose ("an operation to isolate the city"): planned, by the coding guide."""

ORDERED = TellingCue(("warn", "to"), "complement", "planned")
""" "warned residents to evacuate": told to."""

BIDDEN = TellingCue(("do",), "mark", "planned")
""" "Release the hostages, the envoy said": an imperative."""

NEITHER = TellingCue(("neither",), "modifier", "not-happened")
""" "neither released the crew nor returned the ship", "at no point did they attack"."""

NEGOTIATED = TellingCue(("negotiate",), "complement", "planned")
""" "is negotiating the release of prisoners"."""

FAILED = TellingCue(("attempt", "fail"), "complement", "not-happened")
""" "The marines' attempt to seize the radio mast failed"."""

FUTURE = TellingCue(("tomorrow",), "modifier", "planned")
""" "Tomorrow we storm the customs house"."""

LAID_DOWN = TellingCue(("include",), "complement", "planned")
""" "The deal includes the release of prisoners"."""

DEPENDS = TellingCue(("depend", "on"), "complement", "conditional")
""" "Talks depend on the withdrawal of troops"."""

WHETHER = TellingCue(("if",), "mark", "possible")
""" "asked if the town had fallen"."""

ANY = TellingCue(("any",), "determiner", "conditional")
""" "Any attack will be answered", "anyone who attacks will be shot"."""


def found_of(s: Sentence, cue: TellingCue, token: Token) -> Found:
    """A cue with its own negation read: "did not manage to", "no plan to"."""
    if is_negated(s, token):
        return Found(cue, token, cue.negated or ("not-happened" if cue.told_as else None), cue.background)
    return Found(cue, token, cue.told_as, cue.background)


def is_negated(s: Sentence, token: Token) -> bool:
    return verdicts.is_negated(s, token) or any(verdicts.is_nobody(s, t) for t in s.dependents(token, "nsubj"))


def match(s: Sentence, token: Token, governs: Governs, inside: set[int]) -> TellingCue | None:
    """The longest cue that starts at a token and governs in the given way."""
    for spelling in dict.fromkeys((token.lower, token.lemma.lower())):
        for cue in telling().of(spelling, governs):
            if len(cue.words) == 1 or _follows(s, token, cue.words[1:], governs):
                return cue
    if governs == "complement" and _is_in_a_state(s, token):
        for cue in telling().of("be", governs):
            at = next((k for k, word in enumerate(cue.words) if k and word in {token.lower, token.lemma.lower()}), 0)
            before = tuple(t.lower for t in s.tokens[max(0, token.i - at + 1) : token.i])
            if at and cue.words[1:at] == before and (len(cue.words) == at + 1 or _follows(s, token, cue.words[at + 1 :], governs)):
                return cue
    return None


def _is_in_a_state(s: Sentence, token: Token) -> bool:
    """ "is ready", "remains committed"."""
    if token.base_rel == "xcomp" and s.head(token).lemma.lower() in _STAYS:
        return True
    return any(t.lemma == "be" or t.lemma.lower() in _STAYS for t in s.dependents(token, "cop", "aux:pass"))


def _follows(s: Sentence, token: Token, words: tuple[str, ...], governs: Governs) -> bool:
    """Whether the rest of a multiword cue follows: at once, or, for a governing verb, within a few words."""
    look = _LOOK if governs in {"complement", "clause"} else 1
    at = token.i
    for word in words:
        following = next((t for t in s.tokens[at + 1 : at + 1 + look] if word in (t.lower, t.lemma.lower())), None)
        if following is None:
            return False
        at = following.i
    return True
