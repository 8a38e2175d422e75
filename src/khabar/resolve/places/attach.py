"""Which places of a sentence a statement happens at.

Three circles around the trigger: what hangs on the trigger itself or on the verb that governs it; what else stands in its clause;
what stands in the clauses around it. The innermost circle that holds a place decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from khabar.knowledge.gazetteer.typewords import kind_of_word
from khabar.records import PlaceEntry, Sentence, Span, Statement, Token
from khabar.resolve.places.asides import head_of, is_aside, other_time, speaks
from khabar.resolve.places.shape import Shape
from khabar.resolve.places.toponyms import Toponym
from khabar.resolve.places.words import (
    DIRECTED,
    INSIDE,
    INSIDE_STATE,
    LOCATIVE,
    MEETING_TYPES,
    MOVING_TYPES,
    PLACE_TYPES,
    SPEECH_TYPES,
)

_CLAUSES = frozenset({"ccomp", "advcl", "parataxis", "acl", "csubj"})


def attached(
    sentence: Sentence,
    statement: Statement,
    toponyms: Sequence[tuple[int, Toponym]],
    entries: Mapping[int, PlaceEntry],
    capitals: set[int],
    shapes: Mapping[int, Shape],
    people: Sequence[Span],
) -> tuple[tuple[int, ...], str]:
    """Indices of the toponyms of a sentence that say where the statement is, and the rule that found them."""
    trigger = sentence.at(statement.trigger.start)
    if trigger is None:
        return (), ""
    kind = statement.type.value or ""
    governor = _governor(sentence, trigger)
    clause = _clause(sentence, governor)
    if trigger.pos in ("NOUN", "PROPN"):  # "talks that were planned in Oman"
        clause |= {t.i for child in sentence.dependents(trigger, "acl") for t in sentence.subtree(child)}
    near: list[int] = []
    within: list[int] = []
    around: list[int] = []
    inside: list[int] = []
    direct: list[int] = []
    for index, toponym in toponyms:
        if toponym.dateline:
            continue
        head = _leader(sentence, head_of(sentence, toponym), toponyms)
        if head.i == trigger.i and toponym.first <= trigger.i <= toponym.last:
            continue
        if _is_antecedent(sentence, governor, toponym):
            near.append(index)
            continue
        if is_aside(sentence, toponym, head, people):
            continue
        strength = 2 if shapes[index].near else _locative(sentence, head, kind, entries.get(index), index in capitals)
        if strength == 1 and head.base_rel in ("compound", "nmod") and head.head == trigger.i and trigger.pos == "NOUN":
            strength = 2
        if not strength:
            continue
        holder = _holder(sentence, head)
        if entries.get(index) is None and toponym.origin != "pointer" and strength < 2:
            continue
        if head.i in clause:
            (near if holder.i in (trigger.i, governor.i) and strength > 1 else within).append(index)
            if strength > 1 and {c.lower for c in sentence.dependents(head, "case")} & {"in", "at", "inside"}:
                inside.append(index)
                if holder.i == trigger.i:
                    direct.append(index)
        elif (not speaks(sentence, holder) or holder.i == governor.i) and strength > 1 and not other_time(sentence, head, governor):
            around.append(index)
    if kind in SPEECH_TYPES:
        said_at = (near or inside) if kind in MEETING_TYPES else direct
        return tuple(said_at), "places.clause" if said_at else ""
    if near:
        return tuple(near), "places.clause"
    if within:
        return tuple(within), "places.clause"
    return tuple(around), "places.sentence"


def _is_antecedent(sentence: Sentence, governor: Token, toponym: Toponym) -> bool:
    """Whether the clause is said of the place: "Kirkuk, a city that they abandoned"."""
    if governor.base_rel != "acl":
        return False
    noun = sentence.head(governor)
    while noun.base_rel == "appos" and noun.head != noun.i:
        noun = sentence.head(noun)
    return toponym.first <= noun.i <= toponym.last


def _leader(sentence: Sentence, head: Token, toponyms: Sequence[tuple[int, Toponym]]) -> Token:
    """The head of the list that a place stands in: "the towns of A, B and C" are all where A is."""
    token = head
    while token.base_rel == "conj" and token.head != token.i:
        token = sentence.head(token)
    if token.i == head.i:
        return head
    first = next((t for _, t in toponyms if t.first <= token.i <= t.last), None)
    return head if first is None else head_of(sentence, first)


def _governor(sentence: Sentence, trigger: Token) -> Token:
    """The verb whose clause the trigger stands in; itself where it is the verb."""
    token = trigger
    while token.pos not in ("VERB", "AUX") and token.head != token.i:
        above = sentence.head(token)
        if token.base_rel in ("conj", "parataxis", "appos") and above.pos in ("VERB", "AUX"):
            return above
        token = above
    return token


def _clause(sentence: Sentence, verb: Token) -> set[int]:
    """Tokens of a verb's clause, other clauses below it left out."""
    found, stack = set[int](), [verb]
    while stack:
        token = stack.pop()
        found.add(token.i)
        for child in sentence.children[token.i]:
            if child.base_rel in _CLAUSES and child.pos in ("VERB", "AUX"):
                continue
            if child.base_rel == "conj" and child.pos == "VERB":
                continue
            stack.append(child)
    return found


def _holder(sentence: Sentence, head: Token) -> Token:
    """What a place phrase hangs on, past other names in its list, its apposition and the words that make it a part."""
    token = head
    while (
        token.base_rel in ("conj", "appos", "flat", "compound") and token.head != token.i and sentence.head(token).pos in ("PROPN", "NOUN")
    ):
        token = sentence.head(token)
    return sentence.head(token)


def _locative(sentence: Sentence, head: Token, kind: str, entry: PlaceEntry | None, capital: bool) -> int:
    """0: not a place of anything here; 1: it may be; 2: it says where."""
    token = head
    while token.head != token.i and _carries(sentence, token):
        token = sentence.head(token)
    case = {c.lower for c in sentence.dependents(token, "case")} | {c.lower for c in sentence.dependents(head, "case")}
    state = (capital or (entry is not None and entry.kind == "country")) and kind_of_word(token.lemma.lower()) is None
    relation = token.base_rel
    if relation in ("obl", "nmod", "advmod", "root", "dep", "orphan") or case:
        if token.lower == "there" or (relation == "advmod" and not case):
            return 2
        if case & (INSIDE_STATE if state and kind not in PLACE_TYPES else INSIDE):
            return 2
        if state and case & DIRECTED and kind in MOVING_TYPES:
            return 2
        if capital and kind in PLACE_TYPES and case & {"against", "to", "towards", "toward"}:
            return 2
        if state:
            return 2 if "of" in case and kind in PLACE_TYPES and entry is not None else int("of" in case and not capital)
        if case & DIRECTED:
            return 2 if kind in MOVING_TYPES or (kind in PLACE_TYPES and case & {"towards", "toward", "into"}) else 1
        return 2 if case & LOCATIVE else int(relation == "nmod")
    if relation in ("obj", "nsubj"):
        passive = token.rel.endswith(":pass")
        if state and not (kind in ("capture", "hold", "besiege") and (passive or relation == "obj")):
            return 0
        return 2 if kind in PLACE_TYPES and (relation == "obj" or passive) else 1
    if relation in ("compound", "amod") and not state:
        return 1
    return 0


def _carries(sentence: Sentence, token: Token) -> bool:
    """Whether the governor of a name stands for it: the first of its list, what it is in apposition to, its type word."""
    above = sentence.head(token)
    if above.pos not in ("PROPN", "NOUN"):
        return False
    typed = token.base_rel in ("compound", "flat") or token.rel == "nmod:poss"
    return token.base_rel in ("conj", "appos") or (typed and kind_of_word(above.lemma.lower()) is not None)
