"""What is said of an event as the subject or object of a plan, a doubt, a condition: "talks were meant to start", "the deal includes …"."""

from __future__ import annotations

from khabar.extract import clauses, verdicts
from khabar.extract.draft import Draft
from khabar.extract.telling.cues import DEPENDS, LAID_DOWN, NEGOTIATED, PURPOSE, Found, found_of, match
from khabar.extract.telling.terms import is_definite
from khabar.knowledge.ontology import ontology
from khabar.knowledge.wordlists import word_list
from khabar.records import Sentence, Token


def decisive(s: Sentence, node: Token, above: Token, inside: set[int]) -> Found | None:
    """What a predicate makes of the event that it is said of, where that settles it."""
    if node.base_rel == "nsubj":
        return _ahead(s, node, above, inside)
    if node.base_rel == "obj" and above.lemma.lower() == "negotiate" and above.tag not in {"VBD", "VBN"}:
        return Found(NEGOTIATED, above, "planned", False)
    if node.base_rel == "obj" and _is_demanded(s, above):
        return Found(PURPOSE, above, "planned", False)
    return Found(LAID_DOWN, above, "planned", False) if _laid_down(s, above) and node.base_rel in {"obj", "obl"} else None


def _ahead(s: Sentence, subject: Token, above: Token, inside: set[int]) -> Found | None:
    """ "Talks were meant to start", "a truce is due to begin", "talks depend on a ceasefire"."""
    if depends(s, above) and not is_definite(s, subject):
        return Found(DEPENDS, above, "conditional", False)
    if s.dependents(above, "cop") and any(t.lower == "due" for t in s.dependents(above, "case")):
        return Found(PURPOSE, above, "planned", False)
    cue = match(s, above, "complement", inside)
    if cue is None or cue.told_as not in {"planned", "possible"}:
        return None
    to_be = any(t.lemma.lower() in word_list("comes about") for t in s.dependents(above, "xcomp"))
    return found_of(s, cue, above) if to_be else None


def depends(s: Sentence, verb: Token) -> bool:
    """ "Talks hinge on the release of prisoners", but "villagers depend on convoys"."""
    bound = word_list("terms") | word_list("what is bound to terms")
    return verb.lemma.lower() in {"depend", "hinge"} and any(t.lemma.lower() in bound for t in s.dependents(verb, "nsubj"))


def _is_demanded(s: Sentence, verb: Token) -> bool:
    """ "set the release of prisoners as a condition"."""
    return any(prep == "as" and t.lemma.lower() in word_list("what is wanted") for prep, t in clauses.obliques(s, verb))


def _laid_down(s: Sentence, verb: Token) -> bool:
    """ "The plan foresees the encirclement of the city", "the deal includes the release of prisoners"."""
    if verb.lemma.lower() not in word_list("lays down"):
        return False
    subject = clauses.subject(s, verb)
    return subject is not None and not clauses.is_passive(s, verb) and subject.token.lemma.lower() in word_list("terms")


def known_before(s: Sentence, node: Token, verb: Token, prep: str | None) -> bool:
    """Whether an event must have been for what its verb says of it, whatever its time or doubt: "the attacks will not stop us", "the
    shooting is thought to be linked to a feud"."""
    if not is_definite(s, node):
        return False
    if node.base_rel == "obj" and verb.lemma.lower() == "join":  # "boarded buses to join the fighting"
        return True
    if verb.lemma.lower() in word_list("daunts") and (node.base_rel == "nsubj" or prep == "by"):
        return True
    said_of_it = (t for t in s.dependents(verb, "xcomp") if not _tells_that_it_was(t, verb))
    return node.rel == "nsubj:pass" and any(mark.lower == "to" for t in said_of_it for mark in s.dependents(t, "mark"))


def _tells_that_it_was(said: Token, doubt: Token) -> bool:
    """Whether what is believed of an event is that it was, or will be ("is thought to have taken place", "is expected to begin")."""
    ahead = doubt.lemma.lower() in {"expect", "anticipate", "forecast", "predict", "schedule", "project"}
    if ahead:
        return said.lemma.lower() not in {"last", "continue", "end", "stop", "cease"}
    light = ontology().light.get(said.lemma.lower())
    return said.lemma.lower() in word_list("happens") or said.lemma.lower() == "take" or (light is not None and light.phase == "start")


def is_presupposed(draft: Draft, denial: Token) -> bool:
    """Whether a denial leaves an event as it was: "denied that the group was behind the blast", "denied arming the militia that attacked
    the village"."""
    s, node = draft.sentence, draft.head
    if draft.rule.pos == "noun" and node.base_rel in {"obl", "nmod"} and is_definite(s, node):
        above = s.head(node)
        return above.i != denial.i and clauses.preposition(s, node) in _AROUND and above.lemma.lower() not in verdicts.carriers()
    for _ in range(_DEEP):
        if node.i == denial.i or node.head == node.i:
            return False
        if node.base_rel == "advcl" and any(t.lower in _TIMES for t in s.dependents(node, "mark", "advmod")):
            return True  # "denied that anybody had been held when the post was overrun"
        if node.rel == "acl:relcl" and any(t.tag in {"WP", "WDT"} for t in s.dependents(node, "nsubj", "obj")):
            people = s.head(node)
            return any(t.i == denial.i for t in s.ancestors(people)) and people.lemma.lower() not in verdicts.carriers()
        node = s.head(node)
    return False


_TIMES = frozenset({"when", "after", "since", "while", "as", "once"})
_AROUND = frozenset({"behind", "in", "during", "after", "before", "since", "at", "for"})
_DEEP = 8
