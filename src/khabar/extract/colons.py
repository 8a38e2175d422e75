"""Voices set off by a colon or dash: "Army: 30 rebels killed", "30 rebels killed - army", "The general was blunt: “…”", "The minister
said:" before paragraphs of his."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.extract import clauses
from khabar.extract.phrases import Phrases, register_classes
from khabar.extract.sources import REPORTS, Speakers, Voice, carried_on
from khabar.extract.sources.matching import source_noun
from khabar.knowledge.ontology import ReportingCue, reporting
from khabar.knowledge.wordlists import word_list
from khabar.records import Document, Source, Span, Token

_SPEAKERS = frozenset({"officials", "police", "armed", "organisation", "person", "press", "state", "relief"})
_LONG = 8  # words that a speaker before or after a colon may have
_CLOCK = 5  # words that the clock of an entry may have, its dash included
_ACRONYM = 3  # letters in capitals that are an acronym, known or not; more of them may be a town
_DASHES = frozenset({"-", "–", "—", "--"})
_BESIDE_CLOCK = _DASHES | {"|", ":", "am", "pm", "a.m.", "p.m.", "gmt", "utc", "h", "hrs", "hours", "local", "time"}
_DIGITS = 4  # of a clock without a mark in it: "0915"
_IN_BRACKETS = 4  # words that a speaker in brackets may have
_LABELS = 3  # different labels that make a digest
_SAYS = ReportingCue(("colon",), "say")


def of_line(phrases: Phrases, document: Document, speakers: Speakers, own: Sequence[Voice]) -> list[Voice]:
    """The voice of a headline with its speaker before or after a colon, and of a quotation set off by one."""
    tokens = phrases.sentence.tokens
    start = _after_clock(tokens)
    tail = _after_dash(phrases)
    if tail is not None:
        return [_voice(phrases, document, tail, frozenset(range(tail.i)))]
    bracketed = _in_last_brackets(phrases)
    if bracketed is not None:
        return [_voice(phrases, document, bracketed, frozenset(range(bracketed.i)))]
    colons = [t.i for t in tokens if t.text == ":" and t.i > start and not _of_clock(tokens, t.i)]
    if not colons:
        return []
    first, last = colons[0], colons[-1]
    speaker = _speaker(phrases, [t for t in tokens[last + 1 :] if t.pos != "PUNCT"])
    if speaker is not None and tokens[-1].text not in ".!?":
        return [_voice(phrases, document, speaker, frozenset(range(last)))]
    before = [t for t in tokens[start:first] if t.pos != "PUNCT"]
    rest = frozenset(range(first + 1, len(tokens)))
    if len(before) == 1 and before[0].lower in word_list("hearsay labels"):
        return [_hearsay(before[0], rest)]
    speaker = _speaker(phrases, before) or _outlet(phrases, before) or _reporter(phrases, first, own) or _teller(phrases, first)
    if speaker is not None:
        return [_voice(phrases, document, speaker, rest)]
    return _quoting(phrases, speakers, first, own)


def _after_clock(tokens: Sequence[Token]) -> int:
    """Where the words begin behind the clock of an entry: "08:00 - Army: …", "0915 GMT – …"."""
    if not tokens or not tokens[0].text[:1].isdigit():
        return 0
    rest = next((t.i for t in tokens[:_CLOCK] if not t.text[:1].isdigit() and t.lower not in _BESIDE_CLOCK), 0)
    first, last = tokens[0].text, tokens[rest - 1]
    return rest if rest > 1 or ":" in first or (len(first) == _DIGITS and first.isdigit() and last.i == 0) else 0


def _outlet(phrases: Phrases, words: Sequence[Token]) -> Token | None:
    """ "Report: …", "State TV: …", "UN: …": a record, an outlet or a body, by what it is called."""
    if not 0 < len(words) <= _LONG:
        return None
    head = clauses.head_among(words)
    if len(words) > 1 and any(t.pos in {"VERB", "AUX"} for t in words):
        return None
    if source_noun(phrases.sentence, head) is not None and head.lemma.lower() not in word_list("labels of news"):
        return head
    if len(words) > 1 or not (head.text.isupper() and head.text.isalpha()) or head.lower in word_list("labels of news"):
        return None
    known = 1 < len(head.text) <= _ACRONYM or bool(register_classes(head.text))
    return head if known and not phrases.is_place(head) else None


def _reporter(phrases: Phrases, colon: int, own: Sequence[Voice]) -> Token | None:
    """ "General Staff reports: …": the subject of a verb of saying right before the colon, whatever it is, where it has no voice yet."""
    s = phrases.sentence
    verb = s.tokens[colon - 1] if colon else None
    if verb is None or verb.lemma.lower() not in reporting().verbs or any(v.cue.i == verb.i for v in own):
        return None
    return next((t for t in s.dependents(verb, "nsubj") if t.i < colon and t.pos in {"NOUN", "PROPN"}), None)


def _hearsay(label: Token, scope: frozenset[int]) -> Voice:
    """ "Unconfirmed: two helicopters shot down": nobody is named, and it may be so."""
    source = Source(label.span, REPORTS, kind="carrier", cue=label.span)
    return Voice(source, label, scope, "asserts", "possible", False, "sources.colon")


def _of_clock(tokens: Sequence[Token], colon: int) -> bool:
    return 0 < colon < len(tokens) - 1 and tokens[colon - 1].pos == tokens[colon + 1].pos == "NUM"


def _after_dash(phrases: Phrases) -> Token | None:
    """ "30 rebels killed in the north - ministry": a speaker behind the dash that ends a headline."""
    tokens = phrases.sentence.tokens
    dash = next((t for t in reversed(tokens) if t.text in _DASHES), None)
    if dash is None or dash.i == 0 or tokens[-1].text in ".!?" or tokens[dash.i - 1].span.end == dash.span.start:
        return None
    speaker = _speaker(phrases, [t for t in tokens[dash.i + 1 :] if t.pos != "PUNCT"])
    return speaker if speaker is not None and speaker.i == len(tokens) - 1 else None


def _in_last_brackets(phrases: Phrases) -> Token | None:
    """ "17 soldiers were killed near Torodi (defence ministry).": who ends an entry in brackets, an acronym of what stands before apart."""
    tokens = phrases.sentence.tokens
    end = next((t.i for t in reversed(tokens) if t.text == ")"), 0)
    if not end or any(any(c.isalnum() for c in t.text) for t in tokens[end + 1 :]):
        return None
    start = next((t.i for t in reversed(tokens[:end]) if t.text == "("), end)
    words = [t for t in tokens[start + 1 : end] if t.pos != "PUNCT"]
    head = _speaker(phrases, words) if start and len(words) <= _IN_BRACKETS else None
    if head is None or phrases.is_place(head) or any(t.pos == "NUM" for t in words):
        return None
    return head if _is_known_speaker(phrases, head) and (len(words) > 1 or "press" in phrases.classes(head) or head.pos == "NOUN") else None


def _quoting(phrases: Phrases, speakers: Speakers, colon: int, own: Sequence[Voice]) -> list[Voice]:
    """ "The general was blunt: “…”", "“…”: with these words the council …": who acts in the clause beside a quotation says it."""
    s = phrases.sentence
    quoted = speakers.quotations.words(s)
    beside = quoted & frozenset(range(colon + 1, len(s.tokens))) or quoted & frozenset(range(colon))
    if not beside or any(v.why.startswith("sources.verb") and v.scope & beside for v in own):
        return []
    before = min(beside) < colon
    stretch = s.tokens[colon + 1 :] if before else s.tokens[:colon]
    subjects = [t for t in stretch if t.base_rel == "nsubj" and t.i not in quoted and phrases.is_party(t)]
    if not subjects or (before and not any(t.lower in {"these", "words", "this", "so", "thus"} for t in stretch)):
        return []
    speaker = subjects[0] if before else subjects[-1]
    return [
        Voice(source, speaker, beside, "asserts", None, False, "sources.colon")
        for source in speakers.sources(phrases, speaker, speaker, _SAYS, beside)
    ]


def _teller(phrases: Phrases, colon: int) -> Token | None:
    """ "The agency gave another tally: four dead": whoever gives an account before the colon."""
    accounts = word_list("accounts")
    for token in phrases.sentence.tokens[:colon]:
        if token.lemma.lower() in accounts and token.base_rel in {"obj", "obl"} and clauses.is_verbal(phrases.sentence.head(token)):
            found = clauses.agent(phrases.sentence, phrases.sentence.head(token))
            if found is not None and phrases.is_party(found.token):
                return found.token
    return None


def _speaker(phrases: Phrases, words: Sequence[Token]) -> Token | None:
    """The head of a short noun phrase that can speak; None for a clause, a place, a thing."""
    if not 0 < len(words) <= _LONG or any(t.pos in {"VERB", "AUX"} for t in words):
        return None
    head = clauses.head_among(words)
    return head if phrases.classes(head) & _SPEAKERS or head.lemma.lower() in reporting().speakers else None


def _voice(phrases: Phrases, document: Document, speaker: Token, scope: frozenset[int]) -> Voice:
    whole = phrases.span(speaker)
    marks = [t for t in phrases.sentence.tokens if t.text == ":" or (t.text in _DASHES and t.i and _is_apart(phrases, t))]
    start = max((t.span.end for t in marks if whole.start <= t.span.start < speaker.span.start), default=whole.start)
    end = min((t.span.start for t in marks if speaker.span.end <= t.span.start < whole.end), default=whole.end)
    words = Span(start, end).of(document.text)
    span = Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
    name = phrases.words(speaker, document.text) if span == whole else span.of(document.text)
    return Voice(Source(span, name, cue=span), speaker, scope, "asserts", None, False, "sources.colon")


def _is_apart(phrases: Phrases, dash: Token) -> bool:
    """Whether a dash stands between spaces, and so sets off what follows it."""
    return phrases.sentence.tokens[dash.i - 1].span.end < dash.span.start


def introduced(sentences: Sequence[Phrases], found: dict[int, list[Voice]]) -> None:
    """Give what follows "The minister said:" to the minister, until somebody else speaks or a heading stands."""
    speaker: Voice | None = None
    for phrases in sentences:
        sentence = phrases.sentence
        own = [
            v
            for v in found[sentence.index]
            if v.why.startswith("sources.verb") and v.cue.tag == "VBD" and v.cue.rel in {"root", "parataxis"}
        ]
        if speaker is not None:
            if sentence.zone in {"heading", "headline", "caption"} or (own and not _within(own, speaker)):
                speaker = None
            else:
                found[sentence.index] = [*found[sentence.index], carried_on(speaker, frozenset(t.i for t in sentence.tokens))]
        opened = _opens(phrases, found[sentence.index])
        if opened is not None:
            speaker = opened


def without_places(sentences: Sequence[Phrases], found: dict[int, list[Voice]]) -> None:
    """A digest sorts its news by place ("- Mogadishu, 14 March: …", "KALI: …"): its labels say where, and speak for nobody. That it is
    one shows where several labels differ and some are places; a single label in running text or behind a bullet is judged by itself."""
    labels = {
        p.sentence.index: (p, v) for p in sentences for v in found[p.sentence.index] if v.why == "sources.colon" and _opens_line(p, v)
    }
    names = {v.source.name for _, v in labels.values()}
    digest = len(names) >= _LABELS and sum(_is_where(p, v) for p, v in labels.values()) * 3 >= len(labels)
    for index, (phrases, voice) in labels.items():
        if (_is_where(phrases, voice) and not _may_be_a_side(phrases, voice)) or (digest and not _surely_speaks(phrases, voice)):
            found[index] = [v for v in found[index] if v is not voice]


def _opens_line(phrases: Phrases, voice: Voice) -> bool:
    """Whether a label stands before the first colon of a line that is no headline."""
    return phrases.sentence.zone not in {"headline", "heading"} and voice.cue in _label(phrases)


def _label(phrases: Phrases) -> tuple[Token, ...]:
    """The words before the first colon of a line."""
    tokens = phrases.sentence.tokens
    return tokens[: next((t.i for t in tokens if t.text == ":"), 0)]


def _is_where(phrases: Phrases, voice: Voice) -> bool:
    mention = phrases.mention(voice.cue)
    return phrases.is_place(voice.cue) or (mention is not None and mention.kind in {"GPE", "LOC", "FAC"})


def _may_be_a_side(phrases: Phrases, voice: Voice) -> bool:
    """ "Kovir: two drones were shot down": a country, or its capital, may well speak, and taken for a place it would leave a claim to
    nobody; with a day beside it ("Kali, 14 March:") it is where something happened."""
    return "state" in phrases.classes(voice.cue) and not any(t.pos == "NUM" for t in _label(phrases))


def _is_known_speaker(phrases: Phrases, token: Token) -> bool:
    return token.lemma.lower() in reporting().speakers or bool(phrases.classes(token) & {"officials", "press"})


def _surely_speaks(phrases: Phrases, voice: Voice) -> bool:
    mention = phrases.mention(voice.cue)
    return _is_known_speaker(phrases, voice.cue) or (mention is not None and mention.kind == "PERSON")


def _within(own: Sequence[Voice], speaker: Voice) -> bool:
    """Whether the voices in a sentence are quoted by the same speaker, who still goes on ("I", "we")."""
    return all(v.source.name.lower() in {"i", "we", speaker.source.name.lower()} for v in own)


def _opens(phrases: Phrases, voices: Sequence[Voice]) -> Voice | None:
    """The speaker of a sentence that ends in a colon, if it names one by a verb of saying or as whose statement follows."""
    tokens = phrases.sentence.tokens
    if not tokens or (tokens[-1].text != ":" and not (len(tokens) > 1 and tokens[-2].text == ":")):
        return None
    return next(
        (v for v in reversed(list(voices)) if v.why.startswith(("sources.verb", "sources.opening", "sources.passive", "sources.phrase"))),
        None,
    )
