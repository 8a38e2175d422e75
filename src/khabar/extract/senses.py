"""Senses that only the report gives: "the attack" after a car bomb is the bombing, "clashes" after a march are protest.

A general word takes the kind of what was told before it. Where it refers back and names nobody, it takes the actors too.
"""

from __future__ import annotations

from collections.abc import Iterable

from khabar.extract.draft import Draft, Role
from khabar.extract.merge import SPECIFIC, VIOLENT
from khabar.extract.reference import Reference
from khabar.knowledge.wordlists import word_list

_CROWDS = frozenset({"protest", "battle"})
_LEAVING = frozenset({"withdraw", "displace"})


def read(drafts: Iterable[Draft], reference: Reference) -> None:
    """Settle the type of general words through the report, and whom a definite noun's event was by."""
    violence: Draft | None = None
    crowd: Draft | None = None
    of_type: dict[str, Draft] = {}
    for draft in drafts:
        if draft.dropped:
            continue
        _leaving(draft, reference)
        if crowd is not None:
            _brawl(draft, crowd)
        if violence is not None:
            _kind(draft, violence)
        if _refers_back(draft) and not (draft.actors or draft.targets):
            earlier = of_type.get(draft.type)
            draft.inherited = (earlier.inherited or earlier) if earlier is not None else None
        elif draft.type in VIOLENT and not (_refers_back(draft) and _word(draft) in word_list("violence")):
            violence = draft
        if draft.type in _CROWDS:
            crowd = draft
        if draft.actors or draft.targets or draft.inherited:
            of_type[draft.type] = draft


def _kind(draft: Draft, latest: Draft) -> None:
    """Violence of no stated kind is of the kind told before: referring back, going off after a bomb, firing after shells."""
    if draft.type not in {"attack", "battle"} or draft.type == latest.type:
        return
    word = _word(draft)
    back = word in word_list("violence") and _refers_back(draft) and not _names_another(draft)
    burst = word in word_list("bursts") and latest.type in {"bombing", "shelling", "airstrike"}
    more_fire = word in word_list("firing") and latest.type == "shelling"
    if back or (draft.type == "attack" and burst) or more_fire:
        _retype(draft, latest.type, f"sense.refers-back to “{latest.head.text}”", latest)


def _brawl(draft: Draft, latest: Draft) -> None:
    """ "Clashes" between people of whom nobody is known to be armed are protest where protest was told last."""
    if draft.type != "battle" or latest.type != "protest" or _word(draft) not in word_list("brawls"):
        return
    if not any(_is(role, "armed") and not _is(role, "police", "crowd", "civilians") for role in (*draft.actors, *draft.targets)):
        _retype(draft, "protest", f"sense.after-protest “{latest.head.text}”", latest)


def _leaving(draft: Draft, reference: Reference) -> None:
    """Civilians who go are displaced, fighters and leaders withdraw, also where a pronoun stands for them."""
    if draft.type not in _LEAVING or draft.head.lemma.lower() not in word_list("going"):
        return
    movers = draft.actors or draft.targets
    kinds = frozenset().union(*(reference.classes(role.phrases, role.token) for role in movers))
    if draft.type == "displace" and kinds & {"armed", "police"} and not kinds & {"civilians", "people", "crowd"}:
        _retype(draft, "withdraw", "sense.fighters-withdraw", None)
    elif draft.type == "withdraw" and kinds & {"civilians"} and not kinds & {"armed", "police", "officials"}:
        _retype(draft, "displace", "sense.civilians-flee", None)


def _retype(draft: Draft, kind: str, because: str, latest: Draft | None) -> None:
    draft.type, draft.type_because = kind, because
    draft.type_span = latest.span if latest is not None and latest.type in SPECIFIC | {"protest"} else draft.type_span


def _word(draft: Draft) -> str:
    return draft.head.lemma.lower()


def _is(role: Role, *classes: str) -> bool:
    return bool(role.phrases.classes(role.token) & set(classes))


def _refers_back(draft: Draft) -> bool:
    """Whether a nominal trigger is definite."""
    determiners = draft.sentence.dependents(draft.head, "det")
    return draft.rule.pos == "noun" and any(t.lower in {"the", "this", "that", "these", "those"} for t in determiners)


def _names_another(draft: Draft) -> bool:
    """Whether a name before the noun says which event it was ("the Pahalgam attack"), or its doers do."""
    return bool(draft.actors) or any(t.pos == "PROPN" for t in draft.sentence.dependents(draft.head, "compound", "amod"))
