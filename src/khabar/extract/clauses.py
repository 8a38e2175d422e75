"""The grammar that roles are read from: who is the subject of a verb, what is its object, in whatever construction.

Universal Dependencies keep a verb's own arguments only; news writes most of them somewhere else: the subject of a
relative clause is its antecedent, that of a controlled infinitive is an argument of the verb above, a coordinated verb
shares what the first one has. Every answer comes with the construction it was found by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khabar.knowledge.numbers import numbers
from khabar.records import Sentence, Token

CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis"})
"""Relations that begin a clause of their own."""

BEARERS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "SYM", "X"})
"""Parts of speech that can head an argument."""

_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_DEEP = 12  # how far control and coordination are followed; real sentences stay below 6


@dataclass(frozen=True, slots=True)
class Argument:
    """A word that fills a place beside a predicate, and the construction it was found by."""

    token: Token
    by: str


def is_verbal(token: Token) -> bool:
    """Whether a token works as a verb here, attributive participles included."""
    return token.pos == "VERB" or (token.pos in {"ADJ", "NOUN", "AUX"} and token.tag in {"VBN", "VBG", "VBD", "VB", "VBZ", "VBP"})


def is_passive(sentence: Sentence, verb: Token, depth: int = 0) -> bool:
    """Whether the verb's subject undergoes it: a passive, a past participle after or before a noun, or one joined to these."""
    below = sentence.dependents(verb)
    rels = {t.rel for t in below}
    if "nsubj:pass" in rels or "aux:pass" in rels or "obl:agent" in rels:
        return True
    if verb.tag != "VBN" or (verb.rel == "acl:relcl" and "nsubj" in rels):
        return False
    if verb.base_rel == "conj" and verb.tag in {"VBN", "VBD"} and not rels & {"nsubj", "obj", "aux"} and depth < _DEEP:
        first = sentence.head(verb)
        if is_verbal(first) and first.tag == "VBN" and is_passive(sentence, first, depth + 1):
            return True
    if verb.has("Voice=Pass") and "obj" not in rels and "nsubj" not in rels:
        return True
    if any(t.rel == "aux" and t.lemma == "have" for t in below) or ("nsubj" in rels and "obj" in rels):
        return False
    if any(t.base_rel == "aux" and t.lemma == "get" for t in below):
        return True
    if verb.base_rel == "conj" and depth < _DEEP:
        first = sentence.head(verb)
        return is_passive(sentence, first, depth + 1) if is_verbal(first) else "obj" not in rels
    if verb.base_rel in {"acl", "amod", "advcl"} or verb.rel == "root" or verb.base_rel in {"ccomp", "parataxis"}:
        return "obj" not in rels
    return verb.base_rel == "xcomp"


def subject(sentence: Sentence, verb: Token, depth: int = 0) -> Argument | None:
    """The grammatical subject, wherever it stands: what acts in an active clause, what undergoes in a passive one."""
    own = min(sentence.dependents(verb, "nsubj"), key=lambda t: abs(t.i - verb.i), default=None)
    if own is not None:
        antecedent = _antecedent(sentence, own, verb)
        return Argument(antecedent, "the antecedent of its relative clause") if antecedent else Argument(own, "its subject")
    if depth >= _DEEP:
        return None
    governor = sentence.head(verb)
    rel = verb.base_rel
    if governor is verb:
        return None
    if rel == "acl":
        if verb.rel == "acl:relcl" and sentence.dependents(verb, "obj") == ():
            return None
        if verb.tag == "VB" and not is_passive(sentence, verb):
            if preposition(sentence, governor) == "by":
                return Argument(governor, "the “by” phrase it describes")
            owner = _owner(sentence, governor)
            if owner is not None:
                return Argument(owner, f"whose “{governor.text}” it is")
            carried = subject(sentence, governor_verb(sentence, governor) or verb, depth + 1)
            return Argument(carried.token, "the subject of the clause that its noun stands in") if carried else None
        return Argument(governor, "the noun it describes")
    if rel == "amod":
        return Argument(governor, "the noun it describes")
    if rel == "conj" and is_verbal(governor):
        gapped = next(
            (t for t in sentence.dependents(verb, "obl:unmarked", "dep") if t.i < verb.i and t.pos in {"NOUN", "NUM", "PROPN"}), None
        )
        if gapped is not None and verb.tag == "VBN":
            return Argument(gapped, "the words before it, whose auxiliary is left out")
        shared = subject(sentence, governor, depth + 1)
        return Argument(shared.token, "shared with the verb it is joined to") if shared else None
    if rel in {"xcomp", "advcl", "ccomp", "obl", "nmod"} and governor.pos in {"VERB", "ADJ", "NOUN", "AUX"}:
        return _controlled(sentence, verb, governor, depth)
    if rel in {"parataxis", "dep"} and verb.tag in {"VBG", "VBN"}:
        carried = subject(sentence, governor, depth + 1)
        return Argument(carried.token, "carried over from the main clause") if carried else None
    return None


def _controlled(sentence: Sentence, verb: Token, governor: Token, depth: int) -> Argument | None:
    if verb.base_rel == "ccomp" and verb.tag not in {"VB", "VBG", "VBN"}:
        return None
    objective = verb.tag == "VBG" and (verb.base_rel == "ccomp" or preposition(sentence, verb) in {"from", "of", "into", "for"})
    if verb.base_rel == "xcomp" or objective:
        beside = sentence.dependents(governor, "obj", "iobj")
        if beside:
            return Argument(beside[-1], f"the object of “{governor.text}”, which controls it")
    carried = subject(sentence, governor, depth + 1)
    if carried is None:
        return None
    if (
        verb.base_rel == "advcl"
        and is_passive(sentence, governor)
        and not is_passive(sentence, verb)
        and preposition(sentence, verb) in {None, "to"}
    ):
        agent = by_agent(sentence, governor)
        if agent is not None:
            return Argument(agent.token, f"the agent of “{governor.text}”")
    return Argument(carried.token, f"the subject of “{governor.text}”, which governs it")


def _owner(sentence: Sentence, noun: Token) -> Token | None:
    """Whose a noun is: "an attempt by rebels", "the army's plan"."""
    below = sentence.dependents(noun, "nmod", "nmod:poss", "compound")
    return next((t for t in below if t.rel == "nmod:poss" or preposition(sentence, t) in {"by", "of"}), None)


def governor_verb(sentence: Sentence, token: Token) -> Token | None:
    """The nearest verb above a token."""
    return next((t for t in sentence.ancestors(token) if is_verbal(t)), None)


def _antecedent(sentence: Sentence, pronoun: Token, verb: Token) -> Token | None:
    """The noun that a relative pronoun stands for."""
    if pronoun.lower not in _RELATIVE or pronoun.tag not in {"WDT", "WP", "WP$", "IN", "DT"}:
        return None
    clause: Token = verb
    for _ in range(_DEEP):
        if clause.base_rel == "acl":
            return _nearest(sentence, pronoun, sentence.head(clause))
        if clause.head == clause.i:
            return None
        clause = sentence.head(clause)
    return None


def _nearest(sentence: Sentence, pronoun: Token, antecedent: Token) -> Token:
    """ "the founders of the Alliance, which …": "which" stands for the noun it follows, even where the tree says the one above."""
    before = next((t for t in reversed(sentence.tokens[: pronoun.i]) if t.pos != "PUNCT"), None)
    if pronoun.lower != "which" or before is None or before.pos not in {"NOUN", "PROPN"}:
        return antecedent
    while before.i != antecedent.i and before.base_rel in {"compound", "flat"}:
        before = sentence.head(before)
    inside = any(t.i == antecedent.i for t in sentence.ancestors(before))
    return before if inside else antecedent


def by_agent(sentence: Sentence, verb: Token) -> Argument | None:
    """The "by" phrase of a passive, of a participle, or of the passive it is joined to."""
    for candidate in sentence.dependents(verb, "obl", "obl:agent", "nmod"):
        if candidate.rel == "obl:agent" or preposition(sentence, candidate) == "by":
            if candidate.tag in {"VBG", "CD"} or candidate.pos not in BEARERS:
                continue
            return Argument(candidate, "the “by” phrase")
    for other in sentence.dependents(verb, "conj"):
        if is_verbal(other) and not sentence.dependents(other, "nsubj", "nsubj:pass"):
            found = next((t for t in sentence.dependents(other, "obl:agent") if t.pos in BEARERS), None)
            if found is not None:
                return Argument(found, "the “by” phrase shared with the verb joined to it")
    if verb.base_rel == "conj" and is_verbal(sentence.head(verb)):
        found = next((t for t in sentence.dependents(sentence.head(verb), "obl:agent") if t.pos in BEARERS), None)
        if found is not None:
            return Argument(found, "the “by” phrase of the verb it is joined to")
    return None


def agent(sentence: Sentence, verb: Token) -> Argument | None:
    """Who does it: the subject of an active verb, the "by" phrase of a passive one."""
    return by_agent(sentence, verb) if is_passive(sentence, verb) else subject(sentence, verb)


def patients(sentence: Sentence, verb: Token) -> tuple[Argument, ...]:
    """To whom it is done: the subject of a passive verb, the objects of an active one."""
    if is_passive(sentence, verb):
        undergoer = subject(sentence, verb)
        kept = tuple(Argument(t, "its object") for t in sentence.dependents(verb, "obj"))
        return (undergoer, *kept) if undergoer else kept
    own = sentence.dependents(verb, "obj", "iobj")
    if own:
        resolved = ((t, _antecedent(sentence, t, verb)) for t in own)
        return tuple(Argument(a, "the antecedent of its relative clause") if a else Argument(t, "its object") for t, a in resolved)
    if verb.rel == "acl:relcl" and any(t.base_rel == "nsubj" and t.lower not in _RELATIVE for t in sentence.dependents(verb)):
        return (Argument(sentence.head(verb), "the noun its relative clause describes"),)
    bare = [t for t in sentence.dependents(verb, "obl:unmarked") if t.i > verb.i and numbers().is_number(t.lower)]
    if bare:
        return (Argument(bare[0], "the number after it"),)
    joined = [t for t in sentence.dependents(verb, "conj") if is_verbal(t) and not sentence.dependents(t, "nsubj")]
    for other in joined:
        shared = sentence.dependents(other, "obj")
        if shared and all(t.i > other.i for t in shared) and not any(t.base_rel == "obl" for t in sentence.dependents(verb)):
            return tuple(Argument(t, "the object shared with the verb joined to it") for t in shared)
    return ()


def preposition(sentence: Sentence, token: Token) -> str | None:
    """The preposition that introduces a phrase, multiword ones in full ("on behalf of"); lower case."""
    case = next((t for t in sentence.dependents(token, "case", "mark") if t.pos in {"ADP", "SCONJ", "PART", "VERB", "ADV"}), None)
    if case is None or case.tag == "POS":
        return None
    second = sentence.tokens[case.i + 1]
    if second.head == token.i and (case.lower, second.lower) == ("to", "within"):
        return "to within"
    words = [case.lower, *(t.lower for t in sentence.dependents(case, "fixed"))]
    return " ".join(words)


def obliques(sentence: Sentence, token: Token) -> Iterator[tuple[str, Token]]:
    """The prepositional phrases of a verb or noun: (preposition, head of the phrase), in order of the text."""
    for below in sentence.dependents(token, "obl", "nmod"):
        prep = preposition(sentence, below)
        if prep is not None:
            yield prep, below


def members(sentence: Sentence, token: Token) -> tuple[Token, ...]:
    """A coordination opened: the token and all nouns joined to it."""
    found = [token]
    for t in sentence.dependents(token, "conj"):
        if t.pos in BEARERS and not is_verbal(t):
            found.extend(members(sentence, t))
    return tuple(found)


def head_among(words: Sequence[Token]) -> Token:
    """Of some words of a sentence, at least one, the one that governs the others."""
    inside = {t.i for t in words}
    return next((t for t in words if t.head not in inside or t.head == t.i), words[0])


def clause_head(sentence: Sentence, token: Token) -> Token:
    """The head of the clause that a token belongs to."""
    while token.head != token.i and token.base_rel not in CLAUSAL:
        if token.base_rel == "conj" and is_verbal(token):
            return token
        token = sentence.head(token)
    return token


def clause_tokens(sentence: Sentence, token: Token) -> tuple[Token, ...]:
    """The words of a token's clause, nested clauses left out (participles and infinitives of purpose stay in)."""
    head = clause_head(sentence, token)
    found, stack = [], [head]
    while stack:
        t = stack.pop()
        found.append(t)
        for child in sentence.children[t.i]:
            finite = (
                child.base_rel in {"ccomp", "parataxis"}
                or child.rel == "acl:relcl"
                or (child.base_rel == "advcl" and _finite(sentence, child))
            )
            joined = child.base_rel == "conj" and is_verbal(child) and is_verbal(t)
            if not finite and not joined:
                stack.append(child)
    return tuple(sorted(found, key=lambda t: t.i))


def _finite(sentence: Sentence, verb: Token) -> bool:
    return any(t.base_rel == "nsubj" for t in sentence.dependents(verb))
