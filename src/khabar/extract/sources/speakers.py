"""Who speaks: the record of a speaker, named where a pronoun or a description stands for somebody who spoke before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from khabar.extract import clauses
from khabar.extract.phrases import Phrases
from khabar.extract.reference import Reference, first_person, is_reference
from khabar.extract.sources.matching import cue_at, source_noun
from khabar.extract.sources.voice import Quotations
from khabar.knowledge.ontology import ReportingCue, reporting
from khabar.knowledge.wordlists import word_list
from khabar.records import Channel, Document, Source, SourceKind, Span, Token

_HE = frozenset({"he", "she", "him", "her", "his"})
_THEY = frozenset({"they", "them", "their"})
_KINDS = ((_HE, frozenset({"person"})), (_THEY, frozenset({"people", "body"})))
_ONE_BODY = frozenset({"body"})
_GROUP = frozenset({"body", "people"})
_MEMORY = 6  # sentences within which a pronoun can mean an earlier speaker
_CARRIES = frozenset({"in", "on", "via", "through", "at", "during", "by"})


@dataclass(frozen=True, slots=True)
class Spoke:
    """Somebody who spoke: the name, where, and whether a person, a body or several people."""

    name: str
    kind: str
    sentence: int


class Speakers:
    """The speakers of a report in order. A pronoun that speaks is first of all whoever spoke last."""

    def __init__(self, document: Document, reference: Reference) -> None:
        self.document, self.reference = document, reference
        self.quotations = Quotations(document)
        self._spoke: list[Spoke] = []
        self._channels: dict[str, Channel] = {}
        self._record: Spoke | None = None
        self._marked: dict[int, Channel | None] = {}

    def sources(self, phrases: Phrases, speaker: Token, cue_token: Token, cue: ReportingCue, said: frozenset[int]) -> Iterator[Source]:
        """A source for each member of the speaker's phrase. `said`: the words that are said, in which no speaker is sought."""
        by_cue = cue.channel or self.channel(phrases, cue_token)
        for member in clauses.members(phrases.sentence, speaker):
            token = self._person(phrases, phrases.named(member))
            known = source_noun(phrases.sentence, token)
            press = "press" in phrases.classes(token)
            kind: SourceKind = known.kind if known else "carrier" if press else "speaker"
            carried = press or (known is not None and known.channel in {None, "media report"} and kind != "speaker")
            told = by_cue if by_cue != "media report" or carried else None
            role, body = self._post(phrases, token)
            name = self.name(phrases, token, said)
            self._remember(phrases, token, name)
            yield Source(
                phrases.span(token),
                name,
                role=role,
                affiliation=body,
                channel=self._going_on(name, told or (known.channel if known else None)),
                kind=kind,
                cue=cue_token.span,
            )

    def hear(self, phrases: Phrases) -> None:
        """Take note of the record that a sentence is about: "it says", in the next one, is what the letter says."""
        s = phrases.sentence
        for token in s.tokens:
            if token.base_rel == "nsubj" and token.pos == "NOUN" and s.head(token).head == s.head(token).i:
                known = source_noun(s, token)
                if known is not None and known.kind == "record":
                    self._record = Spoke(phrases.words(token, self.document.text), "record", s.index)

    def _going_on(self, name: str, channel: Channel | None) -> Channel | None:
        """The channel of a speaker, where none is told the one by which the same speaker spoke before."""
        if channel is None:
            return self._channels.get(name.lower())
        self._channels[name.lower()] = channel
        return channel

    def owner(self, phrases: Phrases, owner: Token, noun: Token, channel: Channel | None) -> Source:
        """The source of "by his account", "in the general's words": whose account it is, written as the whole phrase."""
        whole = [noun, *phrases.sentence.subtree(owner)]
        name = self.name(phrases, owner, frozenset())
        return Source(Span(min(t.span.start for t in whole), max(t.span.end for t in whole)), name, channel=channel, cue=noun.span)

    def name(self, phrases: Phrases, token: Token, said: frozenset[int]) -> str:
        """The words for a speaker; of a pronoun, the words for whom it stands."""
        text = self.document.text
        core = phrases.core(token)
        if core.i != token.i and core.pos == "PRON":  # "one of them": one of those who were told of before
            several = self.reference.resolve(phrases, core)
            return several.name if several is not None else phrases.words(token, text)
        if token.lower == "it" and self._record is not None and phrases.sentence.index - self._record.sentence <= 1:
            return self._record.name
        if not (is_reference(token) or first_person(token)) or self._modified(phrases, token):
            return phrases.words(token, text)
        entity = self.reference.resolve(phrases, token) if not _names_itself(token) else None
        index = phrases.sentence.index
        starts = {phrases.sentence.tokens[i].span.start for i in said}
        if entity is not None and entity.sentence == index and entity.span.start in starts:
            entity = entity if entity.kind == "body" and token.lower in _THEY | {"it"} else None
        last = None if first_person(token) else self._last(token, index)
        if last is not None and (entity is None or last.sentence >= entity.sentence or not entity.subject):
            return last.name
        return entity.name if entity is not None else phrases.words(token, text)

    @staticmethod
    def _person(phrases: Phrases, token: Token) -> Token:
        """ "the Justice Minister, Karim Doro": the person, where an office is written like a name."""
        mention = phrases.mention(token)
        if mention is not None and mention.kind == "PERSON":
            return token
        beside = phrases.sentence.dependents(token, "appos")
        persons = (t for t in beside if t.pos == "PROPN" and (m := phrases.mention(t)) is not None and m.kind == "PERSON")
        return next(persons, token)

    @staticmethod
    def _modified(phrases: Phrases, token: Token) -> bool:
        """ "the Kurdish group" names itself; "the group" stands for another."""
        return token.pos == "NOUN" and bool(phrases.sentence.dependents(token, "compound", "amod", "nmod", "nmod:poss"))

    def _last(self, token: Token, index: int) -> Spoke | None:
        """Whoever of the right kind spoke last; for "the ministry" first of all the ministry that did."""
        kinds = next((kinds for words, kinds in _KINDS if token.lower in words), _GROUP if token.pos == "NOUN" else _ONE_BODY)
        near = [s for s in reversed(self._spoke) if index - s.sentence <= _MEMORY and s.kind in kinds]
        if token.pos == "NOUN":
            same = next((s for s in near if s.name.lower().split()[-1:] == [token.lower]), None)
            return same if same is not None or _names_itself(token) else next(iter(near), None)
        return next(iter(near), None)

    def _remember(self, phrases: Phrases, token: Token, name: str) -> None:
        kind = self._kind(phrases, token)
        if kind is not None:
            self._spoke.append(Spoke(name, kind, phrases.sentence.index))

    @staticmethod
    def _kind(phrases: Phrases, token: Token) -> str | None:
        if token.pos == "PRON":
            return next((min(kinds) for words, kinds in _KINDS if token.lower in words), None)
        mention = phrases.mention(token)
        if mention is not None and token.pos == "PROPN":
            return "person" if mention.kind == "PERSON" else "body"
        if token.tag in {"NNS", "NNPS"} or token.lemma.lower() == "police":
            return "people"
        return "body" if phrases.classes(token) & {"organisation", "state", "press"} or is_reference(token) else "person"

    def _post(self, phrases: Phrases, person: Token) -> tuple[str | None, str | None]:
        """The office in an apposition: "Ali Haddad, a spokesman for the Front" is a spokesman, and speaks for the Front."""
        s = phrases.sentence
        for title in s.dependents(person, "appos"):
            if title.pos != "NOUN" or title.lemma.lower() not in reporting().speakers:
                continue
            body = next((t for p, t in clauses.obliques(s, title) if p in {"for", "of", "at"}), None)
            body = body or next(iter(s.dependents(title, "nmod:poss")), None)
            named = body is not None and (phrases.mention(body) is not None or phrases.is_party(body))
            return title.lemma.lower(), phrases.words(body, self.document.text) if body is not None and named else None
        return None, None

    def channel(self, phrases: Phrases, verb: Token) -> Channel | None:
        """ "said in a statement", "told reporters at a press conference", "on its Telegram channel"."""
        s = phrases.sentence
        for prep, t in clauses.obliques(s, verb):
            known = source_noun(s, t)
            if known is not None and known.channel is not None and prep in _CARRIES:
                return known.channel
        put_out = source_noun(s, s.head(verb)) if verb.rel == "acl" else None
        if put_out is not None and put_out.kind == "carrier" and put_out.channel is not None:
            return put_out.channel  # "released a statement saying …"
        if verb.lemma.lower() == "tell" and any("press" in phrases.classes(t) for t in s.dependents(verb, "obj", "iobj")):
            return "interview"
        if s.index not in self._marked:  # once a sentence, however many speak in it
            marks = (cue_at(s, reporting().phrases, t) for t in s.tokens)
            said_in = (cue.channel for cue in marks if cue is not None and cue.source == "subject" and cue.channel is not None)
            self._marked[s.index] = next(said_in, None)
        return self._marked[s.index]


def _names_itself(token: Token) -> bool:
    """ "the army" needs no other name, as "the group" does."""
    return token.pos == "NOUN" and token.lemma.lower() in word_list("names itself")
