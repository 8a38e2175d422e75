"""Statements printed whole: a title such as "Statement by the ministry" or "Communique No. 4 of the Staff" hands the word over for all of
the text below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from khabar.extract import sources
from khabar.extract.phrases import Phrases, is_time
from khabar.extract.sources import Speakers, Voice
from khabar.extract.sources.matching import source_noun
from khabar.knowledge.ontology import ReportingCue
from khabar.knowledge.wordlists import word_list
from khabar.records import Token

_ISSUES = ReportingCue(("statement",), "announce", channel="statement")
_BRIEFS = ReportingCue(("briefing",), "announce", channel="press conference")
_TOP = 3  # sentences among which the title of a statement stands
_HEAD = 4  # words within which the title names its kind
_LETTERHEAD = 10  # words that a body's name may have
_LONG = 30  # words that a title may have
_PARTY = frozenset({"by", "from", "of"})
_OF_PRESS = frozenset({"press", "news", "media"})
_OWNED = frozenset({"compound", "nmod:poss", "amod", "nmod:desc", "nmod"})


def of_report(sentences: Sequence[Phrases], speakers: Speakers, found: dict[int, list[Voice]]) -> None:
    """Give the sentences below the title of a statement to whoever issues it."""
    place, title = next(((n, t) for n, p in enumerate(sentences[:_TOP]) if (t := _title(p)) is not None), (0, None))
    if title is None:
        return
    under = sentences[place]
    issuer = _issuer(under, title)
    if issuer is None and place + 1 < len(sentences):
        under = sentences[place + 1]
        issuer = _letterhead(under)
    if issuer is None:
        return
    known = source_noun(sentences[place].sentence, title)
    cue = _BRIEFS if known is not None and known.channel == _BRIEFS.channel else _ISSUES
    opened = [
        Voice(source, title, frozenset(), "asserts", None, False, f"sources.title “{title.text}”")
        for source in speakers.sources(under, issuer, issuer, cue, frozenset())
    ]
    for phrases in sentences[place + 1 :]:
        s = phrases.sentence
        if s.zone in {"caption", "credit", "header"} or s.tokens[-1].text == "?":
            continue
        everything = frozenset(t.i for t in s.tokens)
        names = {v.source.name for v in found[s.index]}
        on = (replace(sources.carried_on(v, everything), why=v.why, rank=1) for v in opened if v.source.name not in names)
        found[s.index] = [*found[s.index], *on]


def _title(phrases: Phrases) -> Token | None:
    """The word for a statement that heads a title without a verb of its own."""
    s = phrases.sentence
    if len(s.tokens) > _LONG or (s.tokens[-1].text in {".", "?", "!"} and not s.dependents(s.root, "cop")):
        return None
    words = s.tokens[:_LONG]
    title = next((t for t in words if t.lemma.lower() in word_list("puts a name to statements") and t.pos in {"NOUN", "PROPN"}), None)
    if title is None:
        return None
    within = title.base_rel == "nmod" and s.head(title).i < _HEAD and s.head(title).lemma.lower() in word_list("gives a statement")
    if (title.i >= _HEAD and title.head != title.i and not within) or any(_tells(t) for t in s.tokens if t.base_rel != "cop"):
        return None
    return title


def _tells(token: Token) -> bool:
    """Whether a word makes a title a report: a verb with a subject, other than "attributable" read as one."""
    return token.tag in {"VBD", "VBZ", "VBP"} and token.pos in {"VERB", "AUX"} and not token.lower.endswith("able")


def _issuer(phrases: Phrases, title: Token) -> Token | None:
    """Who issues it: "by the ministry", "of the General Staff", "attributable to the spokesperson", "Ministry of Defence statement"."""
    s = phrases.sentence
    for token in s.tokens[title.i + 1 :]:
        if token.lower in {"on", "about", "regarding", "concerning", "following"} and not is_time(s.head(token)):
            break
        attributed = token.lower == "to" and s.tokens[token.i - 1].lower == "attributable"
        if (token.lower in _PARTY or attributed) and token.base_rel in {"case", "mark"} and _speaks(phrases, s.head(token)):
            return s.head(token)
    before = [t for t in s.tokens[: title.i] if t.head == title.i and t.rel in _OWNED and t.pos in {"NOUN", "PROPN"}]
    return next((t for t in reversed(before) if t.lower not in _OF_PRESS and (phrases.is_party(t) or _is_body(phrases, t))), None)


def _letterhead(phrases: Phrases) -> Token | None:
    """ "Press release" and below it "Front for the Liberation of the North": a line that is nothing but a body's name."""
    s = phrases.sentence
    if s.zone not in {"headline", "heading"} or s.root.pos not in {"NOUN", "PROPN"} or not s.root.text[:1].isupper():
        return None
    short = len(s.tokens) <= _LETTERHEAD and not any(_tells(t) or t.text in {":", ","} for t in s.tokens)
    return s.root if short and (phrases.is_party(s.root) or phrases.mention(s.root) is not None) and not phrases.is_place(s.root) else None


def _speaks(phrases: Phrases, token: Token) -> bool:
    """Whether a phrase can issue a statement: a party, a name, an office or a body."""
    if token.lower in _OF_PRESS:
        return False
    if phrases.mention(token) is not None or phrases.is_party(token) or source_noun(phrases.sentence, token) is not None:
        return True
    return token.pos in {"NOUN", "PROPN"} and (token.text[:1].isupper() or _is_body(phrases, token))


def _is_body(phrases: Phrases, token: Token) -> bool:
    return bool(phrases.classes(token) & {"officials", "organisation", "state", "relief"})
