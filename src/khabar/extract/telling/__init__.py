"""Telling: whether a happening is told as having happened, as planned, conditional, possible or not at all.

The answer comes from the chain of words that govern the trigger, from the inside out: what stands on the event itself
("no attack", "a planned attack"), its auxiliaries ("may attack"), its subordinator ("if they attack"), then every verb
and noun that takes it as a complement ("threatened to attack", "denied having attacked").
"""

from __future__ import annotations

from dataclasses import replace

from khabar.extract.draft import Draft
from khabar.extract.telling import terms
from khabar.extract.telling.cues import FAILED, Found
from khabar.extract.telling.governing import chain, habits
from khabar.extract.telling.judged import MADE, VERDICT, judgement
from khabar.extract.telling.raised import is_presupposed
from khabar.knowledge.wordlists import word_list
from khabar.records import ToldAs, Value

__all__ = ["MADE", "VERDICT", "is_presupposed", "read"]

_LABEL = 4  # words within which the colon of a label stands: "Q:", "Journalist's question:"

_AHEAD = frozenset({"will", "shall", "be", "about"})
"""What opens a question about what is to come: "will they attack?", "is the town about to fall?"."""

_STRENGTH = {"happened": 0, "planned": 1, "possible": 2, "conditional": 3, "not-happened": 4}


def read(draft: Draft) -> None:
    """Set `told_as` and `background` of a draft, each with the cue that decided."""
    found = [f for f in (*terms.of(draft), *chain(draft)) if not _is_the_thing_itself(draft, f)]
    judged = judgement(draft)
    decisive: Found | None = None
    for cue in found:
        if cue.told_as is not None and (decisive is None or _overrules(cue, decisive)):
            decisive = replace(cue, told_as="happened") if _undone(cue, decisive) else cue
    if judged is not None:
        draft.told_as = _by_judgement(judged, decisive)
    elif decisive is not None and decisive.told_as == "planned" and decisive.cue.words[0] in _AHEAD and _asked(draft):
        draft.told_as = Value("possible", draft.sentence.tokens[-1].span, because="telling.question")
    elif decisive is not None and decisive.told_as is not None:
        draft.told_as = Value(decisive.told_as, decisive.token.span, because=_because(decisive))
    elif _asked(draft):
        draft.told_as = Value("possible", draft.sentence.tokens[-1].span, because="telling.question")
    past = next((f for f in (*found, *habits(draft)) if f.background and not _is_recent(draft, f)), None)
    if past is not None:
        draft.background = Value(True, past.token.span, because=_because(past))


def _is_recent(draft: Draft, past: Found) -> bool:
    """ "after previously seizing another last week": a day or week beside it makes no history of it."""
    s = draft.sentence
    beside = s.dependents(s.head(past.token), "obl", "obl:unmarked", "advmod")
    return past.cue.words[0] in {"previously", "formerly", "once"} and any(t.lemma.lower() in word_list("recent times") for t in beside)


def _by_judgement(judged: Found, inner: Found | None) -> Value[ToldAs]:
    """What a verdict makes of an event: untrue reports that nothing happened say that it did."""
    if judged.told_as != "not-happened":
        return Value(judged.told_as or "possible", judged.token.span, because=f"telling.unconfirmed: “{judged.token.text}”")
    undone = inner is not None and inner.told_as == "not-happened" and inner.token.i != judged.token.i and inner.cue.governs != "complement"
    return Value("happened" if undone else "not-happened", judged.token.span, because=f"{VERDICT}: “{judged.token.text}”")


def _asked(draft: Draft) -> bool:
    """ "Has the town fallen?": a question that asks for yes or no."""
    s = draft.sentence
    if not any(t.text == "?" for t in s.tokens[-2:]):
        return False
    top = s.head(draft.head) if draft.head.base_rel in {"nsubj", "obj", "obl", "xcomp"} else draft.head
    label = next((t.i for t in s.tokens[:_LABEL] if t.text == ":"), -1)
    opening = next((t for t in s.tokens[label + 1 :] if any(c.isalnum() for c in t.text)), None)
    asks = any(t.tag in {"WDT", "WP", "WP$", "WRB"} for t in s.tokens)
    if draft.rule.pos == "verb" and top.rel == "root" and not asks:
        return True  # "Airport changes hands again?"
    return opening is not None and opening.pos == "AUX" and opening.head == top.i and (top.rel == "root" or s.head(top).i < label)


def _overrules(outer: Found, inner: Found) -> bool:
    """Whether a cue farther out weighs more: negation and condition over all else, doubt over "will" ("fear that they will attack")."""
    if outer.told_as == "conditional" and outer.cue.governs == "mark":
        return True  # "if they do not withdraw"
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
    if draft.type in MADE and draft.rule.pos == "noun" and found.cue.governs == "complement" and word in word_list("answers to a charge"):
        return True
    if word in word_list("answers to a charge") and found.cue.governs == "complement" and is_presupposed(draft, found.token):
        return True
    if found.cue is FAILED:
        return draft.type in _TRIED
    if word == "escape":
        return draft.type not in {"capture", "hold", "detain", "abduct", "besiege"}
    if found.cue.governs == "prep" and word in {"outside", "out", "beyond"}:
        return draft.type != "hold"
    if found.told_as == "not-happened" != found.cue.told_as:
        return False  # "did not try to", "had not been agreed"
    return (word in word_list("attempts") and draft.type in _TRIED) or (word in {"agree", "agreement"} and draft.type == "agree")


_BY_SPEAKING = frozenset({"threaten", "reject", "demand"})
"""Types that a speaker may do in the very words: "we will hit back", "they must go", "we will never surrender"."""


def _voiced(draft: Draft) -> bool:
    if draft.type == "demand" and draft.head.lemma.lower() in word_list("asks"):
        return False  # "will ask the Council to meet": nothing was asked yet
    return any(t.tag == "MD" and t.lower not in {"may", "might", "could", "can"} for t in draft.sentence.dependents(draft.head, "aux"))


_TRIED = frozenset({"battle", "attack", "airstrike", "shelling", "bombing", "protest", "negotiate", "withdraw", "abduct"})
"""Types where the attempt is the thing itself."""


def _because(found: Found) -> str:
    return f"telling.{found.cue.governs}: “{' '.join(found.cue.words)}”"
