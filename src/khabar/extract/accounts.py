"""Accounts that go on: sentences without a voice of their own that still tell what somebody told in the sentence before.

Reporters add facts of their own after most of what somebody "said"; so a voice goes on only from sentence to sentence of one
paragraph, and only as far as its frame bears: an account or testimony in its own tense, what was told to the press while the tense is
shifted back, any saying while "had" shows that it is still reported, or while the subject leans on what was said ("another 60").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from khabar.extract import clauses, quoted, sources
from khabar.extract.phrases import Phrases, is_time
from khabar.extract.quoted import SAYS
from khabar.extract.sources import Speakers, Voice
from khabar.extract.sources.matching import source_noun
from khabar.knowledge.ontology import reporting
from khabar.knowledge.wordlists import word_list
from khabar.records import Channel, Sentence, Token

Frame = Literal["colon", "account", "record", "witness", "conference", "press", "charge", "said"]

_BULLETS = frozenset({"-", "–", "—", "•", "*", "·"})
_GIVES = frozenset({"give", "offer", "provide", "present"})
_MEETS = frozenset({"hold", "give", "call", "convene", "address", "open", "conduct"})
_BRIEFS = frozenset({"brief", "address"})
_AT = frozenset({"at", "in", "during"})
_STORIES = frozenset({"account", "record", "witness", "conference"})
_OFF_REPORT = frozenset({"heading", "headline", "caption", "dateline"})
_BY_CHANNEL: dict[Channel, Frame] = {
    "press conference": "conference", "interview": "press", "statement": "press", "broadcast": "press", "tweet": "press"
}  # fmt: skip
_MANY = frozenset({"they", "we", "i"})
_OURS = frozenset({"we", "our", "us", "ours", "i", "my", "me"})
_LEANS = frozenset({"another", "other", "others", "more", "further"})
_AHEAD = frozenset({"would", "could", "might"})
_SHIFTED = frozenset({"had", "'d", "would", "could", "might", "were", "was"})


@dataclass(frozen=True, slots=True)
class Telling:
    """Whose words may go on, by which frame, in which paragraph, whether told in the present ("the video shows"), who is named so far,
    the nouns of what was said, and whether the speaker says "we" and "our", which then go on without marks."""

    voices: tuple[Voice, ...]
    frame: Frame
    paragraph: int
    present: bool
    names: frozenset[str]
    said: frozenset[str]
    ours: bool


def go_on(sentences: Sequence[Phrases], speakers: Speakers, found: dict[int, list[Voice]]) -> None:
    """Give the sentences that go on with an account to whoever gives it."""
    telling: Telling | None = None
    for phrases in sentences:
        s = phrases.sentence
        if telling is not None and (s.paragraph - telling.paragraph > 1 or s.zone in _OFF_REPORT):
            telling = None
        if telling is not None and s.paragraph != telling.paragraph and not _crosses(s, telling):
            telling = None
        main = [v for v in found[s.index] if _is_main(s, v)]
        if any(v.source.name == sources.REPORTS for v in main):
            telling = None
        elif main:
            telling = _telling(phrases, main, telling, speakers)
        elif telling is not None and _goes_on(phrases, telling):
            everything = frozenset(t.i for t in s.tokens)
            on = (replace(sources.carried_on(v, everything), why=f"sources.account-goes-on “{v.cue.text}”") for v in telling.voices)
            found[s.index] = [*found[s.index], *on]
        else:
            telling = _held(phrases, speakers)


def _crosses(s: Sentence, telling: Telling) -> bool:
    """Whether an account goes on in the next paragraph: only while its tense or its subject leans on the one before."""
    subject = clauses.subject(s, s.root)
    they = subject is not None and subject.token.lower == "they"
    return telling.frame != "said" and (_is_pluperfect(s) or (they and telling.frame in _STORIES))


def _is_main(s: Sentence, voice: Voice) -> bool:
    """Whether a voice speaks the sentence, and not only a phrase in it ("rebels thought to be hiding there")."""
    own = voice.cue in s.tokens and (voice.cue.head == voice.cue.i or (s.head(voice.cue) is s.root and voice.cue.base_rel == "conj"))
    return own or s.root.i in voice.scope


def _telling(phrases: Phrases, main: Sequence[Voice], before: Telling | None, speakers: Speakers) -> Telling | None:
    voice = max(main, key=lambda v: (v.why.startswith("sources.verb"), len(v.scope)))
    if voice.cue not in phrases.sentence.tokens:
        return None
    together = tuple(v for v in main if v.cue is voice.cue)
    marked = speakers.quotations.words(phrases.sentence)
    frame = _frame(phrases, voice, marked, speakers.channel(phrases, voice.cue))
    if voice.stance == "denies" or voice.told_as is not None:
        frame = "press" if frame in {"press", "conference"} else "said"
    if before is not None and frame == "said" and (_is_pronoun(phrases, voice) or before.voices[0].source.name == voice.source.name):
        frame = before.frame
    present, names = voice.cue.tag in {"VBZ", "VBP", "VBG"}, frozenset(m.text.lower() for m in phrases.mentions)
    unmarked = voice.scope - marked
    ours = any(t.i in unmarked and _is_ours(t) for t in phrases.sentence.tokens) and voice.source.name.lower() not in _OURS
    said = frozenset(t.lemma.lower() for t in phrases.sentence.tokens if t.i in voice.scope and t.pos == "NOUN")
    return Telling(together, frame, phrases.sentence.paragraph, present, names, said, ours)


def _is_pronoun(phrases: Phrases, voice: Voice) -> bool:
    return any(t.pos == "PRON" for t in phrases.sentence.dependents(voice.cue, "nsubj"))


def _held(phrases: Phrases, speakers: Speakers) -> Telling | None:
    """What a sentence opens that only says that somebody told: "the colonel gave an account of the raid", "briefed reporters"."""
    s, verb = phrases.sentence, phrases.sentence.root
    subject = clauses.agent(s, verb)
    if subject is None or not quoted.can_talk(phrases, subject.token) or s.zone in _OFF_REPORT:
        return None
    gave = any(t.lemma.lower() in word_list("testimony given") for t in s.dependents(verb, "obj"))
    met = _meets_press(phrases, verb)
    if not met and not (gave and verb.lemma.lower() in _GIVES) and not quoted.speaks(phrases, verb) and not _denies(s, verb):
        return None
    made = tuple(speakers.sources(phrases, subject.token, verb, SAYS, frozenset()))
    if met:
        made = tuple(replace(source, channel="press conference") for source in made)
    why = f"sources.held “{verb.text}”"
    voices = tuple(Voice(source, verb, frozenset(), "asserts", None, False, why) for source in made)
    names = frozenset(m.text.lower() for m in phrases.mentions)
    return Telling(voices, "conference" if met else "account" if gave else "press", s.paragraph, False, names, frozenset(), False)


def _meets_press(phrases: Phrases, verb: Token) -> bool:
    """ "The minister held a press conference", "gave details at a briefing", "listed the losses, briefing reporters"."""
    s = phrases.sentence
    if any(_briefs(phrases, t) for t in s.tokens):
        return True
    met = [t for t in s.dependents(verb, "obj") if verb.lemma.lower() in _MEETS]
    if verb.lemma.lower() in word_list("presents"):
        met += [t for t in s.tokens if clauses.preposition(s, t) in _AT]
    return any(noun is not None and noun.channel == "press conference" for noun in (source_noun(s, t) for t in met))


def _briefs(phrases: Phrases, verb: Token) -> bool:
    """ "Briefing reporters", "addressed the press"."""
    return verb.lemma.lower() in _BRIEFS and quoted.speaks(phrases, verb)


def _denies(s: Sentence, verb: Token) -> bool:
    """ "The army rejected the allegations": what follows while the tense is shifted back is its answer."""
    cues = reporting().verbs.get(verb.lemma.lower(), ())
    what = (t.lemma.lower() for t in s.dependents(verb, "obj"))
    return any(cue.stance == "denies" and len(cue.words) == 1 for cue in cues) and any(word in reporting().nouns for word in what)


def _frame(phrases: Phrases, voice: Voice, marked: frozenset[int], told_by: Channel | None) -> Frame:
    s, cue = phrases.sentence, voice.cue
    outside = [t for t in s.tokens if t.i not in voice.scope]
    channel = voice.source.channel
    if _is_account(s, cue, outside, channel == "witness"):
        return "account"
    if _is_record(phrases, voice):
        return "record"
    if not marked and cue.i < min(voice.scope, default=0) and any(x.text == ":" for x in s.tokens[cue.i + 1 : cue.i + 3]):
        return "colon"
    if channel == "witness" or voice.source.kind == "witness" or _lived_through(phrases, voice):
        return "account" if voice.why.startswith("sources.phrase") else "witness"
    if voice.alleged:
        return "charge"
    carried = {told_by} | {known.channel for t in outside if t.pos in {"NOUN", "PROPN"} and (known := source_noun(s, t)) is not None}
    frames = {_BY_CHANNEL[c] for c in carried if c in _BY_CHANNEL}
    if "conference" in frames or channel == "press conference" or _meets_press(phrases, cue):
        return "conference"
    return "press" if _told_press(phrases, cue) or "press" in frames else "said"


def _lived_through(phrases: Phrases, voice: Voice) -> bool:
    """ "Tela Moru, who fled the town, said …": a witness by what is told of the speaker."""
    s = phrases.sentence
    told = (t for speaker in s.dependents(voice.cue, "nsubj") for t in s.dependents(speaker, "acl:relcl"))
    return any(t.lemma.lower() in word_list("lived through it") for t in told)


def _told_press(phrases: Phrases, cue: Token) -> bool:
    """ "told reporters", "told Radio Dall"."""
    if cue.lemma.lower() != "tell":
        return False
    hearers = phrases.sentence.dependents(cue, "obj", "iobj")
    named = (m for t in hearers if (m := phrases.mention(t)) is not None)
    return any("press" in phrases.classes(t) for t in hearers) or any(m.kind == "ORG" for m in named)


def _is_record(phrases: Phrases, voice: Voice) -> bool:
    """Whether footage, an indictment or another record that tells a story speaks; not data, which only count."""
    if voice.source.kind != "record" or voice.source.span is None:
        return False
    words = {t.lemma.lower() for t in phrases.sentence.tokens if voice.source.span.contains(t.span)}
    return voice.source.channel == "footage" or bool(words & word_list("tells a story"))


def _is_account(s: Sentence, cue: Token, outside: Sequence[Token], witness: bool) -> bool:
    """ "recalled how …", "told of …", "told the tribunal …"; of witnesses also "described a massacre"; not "described it as cowardly"."""
    word, opens = cue.lemma.lower(), word_list("gives an account")
    after = {t.lower for t in s.tokens[cue.i + 1 : cue.i + 5] if t.lower in {"how", "of"}}
    if any(f"{word} {particle}" in opens for particle in after):
        return True
    if word in opens:
        clausal = bool(s.dependents(cue, "ccomp", "xcomp", "parataxis")) or not s.dependents(cue, "obj")
        return (clausal or witness) and not any(prep == "as" for prep, _ in clauses.obliques(s, cue))
    return word == "tell" and any(t.lemma.lower() in word_list("testimony") for t in outside if t.head == cue.i)


def _goes_on(phrases: Phrases, telling: Telling) -> bool:
    s = phrases.sentence
    if _turns_away(phrases) or s.tokens[-1].text == "?" or s.tokens[0].text in _BULLETS:
        return False
    ours = any(_is_ours(t) for t in s.tokens)
    if telling.frame == "colon" or ours:
        return telling.frame == "colon" or telling.ours
    subject = clauses.subject(s, s.root)
    leans = _one_of_several(s) or (subject is not None and _leans(s, subject.token))
    if telling.frame == "said":
        return leans or (_is_pluperfect(s) and not any(is_time(t) for t in s.tokens))
    if leans or _is_pluperfect(s) or any(t.lower in _AHEAD for t in s.dependents(s.root, "aux")):
        return True
    if telling.frame == "conference":
        return _in_tense(s, False)
    if subject is None or (_is_newly_named(phrases, subject.token, telling) and (telling.frame != "account" or telling.present)):
        return False
    if telling.frame in {"account", "record"}:
        return _in_tense(s, telling.present)
    known = _is_known(s, subject.token, telling) and telling.frame == "press"
    return (telling.frame == "witness" or subject.token.lower in _MANY or known) and _in_tense(s, False)


def _is_known(s: Sentence, subject: Token, telling: Telling) -> bool:
    """ "… had shelled a base. The base was destroyed": what the speaker has just told of."""
    definite = any(t.lower in {"the", "its", "their"} for t in s.dependents(subject, "det", "nmod:poss"))
    return definite and subject.lemma.lower() in telling.said


def _is_ours(token: Token) -> bool:
    return token.pos == "PRON" and token.lower in _OURS


def _is_newly_named(phrases: Phrases, subject: Token, telling: Telling) -> bool:
    """Whether a sentence is about somebody whom the account has not named: of them the reporter tells again."""
    mention = phrases.mention(subject)
    return subject.pos == "PROPN" and (mention is None or mention.text.lower() not in telling.names)


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


def _one_of_several(s: Sentence) -> bool:
    """ "In one, gunmen killed a midwife": of the raids told of before."""
    opening = [t.lower for t in s.tokens[:3]]
    return len(opening) == 3 and opening[0] == "in" and opening[1] in {"one", "another"} and opening[2] == ","


def _is_pluperfect(s: Sentence) -> bool:
    participle = s.root.tag == "VBN" or bool(s.dependents(s.root, "cop"))
    return participle and any(t.lower in {"had", "'d"} for t in s.dependents(s.root, "aux"))


def _in_tense(s: Sentence, present: bool) -> bool:
    """Whether the main clause is in the past, or in the present of an account told in it."""
    words = (s.root, *s.dependents(s.root, "aux", "cop"))
    finite = next((t for t in words if t.tag in {"VBD", "VBZ", "VBP", "MD"}), None)
    if finite is None:
        return False
    return finite.tag == "VBD" or finite.lower in _SHIFTED or (present and finite.lower not in {"has", "have"} and finite.tag != "MD")
