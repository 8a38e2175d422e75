"""Small repairs of trees before they are read: attachments that English grammar rules out, whatever the parser preferred.

Each repair is a rule of grammar and not of a word, and touches heads and relations only; the text and its spans stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from khabar.extract import clauses, modifiers, tags
from khabar.extract.modifiers import FINITE
from khabar.knowledge.numbers import numbers
from khabar.knowledge.ontology import ontology, reporting, telling
from khabar.knowledge.wordlists import word_list
from khabar.records import Sentence, Token

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


def _reduced_passives(sentence: Sentence) -> Iterator[Token]:
    """ "The man said to have killed the guard was freed": nobody says "to have", so the verb is a participle beside its subject, and the
    finite verb behind it, if there is one, is the clause's own."""
    for verb in sentence.tokens[:-2]:
        after = sentence.tokens[verb.i + 1]
        if verb.tag not in {"VBD", "VBN"} or after.tag != "TO" or verb.lemma.lower() not in word_list("said to have"):
            continue
        below = sentence.dependents(verb)
        deed = next((t for t in below if t.base_rel == "xcomp" and after.head == t.i), None)
        subject = next((t for t in below if t.rel == "nsubj" and t.i < verb.i), None)
        if deed is None or subject is None or any(t.base_rel == "aux" for t in below):
            continue
        main = next((t for t in below if t.base_rel in {"ccomp", "xcomp"} and t.i > deed.i and _is_finite(sentence, t)), None)
        if main is None:
            yield replace(verb, tag="VBN")
            yield replace(subject, rel="nsubj:pass")
            continue
        passive = any(t.rel == "aux:pass" for t in sentence.dependents(main))
        yield replace(main, head=main.i if verb.head == verb.i else verb.head, rel=verb.rel)
        yield replace(verb, tag="VBN", head=subject.i, rel="acl")
        yield replace(subject, head=main.i, rel="nsubj:pass" if passive else "nsubj")
        yield from (replace(t, head=deed.i, rel="obj") for t in sentence.dependents(main, "nsubj") if deed.i < t.i < main.i)


def _is_finite(sentence: Sentence, verb: Token) -> bool:
    return verb.tag in FINITE or _has_finite_auxiliary(sentence, verb)


def _gapped_subjects(sentence: Sentence) -> Iterator[Token]:
    """ "Six were killed and over 50 wounded": the number right before a participle without auxiliary is its subject."""
    for verb in sentence.tokens:
        if verb.tag != "VBN" or verb.base_rel != "conj" or verb.i == 0 or sentence.dependents(verb, "nsubj", "aux"):
            continue
        before, joined = sentence.tokens[verb.i - 1], sentence.head(verb)
        if joined.base_rel == "conj" and joined.pos == "NOUN" and clauses.is_verbal(sentence.head(joined)):
            yield replace(joined, head=verb.i, rel="nsubj:pass")  # "two were killed, and six soldiers wounded"
            yield replace(verb, head=joined.head)
        elif before.head != verb.i and before.head == verb.head and numbers().is_number(before.lower):
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
        elif not between and sentence.dependents(subjects[0], "cop"):  # "It was soldiers who burned the mill, the mayor said"
            yield replace(subjects[0], rel="ccomp")


def _fronted_subjects(sentence: Sentence) -> Iterator[Token]:
    """ "The diocese confirms it": of two objects of a finite verb without subject, the one before it is its subject."""
    for verb in sentence.tokens:
        if verb.tag not in FINITE or verb.pos != "VERB" or sentence.dependents(verb, "nsubj", "csubj", "expl"):
            continue
        objects = sentence.dependents(verb, "obj")
        if len(objects) > 1 and objects[0].i < verb.i < objects[1].i and objects[0].tag not in {"WDT", "WP"}:
            yield replace(objects[0], rel="nsubj")


def _tags_inside(sentence: Sentence) -> Iterator[Token]:
    """ "Men under him, the indictment goes on, dragged people out": of two subjects before a tag between commas, the first is that of the
    verb behind, which the tag does not govern."""
    for verb in sentence.tokens[:-1]:
        subjects = [t for t in sentence.dependents(verb, "nsubj") if t.i < verb.i]
        if len(subjects) != 2 or (sentence.tokens[subjects[1].i - 1].text != "," and not sentence.dependents(subjects[1], "det")):
            continue
        main = next(
            (t for t in sentence.dependents(verb, "conj", "ccomp", "parataxis") if t.i > verb.i and t.tag in {"VBD", "VBZ", "VBP", "VBN"}),
            None,
        )
        if main is None or sentence.dependents(main, "nsubj", "cc") or not any(t.text == "," for t in sentence.tokens[verb.i : main.i]):
            continue
        yield replace(main, head=main.i if verb.head == verb.i else verb.head, rel=verb.rel)
        yield replace(verb, head=main.i, rel="parataxis")
        yield replace(subjects[0], head=main.i, rel="nsubj:pass" if main.has("Voice=Pass") else "nsubj")


def _reported_relatives(sentence: Sentence) -> Iterator[Token]:
    """ "the group which Tehran says is paid by Israel": of two relative clauses in a row the first says the second."""
    for verb in sentence.tokens[1:-1]:
        who = sentence.tokens[verb.i - 1]
        told = sentence.head(who)
        if verb.base_rel != "acl" or verb.tag not in FINITE or sentence.dependents(verb, "nsubj", "obj"):
            continue
        beside = told.head == verb.head or (told.head == verb.i and told.base_rel == "ccomp")
        if who.rel in {"nsubj", "nsubj:pass"} and told.i > verb.i and beside and verb.lemma.lower() in reporting().verbs:
            yield replace(who, head=verb.i, rel="nsubj")
            yield replace(told, head=verb.i, rel="ccomp")


def _how_clauses(sentence: Sentence) -> Iterator[Token]:
    """ "recalled in the corridor how he was let go": "how" opens the clause behind it, which is what the verb before tells."""
    for how in sentence.tokens[1:-1]:
        verb = sentence.head(how)
        if how.lower != "how" or how.base_rel != "advmod" or not clauses.is_verbal(verb):
            continue
        above = sentence.head(sentence.head(verb))
        if verb.i > how.i and verb.base_rel == "acl" and above.lemma.lower() in reporting().verbs and above.i < verb.head < how.i:
            yield replace(verb, head=above.i, rel="ccomp")
        if verb.i > how.i:
            continue
        clause = next(
            (t for t in sentence.tokens[how.i + 1 :] if t.base_rel in {"acl", "advcl", "ccomp"} and verb.i <= t.head < how.i), None
        )
        if clause is not None and sentence.dependents(clause, "nsubj"):
            yield replace(how, head=clause.i)
            yield replace(clause, head=verb.i, rel="ccomp")


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
        if token.base_rel != "conj" or token.tag not in FINITE or joined.tag not in _NOT_FINITE or joined.pos != "VERB":
            continue
        if _disagree(token, sentence, joined):
            matrix = next((t for t in sentence.ancestors(joined) if t.tag == token.tag and t.i < token.i), None)
            if matrix is not None:
                yield replace(token, head=matrix.i)
            continue
        if _has_finite_auxiliary(sentence, joined) or any(t.base_rel in {"nsubj", "aux"} for t in sentence.dependents(token)):
            continue
        finite = next((t for t in sentence.ancestors(joined) if t.tag in FINITE or _has_finite_auxiliary(sentence, t)), None)
        if finite is not None and finite.i < token.i:
            yield replace(token, head=finite.i)


def _active_verbs(sentence: Sentence) -> Iterator[Token]:
    """ "An attack killed and injured residents": a verb with an object and without auxiliary undergoes nothing."""
    for verb in sentence.tokens:
        subject = next(iter(sentence.dependents(verb, "nsubj:pass")), None)
        if subject is None or subject.i > verb.i or verb.tag not in {"VBD", "VBN"} or sentence.dependents(verb, "aux"):
            continue
        if any(t.base_rel == "obj" and t.i > verb.i for t in sentence.dependents(verb)):
            yield replace(verb, tag="VBD")
            yield replace(subject, rel="nsubj")


def _to_claims(sentence: Sentence) -> Iterator[Token]:
    """ "no substance to claims that …": what ends in "s" after "to" is no infinitive but a noun."""
    for token in sentence.tokens[1:]:
        to = sentence.tokens[token.i - 1]
        if token.pos != "VERB" or not token.lower.endswith("s") or not (token.tag in {"VBZ", "NNS"} or token.lemma.lower() != token.lower):
            continue
        if to.lower == "to" and to.head == token.i and token.base_rel in {"acl", "advcl", "xcomp"}:
            above = sentence.head(token)
            yield replace(token, pos="NOUN", tag="NNS", rel="nmod" if above.pos in {"NOUN", "PROPN"} else "obl")
            yield replace(to, rel="case", tag="IN", pos="ADP")
            yield from (replace(t, rel="acl") for t in sentence.dependents(token, "ccomp"))


def _counted_dead(sentence: Sentence) -> Iterator[Token]:
    """ "spoke of at least five dead": the number counts the dead right behind it."""
    for number in sentence.tokens[:-1]:
        dead = sentence.tokens[number.i + 1]
        counted = number.pos == "NUM" and number.head == dead.head != dead.i
        if counted and {number.base_rel, dead.base_rel} <= {"obl", "obj", "nmod"} and dead.lower in word_list("the dead"):
            yield replace(number, head=dead.i, rel="nummod")
            yield from (replace(t, head=dead.i) for t in sentence.dependents(number, "case") if t.i < number.i)


def _after_the_tag(sentence: Sentence) -> Iterator[Token]:
    """ "Two boats sank, the navy said, while troops closed in": what follows the tag is the report's own."""
    tagging = -1  # the last tag so far
    for token in sentence.tokens:
        if _is_tag(sentence, token):
            tagging = token.i
        if token.base_rel != "advcl" or not token.head < tagging < token.i or not clauses.is_verbal(token):
            continue
        marks = (t for t in sentence.dependents(token, "mark") if t.i > tagging and sentence.tokens[t.i - 1].text == ",")
        if any(t.lower in {"as", "while"} for t in marks):
            yield replace(token, head=tagging)


def _is_tag(sentence: Sentence, verb: Token) -> bool:
    """ "…, the navy said": a verb behind its speaker, who stands behind what is said."""
    speaker = next(iter(sentence.dependents(verb, "nsubj")), None)
    said = [sentence.head(verb)] if verb.base_rel == "parataxis" else sentence.dependents(verb, "ccomp")[:1]
    return speaker is not None and any(t.i < speaker.i < verb.i for t in said)


def _laid_down(sentence: Sentence) -> Iterator[Token]:
    """ "rebels who lay down their arms": what has an object is laid, and does not lie."""
    for verb in sentence.tokens:
        if verb.lower == "lay" and verb.lemma == "lie" and sentence.dependents(verb, "obj"):
            yield replace(verb, lemma="lay", tag="VBP")


def _speakers_in_a_row(sentence: Sentence) -> Iterator[Token]:
    """ "Soldiers shot at the crowd, witnesses and a doctor said": of two subjects joined by "and" the first comes first."""
    for second in sentence.tokens:
        verb = sentence.head(second)
        and_ = next((t for t in sentence.dependents(second, "cc") if t.i < second.i), None)
        if second.rel != "nsubj" or and_ is None or and_.i < 2 or verb.i < second.i:
            continue
        first = sentence.tokens[and_.i - 1]
        if first.base_rel == "conj" and first.pos in {"NOUN", "PROPN"} and sentence.tokens[first.i - 1].text == ",":
            yield replace(first, head=verb.i, rel="nsubj")
            yield replace(second, head=first.i, rel="conj")


def _far_subjects(sentence: Sentence) -> Iterator[Token]:
    """ "Researchers who met them say guards beat them": of two subjects of a clause, the one before the verb of saying is that verb's."""
    for clause in sentence.tokens:
        verb = sentence.head(clause)
        if clause.base_rel != "ccomp" or verb.i > clause.i or sentence.dependents(verb, "nsubj"):
            continue
        subjects = sentence.dependents(clause, "nsubj")
        if len(subjects) == 2 and subjects[0].i < verb.i < subjects[1].i:
            yield replace(subjects[0], head=verb.i, rel="nsubj")


def _nearest_plans(sentence: Sentence) -> Iterator[Token]:
    """ "the next phase of their operation to isolate the town": the infinitive belongs to the noun of doing right before it."""
    for token in sentence.tokens:
        to = next((t for t in sentence.dependents(token, "mark") if t.lower == "to"), None)
        if token.rel != "acl" or token.tag != "VB" or to is None or to.i == 0:
            continue
        noun = sentence.tokens[to.i - 1]
        chain = noun  # "the start of the next phase of their operation"
        while chain.base_rel == "nmod" and chain.i != token.head:
            chain = sentence.head(chain)
        if noun.i != chain.i == token.head and noun.lemma.lower() in word_list("attempts") | word_list("undertakings"):
            yield replace(token, head=noun.i)


def _controlled(sentence: Sentence) -> Iterator[Token]:
    """ "They pressed the regime to end its attacks": an infinitive right behind whom somebody orders or asks is what is asked."""
    for token in sentence.tokens:
        verb = sentence.head(token)
        to = next((t for t in sentence.dependents(token, "mark") if t.lower == "to"), None)
        if token.base_rel != "advcl" or token.tag != "VB" or to is None or not telling().of(verb.lemma.lower(), "complement"):
            continue
        asked = next((t for t in sentence.dependents(verb, "obj") if verb.i < t.i < to.i), None)
        if asked is not None and max(t.i for t in sentence.subtree(asked)) == to.i - 1 and not sentence.dependents(verb, "xcomp"):
            yield replace(token, rel="xcomp")


def _clauses_of_time(sentence: Sentence) -> Iterator[Token]:
    """ "fought them off the following day before pulling back": a clause with "before" or "after" belongs to a verb, not to a noun."""
    for token in sentence.tokens:
        if token.rel != "acl" or token.tag != "VBG" or not any(t.lower in {"before", "after", "while"} for t in sentence.dependents(token)):
            continue
        verb = next((t for t in sentence.ancestors(token) if t.pos == "VERB" and t.i < token.i), None)
        if verb is not None:
            yield replace(token, head=verb.i, rel="advcl")


def _seen_doing(sentence: Sentence) -> Iterator[Token]:
    """ "were seen training in the footage": what somebody is seen at is done, whether it was taken for a noun or not."""
    for token in sentence.tokens:
        verb = sentence.head(token)
        gerund = token.tag == "NN" and token.lower.endswith("ing") and token.base_rel == "xcomp"
        if gerund and verb.lemma.lower() in {"see", "hear", "film", "show", "catch"} and not sentence.dependents(token, "det", "amod"):
            yield replace(token, tag="VBG", pos="VERB", lemma=_base_of(token.lower.removesuffix("ing")))


def _base_of(stem: str) -> str:
    """The verb that a gerund is of, where the ontology knows it: "beat", "fire", "hit"."""
    spellings = (stem, f"{stem}e", stem[:-1])
    return next((word for word in spellings if any(rule.pos == "verb" for rule in ontology().by_word.get(word, ()))), stem)


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
    return any(t.tag in FINITE or t.tag == "MD" for t in sentence.dependents(verb, "aux", "aux:pass", "cop"))


_REPAIRS = (
    _active_verbs, _to_claims, modifiers.cases_of_titles, modifiers.adverbs_before_cases, _counted_dead, _after_the_tag, _laid_down,
    _speakers_in_a_row, modifiers.found_so, modifiers.reported_so, _far_subjects, tags.verbs_as_nouns, _reduced_passives,
    tags.headline_subjects, tags.speakers, tags.speakers_after, tags.seen_where, tags.participles, _gapped_subjects,
    _fronted_subjects, _tags_inside, _reported_relatives, _how_clauses, _lone_subjects, _second_subjects, tags.joined_reports,
    tags.joined_clauses, tags.joined_speech, modifiers.accused_of, modifiers.possessors,
    modifiers.agents, _controlled, modifiers.gerunds_before, modifiers.gerunds_after, modifiers.by_hyphens, modifiers.deeds_before_and,
    modifiers.participles_apart, modifiers.participles_beside, modifiers.absolutes, _over_semicolons, _finite_conjuncts, _plans_of,
    _nearest_plans, _clauses_of_time, _seen_doing,
)  # fmt: skip
"""In this order: who speaks first, since what is said hangs on it."""
