"""Verdicts on what is told: "called the report a lie", "dismissed as propaganda", "turned out to be false", "it is not true that …"."""

from __future__ import annotations

from functools import cache

from khabar.extract import clauses
from khabar.knowledge.ontology import reporting
from khabar.knowledge.wordlists import word_list
from khabar.records import Sentence, Token

_FAR = 40  # words behind a report within which the word that judges it stands
_REACH = 5  # words between "as" and the verdict ("as a pack of lies")
_NOBODY = frozenset({"nobody", "none", "no-one", "neither", "nothing"})
_NEGATIONS = frozenset({"not", "never", "n't", "no", "neither", "nor", "hardly"})


@cache
def carriers() -> frozenset[str]:
    """Nouns that carry word of an event: "report", "claim", "story"."""
    return frozenset(reporting().nouns) | word_list("carriers of word")


def is_false(s: Sentence, word: Token, *, event: bool) -> bool:
    """Whether a word says that what it is said of is not so. Of an event itself fewer words do: an attack may be "absurd" or "wrong" and
    have happened all the same, and one that was "staged by rebels" did."""
    spellings = {word.lower, word.lemma.lower()}
    made_up = word.lemma.lower() == "make" and any(t.lower == "up" for t in s.dependents(word, "compound:prt"))
    if made_up or spellings & word_list("invented"):
        return not (event and clauses.is_verbal(word) and s.dependents(word, "obl", "obj", "advcl"))
    return not event and bool(spellings & word_list("untrue"))


def is_negated(s: Sentence, word: Token) -> bool:
    """Whether a word stands under a plain negation of its own."""
    beside = s.dependents(word, "advmod", "det", "aux", "cc", "cc:preconj")
    return any(t.lemma.lower() in _NEGATIONS or is_no_longer(s, t) for t in beside)


def is_no_longer(s: Sentence, adverb: Token) -> bool:
    """ "no longer"."""
    return adverb.lower == "longer" and any(t.lower == "no" for t in s.dependents(adverb, "advmod"))


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
    if judged.i > verb.i + 2 and s.tokens[verb.i + 1].lower == "as":  # "denounced as lies the reports of shelling"
        between = s.tokens[verb.i + 2 : min(judged.i, verb.i + 2 + _REACH)]
        return next(((judged, word) for word in between if is_false(s, word, event=event) and word.head != judged.i), None)
    start = max(judged.i, verb.i) + 1
    for word in s.tokens[start : start + _FAR]:
        if not is_false(s, word, event=event) or (word.base_rel in {"amod", "compound"} and word.head > word.i):
            continue
        if all(t.i != verb.i for t in s.ancestors(word)):
            continue
        if not by_as or any(t.lower == "as" for t in s.tokens[max(judged.i, word.i - _REACH) : word.i]):
            return judged, word
    return None


def on(s: Sentence, noun: Token, *, event: bool) -> Token | None:
    """The word that judges a noun or a clause untrue, where one does."""
    above = s.head(noun)
    if is_noun_misread(s, noun):
        return next((t for t in s.dependents(noun, "ccomp") if s.dependents(t, "cop") and _judges(s, t, event=False)), None)
    if above.i == noun.i:
        return None
    if noun.base_rel == "obj" or noun.rel == "nsubj:pass":
        found = named(s, above)
        if found is not None and found[0].i == noun.i:
            return found[1]
    if noun.base_rel in {"nsubj", "csubj", "ccomp", "acl"}:
        predicate = _predicated(s, noun, above, event=event)
        if predicate is not None:
            return predicate
    return _without_truth(s, noun, above)


def is_noun_misread(s: Sentence, token: Token) -> bool:
    """ "Reports that …", "Claims that …" at the start of a sentence, taken for a verb."""
    return token.tag in {"VBZ", "VBP"} and token.base_rel == "root" and not s.dependents(token, "nsubj", "aux")


def is_withheld(s: Sentence, verb: Token) -> bool:
    """Whether somebody does not come to say something: "refused to confirm", "has yet to confirm", "it was not possible to verify",
    "neither side confirmed"."""
    if any(is_nobody(s, t) for t in s.dependents(verb, "nsubj")):
        return True
    above = s.head(verb)
    if verb.base_rel not in {"xcomp", "csubj", "ccomp", "advcl"} or verb.tag != "VB":
        return False
    if above.lemma.lower() in word_list("short of saying"):
        return not is_negated(s, above)
    yet = above.lemma.lower() == "have" and any(t.lower == "yet" for t in s.tokens[above.i : verb.i])
    return yet or (above.lemma.lower() in {"able", "possible", "willing", "ready"} and is_negated(s, above))


def is_nobody(s: Sentence, subject: Token) -> bool:
    """Whether a subject is none: "nobody", "no side", "neither the army nor the rebels"."""
    beside = s.dependents(subject, "det", "cc", "cc:preconj", "advmod")
    return subject.lower in _NOBODY or any(t.lower in {"no", "neither"} for t in beside)


def _predicated(s: Sentence, subject: Token, above: Token, *, event: bool) -> Token | None:
    """ "is a lie", "is not true", "turned out to be false", "has no basis in fact"."""
    clausal = subject.base_rel in {"csubj", "ccomp", "acl"}
    is_said = bool(s.dependents(above, "cop", "aux:pass"))
    if clausal:
        of_it = any(t.lower == "it" for t in s.dependents(above, "expl", "nsubj"))
        return above if is_said and of_it and _judges(s, above, event=event) else None
    if is_said and (_judges(s, above, event=event) or (above.lower in word_list("true") and is_nobody(s, subject))):
        return above
    if above.lemma.lower() in word_list("proves to be"):
        return next((t for t in s.dependents(above, "xcomp") if t.i > above.i and _judges(s, t, event=event)), None)
    if above.lemma.lower() in {"have", "lack"}:
        return next((t for t in s.dependents(above, "obj") if _is_no_truth(s, t) or (above.lemma == "lack" and _is_truth(t))), None)
    return None


def _judges(s: Sentence, word: Token, *, event: bool) -> bool:
    if is_false(s, word, event=event) or _is_void(s, word):
        return not is_negated(s, word)
    return word.lower in word_list("true") and is_negated(s, word) and not event


def _without_truth(s: Sentence, noun: Token, above: Token) -> Token | None:
    """ "no truth in reports", "nothing to the story", "contrary to reports"."""
    case = next(iter(s.dependents(noun, "case")), None)
    contrary = next((t for t in s.tokens[max(0, case.i - 1) : case.i + 1] if t.lower == "contrary"), None) if case is not None else None
    if contrary is not None:
        return contrary
    if noun.base_rel not in {"nmod", "obl", "acl"}:  # "no substance to claims that …" may be read as an infinitive
        return None
    return above if _is_no_truth(s, above) else None


def _is_void(s: Sentence, word: Token) -> bool:
    """ "without foundation", "devoid of truth", "short on substance"."""
    if word.lemma.lower() in {"devoid", "void", "empty"}:
        return any(_is_truth(t) for t in s.dependents(word, "obl", "nmod"))
    return _is_truth(word) and any(t.lower == "without" for t in s.dependents(word, "case"))


def _is_truth(word: Token) -> bool:
    return word.lemma.lower() in word_list("truth in it")


def _is_no_truth(s: Sentence, word: Token) -> bool:
    above = s.head(word)
    there_is = above.lemma.lower() in {"be", "have", "find", "see", "contain", "hold"}
    return _is_truth(word) and (is_negated(s, word) or (there_is and is_negated(s, above)))
