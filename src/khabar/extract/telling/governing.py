"""What governs an event: the verbs and nouns that take it as their complement, from the inside out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from khabar.extract import clauses
from khabar.extract.draft import Draft
from khabar.extract.telling import raised
from khabar.extract.telling.beside import auxiliaries, marks, on_noun, on_verb, prepositional, would_follow
from khabar.extract.telling.cues import ALMOST, ANY, FAILED, ORDERED, PURPOSE, Found, found_of, is_negated, match
from khabar.extract.telling.terms import is_definite
from khabar.knowledge.ontology import TellingCue, ontology, telling
from khabar.knowledge.wordlists import word_list
from khabar.records import Sentence, Token

_DEEP = 12


def chain(draft: Draft) -> Iterator[Found]:
    """Every cue that governs the trigger, from the inside out."""
    s = draft.sentence
    inside = {t.i for t in draft.words}
    node = draft.head
    if clauses.is_verbal(node) and draft.rule.pos == "verb":
        yield from on_verb(s, node, inside)
    else:
        yield from on_noun(s, node, inside)
    if node.base_rel == "amod" and not clauses.is_verbal(node):
        node = s.head(node)  # "thousands more dead are expected"
    for _ in range(_DEEP):
        above = s.head(node)
        if above.i == node.i:
            return
        if node.base_rel == "conj":
            if any(t.lower == "but" for t in s.dependents(node, "cc")):
                pass  # "did not kill him, but drove him to the border": not denied too
            elif clauses.is_verbal(node) and clauses.is_verbal(above) and not _stands_alone(s, node):
                yield from auxiliaries(s, above, inside, shared=True)
                yield from marks(s, above, inside)
            elif not clauses.is_verbal(node):
                yield from (f for f in on_noun(s, above, inside) if f.cue.governs == "determiner" and f.told_as == "not-happened")
            node = above
            continue
        step = _verbal_step if node.base_rel in _CLAUSES else _nominal_step
        climbs, found = step(s, node, above, inside)
        yield from found
        if not climbs:
            return
        node = above


def habits(draft: Draft) -> Iterator[Found]:
    """Words of habit and history beside the verb in whose clause a noun tells an event: "often strikes in acts of revenge"."""
    s = draft.sentence
    verb = clauses.governor_verb(s, draft.head)
    if draft.rule.pos == "noun" and verb is not None and clauses.clause_head(s, draft.head).i in {verb.i, clauses.clause_head(s, verb).i}:
        yield from (f for f in auxiliaries(s, verb, {t.i for t in draft.words}) if f.background)


_CLAUSES = frozenset({"xcomp", "ccomp", "csubj", "advcl", "acl", "parataxis", "amod"})


def _stands_alone(s: Sentence, verb: Token) -> bool:
    return any(t.base_rel in {"nsubj", "aux", "mark"} for t in s.dependents(verb))


def _verbal_step(s: Sentence, node: Token, above: Token, inside: set[int]) -> tuple[bool, list[Found]]:
    """From a clause to what governs it: whether to climb on, and the cues met."""
    found: list[Found] = []
    if node.rel == "acl:relcl" and _any_of(s, above) and would_follow(s, s.head(above)):
        return False, [Found(ANY, above, "conditional", False)]
    if above.base_rel == "acl" and s.head(above).lower == "what":
        return False, found  # "in what appears to be an act of revenge": the kind is in doubt, and not the deed
    if node.base_rel in {"parataxis", "amod"} or node.rel == "acl:relcl":
        return False, found
    if node.base_rel == "advcl" and clauses.preposition(s, node) != "from":
        cue = match(s, above, "complement", inside) if clauses.preposition(s, node) in {"to", "of"} and node.tag == "VBG" else None
        return False, [found_of(s, cue, above)] if cue is not None else list(prepositional(s, node, inside))
    if node.base_rel == "ccomp" and s.dependents(node, "cc"):
        return True, found  # "said that troops would stay and that rebels had fled": joined to the clause above, not governed by it
    if node.base_rel == "ccomp" and _asks_who(s, node):
        return False, found  # "nobody knows who shot the mayor": somebody did
    if node.rel == "xcomp" and above.lemma.lower() == "warn" and node.tag == "VB":
        return True, [Found(ORDERED, above, "planned", False)]
    if _short_of(s, node, above):
        return False, [Found(ALMOST, above, "possible", False)]
    kept = _kept_from(s, node, above)
    if kept is not None:
        return False, [kept]
    if above.lemma.lower() in {"try", "attempt", "seek", "struggle", "strive"} and clauses.is_verbal(above) and _in_vain(s, above):
        return False, [Found(FAILED, above, "not-happened", False)]
    if node.base_rel == "acl":
        if clauses.preposition(s, node) == "to" and match(s, above, "complement", inside) is None:
            return False, found
        if node.tag != "VB" and clauses.preposition(s, node) is None:
            return False, found
        cue = match(s, above, "complement", inside)
        if above.base_rel == "nsubj" and above.lemma.lower() in word_list("attempts") and _comes_to_nothing(s, s.head(above)):
            return False, [Found(FAILED, s.head(above), "not-happened", False)]
        if cue is not None:
            found += _of_noun(s, cue, above, inside)
        return cue is not None, found
    if _given(above) and node.tag == "VBG" and clauses.preposition(s, node) is None:
        return False, found
    apart = _set_apart(s, node, above, inside)
    if apart is not None:
        return False, [apart]
    cue = match(s, above, "complement", inside) if above.i not in inside else None
    if cue is not None and not clauses.is_verbal(node) and _by_infinitive(cue):
        cue = None
    if cue is not None and not (cue.told_as == "planned" and _tells_facts(s, node, above)):
        found.append(found_of(s, cue, above))
        if clauses.is_verbal(above):
            read = found[-1].told_as != cue.told_as
            found += [f for f in auxiliaries(s, above, inside) if not (read and f.told_as == "not-happened")]
            found += marks(s, above, inside)
    elif node.base_rel == "xcomp" and clauses.is_verbal(above):
        found += auxiliaries(s, above, inside)
        found += marks(s, above, inside)
    return True, found


def _comes_to_nothing(s: Sentence, verb: Token) -> bool:
    """ "The attempt to seize the mast failed", "was thwarted"."""
    if verb.lemma.lower() in word_list("comes to nothing"):
        return not is_negated(s, verb)
    undone = any(c.told_as == "not-happened" and len(c.words) == 1 for c in telling().of(verb.lemma.lower(), "complement"))
    return undone and clauses.is_passive(s, verb) and not is_negated(s, verb)


def _asks_who(s: Sentence, clause: Token) -> bool:
    opening = clause
    for _ in range(_DEEP):
        opening = min((opening, *s.dependents(opening)), key=lambda t: t.i)
    return opening.tag in {"WP", "WRB", "WP$"} and opening.lower != "what"


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
    return cue.words == ("order",) and verb.tag == "VBG" and clauses.preposition(s, verb) in {"of", "for", "with"}


def _shared_in(s: Sentence, verb: Token, prep: str | None) -> bool:
    """ "did not take part in the massacre": there was one."""
    if any(t.tag == "MD" for t in s.dependents(verb, "aux")):
        return False
    return prep == "in" and verb.lemma.lower() in {"take", "participate", "involve", "engage", "join"}


def _given(word: Token, prep: str | None = None) -> bool:
    """Whether a word beside an event takes it as given: to stop, to repel, to flee from an attack, there must be one. But to escape
    arrest is not to be arrested."""
    if word.lemma.lower() == "escape" and prep != "from":
        return False
    return word.lemma.lower() in word_list("givens")


def _in_vain(s: Sentence, verb: Token) -> bool:
    """ "tried in vain to retake the tanker"."""
    return any(t.lower in {"vain", "unsuccessfully", "avail", "fruitlessly"} for t in s.dependents(verb, "advmod", "obl", "nmod", "fixed"))


def _kept_from(s: Sentence, node: Token, above: Token) -> Found | None:
    """ "stopped a man from stabbing the priest", however far the "from" stands."""
    if node.tag != "VBG" or node.base_rel not in {"acl", "advcl"} or clauses.preposition(s, node) != "from":
        return None
    verb = s.head(above) if node.base_rel == "acl" and above.base_rel == "obj" else above
    cues = telling().of(verb.lemma.lower(), "complement") if clauses.is_verbal(verb) else ()
    cue = next((c for c in cues if c.told_as == "not-happened" and c.words[1:] in {(), ("from",)}), None)
    return found_of(s, cue, verb) if cue is not None else None


def _set_apart(s: Sentence, clause: Token, above: Token, inside: set[int]) -> Found | None:
    """ "Speculation is rife that the general has fled": the subject's clause, which stands at the end."""
    if clause.base_rel not in {"ccomp", "csubj"} or not any(t.lower == "that" for t in s.dependents(clause, "mark")):
        return None
    cues = ((t, match(s, t, "complement", inside)) for t in s.dependents(above, "nsubj") if not clauses.is_verbal(t))
    return next((found_of(s, cue, t) for t, cue in cues if cue is not None and cue.told_as == "possible"), None)


def _short_of(s: Sentence, node: Token, above: Token) -> bool:
    """ "a few miles from closing the ring", "within hours of seizing the bridge"."""
    if node.tag != "VBG" or above.pos != "NOUN" or above.lemma.lower() not in word_list("short distances"):
        return False
    prep = clauses.preposition(s, node)
    return prep == "from" or (prep == "of" and clauses.preposition(s, above) == "within")


def _nominal_step(s: Sentence, node: Token, above: Token, inside: set[int]) -> tuple[bool, list[Found]]:
    """From a nominal event to what governs it."""
    found = list(prepositional(s, node, inside))
    if above.i in inside:
        return True, found
    rel, prep = node.base_rel, clauses.preposition(s, node)
    if _given(above, prep) and (rel in {"nmod", "compound", "obj"} or prep == "from"):
        return False, found
    if above.lemma.lower() == "claim" and clauses.is_verbal(above):
        return False, found  # "no group has claimed the attack"
    if rel == "obl" and prep == "for" and above.lemma.lower() in word_list("journeys"):
        return False, [*found, Found(PURPOSE, above, "planned", False)]
    if rel in {"nmod", "compound"}:
        cue = match(s, above, "complement", inside) if prep in _TOPIC else None
        if cue is not None and prep == "of" and _by_infinitive(cue):
            cue = None  # "in support of operations"
        if cue is not None:
            found += _of_noun(s, cue, above, inside)
        if prep == "for" and _is_swap(s, above):
            return True, found
        return cue is not None or (prep != "in" and above.lemma.lower() in word_list("containers")), found
    if rel in {"nsubj", "csubj"} and not clauses.is_verbal(above):
        for way in ("complement", "modifier"):
            cue = match(s, above, way, inside)
            if cue is not None and cue.told_as != "planned":
                return False, [*found, found_of(s, cue, above)]
        known = is_definite(s, node) and above.lemma.lower() not in word_list("in being")
        beside = auxiliaries(s, above, inside) if above.base_rel != "acl" else ()
        found += [f for f in beside if not (known and f.told_as == "not-happened")]
        return False, found
    if rel == "obl" and above.pos == "ADJ":
        cue = match(s, above, "complement", inside)
        return False, [*found, found_of(s, cue, above)] if cue is not None else found
    if not clauses.is_verbal(above) or rel not in {"obj", "iobj", "obl", "nsubj"} or raised.known_before(s, node, above, prep):
        return False, found
    swapped = _is_swap(s, node) or prep in _SWAPS
    undergoes = rel in {"obj", "iobj"} or node.rel == "nsubj:pass" or swapped
    cue = match(s, above, "complement", inside) if undergoes or prep in _GOVERNED else None
    if cue is not None and cue.words[-1] == "on" and cue.told_as == "conditional" and not raised.depends(s, above):
        cue = None
    if cue is not None and cue.words == ("want",) and clauses.is_passive(s, above):
        cue = None  # "wanted for murder"
    if cue is not None and (
        (prep == "about" and cue.told_as == "planned") or (prep != "for" and _by_infinitive(cue)) or _carried_out(s, cue, above)
    ):
        cue = None
    carried = swapped or _carries(s, above, node, prep)
    settled = raised.decisive(s, node, above, inside) if not swapped else None
    if settled is not None:
        return False, [*found, settled]
    if cue is not None:
        found.append(found_of(s, cue, above))
    if cue is not None and cue.words in _LEFT_OPEN and found[-1].told_as == "possible":
        return True, found
    if cue is not None or carried:
        read = (cue is not None and found[-1].told_as != cue.told_as) or _shared_in(s, above, prep)
        found += [f for f in auxiliaries(s, above, inside, skip=node) if not (read and f.told_as == "not-happened")]
        found += marks(s, above, inside)
    elif rel == "nsubj" or prep in _MEANS:
        kept = {"possible", "conditional"} if rel == "nsubj" else {"possible", "conditional", "planned"}
        found += [f for f in auxiliaries(s, above, inside) if f.told_as in kept]
        if rel == "nsubj" and not _given(above) and not is_definite(s, node):
            found += [f for f in marks(s, above, inside) if f.told_as == "conditional"]
    if rel == "nsubj" and _any_of(s, node) and would_follow(s, above):
        found.append(Found(ANY, node, "conditional", False))
    return cue is not None or carried, found


def _of_noun(s: Sentence, cue: TellingCue, noun: Token, inside: set[int]) -> list[Found]:
    """A noun that governs an event, with what stands on it; a "no" that the cue itself reads ("no information about") is read once."""
    own = found_of(s, cue, noun)
    read = cue.negated is not None and own.told_as == cue.negated
    return [own, *(f for f in on_noun(s, noun, inside) if not (read and f.told_as == "not-happened"))]


def _is_swap(s: Sentence, noun: Token) -> bool:
    """ "in exchange for", "in return for": what is given for something is told as that is."""
    return noun.lower in {"exchange", "return"} and clauses.preposition(s, noun) == "in"


_LEFT_OPEN = frozenset({("rule", "out"), ("exclude",)})
""" "would not rule out a strike"."""

_SWAPS = frozenset({"in exchange for", "in return for"})


_MEANS = frozenset({"by", "through", "via"})

_TOPIC = frozenset({None, "of", "for", "to", "on", "about", "against", "at", "from", "over", "between", "regarding"})


def _any_of(s: Sentence, noun: Token) -> bool:
    return noun.lower in {"anyone", "anybody", "whoever"} or any(t.lower in {"any", "every"} for t in s.dependents(noun, "det"))


_GOVERNED = frozenset({"for", "of", "with", "against", "to", "on", "about", "from", "into"})


def _carries(s: Sentence, verb: Token, noun: Token, prep: str | None) -> bool:
    """Whether a light verb tells the event of its noun: "launched an offensive", "came under attack", "the offensive began". What stands
    beside it for another reason ("hold them accountable for the attack") is told by its own words."""
    light, lemma = ontology().light, verb.lemma.lower()
    if noun.rel == "nsubj":
        if lemma in word_list("happens") or (lemma == "take" and any(t.lower == "place" for t in s.dependents(verb, "obj"))):
            return True
        known = light.get(lemma)
        return known is not None and known.phase is not None and not s.dependents(verb, "obj")
    if noun.base_rel == "obl" and (lemma in word_list("links") if prep in {"to", "with"} else prep == "in" and lemma in {"assist", "help"}):
        return True
    if noun.base_rel == "obl" and prep is not None:
        return any(words[0] == lemma and words[-1] == prep for words in _light_words())
    phrases = (f"{lemma} {t.lower}" for t in s.dependents(verb, "compound:prt", "advmod"))
    return lemma in light or any(phrase in light for phrase in phrases)


@cache
def _light_words() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words.split()) for words in ontology().light if " " in words)
