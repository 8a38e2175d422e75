"""What stands beside an event: its determiners and modifiers, its auxiliaries and negations, its subordinator."""

from __future__ import annotations

from collections.abc import Iterator

from khabar.extract import clauses
from khabar.extract.telling.cues import BIDDEN, FUTURE, INVERTED, NEITHER, PURPOSE, WHETHER, Found, found_of, is_negated, match
from khabar.knowledge.ontology.cues import Governs
from khabar.knowledge.wordlists import word_list
from khabar.records import Sentence, Token


def on_noun(s: Sentence, noun: Token, inside: set[int], *, determiners: bool = True) -> Iterator[Found]:
    """Determiners, modifiers and prepositions of a nominal trigger."""
    ahead = _to_come(s, noun)
    if ahead is not None:
        yield Found(PURPOSE, ahead, "planned", False)
    for t in s.dependents(noun, "det", "amod", "advmod", "compound", "case", "nummod"):
        if t.i in inside:
            continue
        ways: tuple[Governs, ...] = (
            ("determiner",) if t.base_rel == "det" else ("prep",) if t.base_rel == "case" else ("modifier", "determiner")
        )
        if ways == ("determiner",) and not determiners:
            continue
        for way in ways:
            for word in (t, *s.dependents(t, "advmod")) if t.base_rel == "advmod" else (t,):  # "no longer in rebel hands"
                cue = match(s, word, way, inside)
                if cue is not None and not _is_always_so(s, noun, word):
                    yield found_of(s, cue, word)


def _to_come(s: Sentence, noun: Token) -> Token | None:
    """ "Talks to resume on Monday": the infinitive of a headline."""
    if noun.rel != "root":
        return None
    below = (t for t in s.dependents(noun, "acl") if t.tag == "VB" and t.i == noun.i + 2)
    return next((m for t in below for m in s.dependents(t, "mark") if m.lower == "to"), None)


def _is_imperative(s: Sentence, verb: Token) -> bool:
    """ "Release the hostages, the envoy said": a bare form that opens what is said."""
    if verb.tag != "VB" or verb.base_rel not in {"root", "ccomp", "advcl", "parataxis"} or s.dependents(verb, "nsubj", "aux", "mark"):
        return False
    before = s.tokens[verb.i - 1] if verb.i else None
    return before is None or (before.pos == "PUNCT" and before.text not in {",", "-", ";", "–", "—"})


def on_verb(s: Sentence, verb: Token, inside: set[int]) -> Iterator[Found]:
    if _is_imperative(s, verb):
        yield Found(BIDDEN, verb, "planned", False)
    ahead = _in_days_to_come(s, verb)
    if ahead is not None:
        yield Found(FUTURE, ahead, "planned", False)
    yield from auxiliaries(s, verb, inside)
    yield from marks(s, verb, inside)
    neither = next((t for t in s.dependents(verb, "cc:preconj", "cc") if t.lower in {"neither", "nor"}), None)
    if neither is not None:
        yield Found(NEITHER, neither, "not-happened", False)
    for argument in s.dependents(verb, "nsubj", "nsubj:pass", "obj"):
        for t in s.dependents(argument, "det", "cc:preconj"):
            if t.i in inside:
                continue
            cue = match(s, t, "determiner", inside)
            if cue is not None and cue.told_as == "not-happened":
                yield found_of(s, cue, t)
        for t in (m for above in (argument, *s.dependents(argument, "nummod")) for m in s.dependents(above, "advmod")):  # "not one tanker"
            cue = match(s, t, "modifier", inside) if t.lower == "not" and s.tokens[t.i + 1].lower in {"one", "a"} else None
            if cue is not None:
                yield found_of(s, cue, t)
        if argument.lower in {"nobody", "none", "nothing"}:
            cue = match(s, argument, "determiner", inside)
            if cue is not None:
                yield found_of(s, cue, argument)


def _in_days_to_come(s: Sentence, verb: Token) -> Token | None:
    """ "Tomorrow we storm the customs house", "talks resume next week": a present tense with a day to come."""
    if verb.tag not in {"VBP", "VBZ"} or s.dependents(verb, "aux", "mark"):
        return None
    days = s.dependents(verb, "obl:unmarked", "advmod", "obl")
    return next((t for t in days if t.lower == "tomorrow" or any(m.lower == "next" for m in s.dependents(t, "amod"))), None)


_WAYS: tuple[Governs, ...] = ("modal", "modifier", "clause")


def auxiliaries(s: Sentence, verb: Token, inside: set[int], skip: Token | None = None, *, shared: bool = False) -> Iterator[Found]:
    """Negations, modals and adverbs of a verb; a modal under a negation takes the negated reading. `shared`: of the verb that
    another is joined to, whose modals hold for both."""
    negation: Found | None = None
    rest: list[Found] = []
    beside = s.dependents(verb, "aux", "aux:pass", "advmod", "cop", "obl:unmarked")
    within = (c for adverb in beside if adverb.base_rel == "advmod" for c in s.dependents(adverb, "advmod"))
    for t in (*beside, *within):
        if t.i in inside or (skip is not None and t.i == skip.i) or _perceived(s, verb, t):
            continue
        for way in _WAYS:
            cue = match(s, t, way, inside)
            if cue is None or _not_only(s, t) or (cue.words[0] in {"almost", "nearly"} and t.head != verb.i):  # "almost daily"
                continue
            made = Found(cue, t, cue.told_as, cue.background)
            if t.lemma.lower() == "would" and any(a.lower in word_list("habits") for a in beside):
                made = Found(cue, t, None, True)  # "snipers would often shoot"
            elif t.lemma.lower() == "would" and _later_then(s, verb):
                made = Found(cue, t, "planned", cue.background)
            if cue.told_as == "not-happened" and way != "modal":
                negation = made
            else:
                rest.append(made)
            break
    for made in rest:
        told = made.cue.negated if negation is not None and made.cue.negated is not None else made.told_as
        yield Found(made.cue, made.token, told, made.background)
    if negation is not None and not any(made.token.lower in {"may", "might"} for made in rest):
        yield negation
    never = _at_no_time(s, verb)
    if never is not None:
        yield Found(NEITHER, never, "not-happened", False)
    if would_follow(s, verb):
        yield from _conditions(s, verb, inside)


def _perceived(s: Sentence, verb: Token, modal: Token) -> bool:
    """ "Gunfire can still be heard": what can be seen or heard is there."""
    return (
        modal.lower in {"can", "could"} and verb.lemma.lower() in {"hear", "see", "feel", "smell"} and bool(s.dependents(verb, "aux:pass"))
    )


def _at_no_time(s: Sentence, verb: Token) -> Token | None:
    """ "At no point did our drones strike", "under no circumstances"."""
    beside = (t for t in s.dependents(verb, "obl") if t.lemma.lower() in word_list("at no time"))
    return next((no for t in beside for no in s.dependents(t, "det") if no.lower == "no"), None)


def _conditions(s: Sentence, verb: Token, inside: set[int]) -> Iterator[Found]:
    """The conditions that stand beside a verb: "if they attack", "as long as the guns stay silent", "provided that both consent"."""
    for child in s.dependents(verb, "advcl"):
        opening = _inverted(s, child)
        if opening is not None:
            yield Found(INVERTED, opening, "conditional", False)
        for mark in (*s.dependents(child, "mark", "advmod"), *((child,) if s.dependents(child, "ccomp") else ())):
            cue = match(s, mark, "mark", inside)
            if cue is not None and cue.told_as == "conditional":
                yield Found(cue, mark, "conditional", False)
    for adverb in s.dependents(verb, "advmod"):
        as_ = next((t for t in s.dependents(adverb, "advmod") if t.i == adverb.i - 1), None)
        cue = match(s, as_, "mark", inside) if as_ is not None and s.dependents(adverb, "advcl") else None
        if cue is not None and as_ is not None and cue.told_as == "conditional":
            yield Found(cue, as_, "conditional", False)


def _not_only(s: Sentence, negation: Token) -> bool:
    """ "not just on land but at sea" denies nothing, nor does "never before had so many been killed"."""
    following = s.tokens[negation.i + 1].lower if negation.i + 1 < len(s.tokens) else ""
    if negation.lower == "never" and following == "before":
        following_words = {t.lower for t in s.tokens[negation.i + 2 : negation.i + 8]}
        return bool(following_words & {"so", "such"}) and (negation.i == 0 or s.tokens[negation.i - 1].pos == "PUNCT")
    return negation.lower in {"not", "n't"} and following in {"just", "only", "merely", "simply", "solely", "alone"}


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


def would_follow(s: Sentence, verb: Token) -> bool:
    """Whether a main clause is the consequence of a condition rather than a fact beside it."""
    return any(
        t.lemma.lower() in {"will", "would", "could", "should", "may", "might", "shall", "must", "can", "'ll"}
        for t in s.dependents(verb, "aux")
    )


def _inverted(s: Sentence, clause: Token) -> Token | None:
    """ "Should fighting reach the city, …": the auxiliary that opens a condition."""
    opening = next((t for t in s.dependents(clause, "aux", "aux:pass") if t.lower in {"had", "should", "were"}), None)
    return opening if opening is not None and clause.base_rel == "advcl" and opening.i == min(t.i for t in s.subtree(clause)) else None


def _first_to(s: Sentence, verb: Token) -> bool:
    """ "the first soldier to testify", "the last to sign": it was done, and by whom it was done first."""
    noun = s.head(verb)
    beside = (noun, *s.dependents(noun, "amod", "det", "nummod"))
    return verb.base_rel == "acl" and any(t.lower in word_list("firsts") for t in beside)


def marks(s: Sentence, verb: Token, inside: set[int]) -> Iterator[Found]:
    opening = _inverted(s, verb)
    if opening is not None:
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
            headline = verb.rel == "root" and bool(s.dependents(verb, "nsubj"))  # "Government to withdraw troops"
            if (verb.base_rel in {"advcl", "acl"} and not _done_by(s, verb) and not _first_to(s, verb)) or arranged or headline:
                yield Found(PURPOSE, t, "planned", False)
            continue
        if t.lower == "if" and _asks(s, verb):
            yield Found(WHETHER, t, "possible", False)
            continue
        cue = match(s, t, "mark", inside)
        if cue is not None and not (t.lower in {"before", "until", "till", "so"} and _took_place(s, verb)):
            yield found_of(s, cue, t)


def _asks(s: Sentence, clause: Token) -> bool:
    """Whether "if" is "whether": "asked if the town had fallen", "it is not known if soldiers fired"."""
    if clause.base_rel in {"ccomp", "csubj"}:
        return True
    above = s.head(clause)
    return clause.base_rel == "advcl" and above.i < clause.i and above.lemma.lower() in word_list("asks whether")


def _done_by(s: Sentence, verb: Token) -> bool:
    """ "the methods they use to kill", "an attempt to attack": the infinitive tells what is being done, or is read by its noun."""
    above = s.head(verb)
    if verb.base_rel == "acl" and above.lemma.lower() in word_list("choices"):  # "had no choice but to flee"
        return is_negated(s, above)
    if verb.base_rel == "advcl" and above.lemma.lower() == "happen":  # "happened to free two hostages"
        return True
    return above.lemma.lower() in {"use", "help"} or (verb.base_rel == "acl" and above.lemma.lower() in word_list("attempts"))


def _took_place(s: Sentence, verb: Token) -> bool:
    """ "before the army pushed them back": a finite past tense tells what happened, unless it is set against what did not."""
    above = s.head(verb)
    helpers = s.dependents(verb, "aux", "aux:pass", "cop")
    finite = verb.tag == "VBD" or any(t.tag == "VBD" for t in helpers)
    past = above.tag == "VBD" or any(t.tag == "VBD" for t in s.dependents(above, "aux"))
    if verb.tag == "VBG" and past and not helpers and any(t.lower == "before" for t in s.dependents(verb, "mark")):
        finite = True  # "fought them off before pulling back"
    if above.lower == "long" and finite:
        return True  # "it was not long before a crowd attacked"
    if not finite and any(t.lower == "so" for t in s.dependents(verb, "mark")):
        finite = any(t.tag in {"VBZ", "VBP"} for t in (verb, *helpers)) and not any(t.tag == "MD" for t in helpers)
    return finite and not is_negated(s, above)


def prepositional(s: Sentence, node: Token, inside: set[int]) -> Iterator[Found]:
    for t in s.dependents(node, "case", "mark"):
        if t.i in inside:
            continue
        marks = t.base_rel == "mark" and not clauses.is_verbal(node)  # those of a verb are read with its auxiliaries
        cue = match(s, t, "prep", inside) or (match(s, t, "mark", inside) if marks else None)
        if cue is not None and not _is_always_so(s, node, t):
            yield found_of(s, cue, t)


def _is_always_so(s: Sentence, noun: Token, without: Token) -> bool:
    """ "Not a week passes without an ambush", "no day went by without shelling": there always was one."""
    opens = any(t.lower in {"not", "no", "hardly", "scarcely", "rarely", "seldom"} for t in s.tokens[:2])
    times = s.dependents(s.head(noun), "nsubj", "compound")
    return without.lower == "without" and opens and any(t.lemma.lower() in word_list("stretches of time") for t in times)
