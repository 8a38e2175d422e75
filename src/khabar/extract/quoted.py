"""Quoted sentences and whose words they are. What stands between quotation marks is never the reporter's own: where no speaker can be
told, the source is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from khabar.extract import clauses, sources
from khabar.extract.phrases import Phrases
from khabar.extract.sources import Speakers, Voice
from khabar.extract.sources.matching import source_noun
from khabar.knowledge.ontology import ReportingCue
from khabar.knowledge.wordlists import word_list
from khabar.records import Source, Token

SAYS = ReportingCue(("say",), "say")
_MARKS = frozenset({'"', "“", "”", "``", "''", "‘"})
_TO_PRESS = frozenset({"to", "with", "on", "by", "via", "in"})
_CLAUSE = 4  # quoted words that may be a clause; fewer are a name or a phrase in somebody's spelling


def of_report(sentences: Sequence[Phrases], speakers: Speakers, found: dict[int, list[Voice]]) -> None:
    """Give every quoted sentence, and every quoted clause that nobody in its sentence says, to its speaker."""
    quoted = {p.sentence.index: speakers.quotations.all_of(p.sentence) for p in sentences}
    for phrases in sentences:
        if not quoted[phrases.sentence.index]:
            _cover(phrases, found[phrases.sentence.index], speakers)
    tags = _tags_ahead(sentences, speakers, found, quoted)
    for place, phrases in enumerate(sentences):
        index = phrases.sentence.index
        if not quoted[index]:
            found[index] = [*found[index], *_orphans(phrases, found[index], speakers)]
            continue
        everything = frozenset(t.i for t in phrases.sentence.tokens)
        speaker = tags[place] or _speaker(sentences, place, found, quoted)
        if speaker is not None:
            found[index] = [*found[index], sources.carried_on(speaker, everything)]
        else:
            said = list(_host(sentences, place, speakers))
            if not said and speakers.quotations.closed(phrases.sentence):
                said = [_nobody(phrases, everything)]
            found[index] = [*found[index], *said]


def _tags_ahead(
    sentences: Sequence[Phrases], speakers: Speakers, found: dict[int, list[Voice]], quoted: dict[int, bool]
) -> list[Voice | None]:
    """For each sentence the speaker whose tag ends the quotation that it begins, however many sentences and paragraphs on."""
    tags: list[Voice | None] = [None] * len(sentences)
    for place in range(len(sentences) - 2, -1, -1):
        here, after = sentences[place].sentence, sentences[place + 1].sentence
        if quoted[here.index] and speakers.quotations.together(here, after):
            tags[place] = tags[place + 1] if quoted[after.index] else _outside(sentences[place + 1], found[after.index], speakers)
    return tags


def _outside(phrases: Phrases, voices: Sequence[Voice], speakers: Speakers) -> Voice | None:
    """Who speaks of a sentence's voices outside its quoted words."""
    inside = speakers.quotations.words(phrases.sentence)
    return _widest([v for v in voices if v.cue.i not in inside and v.scope & inside])


def _speaker(sentences: Sequence[Phrases], place: int, found: dict[int, list[Voice]], quoted: dict[int, bool]) -> Voice | None:
    """The speaker of the sentence that a quoted one leans on: the one before, else the one after."""
    here = sentences[place].sentence
    if place:
        before = sentences[place - 1].sentence
        if quoted[before.index] or _has_quote(sentences[place - 1]):
            voice = _widest(found[before.index])
            if voice is not None and here.paragraph - before.paragraph <= 1:
                return voice
    if place + 1 < len(sentences):
        after = sentences[place + 1].sentence
        voice = _widest(found[after.index]) if after.paragraph == here.paragraph else None
        if voice is not None:
            return voice
    if place:
        before = sentences[place - 1].sentence
        if before.paragraph == here.paragraph:
            return _widest(found[before.index])
    return None


def _widest(voices: Sequence[Voice]) -> Voice | None:
    named = [v for v in voices if v.source.name not in {sources.REPORTS, sources.NOBODY}]
    return max(named, key=lambda v: len(v.scope), default=None)


def _has_quote(phrases: Phrases) -> bool:
    return any(t.text in _MARKS for t in phrases.sentence.tokens)


def _host(sentences: Sequence[Phrases], place: int, speakers: Speakers) -> Iterator[Voice]:
    """ "The bishop spoke to the radio. “They attacked …”": who was there to be quoted in the sentence before; in the same paragraph
    also whoever that sentence is about."""
    if not place:
        return
    phrases, here = sentences[place - 1], sentences[place].sentence
    s = phrases.sentence
    subject = clauses.agent(s, s.root)
    if subject is None or here.paragraph - s.paragraph > 1 or not can_talk(phrases, subject.token):
        return
    if subject.token.i in speakers.quotations.words(s):
        return
    if speaks(phrases, s.root) or here.paragraph == s.paragraph:
        everything = frozenset(t.i for t in here.tokens)
        for source in speakers.sources(phrases, subject.token, s.root, SAYS, frozenset()):
            yield Voice(source, s.root, everything, "asserts", None, False, f"sources.quoted “{s.root.text}”", itself=True)


def can_talk(phrases: Phrases, subject: Token) -> bool:
    """Whether a subject is somebody who can be quoted: a person by name, office or pronoun."""
    if subject.pos == "PRON":
        return subject.lower in {"he", "she", "they"}
    mention = phrases.mention(phrases.named(subject))
    if mention is not None and mention.kind == "PERSON":
        return True
    offices = phrases.sentence.dependents(subject, "nmod:desc") if subject.pos == "PROPN" else ()  # "spokesman Omar Radi"
    if any(_speaks_for(phrases, office) for office in offices):
        return True
    return _speaks_for(phrases, subject) and phrases.is_party(subject)


def _speaks_for(phrases: Phrases, noun: Token) -> bool:
    known = source_noun(phrases.sentence, noun)
    return known is not None and known.kind in {"speaker", "witness"}


def speaks(phrases: Phrases, verb: Token) -> bool:
    """ "spoke to the radio", "gave an interview", "wrote on its channel"."""
    s = phrases.sentence
    if verb.lemma.lower() not in word_list("speaks to"):
        return False
    hearers = [t for prep, t in clauses.obliques(s, verb) if prep in _TO_PRESS]
    hearers += s.dependents(verb, "obj", "iobj")
    return any("press" in phrases.classes(t) or ((n := source_noun(s, t)) is not None and n.channel is not None) for t in hearers)


def _nobody(phrases: Phrases, scope: frozenset[int]) -> Voice:
    """A voice that the report quotes without saying whose it is."""
    token = phrases.sentence.tokens[0]
    return Voice(Source(None, sources.NOBODY), token, scope, "asserts", None, False, "sources.quotation-unsaid", itself=True)


def _cover(phrases: Phrases, voices: list[Voice], speakers: Speakers) -> None:
    """Where a sentence quotes and names one speaker, the quoted words are that speaker's, whatever the tree says."""
    inside = speakers.quotations.words(phrases.sentence)
    said = [v for v in voices if v.why.startswith(("sources.verb", "sources.phrase"))]
    if not said:
        voices.extend(_read_out(phrases, inside, speakers))
    if len({v.cue.i for v in said}) != 1:
        return
    for place, voice in enumerate(voices):
        if voice in said and inside:
            voices[place] = sources.widened(voice, voice.scope | inside)


def _read_out(phrases: Phrases, inside: frozenset[int], speakers: Speakers) -> Iterator[Voice]:
    """ "“…”, read the statement", "the letter ran: “…”": written words that are quoted by what they stand in."""
    s = phrases.sentence
    for verb in s.tokens:
        if verb.i in inside or not inside or verb.lemma.lower() not in word_list("reads out"):
            continue
        subjects = [t for t in s.dependents(verb, "nsubj", "obj") if t.i not in inside]
        writing = next((t for t in subjects if (n := source_noun(s, t)) is not None and n.kind in {"record", "carrier"}), None)
        if writing is not None:
            for source in speakers.sources(phrases, writing, verb, SAYS, inside):
                yield Voice(source, verb, inside, "asserts", None, False, f"sources.verb “{verb.text}”", itself=True)
            return


def _orphans(phrases: Phrases, voices: Sequence[Voice], speakers: Speakers) -> Iterator[Voice]:
    """Quoted clauses of a sentence that no voice covers: of whoever the sentence is about ("“They shot him,” the mayor wept"), else
    of nobody known."""
    s = phrases.sentence
    inside = speakers.quotations.words(s)
    said = frozenset().union(*(v.scope for v in voices))
    subjects = [t for t in s.tokens if t.base_rel == "nsubj" and t.i in inside and s.head(t).i in inside - said]
    opening = next((t for t in s.tokens if t.i in inside and t.text[:1].isalpha()), None)
    whole = opening is not None and (opening.text[:1].isupper() or any(s.head(t).head == t.head for t in subjects))
    if len(inside) < _CLAUSE or not whole or said & inside or not any(s.head(t).pos in {"VERB", "AUX"} for t in subjects):
        return
    beside = [t for t in s.tokens if t.i not in inside and t.base_rel in {"nsubj", "obj"} and can_talk(phrases, t)]
    tellers = [t for t in beside if t.base_rel == "nsubj"] or beside
    scope = inside - said
    if len(tellers) != 1:
        if speakers.quotations.closed(s):
            yield _nobody(phrases, scope)
        return
    verb = s.head(tellers[0]) if s.head(tellers[0]).i not in inside else s.root
    for source in speakers.sources(phrases, tellers[0], verb, SAYS, scope):
        yield Voice(source, verb, scope, "asserts", None, False, f"sources.quoted “{verb.text}”", itself=True)
