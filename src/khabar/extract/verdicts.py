"""Verdicts on what is told: "called the report a lie", "dismissed as propaganda", "turned out to be false", "it is not true that …"."""

from __future__ import annotations

from functools import cache

from khabar.extract import clauses
from khabar.knowledge.ontology import reporting
from khabar.knowledge.wordlists import word_list
from khabar.records import Sentence, Token

_REACH = 5  # words between "as" and the verdict ("as a pack of lies")
_NEGATIONS = frozenset({"not", "never", "n't", "no", "neither", "nor", "hardly"})


@cache
def carriers() -> frozenset[str]:
    """Nouns that carry word of an event: "report", "claim", "story"."""
    return frozenset(reporting().nouns) | word_list("carriers of word")


def is_false(s: Sentence, word: Token, *, event: bool) -> bool:
    """Whether a word says that what it is said of is not so. Of an event itself fewer words do: an attack may be "absurd" or "wrong" and
    have happened all the same, and one that was "staged by rebels" did."""
    spellings = {word.lower, word.lemma.lower()}
    if spellings & word_list("invented") or (word.lemma.lower() == "make" and any(t.lower == "up" for t in s.dependents(word, "compound:prt"))):
        return not (event and clauses.is_verbal(word) and (s.dependents(word, "obl", "obj", "advcl")))
    return not event and bool(spellings & word_list("untrue"))


def is_negated(s: Sentence, word: Token) -> bool:
    """Whether a word stands under a plain negation of its own."""
    return any(t.lemma.lower() in _NEGATIONS for t in s.dependents(word, "advmod", "det", "aux", "cc", "cc:preconj"))


def named(s: Sentence, verb: Token) -> tuple[Token, Token] | None:
    """What a verb calls untrue, and the word that it calls it: "branded the report a lie", "described the attack as invented"."""
    if verb.lemma.lower() not in word_list("calls it something") or is_negated(s, verb):
        return None
    subject = s.dependents(verb, "nsubj") if clauses.is_passive(s, verb) else ()
    judged = next(iter(s.dependents(verb, "obj")), next(iter(subject), None))
    if judged is None:
        return None
    event = judged.lemma.lower() not in carriers()
    by_as = verb.lemma.lower() not in word_list("calls it plainly")
    for word in sorted(s.subtree(verb), key=lambda t: t.i):
        if word.i <= max(judged.i, verb.i) or not is_false(s, word, event=event):
            continue
        if word.base_rel in {"amod", "compound"} and word.head > word.i:
            continue
        if not by_as or any(t.lower == "as" for t in s.tokens[max(judged.i, word.i - _REACH) : word.i]):
            return judged, word
    return None


def on(s: Sentence, noun: Token, *, event: bool) -> Token | None:
    """The word that judges a noun or a clause untrue, where one does."""
    above = s.head(noun)
    if above.i == noun.i:
        return None
    if noun.base_rel == "obj" or noun.rel == "nsubj:pass":
        found = named(s, above)
        if found is not None and found[0].i == noun.i:
            return found[1]
    if noun.base_rel in {"nsubj", "csubj", "ccomp"}:
        return _predicated(s, noun, above, event=event)
    return _without_truth(s, noun, above)


def _predicated(s: Sentence, subject: Token, above: Token, *, event: bool) -> Token | None:
    """ "is a lie", "is not true", "turned out to be false", "has no basis in fact"."""
    clausal = subject.base_rel in {"csubj", "ccomp"}
    if any(s.dependents(above, "cop", "aux:pass")) and (not clausal or any(t.lower == "it" for t in s.dependents(above, "expl", "nsubj"))):
        found = _judges(s, above, event=event)
        if found:
            return above
    if clausal:
        return None
    if above.lemma.lower() in word_list("proves to be"):
        return next((t for t in s.dependents(above, "xcomp") if t.i > above.i and _judges(s, t, event=event)), None)
    if above.lemma.lower() in {"have", "lack"}:
        return next((t for t in s.dependents(above, "obj") if _is_no_truth(s, t) or (above.lemma == "lack" and _is_truth(t))), None)
    return None


def _judges(s: Sentence, word: Token, *, event: bool) -> bool:
    if is_false(s, word, event=event):
        return not is_negated(s, word)
    return word.lower in word_list("true") and is_negated(s, word) and not event


def _without_truth(s: Sentence, noun: Token, above: Token) -> Token | None:
    """ "no truth in reports", "nothing to the story"."""
    by_clause = noun.base_rel == "ccomp" and above.base_rel == "acl"  # "no substance to claims that …", where "claims" was read as a verb
    truth = s.head(above) if by_clause else above
    if noun.base_rel not in {"nmod", "obl"} and not by_clause:
        return None
    return truth if _is_no_truth(s, truth) else None


def _is_truth(word: Token) -> bool:
    return word.lemma.lower() in word_list("truth in it")


def _is_no_truth(s: Sentence, word: Token) -> bool:
    above = s.head(word)
    denied = is_negated(s, word) or any(t.lower == "any" for t in s.dependents(word, "det")) and is_negated(s, above)
    return _is_truth(word) and (denied or is_negated(s, above))
