"""One statement for one telling: a toll joins the event that caused it, and a bare repeat is left out.

The coding guide counts "a car bomb killed 12" once, as a bombing with its dead, and leaves out a second mention that
adds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from khabar.extract import clauses
from khabar.extract.draft import Draft
from khabar.extract.phrases import is_time
from khabar.knowledge.numbers import numbers
from khabar.records import Token

VIOLENT = frozenset({"battle", "airstrike", "shelling", "bombing", "attack"})
"""Types that kill, and so take a toll told in the same breath."""

HARM = VIOLENT | {"destroy", "casualties"}

SPECIFIC = frozenset({"airstrike", "shelling", "bombing", "battle"})
"""Violence of a stated kind, from which "the attack" takes its sense."""


_LINKS = frozenset({"obl", "nsubj", "advcl", "acl", "nmod", "obj", "xcomp", "csubj"})
_STEPS = 3
_NEAR = 40  # statements of a sentence, on either side, among which the event of a toll is sought
_ONE_EVENT = frozenset({("battle", "attack"), ("protest", "battle")})
"""Types of a verb and of its object that name one event all the same: "repelled an attack", "youths fought battles with police"."""

_CONDITIONS = frozenset({"if", "unless", "until", "although", "though", "in case"})  # what stands in such a clause is another event


def doublings(drafts: Sequence[Draft]) -> None:
    """Within a sentence: one event named by a noun and its verb is one statement: "a car bomb went off", "two strikes destroyed
    a convoy", "shelled by artillery", "repelled an attack"."""
    nouns = {d.head.i: d for d in drafts if not d.dropped and d.rule.pos == "noun" and d.type in VIOLENT}
    done_by: dict[int, Draft] = {}  # the nouns that verbs went into
    for verb in drafts:
        if verb.dropped or verb.rule.pos != "verb" or verb.type not in HARM:
            continue
        agent = clauses.agent(verb.sentence, verb.head)
        noun = nouns.get(verb.phrases.core(agent.token).i) if agent is not None else None
        if noun is None and verb.head.head in done_by and _shares_subject(verb):  # "an attack that killed and injured residents"
            _absorb(done_by[verb.head.head], verb, "doubling.verb")
            continue
        if noun is not None and not noun.dropped and not clauses.is_passive(verb.sentence, verb.head):
            _absorb(noun, verb, "doubling.verb")
            done_by[verb.head.i] = noun
            noun.anchor = noun.anchor or verb.head
            if noun.told_as.value == "happened":
                noun.told_as = verb.told_as
            continue
        means = noun if noun is not None else _means(verb, nouns)
        if means is not None and not means.dropped:
            _absorb(verb, means, "doubling.means")
            if verb.type == "casualties" or (means.type in SPECIFIC and verb.type not in SPECIFIC):
                verb.type, verb.type_because, verb.type_span = means.type, means.type_because, means.span

    _objects(drafts, nouns)


def _shares_subject(verb: Draft) -> bool:
    """Whether a toll is joined to the verb before it and has no subject of its own."""
    return is_toll(verb) and verb.head.base_rel == "conj" and not verb.sentence.dependents(verb.head, "nsubj", "aux")


def _objects(drafts: Sequence[Draft], nouns: dict[int, Draft]) -> None:
    """Join a verb and its object that name one event: "repelled an attack", "hurled a grenade", "missiles fired by rebels
    flattened the town"."""
    verbs = {d.head.i: d for d in drafts if not d.dropped and d.rule.pos == "verb" and d.type in SPECIFIC}
    for verb in drafts:
        if verb.dropped or verb.rule.pos != "verb":
            continue
        agent = clauses.agent(verb.sentence, verb.head)
        launched = next((verbs[t.i] for t in verb.sentence.dependents(agent.token, "acl") if t.i in verbs), None) if agent else None
        if launched is not None and launched is not verb and not launched.dropped and launched.type == verb.type:
            verb.actors += launched.actors
            _absorb(verb, launched, "doubling.participle")
        noun = next((nouns[a.token.i] for a in clauses.patients(verb.sentence, verb.head) if a.token.i in nouns), None)
        if noun is None or noun.dropped or not ((verb.type, noun.type) in _ONE_EVENT or verb.type == noun.type in SPECIFIC):
            continue
        if verb.head.base_rel in {"acl", "amod"} and noun.type != "battle":
            noun.actors += [r for r in verb.actors if not noun.actors]
            _absorb(noun, verb, "doubling.participle")
            continue
        if verb.type == "battle":
            verb.targets += noun.actors
        _absorb(verb, noun, "doubling.object")


def _means(verb: Draft, nouns: dict[int, Draft]) -> Draft | None:
    """The nominal trigger that only names what the verb was done with."""
    if is_toll(verb) or verb.type not in VIOLENT:
        return None
    return next((nouns[t.i] for p, t in clauses.obliques(verb.sentence, verb.head) if p in {"with", "by", "using"} and t.i in nouns), None)


def tolls(drafts: Sequence[Draft]) -> None:
    """Within a sentence: join tolls to each other and to the event that they are the toll of."""
    for k, draft in enumerate(drafts):
        if draft.dropped or not _is_loss(draft):
            continue
        for other in drafts[max(0, k - _NEAR) : k + _NEAR]:
            if other is draft or other.dropped or not is_toll(other) or other.head.i >= draft.head.i:
                continue
            if _joined(draft, other):
                if other.type == "casualties" and draft.type in VIOLENT:
                    other.type, other.type_because = draft.type, draft.type_because
                _absorb(other, draft, "toll.joined")
                break
    for k, draft in enumerate(drafts):
        if draft.dropped or not _is_loss(draft):
            continue
        causes = [d for d in drafts[max(0, k - _NEAR) : k + _NEAR] if d is not draft and not d.dropped and _may_cause(d, draft)]
        cause = next((d for d in causes if _causes(d, draft)), None) or _before_participle(causes, draft)
        if cause is not None:
            _absorb(cause, draft, "toll.of-its-event")


def _may_cause(event: Draft, toll: Draft) -> bool:
    """Violence has tolls, and so have riots, where the toll tells no killer."""
    return not is_toll(event) and (event.type in VIOLENT or (event.type == "protest" and toll.type == "casualties"))


def _before_participle(causes: Sequence[Draft], toll: Draft) -> Draft | None:
    """What a trailing participle goes on to tell: "stormed the camp and shelled the town, killing 13"."""
    if toll.head.tag != "VBG" or toll.head.base_rel not in {"advcl", "acl", "conj"} or toll.rule.pos != "verb":
        return None
    return next((d for d in reversed(causes) if d.head.i < toll.head.i and not d.phrases.sentence.dependents(toll.head, "nsubj")), None)


def _is_loss(draft: Draft) -> bool:
    """A toll, or prisoners told without a captor ("40 captured in clashes"): both are numbers of the fight that they came of."""
    if is_toll(draft):
        return True
    kinds = numbers().kind_of_trigger
    return draft.type == "detain" and not draft.actors and kinds.get(draft.head.lemma.lower()) == "captured" and draft.rule.pos == "verb"


def is_toll(draft: Draft) -> bool:
    """Whether a draft tells deaths or injuries."""
    words = " ".join(t.lemma.lower() for t in draft.words)
    kinds = numbers().kind_of_trigger
    return draft.type == "casualties" or (
        draft.type in VIOLENT and (kinds.get(words) or kinds.get(draft.head.lemma.lower())) in {"killed", "injured"}
    )


def _joined(later: Draft, earlier: Draft) -> bool:
    token = later.head
    while token.base_rel == "conj":
        token = later.sentence.head(token)
        if token.i == earlier.head.i:
            return True
    return False


def _causes(event: Draft, toll: Draft) -> bool:
    """Whether grammar ties a toll to an event: "killed in the blast", "exploded, killing 12", "an attack that left 12 dead"."""
    told = [toll.head, *(head for _, _, head, why in toll.tolls if why == "toll.joined")]
    if any(clauses.preposition(event.sentence, t) == "since" for t in (event.head, event.verb)):
        return False
    return any(
        _reaches(event, event.head, head)
        or _reaches(event, event.verb, head)
        or _reaches(toll, head, event.verb)
        or _reaches(toll, head, event.head)
        or _shares_cause(event, head)
        for head in told
    )


def _shares_cause(event: Draft, toll: Token) -> bool:
    """ "Ten were killed and a bridge destroyed in a raid": what stands with the last of joined passives is the cause of the first too."""
    s, carrier = event.sentence, event.sentence.head(event.head)
    if event.head.base_rel != "obl" or carrier.base_rel != "conj" or s.head(carrier).i != toll.i:
        return False
    return clauses.is_passive(s, carrier) and clauses.is_passive(s, toll) and not s.dependents(toll, "obl:agent")


def _reaches(draft: Draft, start: Token, goal: Token) -> bool:
    token = start
    for _ in range(_STEPS):
        if token.head == token.i:
            return False
        if token.base_rel not in _LINKS and not (token.base_rel == "conj" and not clauses.is_verbal(token)):
            return False
        if token.base_rel == "advcl" and clauses.preposition(draft.sentence, token) in _CONDITIONS:
            return False
        token = draft.sentence.head(token)
        if token.i == goal.i:
            return True
    return False


def _absorb(event: Draft, toll: Draft, why: str) -> None:
    toll.dropped = why
    held = {r.token.i for r in (*event.actors, *event.targets)}
    if not (event.rule.frame.endswith("symmetric") and len(held) > 1 and why.startswith("toll")):
        event.targets += [r for r in toll.targets if r.token.i not in held | {t.i for t in event.words} and r.token.i != event.head.i]
    if not event.actors or (event.type == "battle" and toll.type != "casualties"):
        event.actors += [r for r in toll.actors if r.token.i not in held and r.token.i != event.head.i]
    seen = {(p.token.i) for p in event.places}
    event.places += [p for p in toll.places if p.token.i not in seen]
    winner, other = (event, toll) if why == "toll.joined" else (toll, event)
    spans = {q.span for q in winner.quantities}
    event.quantities = [*winner.quantities, *(q for q in other.quantities if q.span not in spans)]
    event.tolls.append((toll.sentence, toll.phrases, toll.head, why))


def repeats(drafts: Sequence[Draft]) -> None:
    """Leave out bare nouns that repeat an event told before in the same voice, with no word of time beside them."""
    told: set[tuple[str, str, bool, str]] = set()
    for draft in drafts:
        if draft.dropped:
            continue
        key = (draft.type, draft.told_as.value or "", bool(draft.background.value), _voice(draft))
        bare = not (draft.actors or draft.targets or draft.places or draft.quantities) and not _dated(draft)
        if bare and draft.rule.pos == "noun" and key in told:
            draft.dropped = "repeat.bare"
            continue
        told.add(key)


def _voice(draft: Draft) -> str:
    first = draft.sources[0].value if draft.sources else None
    return first.name if first else ""


def _dated(draft: Draft) -> bool:
    """Whether the clause gives a time: a date adds to what was told before."""
    return any(is_time(t) for t in clauses.clause_tokens(draft.sentence, draft.head))
