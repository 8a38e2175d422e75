"""Accounts that go on: sentences without a voice of their own that still tell what somebody told in the sentence before.

Reporters add facts of their own after most of what somebody "said"; so a voice goes on only from sentence to sentence of one
paragraph, and only as far as its frame bears: an account or testimony in its own tense, what was told to the press while the tense is
shifted back, any saying while "had" shows that it is still reported, or while the subject leans on what was said ("another 60").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from khabar.extract import clauses, sources
from khabar.extract.phrases import Phrases, is_time
from khabar.extract.sources import Voice
from khabar.extract.sources.matching import source_noun
from khabar.knowledge.wordlists import word_list
from khabar.records import Channel, Sentence, Token

Frame = Literal["account", "conference", "press", "witness", "said"]

_OFF_REPORT = frozenset({"heading", "headline", "caption", "dateline"})
_BY_CHANNEL: dict[Channel, Frame] = {
    "press conference": "conference", "interview": "press", "statement": "press", "broadcast": "press", "tweet": "press"
}  # fmt: skip
_RECORDS = frozenset({"footage", "document"})
_MANY = frozenset({"they", "we", "i"})
_PRONOUNS = _MANY | {"he", "she"}
_LEANS = frozenset({"another", "other", "others", "more", "further"})
_SHIFTED = frozenset({"had", "'d", "would", "could", "might", "were", "was"})


@dataclass(frozen=True, slots=True)
class Telling:
    """Whose words may go on, by which frame, in which paragraph, and whether told in the present ("the video shows")."""

    voices: tuple[Voice, ...]
    frame: Frame
    paragraph: int
    present: bool


def go_on(sentences: Sequence[Phrases], found: dict[int, list[Voice]]) -> None:
    """Give the sentences that go on with an account to whoever gives it."""
    telling: Telling | None = None
    for phrases in sentences:
        s = phrases.sentence
        if telling is not None and (s.paragraph != telling.paragraph or s.zone in _OFF_REPORT):
            telling = None
        main = [v for v in found[s.index] if _is_main(s, v)]
        if main:
            telling = _telling(phrases, main, telling)
        elif telling is not None and _goes_on(phrases, telling):
            everything = frozenset(t.i for t in s.tokens)
            found[s.index] = [*found[s.index], *(replace(sources.carried_on(v, everything), why=f"sources.account-goes-on “{v.cue.text}”") for v in telling.voices)]
        else:
            telling = None


def _is_main(s: Sentence, voice: Voice) -> bool:
    """Whether a voice speaks the sentence, and not only a phrase in it ("rebels thought to be hiding there")."""
    if voice.source.name == sources.REPORTS:
        return False
    own = voice.cue in s.tokens and (voice.cue.head == voice.cue.i or s.head(voice.cue) is s.root and voice.cue.base_rel == "conj")
    return own or s.root.i in voice.scope


def _telling(phrases: Phrases, main: Sequence[Voice], before: Telling | None) -> Telling | None:
    voice = max(main, key=lambda v: len(v.scope))
    if voice.stance == "denies" or voice.told_as is not None or voice.cue not in phrases.sentence.tokens:
        return None
    together = tuple(v for v in main if v.cue is voice.cue)
    frame = _frame(phrases, voice)
    if before is not None and frame == "said" and before.voices[0].source.name == voice.source.name:
        frame = before.frame
    return Telling(together, frame, phrases.sentence.paragraph, voice.cue.tag in {"VBZ", "VBP", "VBG"})


def _frame(phrases: Phrases, voice: Voice) -> Frame:
    s, cue = phrases.sentence, voice.cue
    outside = [t for t in s.tokens if t.i not in voice.scope]
    if _is_account(s, cue, outside):
        return "account"
    channel = voice.source.channel
    if channel in _RECORDS and voice.source.kind == "record":
        return "account"
    if channel == "witness":
        return "account" if voice.why.startswith("sources.phrase") else "witness"
    carried = {known.channel for t in outside if t.pos in {"NOUN", "PROPN"} and (known := source_noun(s, t)) is not None}
    frames = {_BY_CHANNEL[c] for c in carried if c in _BY_CHANNEL}
    if "conference" in frames or channel == "press conference":
        return "conference"
    to_press = cue.lemma.lower() == "tell" and any("press" in phrases.classes(t) for t in s.dependents(cue, "obj", "iobj"))
    return "press" if to_press or "press" in frames else "said"


def _is_account(s: Sentence, cue: Token, outside: Sequence[Token]) -> bool:
    """ "recalled how …", "told of …", "told the tribunal …"; not "described it as cowardly"."""
    word, opens = cue.lemma.lower(), word_list("gives an account")
    after = {t.lower for t in s.tokens[cue.i + 1 : cue.i + 5] if t.lower in {"how", "of"}}
    if any(f"{word} {particle}" in opens for particle in after):
        return True
    if word in opens:
        return not any(prep == "as" for prep, _ in clauses.obliques(s, cue))
    return word == "tell" and any(t.lemma.lower() in word_list("testimony") for t in outside if t.head == cue.i)


def _goes_on(phrases: Phrases, telling: Telling) -> bool:
    s = phrases.sentence
    if _turns_away(phrases) or s.tokens[-1].text == "?":
        return False
    subject = clauses.subject(s, s.root)
    leans = subject is not None and _leans(s, subject.token)
    if telling.frame == "said":
        return leans or (_is_pluperfect(s) and not any(is_time(t) for t in s.tokens))
    if leans or _is_pluperfect(s):
        return True
    word = subject.token.lower if subject is not None else ""
    if telling.frame == "account":
        return _in_tense(s, telling.present)
    if telling.frame == "conference":
        return _in_tense(s, False)
    return word in (_PRONOUNS if telling.frame == "witness" else _MANY) and _in_tense(s, False)


def _turns_away(phrases: Phrases) -> bool:
    """Whether a sentence opens with a date, a place or a word of contrast before its subject."""
    s = phrases.sentence
    subject = clauses.subject(s, s.root)
    opening = s.tokens[: subject.token.i] if subject is not None and subject.token.i < s.root.i else s.tokens[:4]
    opening = tuple(t for t in opening if subject is None or t.head != subject.token.i)
    for token in opening:
        mention = phrases.mention(token)
        placed = mention is not None and mention.kind in {"GPE", "LOC", "FAC"} and token.base_rel in {"obl", "nmod"}
        dated = is_time(token) and (token.pos in {"PROPN", "NUM"} or token.text.isdigit())
        if placed or dated or token.lower in word_list("turns away"):
            return True
    return False


def _leans(s: Sentence, subject: Token) -> bool:
    """ "Another 60", "two others", "seven of them": a number that goes on counting."""
    counted = subject.pos == "NUM" or any(t.pos == "NUM" for t in s.dependents(subject, "nummod"))
    beside = {subject.lower, *(t.lower for t in s.dependents(subject, "det", "amod", "advmod"))}
    them = any(prep == "of" and t.lower in {"them", "these", "those"} for prep, t in clauses.obliques(s, subject))
    return counted and (them or (bool(beside & _LEANS) and "the" not in beside))


def _is_pluperfect(s: Sentence) -> bool:
    return any(t.lower in {"had", "'d"} for t in s.dependents(s.root, "aux")) and s.root.tag == "VBN"


def _in_tense(s: Sentence, present: bool) -> bool:
    """Whether the main clause is in the past, or in the present of an account told in it."""
    words = (s.root, *s.dependents(s.root, "aux", "cop"))
    finite = next((t for t in words if t.tag in {"VBD", "VBZ", "VBP", "MD"}), None)
    if finite is None:
        return False
    return finite.tag == "VBD" or finite.lower in _SHIFTED or (present and finite.lower not in {"has", "have"} and finite.tag != "MD")
