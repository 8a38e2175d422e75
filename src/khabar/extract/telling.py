"""Telling: whether a happening is told as having happened, as planned, conditional, possible or not at all.

The answer comes from the chain of words that govern the trigger, from the inside out: what stands on the event itself
("no attack", "a planned attack"), its auxiliaries ("may attack"), its subordinator ("if they attack"), then every verb
and noun that takes it as a complement ("threatened to attack", "denied having attacked").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from khabar.extract import clauses
from khabar.extract.draft import Draft
from khabar.knowledge.ontology import TellingCue, ontology, telling
from khabar.knowledge.ontology.cues import Governs
from khabar.knowledge.wordlists import word_list
from khabar.records import Sentence, Token, ToldAs, Value

_STRENGTH = {"happened": 0, "planned": 1, "possible": 2, "conditional": 3, "not-happened": 4}
_LOOK = 2  # words within which the next word of a governing phrase must follow
_DEEP = 12


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


def read(draft: Draft) -> None:
    """Set `told_as` and `background` of a draft, each with the cue that decided."""
    found = [f for f in _chain(draft) if not _is_the_thing_itself(draft, f)]
    decisive: Found | None = None
    for cue in found:
        if cue.told_as is not None and (decisive is None or _overrules(cue, decisive)):
            decisive = replace(cue, told_as="happened") if _undone(cue, decisive) else cue
    if decisive is not None and decisive.told_as is not None:
        draft.told_as = Value(decisive.told_as, decisive.token.span, because=_because(decisive))
    elif _asked(draft):
        draft.told_as = Value("possible", draft.sentence.tokens[-1].span, because="telling.question")
    past = next((f for f in found if f.background), None)
    if past is not None:
        draft.background = Value(True, past.token.span, because=_because(past))


def _asked(draft: Draft) -> bool:
    """ "Has the town fallen?": a question that asks for yes or no."""
    s = draft.sentence
    if not any(t.text == "?" for t in s.tokens[-2:]):
        return False
    top = s.head(draft.head) if draft.head.base_rel in {"nsubj", "obj", "obl"} else draft.head
    opening = next((t for t in s.tokens if any(c.isalnum() for c in t.text)), None)
    return opening is not None and opening.pos == "AUX" and opening.head == top.i and top.rel == "root"


def _overrules(outer: Found, inner: Found) -> bool:
    """Whether a cue farther out weighs more: negation and condition over all else, doubt over "will" ("fear that they will attack")."""
    if outer.told_as == "possible":
        return inner.told_as == "planned" and inner.cue.governs == "modal"
    return outer.told_as in {"not-happened", "conditional"} and (
        _STRENGTH[outer.told_as] > _STRENGTH[inner.told_as or "happened"] or _undone(outer, inner)
    )


def _undone(outer: Found, inner: Found | None) -> bool:
    """ "was not able to prevent the massacre": what is kept from being prevented happened."""
    return (
        inner is not None
        and inner.told_as == outer.told_as == "not-happened"
        and inner.cue.negated == "happened"
        and inner.cue.governs == "complement"
        and outer.token.i != inner.token.i
    )


def _is_the_thing_itself(draft: Draft, found: Found) -> bool:
    """ "tried to attack" is an attack, and "agreed a truce" a truce; "tried to seize" is no capture yet. Only a place can be
    "outside" what is told: control of it."""
    word = found.cue.words[0]
    if draft.type in _BY_SPEAKING and draft.rule.pos == "verb" and _voiced(draft):
        return True
    if word == "escape":
        return draft.type not in {"capture", "hold", "detain", "abduct", "besiege"}
    if found.cue.governs == "prep" and word in {"outside", "out", "beyond"}:
        return draft.type != "hold"
    return (word in word_list("attempts") and draft.type in _TRIED) or (word in {"agree", "agreement"} and draft.type == "agree")


_BY_SPEAKING = frozenset({"threaten", "reject", "demand"})
"""Types that a speaker may do in the very words: "we will hit back", "they must go", "we will never surrender"."""


def _voiced(draft: Draft) -> bool:
    return any(t.tag == "MD" and t.lower not in {"may", "might", "could", "can"} for t in draft.sentence.dependents(draft.head, "aux"))


_TRIED = frozenset({"battle", "attack", "airstrike", "shelling", "bombing", "protest", "negotiate", "withdraw", "abduct"})
"""Types where the attempt is the thing itself."""


def _because(found: Found) -> str:
    return f"telling.{found.cue.governs}: “{' '.join(found.cue.words)}”"


def _chain(draft: Draft) -> Iterator[Found]:
    """Every cue that governs the trigger, from the inside out."""
    s = draft.sentence
    inside = {t.i for t in draft.words}
    node = draft.head
    if clauses.is_verbal(node) and draft.rule.pos == "verb":
        yield from _on_verb(s, node, inside)
    else:
        yield from _on_noun(s, node, inside)
    for _ in range(_DEEP):
        above = s.head(node)
        if above.i == node.i:
            return
        if node.base_rel == "conj":
            if clauses.is_verbal(node) and clauses.is_verbal(above) and not _stands_alone(s, node):
                yield from _auxiliaries(s, above, inside, shared=True)
                yield from _marks(s, above, inside)
            elif not clauses.is_verbal(node):
                yield from (f for f in _on_noun(s, above, inside) if f.cue.governs == "determiner" and f.told_as == "not-happened")
            node = above
            continue
        step = _verbal_step if node.base_rel in _CLAUSES else _nominal_step
        climbs, found = step(s, node, above, inside)
        yield from found
        if not climbs:
            return
        node = above


_CLAUSES = frozenset({"xcomp", "ccomp", "csubj", "advcl", "acl", "parataxis", "amod"})


def _stands_alone(s: Sentence, verb: Token) -> bool:
    return any(t.base_rel in {"nsubj", "aux", "mark"} for t in s.dependents(verb))


def _verbal_step(s: Sentence, node: Token, above: Token, inside: set[int]) -> tuple[bool, list[Found]]:
    """From a clause to what governs it: whether to climb on, and the cues met."""
    found: list[Found] = []
    if node.rel == "acl:relcl" and _any_of(s, above) and _would_follow(s, s.head(above)):
        return False, [Found(ANY, above, "conditional", False)]
    if node.base_rel in {"parataxis", "amod"} or node.rel == "acl:relcl":
        return False, found
    if node.base_rel == "advcl" and clauses.preposition(s, node) != "from":
        cue = _match(s, above, "complement", inside) if clauses.preposition(s, node) in {"to", "of"} and node.tag == "VBG" else None
        return False, [_found(s, cue, above)] if cue is not None else list(_prepositional(s, node, inside))
    if _short_of(s, node, above):
        return False, [Found(ALMOST, above, "possible", False)]
    if node.base_rel == "acl":
        if clauses.preposition(s, node) == "to" and _match(s, above, "complement", inside) is None:
            return False, found
        if node.tag != "VB" and clauses.preposition(s, node) is None:
            return False, found
        cue = _match(s, above, "complement", inside)
        if cue is not None:
            found.append(_found(s, cue, above))
            found += _on_noun(s, above, inside)
        return cue is not None, found
    if _given(above) and node.tag == "VBG" and clauses.preposition(s, node) is None:
        return False, found
    cue = _match(s, above, "complement", inside) if above.i not in inside else None
    if cue is not None and not clauses.is_verbal(node) and _by_infinitive(cue):
        cue = None
    if cue is not None and not (cue.told_as == "planned" and _tells_facts(s, node, above)):
        found.append(_found(s, cue, above))
        if clauses.is_verbal(above):
            read = found[-1].told_as != cue.told_as
            found += [f for f in _auxiliaries(s, above, inside) if not (read and f.told_as == "not-happened")]
            found += _marks(s, above, inside)
    elif node.base_rel == "xcomp" and clauses.is_verbal(above):
        found += _auxiliaries(s, above, inside)
        found += _marks(s, above, inside)
    return True, found


def _tells_facts(s: Sentence, verb: Token, above: Token) -> bool:
    """Whether a complement is a finite clause ("promised that they had left"): no plan, unless it is subjunctive ("demanded that
    they leave": a bare form under a past tense)."""
    if verb.base_rel != "ccomp" or not clauses.is_verbal(verb):
        return verb.base_rel == "ccomp"
    bare = verb.tag == "VBP" and above.tag in {"VBD", "VBN"} and not s.dependents(verb, "aux")
    return verb.tag in {"VBD", "VBZ", "VBP", "VBN", "VBG"} and not bare and not any(t.tag == "VB" for t in s.dependents(verb, "aux:pass"))


def _by_infinitive(cue: TellingCue) -> bool:
    """Whether a verb puts an event off by an infinitive only: "fought to seize", but "fought a war"."""
    return len(cue.words) == 1 and cue.words[0] in word_list("takes infinitive")


def _carried_out(s: Sentence, cue: TellingCue, verb: Token) -> bool:
    """ "convicted of ordering the massacre": the order was obeyed."""
    return cue.words == ("order",) and verb.tag == "VBG" and clauses.preposition(s, verb) in {"of", "for"}


def _given(word: Token, prep: str | None = None) -> bool:
    """Whether a word beside an event takes it as given: to stop, to repel, to flee from an attack, there must be one. But to escape
    arrest is not to be arrested."""
    if word.lemma.lower() == "escape" and prep != "from":
        return False
    return word.lemma.lower() in word_list("givens")


def _short_of(s: Sentence, node: Token, above: Token) -> bool:
    return (
        clauses.preposition(s, node) == "from"
        and node.tag == "VBG"
        and above.pos == "NOUN"
        and above.lemma.lower() in word_list("short distances")
    )


def _nominal_step(s: Sentence, node: Token, above: Token, inside: set[int]) -> tuple[bool, list[Found]]:
    """From a nominal event to what governs it."""
    found = list(_prepositional(s, node, inside))
    if above.i in inside:
        return True, found
    rel, prep = node.base_rel, clauses.preposition(s, node)
    if _given(above, prep) and (rel in {"nmod", "compound", "obj"} or prep == "from"):
        return False, found
    if rel == "obl" and prep == "for" and above.lemma.lower() in word_list("journeys"):
        return False, [*found, Found(PURPOSE, above, "planned", False)]
    if rel in {"nmod", "compound"}:
        cue = _match(s, above, "complement", inside) if prep in _TOPIC else None
        if cue is not None:
            found.append(_found(s, cue, above))
            found += _on_noun(s, above, inside)
        return cue is not None or above.lemma.lower() in word_list("containers"), found
    if rel in {"nsubj", "csubj"} and not clauses.is_verbal(above):
        for way in ("complement", "modifier"):
            cue = _match(s, above, way, inside)
            if cue is not None and cue.told_as != "planned":
                return False, [*found, _found(s, cue, above)]
        found += [f for f in _auxiliaries(s, above, inside) if above.base_rel != "acl"]
        return False, found
    if not clauses.is_verbal(above) or rel not in {"obj", "iobj", "obl", "nsubj"}:
        return False, found
    undergoes = rel in {"obj", "iobj"} or node.rel == "nsubj:pass"
    cue = _match(s, above, "complement", inside) if undergoes or prep in _GOVERNED else None
    if cue is not None and ((prep != "for" and _by_infinitive(cue)) or _carried_out(s, cue, above)):
        cue = None
    carried = above.lemma.lower() in ontology().light or _light_phrase(s, above)
    if cue is not None:
        found.append(_found(s, cue, above))
    if cue is not None or carried:
        found += _auxiliaries(s, above, inside, skip=node)
        found += _marks(s, above, inside)
    elif rel == "nsubj" or prep in _MEANS:
        kept = {"possible", "conditional"} if rel == "nsubj" else {"possible", "conditional", "planned"}
        found += [f for f in _auxiliaries(s, above, inside) if f.told_as in kept]
    if rel == "nsubj" and _any_of(s, node) and _would_follow(s, above):
        found.append(Found(ANY, node, "conditional", False))
    return cue is not None or carried, found


ANY = TellingCue(("any",), "determiner", "conditional")
""" "Any attack will be answered", "anyone who attacks will be shot"."""

_MEANS = frozenset({"by", "through", "via"})
_TOPIC = frozenset({None, "of", "for", "to", "on", "about", "against", "at", "from", "over", "between"})


def _any_of(s: Sentence, noun: Token) -> bool:
    return noun.lower in {"anyone", "anybody", "whoever"} or any(t.lower in {"any", "every"} for t in s.dependents(noun, "det"))


_GOVERNED = frozenset({"for", "of", "with", "against", "to", "on", "about", "from", "into"})


def _light_phrase(s: Sentence, verb: Token) -> bool:
    return any(f"{verb.lemma.lower()} {t.lower}" in ontology().light for t in s.dependents(verb, "compound:prt", "advmod"))


def _on_noun(s: Sentence, noun: Token, inside: set[int], *, determiners: bool = True) -> Iterator[Found]:
    """Determiners, modifiers and prepositions of a nominal trigger."""
    for t in s.dependents(noun, "det", "amod", "advmod", "compound", "case", "nummod"):
        if t.i in inside:
            continue
        ways: tuple[Governs, ...] = (
            ("determiner",) if t.base_rel == "det" else ("prep",) if t.base_rel == "case" else ("modifier", "determiner")
        )
        if ways == ("determiner",) and not determiners:
            continue
        for way in ways:
            cue = _match(s, t, way, inside)
            if cue is not None:
                yield _found(s, cue, t)


def _on_verb(s: Sentence, verb: Token, inside: set[int]) -> Iterator[Found]:
    yield from _auxiliaries(s, verb, inside)
    yield from _marks(s, verb, inside)
    for argument in s.dependents(verb, "nsubj", "nsubj:pass", "obj"):
        for t in s.dependents(argument, "det"):
            if t.i in inside:
                continue
            cue = _match(s, t, "determiner", inside)
            if cue is not None and cue.told_as == "not-happened":
                yield _found(s, cue, t)
        if argument.lower in {"nobody", "none", "nothing"}:
            cue = _match(s, argument, "determiner", inside)
            if cue is not None:
                yield _found(s, cue, argument)


def _auxiliaries(s: Sentence, verb: Token, inside: set[int], skip: Token | None = None, *, shared: bool = False) -> Iterator[Found]:
    """Negations, modals and adverbs of a verb; a modal under a negation takes the negated reading. `shared`: of the verb that
    another is joined to, whose modals hold for both."""
    negation: Found | None = None
    rest: list[Found] = []
    beside = s.dependents(verb, "aux", "aux:pass", "advmod", "cop", "obl:unmarked")
    for t in (*beside, *(c for t in beside if t.base_rel == "advmod" for c in s.dependents(t, "advmod"))):
        if t.i in inside or (skip is not None and t.i == skip.i):
            continue
        for way in ("modal", "modifier", "clause"):
            cue = _match(s, t, way, inside)  # type: ignore[arg-type]
            if cue is None:
                continue
            made = Found(cue, t, "planned" if t.lemma.lower() == "would" and _later_then(s, verb) else cue.told_as, cue.background)
            if cue.told_as == "not-happened" and way != "modal":
                negation = made
            else:
                rest.append(made)
            break
    for made in rest:
        told = made.cue.negated if negation is not None and made.cue.negated is not None else made.told_as
        yield Found(made.cue, made.token, told, made.background)
    if negation is not None:
        yield negation
    if _would_follow(s, verb):
        for child in s.dependents(verb, "advcl"):
            for mark in s.dependents(child, "mark", "advmod"):
                cue = _match(s, mark, "mark", inside)
                if cue is not None and cue.told_as == "conditional":
                    yield Found(cue, mark, "conditional", False)


def _later_then(s: Sentence, verb: Token) -> bool:
    """ "said that they would attack": the future of reported speech, where no condition stands beside it."""
    if not clauses.is_verbal(verb) or any(t.lemma.lower() == "have" for t in s.dependents(verb, "aux")):
        return False
    if any(m.lower in {"if", "unless", "should"} for c in s.dependents(verb, "advcl") for m in s.dependents(c, "mark", "aux")):
        return False
    clause = verb
    while clause.base_rel == "conj" and clause.head != clause.i:
        clause = s.head(clause)
    above = s.head(clause)
    if any(t.lower == "so" for t in s.dependents(clause, "mark")):
        return True
    return clause.base_rel == "ccomp" and above.tag in {"VBD", "VBN", "VBG"}


def _would_follow(s: Sentence, verb: Token) -> bool:
    """Whether a main clause is the consequence of a condition rather than a fact beside it."""
    return any(
        t.lemma.lower() in {"will", "would", "could", "should", "may", "might", "shall", "must", "can", "'ll"}
        for t in s.dependents(verb, "aux")
    )


def _marks(s: Sentence, verb: Token, inside: set[int]) -> Iterator[Found]:
    opening = next((t for t in s.dependents(verb, "aux", "aux:pass") if t.lower in {"had", "should", "were"}), None)
    if opening is not None and verb.base_rel == "advcl" and opening.i == min(t.i for t in s.subtree(verb)):
        yield Found(INVERTED, opening, "conditional", False)
    for t in s.dependents(verb, "mark"):
        if t.i in inside:
            continue
        if t.lower == "to" and t.i < verb.i:
            if verb.tag == "VBG":
                continue
            arranged = any(
                a.lemma == "be" and a.tag in {"VBZ", "VBP", "VBD"} and a.i < t.i for a in s.dependents(verb, "aux", "aux:pass", "cop")
            )
            if (verb.base_rel in {"advcl", "acl"} and not _done_by(s, verb)) or arranged:
                yield Found(PURPOSE, t, "planned", False)
            continue
        cue = _match(s, t, "mark", inside)
        if cue is not None and not (t.lower in {"before", "until", "till", "so"} and _took_place(s, verb)):
            yield _found(s, cue, t)


def _done_by(s: Sentence, verb: Token) -> bool:
    """ "the methods they use to kill", "an attempt to attack": the infinitive tells what is being done, or is read by its noun."""
    above = s.head(verb)
    return above.lemma.lower() in {"use", "help"} or (verb.base_rel == "acl" and above.lemma.lower() in word_list("attempts"))


def _took_place(s: Sentence, verb: Token) -> bool:
    """ "before the army pushed them back": a finite past tense tells what happened, unless it is set against what did not."""
    above = s.head(verb)
    helpers = s.dependents(verb, "aux", "aux:pass", "cop")
    finite = verb.tag == "VBD" or any(t.tag == "VBD" for t in helpers)
    if not finite and any(t.lower == "so" for t in s.dependents(verb, "mark")):
        finite = any(t.tag in {"VBZ", "VBP"} for t in (verb, *helpers)) and not any(t.tag == "MD" for t in helpers)
    return finite and not _negated(s, above)


def _prepositional(s: Sentence, node: Token, inside: set[int]) -> Iterator[Found]:
    for t in s.dependents(node, "case", "mark"):
        if t.i in inside:
            continue
        marks = t.base_rel == "mark" and not clauses.is_verbal(node)  # those of a verb are read with its auxiliaries
        cue = _match(s, t, "prep", inside) or (_match(s, t, "mark", inside) if marks else None)
        if cue is not None:
            yield _found(s, cue, t)


def _found(s: Sentence, cue: TellingCue, token: Token) -> Found:
    """A cue with its own negation read: "did not manage to", "no plan to"."""
    if _negated(s, token):
        return Found(cue, token, cue.negated or ("not-happened" if cue.told_as else None), cue.background)
    return Found(cue, token, cue.told_as, cue.background)


def _negated(s: Sentence, token: Token) -> bool:
    below = s.dependents(token, "advmod", "det", "aux", "cc")
    return any(t.lemma.lower() in {"not", "never", "n't", "no", "neither", "nor", "hardly"} for t in below)


def _match(s: Sentence, token: Token, governs: Governs, inside: set[int]) -> TellingCue | None:
    """The longest cue that starts at a token and governs in the given way."""
    for spelling in dict.fromkeys((token.lower, token.lemma.lower())):
        for cue in telling().of(spelling, governs):
            if len(cue.words) == 1 or _follows(s, token, cue.words[1:], governs):
                return cue
    if governs == "complement" and any(t.lemma == "be" for t in s.dependents(token, "cop", "aux:pass")):
        for cue in telling().of("be", governs):
            if cue.words[1:2] in ((token.lower,), (token.lemma.lower(),)) and (
                len(cue.words) == 2 or _follows(s, token, cue.words[2:], governs)
            ):
                return cue
    return None


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
