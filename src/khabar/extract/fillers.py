"""What may fill a role: who can act, what can undergo, and which named places belong to a clause."""

from __future__ import annotations

from collections.abc import Iterable

from khabar.extract import clauses
from khabar.extract.clauses import Argument
from khabar.extract.draft import Draft, Role
from khabar.extract.phrases import PARTY_CLASSES
from khabar.knowledge.numbers import numbers
from khabar.knowledge.wordlists import word_list
from khabar.records import Token

NO_PARTY = frozenset({"time", "abstract", "violence", "violent-event"})
"""Classes that are nobody and nothing that can be done something to."""

_CRAFT = frozenset({"aircraft", "vehicle", "ship"})
"""Things with a crew or an owner: what is done to them is done to somebody."""

_OF_PLACES = frozenset({"capture", "hold", "besiege"})
"""Types whose pronoun object ("they hold it") stands for a place."""

MEANS = frozenset({"aircraft", "artillery", "bomb", "firearm", "weapon"})
"""Classes that do harm without being anybody: a means, never an actor."""


def can_be_party(draft: Draft, token: Token) -> bool:
    """Whether a phrase can be somebody: people, bodies, names, pronouns that stand for them."""
    token = draft.phrases.named(token)
    core = draft.phrases.core(token)
    if core.pos == "PRON":
        return core.lower not in word_list("nobody")
    classes = draft.phrases.classes(token)
    if core.pos == "NUM":
        return "time" not in classes and token.base_rel in {"nsubj", "obj", "conj"}
    if classes & PARTY_CLASSES:
        return True
    if classes & {"state"} or (draft.phrases.is_place(token) and core.pos == "PROPN"):
        return True
    return core.pos == "PROPN" and not classes & {"time"}


def add_actor(draft: Draft, found: Argument | None) -> None:
    if found is None:
        return
    for token in clauses.members(draft.sentence, found.token):
        core = draft.phrases.core(token)
        classes = draft.phrases.classes(token)
        if classes & MEANS and not classes & {"armed", "person", "organisation"}:
            owner = next(iter(draft.sentence.dependents(core, "nmod:poss", "compound", "amod")), None)
            if owner is not None and draft.phrases.classes(owner) & {"state", "organisation", "people", "armed", "place"}:
                _add(draft, draft.actors, token, found.by)
            continue
        if can_be_party(draft, token) and not _is_trigger_place(draft, token):
            _add(draft, draft.actors, token, found.by)


def _is_trigger_place(draft: Draft, token: Token) -> bool:
    """A town does not fight: only countries and capitals stand for their governments."""
    classes = draft.phrases.classes(token)
    return "place" in classes and not classes & {"state", "organisation", "armed", "people", "officials"} and token.pos != "PROPN"


def add_targets(draft: Draft, found: Iterable[Argument], *, loose: bool = False) -> None:
    places_are_targets = draft.type in {"accuse", "demand", "support", "sanction", "reject", "threaten", "aid", "negotiate", "agree"}
    for argument in found:
        for token in clauses.members(draft.sentence, argument.token):
            classes = draft.phrases.classes(token)
            opposed = draft.rule.frame.endswith("symmetric") and "state" in classes
            if _is_where(draft, token) and not places_are_targets and not opposed:
                if token.pos == "PROPN" or draft.phrases.mention(token):
                    _add(draft, draft.places, token, argument.by)
                elif draft.rule.frame in {"takes-place", "noun-takes-place", "falls"} and "facility" in classes:
                    _add(draft, draft.targets, token, argument.by)
                else:
                    draft.counted.append(Role(token, argument.by, draft.sentence, draft.phrases))
                _inner_places(draft, token)
                continue
            if _is_nobody(draft, token, classes):
                continue
            if _is_count(draft, token):
                draft.counted.append(Role(token, argument.by, draft.sentence, draft.phrases))
                continue
            if classes & MEANS and draft.type in _BY_MEANS and not classes & {"armed", "person", "civilians"}:
                draft.counted.append(Role(token, argument.by, draft.sentence, draft.phrases))
                continue
            if draft.rule.frame.endswith("symmetric") and not can_be_party(draft, token):
                continue
            thing = not loose and bool(
                classes & {"vehicle", "property", "facility", "ship", "aircraft", "artillery", "bomb", "firearm", "goods"}
            )
            if can_be_party(draft, token) or thing or (loose is False and draft.type in _THINGS):
                _add(draft, draft.targets, token, argument.by)
                if thing:
                    _inner_places(draft, token)


def _is_nobody(draft: Draft, token: Token, classes: frozenset[str]) -> bool:
    """Whether a phrase is a time, an event or a word that stands for nobody."""
    core = draft.phrases.core(token)
    if (classes & NO_PARTY and not classes & _CRAFT) or core.lower in word_list("nobody"):
        return True
    return core.pos == "PRON" and draft.type in _OF_PLACES


def _is_count(draft: Draft, token: Token) -> bool:
    """Whether a phrase is a bare number ("killing 43", "wounding dozens", "30 others") and no party of its own."""
    core = draft.phrases.core(token)
    vague = core.i == token.i and core.lower in numbers().vague
    return core.pos == "NUM" or vague or core.lemma.lower() in word_list("others")


def _is_where(draft: Draft, token: Token) -> bool:
    """Whether what is done to it makes a phrase a place: a name of no known party that is captured or held is one."""
    if draft.phrases.is_place(token):
        return True
    taken = draft.rule.frame in {"takes-place", "falls", "noun-takes-place"} and draft.type in {"capture", "hold", "besiege"}
    return taken and token.pos == "PROPN" and not draft.phrases.classes(token) & {"armed", "officials", "police"}


_BY_MEANS = frozenset({"airstrike", "shelling", "bombing", "attack"})
"""Types whose object may be what is fired or dropped, and then is no target."""

_THINGS = frozenset(
    {
        "destroy",
        "attack",
        "airstrike",
        "shelling",
        "bombing",
        "capture",
        "casualties",
        "abduct",
        "detain",
        "torture",
        "sexual-violence",
        "release",
        "displace",
    }
)
"""Types that are done to anything that can be named: what undergoes them need not be of a known kind."""


def _inner_places(draft: Draft, token: Token) -> None:
    """Named places inside a phrase: "the town of X", "three districts in X", "a base near X"."""
    for child in draft.sentence.dependents(token, "nmod", "appos", "compound", "flat", "nmod:poss", "nmod:desc"):
        mention = draft.phrases.mention(child)
        if mention is not None and mention.kind in {"LOC", "GPE", "FAC"} and child.rel != "nmod:poss":
            for member in clauses.members(draft.sentence, child):
                _add(draft, draft.places, member, f"named inside “{token.text}”")
        elif child.base_rel in {"nmod", "appos"} and draft.phrases.is_place(child):
            _inner_places(draft, child)


def add_losers(draft: Draft, token: Token) -> None:
    if draft.phrases.is_party(token) and not draft.phrases.is_place(token):
        add_targets(draft, [Argument(token, "the “from” phrase: who lost it")])


def _add(draft: Draft, roles: list[Role], token: Token, because: str) -> None:
    whole = token
    if roles is not draft.places:
        core = draft.phrases.core(token)
        if core.i != token.i:
            for other in clauses.members(draft.sentence, core)[1:]:
                _add(draft, roles, other, f"{because}, joined to “{core.text}”")
        token = core if core.pos == "PRON" else draft.phrases.named(token)
    everybody = (*draft.actors, *draft.targets, *draft.places)
    if any(r.token.i == token.i for r in everybody) or token.i in {t.i for t in draft.words}:
        return
    roles.append(Role(token, because, draft.sentence, draft.phrases, whole=whole if whole.i != token.i else None))


def add_modifiers(draft: Draft) -> None:
    """A party before a nominal trigger does it: "Israeli strikes", "a Taliban offensive"; in "anti-X" it is the target."""
    if not draft.rule.frame.startswith("noun"):
        return
    s = draft.sentence
    before = list(s.dependents(draft.head, "amod", "compound", "nmod:desc"))
    if draft.head.base_rel == "conj" and not draft.actors:
        before += s.dependents(s.head(draft.head), "amod", "compound", "nmod:desc")
    for t in (m for modifier in before for m in (modifier, *s.dependents(modifier, "conj"))):
        classes = draft.phrases.classes(t)
        if t.lower.startswith("anti-") or t.lemma.lower() in word_list("kinds of attack"):
            continue
        described = t.tag == "JJ" and draft.phrases.mention(t) is None and not classes & {"armed"}
        town = classes & {"place"} and t.pos == "PROPN" and "state" not in classes
        if described or town or not classes & _MODIFYING:
            continue
        if draft.rule.frame == "noun-suffers":
            _add(draft, draft.targets, t, "the word before the noun")
        elif draft.rule.frame == "noun-symmetric" or not draft.actors or t.base_rel == "conj":
            _add(draft, draft.actors, t, "the word before the noun")


_MODIFYING = frozenset({"armed", "organisation", "people", "police", "officials", "state"})


def add_locatives(draft: Draft) -> None:
    """The named places of the clause: of the trigger, of the verb that carries it, and of its arguments' phrases."""
    s = draft.sentence
    carriers = [draft.head] + ([draft.anchor] if draft.anchor is not None and draft.anchor.i != draft.head.i else [])
    for carrier in carriers:
        for prep, token in clauses.obliques(s, carrier):
            if prep.split()[0] in word_list("locative") or prep.split()[-1] in word_list("locative"):
                _place_phrase(draft, token, f"the “{prep}” phrase")
        for t in s.dependents(carrier, "compound", "nmod:poss", "nmod:unmarked", "obl:unmarked", "advmod"):
            mention = draft.phrases.mention(t)
            if mention is not None and mention.kind in {"LOC", "GPE", "FAC"} and "state" not in draft.phrases.classes(t):
                _add(draft, draft.places, t, "the word before the noun")


def _place_phrase(draft: Draft, token: Token, because: str) -> None:
    for member in clauses.members(draft.sentence, token):
        mention = draft.phrases.mention(member)
        if mention is not None and mention.kind in {"LOC", "GPE", "FAC"}:
            _add(draft, draft.places, member, because)
        else:
            _inner_places(draft, member)
