"""Triggers: the words that name an event, with the sense that their company gives them.

Each word has rules in the ontology, tried in order; a rule holds where its conditions on object, subject, modifiers
and company do. A rule without a type says "this use is no event" and ends the search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from khabar.extract import clauses
from khabar.extract.draft import Draft
from khabar.extract.phrases import Phrases
from khabar.knowledge.ontology import Conditions, TriggerRule, ontology
from khabar.knowledge.ontology.gate import load_forms
from khabar.records import Token

REACH = 7
"""How many words a multiword trigger may spread over ("set dozens of houses on fire"); tuned on the training reports."""


_LINKING = frozenset({"of", "on", "in", "for", "by", "from", "to", "at", "with", "against", "under"})


def find(phrases: Phrases) -> list[Draft]:
    """The triggers of a sentence, each word used once, longer expressions before shorter ones."""
    sentence = phrases.sentence
    taken: set[int] = set()
    found: list[Draft] = []
    candidates = sorted(_candidates(phrases), key=lambda c: (-len(c[1]), c[1][0].i))
    for rules, words in candidates:
        if any(t.i in taken for t in words):
            continue
        head = clauses.head_among(words)
        rule = next((r for r in rules if _holds(r, head, words, phrases)), None)
        if rule is None or _named(head, phrases):
            continue
        taken.update(t.i for t in words)
        if rule.type is not None:
            found.append(Draft(sentence, phrases, rule, head, words, rule.type, type_because=f"ontology.{rule.id}"))
    found.sort(key=lambda d: d.head.i)
    return _without_modifiers(found)


def _named(head: Token, phrases: Phrases) -> bool:
    """Whether a noun is only part of somebody's name ("Resistance" in "National Resistance Front")."""
    mention = phrases.mention(head)
    return mention is not None and head.pos == "PROPN" and mention.kind in {"ORG", "GROUP", "PERSON", "NORP"}


def _candidates(phrases: Phrases) -> Iterator[tuple[list[TriggerRule], tuple[Token, ...]]]:
    """For each word, and each wording that starts with it: the rules to try, in their order, and the words it takes."""
    for token in phrases.sentence.tokens:
        wordings: dict[tuple[bool, tuple[str, ...]], list[TriggerRule]] = {}
        for rule in ontology().by_word.get(_lemma(token), ()):
            wordings.setdefault((rule.pos == "noun", rule.words), []).append(rule)
        for (nominal, words), rules in wordings.items():
            matched = (token,) if len(words) == 1 else _rest(words, token, phrases, nominal)
            if matched is None:
                continue
            fitting = [r for r in rules if _fits(r, token) or (len(words) > 1 and _fits(r, clauses.head_among(matched)))]
            if fitting:
                yield fitting, matched


def _lemma(token: Token) -> str:
    """The lemma by which rules are kept; of a form that the newsreader took for a base ("overran"), its base."""
    lemma = token.lemma.lower()
    return lemma if lemma in ontology().by_word else _bases().get(token.lower, lemma)


@cache
def _bases() -> Mapping[str, str]:
    return {form: base for base, forms in load_forms().items() for form in forms}


def _fits(rule: TriggerRule, token: Token) -> bool:
    if rule.pos == "verb":
        return clauses.is_verbal(token)
    if rule.pos == "noun":
        if token.tag in {"VBZ", "VBP"} and all(
            r.pos == "noun" for r in ontology().by_word.get(token.lemma.lower(), ()) if len(r.words) == 1
        ):
            return True  # no verb to us ("airstrikes"): the newsreader erred
        if token.pos == "ADJ":
            return token.base_rel in {"nsubj", "obj", "obl", "nmod"}
        return (token.pos in {"NOUN", "PROPN"} and token.tag not in {"VBD", "VBZ", "VBP"}) or (token.tag == "NN" and token.pos != "VERB")
    return token.pos in {"ADJ", "ADV"} or token.tag in {"JJ", "VBN"}


def _rest(words: tuple[str, ...], first: Token, phrases: Phrases, nominal: bool) -> tuple[Token, ...] | None:
    tokens = phrases.sentence.tokens
    matched = [first]
    for word in words[1:]:
        nearby = tokens[matched[-1].i + 1 : min(len(tokens), first.i + 1 + REACH)]
        following = next((t for t in nearby if word in (t.lemma.lower(), t.lower)), None)
        if (
            following is None
            or not _joined(first, following, phrases, nominal, not _LINKING.isdisjoint(words))
            or _of_its_own(following, words, phrases, nominal)
        ):
            return None
        matched.append(following)
    return tuple(matched)


def _of_its_own(token: Token, words: tuple[str, ...], phrases: Phrases, nominal: bool) -> bool:
    """Whether a word is no part of a wording but a verb beside it: "plans to attack" is no "plan attack", nor "took it and turned" a
    turn taken, nor "peace, according to" an accord."""
    if nominal and token.tag in {"VBG", "VBD", "VBN"} and token.lower not in words:
        return True
    if "to" not in words and token.tag == "VB" and any(t.lower == "to" for t in phrases.sentence.dependents(token, "mark")):
        return True
    return "and" not in words and token.base_rel == "conj" and clauses.is_verbal(token)


def _joined(first: Token, other: Token, phrases: Phrases, nominal: bool, linked: bool) -> bool:
    """Whether two words of a multiword belong together: neighbours, or one not far below the other; of a verb's wording also two
    words below the same one."""
    if other.i == first.i + 1:
        return True
    sentence = phrases.sentence
    compound = nominal and not linked  # "fighting force", but not "fighting between forces"
    for start, goal in ((first, other),) if compound else ((other, first), (first, other)):
        token = start
        for _ in range(_steps(start)):
            token = sentence.head(token)
            if token.i == goal.i:
                return True
    return not nominal and sentence.head(first).i == sentence.head(other).i and first.head != first.i


def _steps(token: Token) -> int:
    """How far below its verb a word may hang: a particle stands right below it, a preposition below a phrase of the verb."""
    if token.pos not in {"ADP", "ADV"}:
        return 3
    return 2 if token.base_rel in {"case", "mark", "fixed"} else 1


def _holds(rule: TriggerRule, head: Token, words: tuple[Token, ...], phrases: Phrases) -> bool:
    wide = rule.type is None
    asked = _answers(rule.when, head, words, phrases, wide)
    return all(asked) and not any(_answers(rule.unless, head, words, phrases, wide))


def _answers(conditions: Conditions, head: Token, words: tuple[Token, ...], phrases: Phrases, wide: bool) -> Iterator[bool]:
    """For each condition that is set: whether any of its values holds; "near" is the sentence where `wide`, else the clause."""
    sentence = phrases.sentence
    inside = {t.i for t in words}
    if conditions.form:
        yield bool(_forms(head, phrases) & conditions.form)
    if conditions.with_:
        company = clauses.clause_tokens(sentence, head)
        yield any(t.lemma.lower() in conditions.with_ or t.lower in conditions.with_ for t in company)
    if conditions.near:
        beside = phrases.bearers if wide else phrases.bearers_in(clauses.clause_tokens(sentence, head))
        yield any(i not in inside for wanted in conditions.near for i in beside.get(wanted, ()))
    if conditions.modifier:
        modifiers = sentence.dependents(head, "amod", "compound", "advmod", "nmod:poss", "nmod:desc", "nummod")
        yield any(_is_a(t, conditions.modifier, phrases) for t in modifiers)
    if conditions.prep:
        told = [oblique for word in (*words, *_carrier(head, phrases)) for oblique in clauses.obliques(sentence, word)]
        yield any(p == wanted and _is_a(t, (value,), phrases) for p, t in told for wanted, value in conditions.prep)
    if conditions.object:
        yield _filled(conditions.object, [t for t in _objects(head, phrases) if t.i not in inside], phrases)
    if conditions.subject:
        found = clauses.agent(sentence, head)
        yield _filled(conditions.subject, [found.token] if found else [], phrases)


def _carrier(head: Token, phrases: Phrases) -> tuple[Token, ...]:
    """The light verb that carries a nominal trigger, whose phrases are as good as the noun's own ("launch an attack against rebels")."""
    verb = phrases.sentence.head(head)
    carries = head.base_rel in {"obj", "nsubj"} and clauses.is_verbal(verb) and verb.lemma.lower() in ontology().light
    return (verb,) if carries else ()


def _objects(head: Token, phrases: Phrases) -> list[Token]:
    """What a trigger is about: the patients of a verb, the noun that an adjective stands before."""
    if head.base_rel == "amod" and not clauses.is_verbal(head):
        return [phrases.sentence.head(head)]
    return [a.token for a in clauses.patients(phrases.sentence, head)]


def _filled(wanted: Iterable[str], heads: list[Token], phrases: Phrases) -> bool:
    if not heads:
        return "none" in wanted
    return any(_is_a(m, wanted, phrases) for h in heads for m in clauses.members(phrases.sentence, h))


def _is_a(token: Token, wanted: Iterable[str], phrases: Phrases) -> bool:
    return not phrases.answers(token).isdisjoint(wanted)


def _forms(head: Token, phrases: Phrases) -> frozenset[str]:
    """What a verb is by form, a noun by number; a participle before its noun ("the ruined city") is also attributive."""
    form = "gerund" if head.tag == "VBG" else "passive" if clauses.is_passive(phrases.sentence, head) else "active"
    found = {form, "plural" if head.tag in {"NNS", "NNPS"} else "singular"}
    if head.tag == "VBN" and head.base_rel in {"acl", "amod"}:
        found.add("participle")
    if head.tag in {"VBN", "VBG", "JJ"} and head.base_rel == "amod" and head.i < head.head:
        found.add("attributive")
    if head.base_rel != "nsubj" and not phrases.sentence.dependents(head, "det", "amod", "compound", "nmod", "nummod", "acl"):
        found.add("bare")
    return frozenset(found)


def _without_modifiers(found: list[Draft]) -> list[Draft]:
    """Drop a noun that only modifies another trigger ("bomb" in "bomb attack"): together they name one event."""
    heads = {d.head.i: d for d in found}
    kept = []
    for draft in found:
        above = heads.get(draft.head.head) if draft.head.head != draft.head.i else None
        if above is not None and draft.head.base_rel in {"compound", "amod"} and draft.rule.pos != "verb":
            above.words = tuple(sorted({*above.words, *draft.words}, key=lambda t: t.i))
            if above.type in GENERIC and draft.type not in GENERIC | _PEACE:
                above.type, above.type_because = draft.type, draft.type_because
            continue
        kept.append(draft)
    return kept


GENERIC = frozenset({"attack", "battle", "casualties"})
"""Types that a modifier of another type makes more specific ("mortar attack")."""

_PEACE = frozenset({"agree", "negotiate"})
"""Types that make no kind of violence of the noun that they stand before: "ceasefire violations"."""
