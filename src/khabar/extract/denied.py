"""Denials that name no event of their own: "the army denied the claim", "called the charge a lie", "both deny any part in it".

What is denied is what was claimed last: the statement has its type and its parties, and the denier's word against it. Of a part in an event
it is the denier who did not do it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from khabar.extract import clauses, merge, verdicts, voices
from khabar.extract.draft import Draft, Role
from khabar.extract.phrases import Phrases
from khabar.extract.sources import Voice, chain
from khabar.extract.sources.matching import cue_at
from khabar.knowledge.ontology import reporting
from khabar.knowledge.wordlists import word_list
from khabar.records import Sentence, Token, Value

_UP = 4  # verbs from "a hand" to "denied"
_TRIES = 20  # denials of a sentence that are looked into, so that time stays linear
_BACK = 3  # sentences to what was claimed
_POINTING = frozenset({"this", "that", "it", "which"})
_TOLD = frozenset({"happened", "possible"})


BySentence = Mapping[int, Sequence[Draft]]


def _by_sentence(drafts: Sequence[Draft]) -> BySentence:
    found: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        found[draft.sentence.index].append(draft)
    return found


def claims(drafts: Sequence[Draft], sentences: Sequence[Phrases], spoken: Mapping[int, Sequence[Voice]]) -> Iterator[Draft]:
    """A draft for every denial of a claim that stands before it; `spoken` are the voices by sentence."""
    kept = sorted((d for d in drafts if not d.dropped), key=lambda d: d.span)
    told, everything = _by_sentence(kept), _by_sentence(sorted(drafts, key=lambda d: d.span))
    accusations = {(d.sentence.index, d.head.i): d for d in kept if d.type == "accuse" and d.rule.pos == "noun"}
    taken = {(d.sentence.index, t.i) for d in kept for t in d.words} - accusations.keys()
    for phrases in sentences:
        s = phrases.sentence
        here = spoken.get(s.index, ())
        yield from _parts(everything, phrases, here)
        tries = 0
        for token in s.tokens:
            if tries >= _TRIES or (s.index, token.i) in taken or not _is_claim(s, token) or not _is_denied(s, token):
                continue
            if any((s.index, t.i) in taken for t in s.subtree(token)):
                continue
            tries += 1
            denial = _against(told, phrases, token, here)
            if denial is not None:
                if (s.index, token.i) in accusations:  # "the allegations": what was alleged is told already
                    accusations[s.index, token.i].dropped = denial.type_because
                yield denial
                break


def _is_claim(s: Sentence, token: Token) -> bool:
    """Whether a word stands for what was claimed before: "the claim", "these allegations", "that"; not "claims that …"."""
    if token.lower in _POINTING:
        clause = s.dependents(s.head(token), "ccomp", "csubj", "acl", "acl:relcl") if token.lower == "it" else ()  # "it is a lie that …"
        return token.pos in {"PRON", "DET"} and token.base_rel in {"obj", "nsubj"} and not clause
    if token.lemma.lower() not in word_list("claims") or token.pos != "NOUN":
        return False
    about = [t for t in s.dependents(token, "nmod") if clauses.preposition(s, t) != "as"]  # "reject the charge as baseless"
    return not about and not s.dependents(token, "acl", "acl:relcl", "ccomp")


def _is_denied(s: Sentence, token: Token) -> bool:
    """Whether somebody denies it, or says that it is untrue."""
    if verdicts.on(s, token, event=False) is not None:
        return True
    verb = s.head(token)
    if token.base_rel != "obj" and token.rel != "nsubj:pass":
        return False
    cue = cue_at(s, reporting().verbs, verb) or cue_at(s, reporting().passives, verb)
    if cue is None or cue.stance != "denies" or verdicts.is_negated(s, verb):
        return False
    return token.lower not in _POINTING or verb.lemma.lower() in word_list("denies outright")


def _against(told: BySentence, phrases: Phrases, token: Token, here: Sequence[Voice]) -> Draft | None:
    claimed = _claimed(told, phrases.sentence, token)
    if claimed is None:
        return None
    because = f"denials.of-a-claim: “{token.text}” refers back to “{claimed.head.text}”"
    denial = _copy(claimed, phrases, token, because)
    _give(denial, token, here)
    if not denial.sources:
        return None
    said, by = claimed.sources[0].value if claimed.sources else None, denial.sources[0].value
    if said is not None and by is not None and said.name == by.name:
        return None
    return denial


def _claimed(told: BySentence, s: Sentence, token: Token) -> Draft | None:
    """What was claimed last before it: of the sentence that claims anything the first event, which the others are told beside."""
    for back in range(_BACK + 1):
        for draft in told.get(s.index - back, ()):
            if draft.span.start < token.span.start and _is_claimed(draft):
                return draft
    return None


def _is_claimed(draft: Draft) -> bool:
    """Whether an event is somebody's word, or somebody is accused of it."""
    suspected = any(role.alleged for role in draft.actors)
    told = draft.type not in voices.SPEECH and draft.told_as.value in _TOLD and not draft.background.value
    return told and bool(draft.sources or suspected)


def _parts(drafts: BySentence, phrases: Phrases, here: Sequence[Voice]) -> Iterator[Draft]:
    """ "had no hand in the attack", "denied any part in it": of the one whose part it would be the event is denied."""
    s = phrases.sentence
    for token in s.tokens:
        if (
            token.lemma.lower() not in word_list("hands in it")
            or token.base_rel != "obj"
            or s.head(token).lemma == "take"
            or not _is_no_part(s, token)
        ):
            continue
        event = next((t for prep, t in clauses.obliques(s, token) if prep in {"in", "for"}), None)
        event = event or next((t for prep, t in clauses.obliques(s, s.head(token)) if prep in {"in", "for"}), None)
        who = clauses.subject(s, s.head(token))
        told = _meant(drafts, s, event) if event is not None else None
        if event is None or who is None or told is None or told.type in voices.SPEECH:
            continue
        because = f"denials.of-a-part: no “{token.text}” in it"
        denial = _copy(told, phrases, token, because)
        denial.actors = [Role(who.token, who.by, s, phrases)]
        _give(denial, token, here)
        if denial.sources:
            yield denial


def _is_no_part(s: Sentence, token: Token) -> bool:
    """Whether there is none: "no role", "denied a role", "denied having had a hand"."""
    if any(t.lower == "no" for t in s.dependents(token, "det")) or verdicts.is_negated(s, s.head(token)):
        return True
    above = [s.head(token), *s.ancestors(s.head(token))][:_UP]
    cues = ((verb, cue_at(s, reporting().verbs, verb)) for verb in above)
    return any(cue is not None and cue.stance == "denies" and not verdicts.is_negated(s, verb) for verb, cue in cues)


def _meant(drafts: BySentence, s: Sentence, event: Token) -> Draft | None:
    """The event that a word names, else what it refers back to: violence told last."""
    named = next((d for d in drafts.get(s.index, ()) if d.head.i == event.i), None)
    if named is not None:
        return named
    if event.tag in {"WDT", "WP"} or (event.lower not in _POINTING and event.lemma.lower() not in word_list("deeds")):
        return None
    near = (d for back in range(_BACK + 1) for d in reversed(drafts.get(s.index - back, ())))
    before = (d for d in near if d.span.start < event.span.start and not d.dropped)
    return next((d for d in before if d.type in merge.VIOLENT), None)


def _give(denial: Draft, token: Token, here: Sequence[Voice]) -> None:
    """The voices that speak the denial: those that say its word, and whoever does the denying."""
    s = denial.sentence
    verbs = {s.head(token).i, *(t.i for t in s.ancestors(s.head(token)))} if s.head(token).i != token.i else set()
    denying = [v for v in here if v.stance == "denies" and v.cue.i in verbs and v.cue in s.tokens]
    behind = chain((token, *denial.words), here)
    seen: set[str] = set()
    for voice in [*denying, *(v for v in behind if v not in denying)]:
        if voice.source.name.lower() not in seen and voice.source.name.lower() not in voices.FIRST_PERSON:
            seen.add(voice.source.name.lower())
            denial.sources.append(voices.source_of(voice))
    if denial.sources:
        denial.stance = Value("denies", token.span, because=denial.type_because)


def _copy(told: Draft, phrases: Phrases, head: Token, because: str) -> Draft:
    """A new draft of the type and parties of another, told in this sentence as not having happened; voices apart."""
    return Draft(
        phrases.sentence,
        phrases,
        told.rule,
        head,
        (head,),
        told.type,
        type_because=because,
        type_span=head.span,
        actors=list(told.actors),
        targets=list(told.targets),
        told_as=Value("not-happened", head.span, because=because),
        background=told.background,
    )
