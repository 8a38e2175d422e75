"""What is said of the word of an event: that it is untrue, or that nobody confirms it. It outweighs the event's own telling."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.extract import clauses, verdicts
from khabar.extract.draft import Draft
from khabar.extract.telling.cues import Found
from khabar.knowledge.ontology import TellingCue
from khabar.knowledge.wordlists import word_list
from khabar.records import Sentence, Token

_DEEP = 8
_TOPIC = frozenset({"of", "about", "on", "regarding", "concerning", "over"})
_WITHIN = frozenset({"obj", "nsubj", "xcomp", "conj"})
_CONFIRMED = frozenset({"obj", "ccomp", "csubj"})

VERDICT = "telling.verdict"
"""How the reason of a verdict begins: that a report is untrue is said by whoever passes it, and not by whoever carried the report."""


def judgement(draft: Draft) -> Found | None:
    """The verdict that a draft's event is untrue, or the word that nobody confirms it."""
    s = draft.sentence
    carried = False
    for node, event in _bearers(s, draft.head, not (clauses.is_verbal(draft.head) and draft.rule.pos == "verb")):
        if event and draft.type in MADE:
            continue
        carried = carried or (node.i != draft.head.i and node.lemma.lower() in verdicts.carriers())
        word = verdicts.on(s, node, event=event)
        if word is not None:
            return Found(TellingCue((word.lower,), "complement", "not-happened"), word, "not-happened", False)
        verb = _unconfirmed(s, node) if not carried else None  # a claim that nobody verifies is the claimant's still
        if verb is not None:
            return Found(TellingCue((verb.lower,), "complement", "possible"), verb, "possible", False)
    return None


MADE = frozenset({"accuse", "demand", "threaten"})
"""Acts of speech that are denied, dismissed or called baseless only after they were made."""


def _bearers(s: Sentence, head: Token, event: bool) -> Iterator[tuple[Token, bool]]:
    """The event and whatever carries word of it, from the inside out: its clause, "reports of it", "claims that it happened"; and
    whether that is the event itself still."""
    node = head
    for _ in range(_DEEP):
        yield node, event
        above = s.head(node)
        if above.i == node.i:
            return
        if _tells_of(s, node, above):
            event = False
        elif not (node.base_rel == "conj" or (node.base_rel == "nmod" and above.lemma.lower() in word_list("containers"))):
            return
        node = above


def _tells_of(s: Sentence, node: Token, above: Token) -> bool:
    """Whether a word stands for what is below it: a report for its topic, a clause for its arguments, a noun for its verb."""
    if node.base_rel == "nmod" and above.lower == "nothing":
        return True
    if above.lemma.lower() in verdicts.carriers() and _is_topic(s, node, above):
        return True
    return (node.base_rel == "amod" and clauses.is_verbal(node)) or (node.base_rel in _WITHIN and clauses.is_verbal(above))


def _is_topic(s: Sentence, node: Token, carrier: Token) -> bool:
    """Whether a noun or clause is what the noun above it is about, and not a relative clause beside that."""
    prep = clauses.preposition(s, node)
    if node.rel == "acl" and node.tag in {"VBN", "VBG"} and node.lemma.lower() in word_list("purports"):
        return True
    if clauses.is_verbal(carrier) and not (verdicts.is_noun_misread(s, carrier) or clauses.preposition(s, carrier) == "to"):
        return False
    if node.base_rel in {"nmod", "compound"}:
        return node.base_rel == "compound" or prep in _TOPIC
    if node.base_rel not in {"acl", "ccomp"}:
        return False
    that = any(t.lower == "that" and t.tag == "IN" for t in s.tokens[carrier.i + 1 : carrier.i + 2])
    return that or prep in {"that", "of", "about"} or any(t.tag not in {"WDT", "WP"} for t in s.dependents(node, "nsubj"))


def _unconfirmed(s: Sentence, node: Token) -> Token | None:
    """The verb by which somebody does not confirm what a noun or clause tells: "could not verify", "neither confirmed nor denied"."""
    verb = s.head(node)
    if verb.i == node.i or not (node.base_rel in _CONFIRMED or node.rel == "nsubj:pass"):
        return None
    first = s.head(verb) if verb.base_rel == "conj" else verb
    pair = {verb.lemma.lower(), first.lemma.lower()}
    if not pair & word_list("confirms") or not clauses.is_verbal(verb):
        return None
    return verb if verdicts.is_negated(s, first) or verdicts.is_withheld(s, first) else None
