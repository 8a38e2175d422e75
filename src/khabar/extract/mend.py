"""Small repairs of trees before they are read: attachments that English grammar rules out, whatever the parser preferred.

Each repair is a rule of grammar and not of a word, and touches heads and relations only; the text and its spans stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from khabar.extract import tags
from khabar.knowledge.numbers import numbers
from khabar.knowledge.ontology import telling
from khabar.records import Sentence, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOT_FINITE = frozenset({"VB", "VBG", "VBN"})


def mended(sentence: Sentence) -> Sentence:
    """The sentence with its impossible attachments put right; itself where there are none."""
    for repair in _REPAIRS:
        changes = {t.i: t for t in repair(sentence)}
        if changes:
            tokens = tuple(changes.get(t.i, t) for t in sentence.tokens)
            sentence = replace(sentence, tokens=tokens) if _is_tree(tokens) else sentence
    return sentence


def _is_tree(tokens: tuple[Token, ...]) -> bool:
    """Whether every word still reaches the root: repairs that would tie words into a ring are left undone. Linear."""
    reached: set[int] = set()
    for token in tokens:
        path: set[int] = set()
        at = token
        while at.i not in reached and at.head != at.i:
            if at.i in path:
                return False
            path.add(at.i)
            at = tokens[at.head]
        reached |= path | {at.i}
    return True


def _gapped_subjects(sentence: Sentence) -> Iterator[Token]:
    """ "Six were killed and over 50 wounded": the number right before a participle without auxiliary is its subject."""
    for verb in sentence.tokens:
        if verb.tag != "VBN" or verb.base_rel != "conj" or verb.i == 0 or sentence.dependents(verb, "nsubj", "aux"):
            continue
        before = sentence.tokens[verb.i - 1]
        if before.head != verb.i and before.head == verb.head and numbers().is_number(before.lower):
            yield replace(before, head=verb.i, rel="nsubj:pass")


def _lone_subjects(sentence: Sentence) -> Iterator[Token]:
    """ "A series of raids killed 20, the minister said": of two subjects before a verb, the first is that of the clause between."""
    for verb in sentence.tokens:
        subjects = [t for t in sentence.dependents(verb, "nsubj") if t.i < verb.i]
        if len(subjects) < 2:
            continue
        between = [t for t in sentence.dependents(verb, "ccomp") if subjects[0].i < t.i < subjects[-1].i]
        clause = next((t for t in between if not sentence.dependents(t, "nsubj")), None)
        if clause is not None:
            yield replace(subjects[0], head=clause.i, rel="nsubj:pass" if clause.has("Voice=Pass") else "nsubj")


def _second_subjects(sentence: Sentence) -> Iterator[Token]:
    """ "Footage showed two men firing": with a subject before the verb, a noun after it is no second subject but its object."""
    for verb in sentence.tokens:
        subjects = sentence.dependents(verb, "nsubj")
        if verb.pos != "VERB" or len(subjects) != 2 or not subjects[0].i < verb.i < subjects[1].i or sentence.dependents(verb, "obj"):
            continue
        clause = next((t for t in sentence.dependents(verb, "ccomp") if t.i > subjects[1].i and not sentence.dependents(t, "nsubj")), None)
        yield replace(subjects[1], head=clause.i) if clause is not None else replace(subjects[1], rel="obj")


def _over_semicolons(sentence: Sentence) -> Iterator[Token]:
    """ "…, workers said; in another attack …": what a verb of saying reports does not begin after a semicolon."""
    for token in sentence.tokens:
        verb = sentence.head(token)
        if token.base_rel == "ccomp" and token.i > verb.i and verb.pos == "VERB":
            first = min(t.i for t in sentence.subtree(token))
            if any(t.text == ";" for t in sentence.tokens[verb.i + 1 : max(first + 1, verb.i + 2)]):
                above = sentence.head(verb) if verb.base_rel == "parataxis" else verb
                yield replace(token, head=above.i, rel="parataxis")


def _finite_conjuncts(sentence: Sentence) -> Iterator[Token]:
    """ "urged them to surrender and blamed …": a finite verb is joined to a finite verb, not to an infinitive."""
    for token in sentence.tokens:
        joined = sentence.head(token)
        if token.base_rel != "conj" or token.tag not in _FINITE or joined.tag not in _NOT_FINITE or joined.pos != "VERB":
            continue
        if _disagree(token, sentence, joined):
            matrix = next((t for t in sentence.ancestors(joined) if t.tag == token.tag and t.i < token.i), None)
            if matrix is not None:
                yield replace(token, head=matrix.i)
            continue
        if _has_finite_auxiliary(sentence, joined) or any(t.base_rel in {"nsubj", "aux"} for t in sentence.dependents(token)):
            continue
        finite = next((t for t in sentence.ancestors(joined) if t.tag in _FINITE or _has_finite_auxiliary(sentence, t)), None)
        if finite is not None and finite.i < token.i:
            yield replace(token, head=finite.i)


def _plans_of(sentence: Sentence) -> Iterator[Token]:
    """ "a decision by the army to withdraw": the infinitive belongs to the decision, not to the army."""
    for token in sentence.tokens:
        owner = sentence.head(token)
        noun = sentence.head(owner)
        if token.rel != "acl" or token.tag != "VB" or owner.base_rel != "nmod" or not telling().of(noun.lemma, "complement"):
            continue
        if noun.pos == "NOUN" and any(t.lower in {"by", "of", "from"} for t in sentence.dependents(owner, "case")):
            yield replace(token, head=noun.i)


def _disagree(token: Token, sentence: Sentence, joined: Token) -> bool:
    """ "says its soldiers are fighting and denies …": a verb in the singular has no plural subject."""
    numbers = {t.tag for t in sentence.dependents(joined, "aux", "aux:pass", "cop")}
    return token.tag == "VBZ" and "VBP" in numbers and not any(t.base_rel == "nsubj" for t in sentence.dependents(token))


def _has_finite_auxiliary(sentence: Sentence, verb: Token) -> bool:
    return any(t.tag in _FINITE or t.tag == "MD" for t in sentence.dependents(verb, "aux", "aux:pass", "cop"))


_REPAIRS = (
    tags.headline_subjects, tags.speakers, tags.speakers_after, tags.seen_where, tags.participles, _gapped_subjects, _lone_subjects,
    _second_subjects, tags.joined_reports, tags.joined_speech, _over_semicolons, _finite_conjuncts, _plans_of,
)  # fmt: skip
"""In this order: who speaks first, since what is said hangs on it."""
