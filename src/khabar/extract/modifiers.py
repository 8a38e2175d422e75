"""Repairs of trees around what describes a noun: participles, gerunds, possessors, titles, compounds, and adjectives that complete a
verb. Each is a rule of English grammar and touches heads and relations only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from khabar.extract import clauses
from khabar.extract.phrases import is_time
from khabar.knowledge.numbers import numbers
from khabar.knowledge.ontology import reporting
from khabar.knowledge.wordlists import word_list
from khabar.records import Sentence, Token

FINITE = frozenset({"VBD", "VBZ", "VBP"})


def found_so(sentence: Sentence) -> Iterator[Token]:
    """ "found the mayor and two others guilty": an adjective behind what is found is what it is found to be."""
    for token in sentence.tokens:
        noun = sentence.head(token)
        if token.tag != "JJ" or token.base_rel not in {"amod", "conj"} or noun.i > token.i or sentence.dependents(token, "cc"):
            continue
        while noun.base_rel == "conj":
            noun = sentence.head(noun)
        verb = sentence.head(noun)
        if noun.base_rel == "obj" and noun.i > verb.i and verb.lemma.lower() in word_list("finds somebody so"):
            yield replace(token, head=verb.i, rel="xcomp")


def reported_so(sentence: Sentence) -> Iterator[Token]:
    """ "has reported two soldiers and two civilians hurt": what is reported was done to both."""
    for token in sentence.tokens:
        verb = sentence.head(token)
        if token.tag != "VBN" or token.base_rel != "conj" or verb.lemma.lower() not in reporting().verbs or token.i < verb.i:
            continue
        second = next(iter(sentence.dependents(token, "nsubj")), None)
        and_ = next((t for t in sentence.dependents(token, "cc") if second is not None and t.i < second.i), None)
        first = next(iter(sentence.dependents(verb, "obj")), None)
        if second is None or and_ is None or first is None or sentence.dependents(token, "aux") or first.i != and_.i - 1:
            continue
        yield replace(token, head=first.i, rel="acl")
        yield replace(second, head=first.i, rel="conj")
        yield replace(and_, head=second.i)


def accused_of(sentence: Sentence) -> Iterator[Token]:
    """ "accuses soldiers and mercenaries of killing": of what they are accused belongs to the verb, and so to all of them."""
    for token in sentence.tokens:
        noun = sentence.head(token)
        if (
            token.rel != "acl"
            or token.tag != "VBG"
            or not any(t.lower in {"of", "for"} for t in sentence.dependents(token, "mark", "case"))
        ):
            continue
        while noun.base_rel == "conj":
            noun = sentence.head(noun)
        verb = sentence.head(noun)
        if noun.base_rel == "obj" and verb.lemma.lower() in word_list("accuses somebody"):
            yield replace(token, head=verb.i, rel="advcl")


def participles_beside(sentence: Sentence) -> Iterator[Token]:
    """ "launched an assault, with clashes reported along the front": a participle right behind a noun belongs to that noun, where the
    parser tied it to one before it, across it."""
    for token in sentence.tokens[1:]:
        before = sentence.tokens[token.i - 1]
        if token.rel != "acl" or token.tag != "VBN" or before.pos not in {"NOUN", "PROPN"} or before.base_rel in {"compound", "flat"}:
            continue
        if before.head < token.head < before.i:
            yield replace(token, head=before.i)


def absolutes(sentence: Sentence) -> Iterator[Token]:
    """ "…, with clashes reported along the front": what is done is done to the noun behind "with"."""
    for token in sentence.tokens[1:]:
        before = sentence.tokens[token.i - 1]
        if token.rel != "advcl" or token.tag != "VBN" or before.head != token.head or before.pos not in {"NOUN", "PROPN"}:
            continue
        with_ = any(t.lower == "with" for t in sentence.dependents(before, "case"))
        if with_ and not any(t.base_rel in {"nsubj", "mark", "aux"} for t in sentence.dependents(token)):
            yield replace(token, head=before.i, rel="acl")


def participles_apart(sentence: Sentence) -> Iterator[Token]:
    """ "The Front, made up of militia, said …": of a participle between commas the noun before it is no subject, where the verb behind
    has none."""
    for verb in sentence.tokens:
        if verb.tag not in FINITE or sentence.dependents(verb, "nsubj", "csubj"):
            continue
        for part in sentence.dependents(verb, "advcl"):
            subject = next(iter(sentence.dependents(part, "nsubj")), None)
            apart = part.tag in {"VBN", "VBG", "VBD"} and part.i < verb.i and not sentence.dependents(part, "aux", "mark")
            if apart and subject is not None and subject.i < part.i and sentence.tokens[part.i - 1].text == ",":
                yield replace(subject, head=verb.i, rel="nsubj")
                yield replace(part, head=subject.i, rel="acl", tag="VBG" if part.tag == "VBG" else "VBN")


def agents(sentence: Sentence) -> Iterator[Token]:
    """ "puts at 36,000 the number of people displaced in June by attacks": what stands behind "by" did what the participle before it
    says, and not the verb, which has its subject and its object."""
    for token in sentence.tokens:
        verb = sentence.head(token)
        if token.base_rel != "obl" or token.pos not in {"NOUN", "PROPN"} or not clauses.is_verbal(verb):
            continue
        if not any(t.lower == "by" for t in sentence.dependents(token, "case")) or len(sentence.dependents(verb, "nsubj", "obj")) < 2:
            continue
        if is_time(token) or numbers().is_number(token.lower) or sentence.dependents(verb, "nsubj:pass"):
            continue
        undergone = [
            t for t in sentence.tokens[verb.i + 1 : token.i] if t.tag == "VBN" and t.rel == "acl" and verb in sentence.ancestors(t)
        ]
        if undergone and not sentence.dependents(undergone[-1], "obl:agent"):
            yield replace(token, head=undergone[-1].i, rel="obl:agent")


def gerunds_before(sentence: Sentence) -> Iterator[Token]:
    """ "progress in clearing areas": a gerund that describes a noun stands behind it; before it, it does something to it."""
    for token in sentence.tokens[2:]:
        noun = sentence.head(token)
        opens = next((t for t in sentence.dependents(token, "mark", "case") if t.i == token.i - 1), None)
        if token.rel != "acl" or token.tag != "VBG" or noun.i < token.i or opens is None or noun.head == noun.i:
            continue
        before = sentence.tokens[opens.i - 1]
        yield replace(noun, head=token.i, rel="obj")
        if before.pos in {"NOUN", "PROPN"}:
            yield replace(token, head=before.i)
        else:
            yield replace(token, head=noun.head, rel="advcl")


def gerunds_after(sentence: Sentence) -> Iterator[Token]:
    """ "Families escaping clashes have crossed the border": a gerund behind a noun is no adjective, and what follows it is its object."""
    for token in sentence.tokens[1:-1]:
        noun, after = sentence.head(token), sentence.tokens[token.i + 1]
        if token.tag != "VBG" or token.rel != "amod" or noun.i != token.i - 1:
            continue
        yield replace(token, rel="acl")
        verb = sentence.head(noun)
        between = (t for t in sentence.dependents(verb, "obj") if token.i < t.i < verb.i)
        taken = next(between, None)
        if taken is not None and min(t.i for t in sentence.subtree(taken)) == after.i:
            yield replace(taken, head=token.i)


def by_hyphens(sentence: Sentence) -> Iterator[Token]:
    """ "two militia-held buildings": what a hyphen ties to a participle belongs to it, and not to the noun behind."""
    for participle in sentence.tokens[2:]:
        hyphen, word = sentence.tokens[participle.i - 1], sentence.tokens[participle.i - 2]
        if participle.tag != "VBN" or participle.base_rel != "amod" or hyphen.text != "-" or word.head != participle.head:
            continue
        if word.base_rel == "compound" and word.span.end == hyphen.span.start and hyphen.span.end == participle.span.start:
            yield replace(word, head=participle.i, rel="obl:unmarked")


def possessors(sentence: Sentence) -> Iterator[Token]:
    """ "The army's promised reinforcements never arrived": what has an "'s" is no subject; the participle behind it describes."""
    for owner in sentence.tokens[:-3]:
        verb, noun = sentence.tokens[owner.i + 2], sentence.tokens[owner.i + 3]
        owns = any(t.tag == "POS" and t.i == owner.i + 1 for t in sentence.dependents(owner, "case"))
        if not owns or owner.head != verb.i or noun.head != verb.i or verb.tag not in {"VBN", "VBD"} or noun.base_rel != "obj":
            continue
        main = next((t for t in sentence.dependents(verb, "ccomp") if t.i > noun.i and not sentence.dependents(t, "nsubj")), None)
        if main is not None:
            yield replace(main, head=main.i if verb.head == verb.i else verb.head, rel=verb.rel)
            yield replace(noun, head=main.i, rel="nsubj")
            yield replace(owner, head=noun.i, rel="nmod:poss")
            yield replace(verb, head=noun.i, rel="amod", tag="VBN")


def deeds_before_and(sentence: Sentence) -> Iterator[Token]:
    """ "Shelling and air strikes": a noun of doing before "and" stands for itself where what follows has a description of its own."""
    for token in sentence.tokens[:-3]:
        last = sentence.head(token)
        and_, beside = sentence.tokens[token.i + 1], sentence.tokens[token.i + 2]
        if token.base_rel != "compound" or token.tag != "NN" or not token.lower.endswith("ing") or and_.lower != "and":
            continue
        if beside.base_rel == "compound" and beside.head == last.i and beside.i + 1 == last.i and and_.head in {beside.i, last.i}:
            yield replace(token, head=last.head if last.head != last.i else token.i, rel=last.rel)
            yield replace(last, head=token.i, rel="conj")
            yield replace(and_, head=last.i)


def adverbs_before_cases(sentence: Sentence) -> Iterator[Token]:
    """ "killed, allegedly by a soldier": an adverb before a preposition is no part of the name behind it."""
    for token in sentence.tokens[:-1]:
        noun, after = sentence.head(token), sentence.tokens[token.i + 1]
        if token.base_rel == "advmod" and token.lower.endswith("ly") and after.base_rel == "case" and after.head == noun.i > token.i:
            yield replace(token, head=noun.head if noun.head != noun.i else noun.i)


def cases_of_titles(sentence: Sentence) -> Iterator[Token]:
    """ "according to spokesman Hassan Ghani": the preposition belongs to whom the title belongs to."""
    for token in sentence.tokens:
        title = sentence.head(token)
        if token.base_rel == "case" and title.rel == "nmod:desc" and title.head > title.i:
            yield replace(token, head=title.head)
