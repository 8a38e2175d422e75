"""Roles: from grammar to who did it, to whom, and where, by the frame of the trigger's rule.

A frame says which grammatical place is which role. What fills a place must be of a kind that can: a weapon that "hit a
village" is a means and no actor, a town that was "attacked" is where and not whom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from khabar.extract import clauses
from khabar.extract.clauses import Argument
from khabar.extract.draft import Draft, Role
from khabar.extract.phrases import PARTY_CLASSES
from khabar.knowledge.numbers import numbers
from khabar.knowledge.ontology import LightVerb, ontology
from khabar.knowledge.wordlists import word_list
from khabar.records import Token

MEANS = frozenset({"aircraft", "artillery", "bomb", "firearm", "weapon"})
"""Classes that do harm without being anybody: a means, never an actor."""


def assign(draft: Draft) -> None:
    """Fill actors, targets and places of a draft by the frame of its rule."""
    FRAMES[draft.rule.frame](draft)
    if draft.type == "withdraw" and draft.rule.pos == "verb" and clauses.is_passive(draft.sentence, draft.head) and not draft.actors:
        draft.actors, draft.targets = draft.targets, []
    _modifier_parties(draft)
    _locatives(draft)


# verbs ---------------------------------------------------------------------------------------------------------------


def _does_to(draft: Draft) -> None:
    s, verb = draft.sentence, draft.head
    patients = clauses.patients(s, verb)
    if not patients and not clauses.is_passive(s, verb) and numbers().kind_of_trigger.get(verb.lemma.lower()) in {"killed", "injured"}:
        undergoer = clauses.subject(s, verb)
        _targets(draft, [undergoer] if undergoer else [])
        return
    _actor(draft, clauses.agent(s, verb))
    _targets(draft, patients)
    last = draft.words[-1]
    if last.pos == "ADP" and last.base_rel == "case" and len(draft.words) > 1:
        _targets(draft, [Argument(s.head(last), f"the “{last.lower}” phrase")])
    for prep, token in clauses.obliques(s, verb):
        if prep in ("against", "at", "on", "upon") and not draft.targets:
            _targets(draft, [Argument(token, f"the “{prep}” phrase")])


def _takes_place(draft: Draft) -> None:
    s, verb = draft.sentence, draft.head
    _actor(draft, clauses.agent(s, verb))
    _targets(draft, clauses.patients(s, verb))
    for prep, token in clauses.obliques(s, verb):
        if prep == "from":
            _losers(draft, token)
        elif prep == "of" and not draft.places:
            _targets(draft, [Argument(token, "the “of” phrase")])
    _hyphenated(draft)


def _hyphenated(draft: Draft) -> None:
    """ "rebel-held", "Turkish-administered": the word before the hyphen does it."""
    if draft.head.base_rel == "amod" and not draft.actors:
        for t in draft.sentence.dependents(draft.head, "obl", "compound", "amod", "nmod", "obl:unmarked", "advmod", "obl:agent"):
            if t.i == draft.head.i - 2 and draft.sentence.tokens[t.i + 1].text == "-":
                _actor(draft, Argument(t, "the word before the hyphen"))


def _falls(draft: Draft) -> None:
    s, verb = draft.sentence, draft.head
    fallen = clauses.subject(s, verb)
    if fallen:
        _targets(draft, [fallen])
    for prep, token in clauses.obliques(s, verb):
        if prep in {"to", "into", "under", "by"}:
            owner = next((t for p, t in clauses.obliques(s, token) if p == "of"), None) or next(
                iter(s.dependents(token, "nmod:poss")), token
            )
            _actor(draft, Argument(owner, f"the “{prep}” phrase"))


def _symmetric(draft: Draft) -> None:
    s, verb = draft.sentence, draft.head
    _actor(draft, clauses.agent(s, verb) if not clauses.is_passive(s, verb) else clauses.by_agent(s, verb))
    _targets(draft, clauses.patients(s, verb))
    for prep, token in clauses.obliques(s, verb):
        if prep in ("with", "against", "between", "alongside"):
            _targets(draft, [Argument(token, f"the “{prep}” phrase")])


def _does(draft: Draft) -> None:
    s, verb = draft.sentence, draft.head
    if clauses.is_passive(s, verb):
        _actor(draft, clauses.subject(s, verb))
    else:
        _actor(draft, clauses.agent(s, verb))
        for patient in clauses.patients(s, verb):
            if draft.type in {"mobilize", "withdraw"}:
                _actor(draft, patient) if not draft.actors else _targets(draft, [patient])
            else:
                _targets(draft, [patient])
    for prep, token in clauses.obliques(s, verb):
        if prep in ("to", "against", "with", "from") and draft.phrases.is_party(token) and not draft.phrases.is_place(token):
            _targets(draft, [Argument(token, f"the “{prep}” phrase")])


def _suffers(draft: Draft) -> None:
    s, verb = draft.sentence, draft.head
    if draft.rule.pos == "adj" or verb.base_rel == "amod":
        noun = s.head(verb) if verb.base_rel in {"amod", "acl"} else None
        found = Argument(noun, "the noun it describes") if noun else clauses.subject(s, verb)
    else:
        found = clauses.subject(s, verb)
    if found:
        _targets(draft, [found])
    if clauses.is_passive(s, verb):
        _actor(draft, clauses.by_agent(s, verb))


def _tells(draft: Draft) -> None:
    s, verb = draft.sentence, draft.head
    _actor(draft, clauses.agent(s, verb))
    _targets(draft, clauses.patients(s, verb), loose=True)
    if draft.type == "demand":
        asked = [t for p, t in clauses.obliques(s, verb) if p == "for"] + [a.token for a in clauses.patients(s, verb)]
        for thing in asked:
            _targets(draft, [Argument(t, "of whom it is asked") for p, t in clauses.obliques(s, thing) if p in {"from", "by"}], loose=True)
    for prep, token in clauses.obliques(s, verb):
        if prep in ("on", "upon", "against", "to", "with", "from") and (draft.phrases.is_party(token) or draft.phrases.is_place(token)):
            _targets(draft, [Argument(token, f"the “{prep}” phrase")], loose=True)


# nouns ---------------------------------------------------------------------------------------------------------------


def _noun_does_to(draft: Draft) -> None:
    _noun_agent(draft, ("by",))
    _noun_patient(draft, ("against", "on", "upon", "at", "of", "targeting"))


def _noun_takes_place(draft: Draft) -> None:
    _noun_agent(draft, ("by",))
    _noun_patient(draft, ("of", "over", "on"))
    for prep, token in _noun_phrases(draft):
        if prep == "from":
            _losers(draft, token)


def _noun_symmetric(draft: Draft) -> None:
    _noun_agent(draft, ("by",))
    for prep, token in _noun_phrases(draft):
        if prep in ("between", "with", "against", "among", "involving") and _can_be_party(draft, token):
            _targets(draft, [Argument(token, f"the “{prep}” phrase")])


def _noun_does(draft: Draft) -> None:
    _noun_agent(draft, ("of", "by"))
    for prep, token in _noun_phrases(draft):
        if prep in ("to", "against") and draft.phrases.is_party(token):
            _targets(draft, [Argument(token, f"the “{prep}” phrase")])


def _noun_suffers(draft: Draft) -> None:
    _noun_agent(draft, ("by",), possessive=False)
    _noun_patient(draft, ("of", "among", "to", "on"))
    for t in draft.sentence.dependents(draft.head, "nmod:poss"):
        _targets(draft, [Argument(t, "the possessor")])


def _noun_tells(draft: Draft) -> None:
    _noun_agent(draft, ("by", "from"))
    for prep, token in _noun_phrases(draft):
        if prep in ("to", "on", "against", "with", "for", "between") and (draft.phrases.is_party(token) or draft.phrases.is_place(token)):
            _targets(draft, [Argument(token, f"the “{prep}” phrase")], loose=True)


def _noun_phrases(draft: Draft) -> Iterable[tuple[str, Token]]:
    """The prepositional phrases of a nominal trigger: its own, and those of the verb that carries it."""
    yield from clauses.obliques(draft.sentence, draft.head)
    if draft.anchor is not None:
        yield from clauses.obliques(draft.sentence, draft.anchor)


def _noun_agent(draft: Draft, by: tuple[str, ...], *, possessive: bool = True) -> None:
    s, noun = draft.sentence, draft.head
    for prep, token in clauses.obliques(s, noun):
        if prep in by:
            _actor(draft, Argument(token, f"the “{prep}” phrase"))
    if possessive:
        for t in s.dependents(noun, "nmod:poss"):
            _actor(draft, Argument(t, "the possessor"))
    _carrier(draft)


def _noun_patient(draft: Draft, preps: tuple[str, ...]) -> None:
    for prep, token in _noun_phrases(draft):
        if prep in preps and (token.head == draft.head.i or prep != "of"):
            _targets(draft, [Argument(token, f"the “{prep}” phrase")])


def _carrier(draft: Draft) -> None:
    """The verb that carries a nominal trigger: "launched an offensive" gives its subject as actor, "came under attack" as target."""
    s, noun = draft.sentence, draft.head
    head = noun
    while head.base_rel in {"conj", "compound"} and head.head != head.i and not clauses.is_verbal(s.head(head)):
        head = s.head(head)
    verb = s.head(head)
    if verb.i == head.i or not clauses.is_verbal(verb):
        return
    light = _light(draft, verb)
    if head.base_rel in {"nsubj", "obj", "obl"}:
        draft.anchor = verb
    if light is None:
        return
    passive = clauses.is_passive(s, verb)
    if light.subject == "target":
        found = clauses.subject(s, verb)
        if found and head.base_rel in {"obj", "obl"}:
            _targets(draft, [found])
    elif (head.base_rel == "obj" and not passive) or (
        head.base_rel == "obl" and not passive and clauses.preposition(s, head) in {"in", "into", "with"}
    ):
        _actor(draft, clauses.subject(s, verb))
    elif passive and head.rel == "nsubj:pass":
        _actor(draft, clauses.by_agent(s, verb))
    elif head.base_rel == "obj" and verb.base_rel == "acl":
        _actor(draft, clauses.agent(s, verb))


def _light(draft: Draft, verb: Token) -> LightVerb | None:
    particles = [t.lower for t in draft.sentence.dependents(verb, "compound:prt")]
    preps = [p for p, t in clauses.obliques(draft.sentence, verb) if t.i == draft.head.i]
    for extra in (*particles, *preps):
        found = ontology().light.get(f"{verb.lemma.lower()} {extra}")
        if found is not None:
            return found
    return ontology().light.get(verb.lemma.lower())


# fillers -------------------------------------------------------------------------------------------------------------


def _can_be_party(draft: Draft, token: Token) -> bool:
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


def _actor(draft: Draft, found: Argument | None) -> None:
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
        if _can_be_party(draft, token) and not _is_trigger_place(draft, token):
            _add(draft, draft.actors, token, found.by)


def _is_trigger_place(draft: Draft, token: Token) -> bool:
    """A town does not fight: only countries and capitals stand for their governments."""
    classes = draft.phrases.classes(token)
    return "place" in classes and not classes & {"state", "organisation", "armed", "people", "officials"} and token.pos != "PROPN"


def _targets(draft: Draft, found: Iterable[Argument], *, loose: bool = False) -> None:
    places_are_targets = draft.type in {"accuse", "demand", "support", "sanction", "reject", "threaten", "aid", "negotiate", "agree"}
    for argument in found:
        for token in clauses.members(draft.sentence, argument.token):
            classes = draft.phrases.classes(token)
            if _is_where(draft, token) and not places_are_targets:
                if token.pos == "PROPN" or draft.phrases.mention(token):
                    _add(draft, draft.places, token, argument.by)
                elif draft.rule.frame in {"takes-place", "noun-takes-place", "falls"} and "facility" in classes:
                    _add(draft, draft.targets, token, argument.by)
                else:
                    draft.counted.append(Role(token, argument.by, draft.sentence, draft.phrases))
                _inner_places(draft, token)
                continue
            if classes & {"time", "abstract"} or draft.phrases.core(token).lower in word_list("nobody"):
                continue
            if classes & MEANS and draft.type in _BY_MEANS and not classes & {"armed", "person", "civilians"}:
                draft.counted.append(Role(token, argument.by, draft.sentence, draft.phrases))
                continue
            if draft.rule.frame.endswith("symmetric") and not _can_be_party(draft, token):
                continue
            thing = bool(classes & {"vehicle", "property", "facility", "ship", "aircraft", "artillery", "bomb", "firearm", "goods"})
            if _can_be_party(draft, token) or thing or (loose is False and draft.type in _THINGS):
                _add(draft, draft.targets, token, argument.by)
                if thing:
                    _inner_places(draft, token)


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


def _losers(draft: Draft, token: Token) -> None:
    if draft.phrases.is_party(token) and not draft.phrases.is_place(token):
        _targets(draft, [Argument(token, "the “from” phrase: who lost it")])


def _add(draft: Draft, roles: list[Role], token: Token, because: str) -> None:
    whole = token
    if roles is not draft.places:
        core = draft.phrases.core(token)
        token = core if core.pos == "PRON" else draft.phrases.named(token)
    everybody = (*draft.actors, *draft.targets, *draft.places)
    if any(r.token.i == token.i for r in everybody) or token.i in {t.i for t in draft.words}:
        return
    roles.append(Role(token, because, draft.sentence, draft.phrases, whole=whole if whole.i != token.i else None))


def _modifier_parties(draft: Draft) -> None:
    """A party before a nominal trigger does it: "Israeli strikes", "a Taliban offensive"; in "anti-X" it is the target."""
    if not draft.rule.frame.startswith("noun"):
        return
    s = draft.sentence
    for t in s.dependents(draft.head, "amod", "compound", "nmod:desc"):
        classes = draft.phrases.classes(t)
        if t.lower.startswith("anti-"):
            continue
        if not classes & {"armed", "organisation", "people", "police", "officials", "state", "party"} or (
            classes & {"place"} and t.pos == "PROPN" and "state" not in classes
        ):
            continue
        if draft.rule.frame == "noun-suffers":
            _add(draft, draft.targets, t, "the word before the noun")
        elif draft.rule.frame == "noun-symmetric" or not draft.actors:
            _add(draft, draft.actors, t, "the word before the noun")


def _locatives(draft: Draft) -> None:
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


FRAMES: Mapping[str, Callable[[Draft], None]] = {
    "does-to": _does_to, "takes-place": _takes_place, "falls": _falls, "symmetric": _symmetric, "does": _does, "suffers": _suffers,
    "tells": _tells, "noun-does-to": _noun_does_to, "noun-takes-place": _noun_takes_place, "noun-symmetric": _noun_symmetric,
    "noun-does": _noun_does, "noun-suffers": _noun_suffers, "noun-tells": _noun_tells,
}  # fmt: skip
