"""Roles: from grammar to who did it, to whom, and where, by the frame of the trigger's rule.

A frame says which grammatical place is which role. What fills a place must be of a kind that can: a weapon that "hit a
village" is a means and no actor, a town that was "attacked" is where and not whom.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from khabar.extract import clauses
from khabar.extract.clauses import Argument
from khabar.extract.draft import Draft, Role
from khabar.extract.fillers import add_actor, add_locatives, add_losers, add_modifiers, add_targets, can_be_party
from khabar.knowledge.numbers import numbers
from khabar.knowledge.ontology import LightVerb, ontology
from khabar.knowledge.wordlists import word_list
from khabar.records import Token


def assign(draft: Draft) -> None:
    """Fill actors, targets and places of a draft by the frame of its rule."""
    FRAMES[draft.rule.frame](draft)
    _hyphenated(draft)
    if draft.type == "withdraw" and draft.rule.pos == "verb" and clauses.is_passive(draft.sentence, draft.head) and not draft.actors:
        draft.actors, draft.targets = draft.targets, []
    _moved_forces(draft)
    _handed_over(draft)
    add_modifiers(draft)
    add_locatives(draft)


def _phrases(draft: Draft) -> Iterator[tuple[str, Token]]:
    """The prepositional phrases of a verbal trigger, those of the nouns in its wording included ("lends support to X")."""
    words = (draft.head, *(t for t in draft.words if t.i != draft.head.i and t.pos in {"NOUN", "ADV", "ADJ"}))
    inside = {t.i for t in draft.words}
    return ((prep, token) for word in words for prep, token in clauses.obliques(draft.sentence, word) if token.i not in inside)


def _handed_over(draft: Draft) -> None:
    """ "handed over the rifles", "distributed rations to 8,000 people": what is given is no target, but counted; whoever gets it is."""
    if draft.type not in {"surrender", "aid"} or draft.rule.pos != "verb":
        return
    given = [r for r in draft.targets if r.phrases.classes(r.token) & {"weapons", "aid-noun", "goods"} and not r.phrases.is_party(r.token)]
    if not given:
        return
    draft.targets = [r for r in draft.targets if r not in given]
    draft.counted += given
    if draft.type == "aid" and not draft.targets:
        for prep, token in _phrases(draft):
            if prep in {"to", "for"}:
                add_targets(draft, [Argument(token, f"the “{prep}” phrase")])


def _moved_forces(draft: Draft) -> None:
    """Forces that are sent, stationed or massed are the one who moves, or its number; never the one it is done to."""
    if draft.type != "mobilize" or not draft.rule.frame.endswith("does-to"):
        return
    forces = [r for r in draft.targets if "armed" in r.phrases.classes(r.token) and not r.phrases.classes(r.token) & {"civilians"}]
    if not forces or draft.head.lemma.lower() in {"train", "recruit", "conscript", "arm"}:
        return
    draft.targets = [r for r in draft.targets if r not in forces]
    if draft.actors:
        draft.counted += forces
    else:
        draft.actors = forces


# verbs ---------------------------------------------------------------------------------------------------------------


def _does_to(draft: Draft) -> None:
    s, verb = draft.sentence, draft.head
    patients = clauses.patients(s, verb)
    if not patients and not clauses.is_passive(s, verb) and numbers().kind_of_trigger.get(verb.lemma.lower()) in {"killed", "injured"}:
        undergoer = clauses.subject(s, verb)
        add_targets(draft, [undergoer] if undergoer else [])
        return
    add_actor(draft, clauses.agent(s, verb))
    add_targets(draft, patients)
    last = draft.words[-1]
    if last.pos == "ADP" and last.base_rel == "case" and len(draft.words) > 1:
        add_targets(draft, [Argument(s.head(last), f"the “{last.lower}” phrase")])
    for prep, token in _phrases(draft):
        if prep in {"alongside", "into"} or (prep in ("against", "at", "on", "upon") and not draft.targets):
            add_targets(draft, [Argument(token, f"the “{prep}” phrase")])


def _takes_place(draft: Draft) -> None:
    s, verb = draft.sentence, draft.head
    add_actor(draft, clauses.agent(s, verb))
    add_targets(draft, clauses.patients(s, verb))
    for prep, token in _phrases(draft):
        if prep == "from":
            add_losers(draft, token)
        elif prep == "of" and not draft.places:
            add_targets(draft, [Argument(token, "the “of” phrase")])


def _hyphenated(draft: Draft) -> None:
    """ "rebel-held", "Turkish-administered": the word before the hyphen does it, though it belongs to the trigger's wording."""
    last = max(t.i for t in draft.words)
    tokens = draft.sentence.tokens
    if draft.actors or last < 2 or tokens[last - 1].text != "-" or tokens[last].tag != "VBN":
        return
    doer = tokens[last - 2]
    if can_be_party(draft, doer):
        draft.actors.append(Role(doer, "the word before the hyphen", draft.sentence, draft.phrases))


def _falls(draft: Draft) -> None:
    s, verb = draft.sentence, draft.head
    fallen = clauses.subject(s, verb)
    if fallen:
        add_targets(draft, [fallen])
    for prep, token in _phrases(draft):
        if prep in {"to", "into", "under", "by"}:
            owner = next((t for p, t in clauses.obliques(s, token) if p == "of"), None) or next(
                iter(s.dependents(token, "nmod:poss")), token
            )
            add_actor(draft, Argument(owner, f"the “{prep}” phrase"))


def _symmetric(draft: Draft) -> None:
    s, verb = draft.sentence, draft.head
    add_actor(draft, clauses.agent(s, verb) if not clauses.is_passive(s, verb) else clauses.by_agent(s, verb))
    add_targets(draft, clauses.patients(s, verb))
    for prep, token in _phrases(draft):
        if prep in ("with", "against", "between", "alongside"):
            add_targets(draft, [Argument(token, f"the “{prep}” phrase")])


def _does(draft: Draft) -> None:
    s, verb = draft.sentence, draft.head
    if clauses.is_passive(s, verb):
        add_actor(draft, clauses.subject(s, verb))
    else:
        add_actor(draft, clauses.agent(s, verb))
        for patient in clauses.patients(s, verb):
            if draft.type in {"mobilize", "withdraw"}:
                add_actor(draft, patient) if not draft.actors else add_targets(draft, [patient])
            else:
                add_targets(draft, [patient])
    for prep, token in _phrases(draft):
        if prep in ("to", "against", "with", "from") and draft.phrases.is_party(token) and not draft.phrases.is_place(token):
            add_targets(draft, [Argument(token, f"the “{prep}” phrase")])


def _suffers(draft: Draft) -> None:
    s, verb = draft.sentence, draft.head
    if draft.rule.pos == "adj" or verb.base_rel == "amod":
        noun = s.head(verb) if verb.base_rel in {"amod", "acl"} else None
        found = Argument(noun, "the noun it describes") if noun else clauses.subject(s, verb)
    else:
        found = clauses.subject(s, verb)
    if found:
        add_targets(draft, [found])
    if clauses.is_passive(s, verb):
        add_actor(draft, clauses.by_agent(s, verb))


def _tells(draft: Draft) -> None:
    s, verb = draft.sentence, draft.head
    add_actor(draft, clauses.agent(s, verb))
    blamed = draft.type == "accuse" and any(p in {"on", "upon"} for p, _ in _phrases(draft))
    if not blamed:
        add_targets(draft, clauses.patients(s, verb), loose=True)
    if draft.type == "demand":
        asked = [t for p, t in _phrases(draft) if p == "for"] + [a.token for a in clauses.patients(s, verb)]
        for thing in asked:
            add_targets(
                draft, [Argument(t, "of whom it is asked") for p, t in clauses.obliques(s, thing) if p in {"from", "by"}], loose=True
            )
    for prep, token in _phrases(draft):
        if prep in ("on", "upon", "against", "to", "with", "from") and (draft.phrases.is_party(token) or draft.phrases.is_place(token)):
            add_targets(draft, [Argument(token, f"the “{prep}” phrase")], loose=True)


# nouns ---------------------------------------------------------------------------------------------------------------


def _noun_does_to(draft: Draft) -> None:
    _noun_agent(draft, ("by",))
    if draft.type in {"aid", "destroy"}:
        _noun_patient(draft, ("to", "for"))
    _noun_patient(draft, ("against", "on", "upon", "at", "of", "targeting"))


def _noun_takes_place(draft: Draft) -> None:
    _noun_agent(draft, ("by",))
    _noun_patient(draft, ("of", "over", "on"))
    for prep, token in _noun_phrases(draft):
        if prep == "from":
            add_losers(draft, token)


def _noun_symmetric(draft: Draft) -> None:
    _noun_agent(draft, ("by",))
    for prep, token in _noun_phrases(draft):
        if prep in ("between", "with", "against", "among", "involving") and can_be_party(draft, token):
            add_targets(draft, [Argument(token, f"the “{prep}” phrase")])
    _other_side(draft)


def _other_side(draft: Draft) -> None:
    """ "The army took the hill after battles with rebels": of a fight told beside another deed, the doer of the deed is a side."""
    s, noun = draft.sentence, _outer(draft)
    if len(draft.actors) + len(draft.targets) != 1:
        return
    above = s.head(noun)
    if above.i == noun.i:
        found = clauses.subject(s, noun) if s.dependents(noun, "nsubj") else None
    else:
        found = clauses.subject(s, above) if noun.base_rel in {"obl", "nmod"} and clauses.is_verbal(above) else None
    if found is not None and found.token.pos != "NUM":
        add_actor(draft, found)


def _noun_does(draft: Draft) -> None:
    _noun_agent(draft, ("of", "by"))
    for prep, token in _noun_phrases(draft):
        if prep in ("to", "against") and draft.phrases.is_party(token):
            add_targets(draft, [Argument(token, f"the “{prep}” phrase")])


def _noun_suffers(draft: Draft) -> None:
    _noun_agent(draft, ("by",), possessive=False)
    _noun_patient(draft, ("of", "among", "to"))
    for prep, token in _noun_phrases(draft):
        if prep == "on" and draft.phrases.is_party(token):
            add_targets(draft, [Argument(token, "the “on” phrase")])
    for t in draft.sentence.dependents(draft.head, "nmod:poss"):
        add_targets(draft, [Argument(t, "the possessor")])


def _noun_tells(draft: Draft) -> None:
    _noun_agent(draft, ("by", "from"))
    for prep, token in _noun_phrases(draft):
        if not (draft.phrases.is_party(token) or draft.phrases.is_place(token)):
            continue
        if prep in ("to", "on", "against", "with", "for", "between") or (prep == "of" and draft.actors):
            add_targets(draft, [Argument(token, f"the “{prep}” phrase")], loose=True)


def _noun_phrases(draft: Draft) -> Iterable[tuple[str, Token]]:
    """The prepositional phrases of a nominal trigger: its own, and those of the verb that carries it."""
    yield from clauses.obliques(draft.sentence, draft.head)
    outer = _outer(draft)
    if outer.i != draft.head.i:
        yield from clauses.obliques(draft.sentence, outer)
    if draft.anchor is not None and outer.base_rel in {"nsubj", "obj"}:
        yield from clauses.obliques(draft.sentence, draft.anchor)


def _noun_agent(draft: Draft, by: tuple[str, ...], *, possessive: bool = True) -> None:
    """Who did what a noun names: a phrase of its own, of a noun joined to it, of a participle after it, or of the verb that carries it."""
    s, noun = draft.sentence, draft.head
    for prep, token in clauses.obliques(s, noun):
        if prep in by:
            add_actor(draft, Argument(token, f"the “{prep}” phrase"))
    for participle in s.dependents(noun, "acl"):
        if participle.tag == "VBN" and _light(draft, participle) is not None:
            add_actor(draft, clauses.by_agent(s, participle))
    owners = s.dependents(noun, "nmod:poss") if possessive else ()
    for t in owners:
        if t.pos != "PRON":
            add_actor(draft, Argument(t, "the possessor"))
    _carrier(draft)
    if draft.actors:
        return
    for t in owners:
        add_actor(draft, Argument(t, "the possessor"))
    for other in _joined_nouns(draft):
        for prep, token in clauses.obliques(s, other):
            if prep == "by" and not draft.actors:
                add_actor(draft, Argument(token, f"the “by” phrase of “{other.text}”, joined to it"))
        for t in s.dependents(other, "nmod:poss") if possessive and other.i < noun.i and not draft.actors else ():
            add_actor(draft, Argument(t, f"the possessor of “{other.text}”, joined to it"))


def _joined_nouns(draft: Draft) -> tuple[Token, ...]:
    """The nouns coordinated with a nominal trigger: "shelling and airstrikes by the army" are both the army's."""
    s, noun = draft.sentence, draft.head
    first = s.head(noun) if noun.base_rel == "conj" else noun
    return tuple(t for t in clauses.members(s, first) if t.i != noun.i)


def _noun_patient(draft: Draft, preps: tuple[str, ...]) -> None:
    for prep, token in _noun_phrases(draft):
        if prep in preps and (token.head == draft.head.i or prep != "of"):
            add_targets(draft, [Argument(token, f"the “{prep}” phrase")])


def _carrier(draft: Draft) -> None:
    """The verb that carries a nominal trigger: "launched an offensive" gives its subject as actor, "came under attack" as target."""
    s = draft.sentence
    head = _outer(draft)
    verb = s.head(head)
    if verb.i == head.i or not (clauses.is_verbal(verb) or s.dependents(verb, "cop")):
        return
    light = _light(draft, verb)
    if head.base_rel in {"nsubj", "obj", "obl"} and clauses.is_verbal(verb):
        draft.anchor = verb
    if light is None or (light.phase == "end" and draft.rule.frame == "noun-symmetric"):
        return
    passive = clauses.is_passive(s, verb)
    if light.subject == "target":
        found = clauses.subject(s, verb)
        if found and head.base_rel in {"obj", "obl"}:
            add_targets(draft, [found])
    elif (
        light.words[0] == "be"
        or (head.base_rel == "obj" and not passive)
        or (head.base_rel == "obl" and not passive and clauses.preposition(s, head) in {"in", "into", "with"})
    ):
        add_actor(draft, clauses.subject(s, verb))
    elif passive and head.rel == "nsubj:pass":
        add_actor(draft, clauses.by_agent(s, verb))
    elif head.base_rel == "obj" and verb.base_rel == "acl":
        add_actor(draft, clauses.agent(s, verb))


def _outer(draft: Draft) -> Token:
    """The word that stands for a nominal trigger in its clause: itself, the first noun it is joined to, the series that it is of."""
    s, head = draft.sentence, draft.head
    while head.head != head.i and not clauses.is_verbal(s.head(head)):
        above = s.head(head)
        of_several = head.base_rel == "nmod" and clauses.preposition(s, head) == "of" and above.lemma.lower() in word_list("spates")
        if not of_several and head.base_rel not in {"conj", "compound"}:
            break
        head = above
    return head


def _light(draft: Draft, verb: Token) -> LightVerb | None:
    """The light verb that a word is here, by itself, with its particle or preposition, or after "be"."""
    s, lemma = draft.sentence, verb.lemma.lower()
    outer = _outer(draft)
    extras = [t.lower for t in s.dependents(verb, "compound:prt")] + [p for p, t in clauses.obliques(s, verb) if t.i == outer.i]
    known = ontology().light
    if any(t.lemma == "be" for t in s.dependents(verb, "cop", "aux:pass")):
        for spelling in (verb.lower, lemma):
            found = next((known[key] for extra in extras if (key := f"be {spelling} {extra}") in known), None)
            if found is not None:
                return found
    found = next((known[key] for extra in extras if (key := f"{lemma} {extra}") in known), None)
    return found or known.get(lemma)


FRAMES: Mapping[str, Callable[[Draft], None]] = {
    "does-to": _does_to, "takes-place": _takes_place, "falls": _falls, "symmetric": _symmetric, "does": _does, "suffers": _suffers,
    "tells": _tells, "noun-does-to": _noun_does_to, "noun-takes-place": _noun_takes_place, "noun-symmetric": _noun_symmetric,
    "noun-does": _noun_does, "noun-suffers": _noun_suffers, "noun-tells": _noun_tells,
}  # fmt: skip
