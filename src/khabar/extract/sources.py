"""Sources: the voices of a sentence, what each of them says, and the chain behind a trigger, innermost first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from khabar.extract import clauses
from khabar.extract.clauses import Argument
from khabar.extract.phrases import Phrases
from khabar.extract.reference import Reference, first_person, is_reference
from khabar.knowledge.ontology import ReportingCue, SourceNoun, ontology, reporting
from khabar.records import Channel, Document, Sentence, Source, SourceKind, Stance, Token, ToldAs

_TAG_MARKS = frozenset({",", '"', "”", "'", "’", "--", "—", "–", ";", ".", "-", "``", "''"})

REPORTS = "reports"
"""The name of a voice that the report leaves unnamed ("reportedly")."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who says something in a sentence, what is said (indices of tokens), and what the saying makes of it."""

    source: Source
    cue: Token
    scope: frozenset[int]
    stance: Stance
    told_as: ToldAs | None
    alleged: bool
    why: str

    def covers(self, words: Iterable[Token]) -> bool:
        """Whether any of a trigger's words is said by this voice."""
        return any(t.i in self.scope and t.i != self.cue.i for t in words)


def voices(phrases: Phrases, document: Document, reference: Reference) -> list[Voice]:
    """Every voice of a sentence, in order of the text."""
    finder = _Finder(phrases, document, reference)
    return [v for token in phrases.sentence.tokens for v in finder.at(token)]


class _Finder:
    def __init__(self, phrases: Phrases, document: Document, reference: Reference) -> None:
        self.phrases, self.document, self.reference = phrases, document, reference
        self.s = phrases.sentence
        self.cues = reporting()

    def at(self, token: Token) -> Iterator[Voice]:
        if clauses.is_verbal(token):
            yield from self._verb(token)
        if token.pos in {"ADV", "ADJ"}:
            yield from self._adverb(token)
        if token.pos in {"NOUN", "PROPN"}:
            yield from self._noun(token)
        yield from self._phrase(token)

    # verbs of saying

    def _verb(self, verb: Token) -> Iterator[Voice]:
        passive = clauses.is_passive(self.s, verb)
        if passive:
            cue = self._match(self.cues.passives, verb) or self._match(self.cues.verbs, verb)
            if cue is not None:
                yield from self._passive(verb, cue)
            return
        cue = self._match(self.cues.verbs, verb)
        if cue is None:
            raised = self._match(self.cues.passives, verb)
            if raised is not None and self._below(verb, "xcomp", "ccomp"):
                yield from self._passive(verb, raised)
            return
        if cue.source == "carrier" and not self._shows(verb):
            return
        scope = self._content(verb, cue)
        opening = not scope and self.s.tokens[-1].text == ":"
        if not scope and not opening:
            return
        speaker = clauses.agent(self.s, verb)
        where = self._object(verb) if cue.source == "object" else speaker.token if speaker else None
        if where is None:
            return
        told_as = cue.told_as if not self._negated(verb) else None
        stance = cue.stance if not (cue.stance == "denies" and self._negated(verb)) else "asserts"
        for source in self._sources(where, verb, cue):
            why = f"sources.opening “{verb.text}”" if opening else f"sources.verb “{verb.text}”"
            yield Voice(source, verb, scope - self._outside(verb, where), stance, told_as, cue.alleged, why)

    def _passive(self, verb: Token, cue: ReportingCue) -> Iterator[Voice]:
        scope = self._below(verb, "xcomp", "ccomp", "csubj", "csubj:pass")
        for t in self.s.dependents(verb, "nsubj:pass", "nsubj"):
            scope |= self._tree(t)
        scope |= {
            i
            for t in self.s.dependents(verb, "advcl", "obl")
            if clauses.preposition(self.s, t) in {"of", "with", "for"}
            for i in self._tree(t)
        }
        if not scope:
            return
        seen = next((t for p, t in clauses.obliques(self.s, verb) if p in {"in", "on", "from"} and self._noun_of(t)), None)
        by = Argument(seen, "the record it was seen in") if seen is not None else clauses.by_agent(self.s, verb)
        if by is not None:
            for source in self._sources(by.token, verb, cue):
                yield Voice(source, verb, frozenset(scope), cue.stance, cue.told_as, cue.alleged, f"sources.passive “{verb.text}”")
        elif cue.source == "reports" or cue.kind in {"say", "hearsay", "claim", "allege", "learn", "show"}:
            source = Source(verb.span, REPORTS, channel="media report" if verb.lemma == "report" else None, kind="carrier", cue=verb.span)
            yield Voice(source, verb, frozenset(scope), cue.stance, cue.told_as, cue.alleged, f"sources.passive “{verb.text}”")

    def _content(self, verb: Token, cue: ReportingCue) -> frozenset[int]:
        """What is said: the clause or noun below the verb, or, where the verb stands aside, the clause it stands beside."""
        scope = self._below(verb, "ccomp", "xcomp", "csubj")
        for t in self.s.dependents(verb, "obj") if cue.kind != "learn" else ():
            scope |= self._tree(t)
        for t in self.s.dependents(verb, "obl:unmarked", "obl"):
            scope |= {
                i
                for c in self.s.dependents(t, "acl", "ccomp")
                if any(m.lower == "that" for m in self.s.dependents(c, "mark"))
                for i in self._tree(c)
            }
        for t in self.s.dependents(verb, "parataxis"):
            if t.i > verb.i and not any(x.text == ";" for x in self.s.tokens[verb.i : t.i]):
                scope |= self._tree(t)
        if verb.rel == "acl:relcl" and not scope:
            scope |= {i for t in self.s.dependents(self.s.head(verb), "acl:relcl") if t.i > verb.i for i in self._tree(t)}
        for prep, t in clauses.obliques(self.s, verb):
            if prep in {"of", "about", "as"} or prep in cue.words[1:]:
                scope |= self._tree(t)
        for t in self.s.dependents(verb, "advcl"):
            if any(m.lower == "as" for m in self.s.dependents(t, "mark", "case")) and cue.kind == "quote":
                scope |= self._tree(t)
        if self._aside(verb):
            scope |= self._tree(self.s.head(verb)) - self._tree(verb)
        tagged = self._tag(verb)
        if tagged:
            scope |= tagged
        elif verb.base_rel == "parataxis" and not scope:
            scope |= self._tree(self.s.head(verb)) - self._tree(verb)
        return frozenset(scope)

    def _shows(self, verb: Token) -> bool:
        """Whether something that can show it is the subject: footage, a report, an image, an outlet."""
        found = clauses.agent(self.s, verb)
        return found is not None and (self._noun_of(found.token) is not None or "press" in self.phrases.classes(found.token))

    def _tag(self, verb: Token) -> frozenset[int]:
        """ "…, he said": the words that a speech tag reports, by where it stands and not by the tree.

        A tag at the end speaks for the whole sentence, one in the middle for the stretch between semicolons around it.
        """
        first, last = self._tag_edges(verb)
        aside = last + 1 < len(self.s.tokens) and self.s.tokens[last + 1].text in {",", ";"}
        if (any(t.i > verb.i for t in self.s.dependents(verb, "ccomp", "xcomp")) and not aside) or verb.rel in {"acl", "xcomp", "amod"}:
            return frozenset()
        tokens = self.s.tokens
        if verb.rel == "acl:relcl" and (
            tokens[first].tag in {"WDT", "WP", "IN"} or last + 1 >= len(tokens) or tokens[last + 1].text not in _TAG_MARKS
        ):
            return frozenset()
        if first == 0 or tokens[first - 1].text not in _TAG_MARKS:
            return frozenset()
        own = self._tree(verb) if verb.base_rel != "root" else self._speaker_words(verb)
        rest = [t for t in tokens[last + 1 :] if t.i not in own]
        if not any(any(c.isalnum() for c in t.text) for t in rest):
            return frozenset(t.i for t in tokens[:first])
        start = max((t.i for t in tokens[:first] if t.text == ";"), default=-1)
        end = min((t.i for t in tokens[last:] if t.text == ";"), default=len(tokens))
        if last + 1 < len(tokens) and tokens[last + 1].text not in _TAG_MARKS and not own & {last + 1}:
            return frozenset(t.i for t in tokens[start + 1 : first])
        return frozenset(t.i for t in tokens[start + 1 : end] if not first <= t.i <= last and t.i not in own)

    def _speaker_words(self, verb: Token) -> set[int]:
        below = self.s.dependents(verb, "nsubj", "obl", "advmod", "obj", "iobj", "aux", "advcl", "obl:unmarked")
        return {i for t in below if t.i > verb.i for i in self._tree(t)}

    def _tag_edges(self, verb: Token) -> tuple[int, int]:
        """From the first to the last word of verb and speaker, where they stand together."""
        speaker = min(self.s.dependents(verb, "nsubj"), key=lambda t: abs(t.i - verb.i), default=None)
        places = {verb.i, *(t.i for t in self.s.dependents(verb, "aux", "compound:prt") if abs(t.i - verb.i) < 3)}
        if speaker is not None:
            places |= {t.i for t in self.s.subtree(speaker)}
        return min(places), max(places)

    def _aside(self, verb: Token) -> bool:
        """ "as X said": the verb hangs below what it reports."""
        if verb.head == verb.i or verb.base_rel != "advcl":
            return False
        return any(t.lower == "as" for t in self.s.dependents(verb, "mark", "advmod")) and not self._below(verb, "ccomp")

    def _outside(self, verb: Token, speaker: Token) -> frozenset[int]:
        """The speaker's own phrase is no part of what is said, save what is told about the speaker in passing."""
        return frozenset({verb.i}) | frozenset(t.i for t in self.s.subtree(speaker) if speaker.head == verb.i)

    # other voices

    def _adverb(self, token: Token) -> Iterator[Voice]:
        cue = self._match(self.cues.adverbs, token)
        if cue is None:
            return
        head = self.s.head(token)
        scope = self._tree(head) if clauses.is_verbal(head) else {head.i}
        source = Source(token.span, REPORTS, kind="carrier", cue=token.span)
        yield Voice(source, token, frozenset(scope), cue.stance, cue.told_as, cue.alleged, f"sources.hearsay “{token.text}”")

    def _phrase(self, token: Token) -> Iterator[Voice]:
        cue = self._match(self.cues.phrases, token)
        if cue is None or cue.source == "subject":
            return
        noun = self._object_of_phrase(token, len(cue.words))
        if cue.source == "reports":
            scope = self._tree(clauses.clause_head(self.s, token))
            yield Voice(
                Source(token.span, REPORTS, kind="carrier", cue=token.span),
                token,
                frozenset(scope),
                cue.stance,
                cue.told_as,
                cue.alleged,
                "sources.phrase",
            )
            return
        if noun is None:
            return
        above = self.s.head(noun) if noun.head != noun.i else noun
        if clauses.is_verbal(noun) and noun.head != noun.i:
            above = self.s.head(noun)
        if above.i == token.i or above.lemma.lower() == "accord":
            above = self.s.head(above)
        own = self._tree(noun) | self._tree(token)
        edge = min(own) == 0 or not any(any(c.isalnum() for c in t.text) for t in self.s.tokens[max(own) + 1 :])
        scope = frozenset((set(range(len(self.s.tokens))) if edge else self._tree(above)) - own)
        for source in self._sources(noun, token, cue):
            yield Voice(source, token, scope, cue.stance, cue.told_as, cue.alleged, f"sources.phrase “{' '.join(cue.words)}”")

    def _object_of_phrase(self, token: Token, length: int) -> Token | None:
        """The noun of "according to X", "citing X", however it is attached."""
        last = self.s.tokens[min(token.i + length - 1, len(self.s.tokens) - 1)]
        for start in (token, last):
            if start.base_rel in {"case", "mark", "fixed"}:
                noun = self.s.head(start) if start.base_rel != "fixed" else self.s.head(self.s.head(start))
                if noun.i > last.i:
                    return noun
            below = [t for t in self.s.dependents(start, "obj", "obl", "nmod") if t.i > last.i]
            if below:
                return below[0]
        return next(
            (
                t
                for t in self.s.tokens[last.i + 1 : last.i + 8]
                if t.pos in {"NOUN", "PROPN", "PRON"} and t.base_rel not in {"compound", "nmod:poss"}
            ),
            None,
        )

    def _noun(self, noun: Token) -> Iterator[Voice]:
        """ "Taliban claims that …", "reports of clashes"."""
        cue = self._match(self.cues.nouns, noun)
        if cue is None:
            return
        scope = self._below(noun, "acl", "ccomp")
        for prep, t in clauses.obliques(self.s, noun):
            if prep in {"of", "about"}:
                scope |= self._tree(t)
        if not scope:
            return
        owner = next(
            (
                t
                for t in self.s.dependents(noun, "nmod:poss", "compound", "amod", "nmod")
                if t.rel != "nmod" or clauses.preposition(self.s, t) in {"by", "from"}
            ),
            None,
        )
        owner = owner if owner is not None and self.phrases.is_party(owner) else None
        if owner is None and noun.base_rel == "obj" and clauses.is_verbal(self.s.head(noun)):
            maker = clauses.agent(self.s, self.s.head(noun))
            owner = maker.token if maker is not None and self.s.head(noun).lemma.lower() in ontology().light else None
        if owner is not None:
            for source in self._sources(owner, noun, cue):
                yield Voice(source, noun, frozenset(scope), cue.stance, cue.told_as, cue.alleged, f"sources.noun “{noun.text}”")
        elif noun.base_rel not in {"obj"} or self.s.head(noun).lemma.lower() not in {"make", "deny", "reject", "dismiss"}:
            known = self._noun_of(noun)
            source = Source(noun.span, REPORTS, channel=known.channel if known else cue.channel, kind="carrier", cue=noun.span)
            yield Voice(source, noun, frozenset(scope), cue.stance, cue.told_as, cue.alleged, f"sources.noun “{noun.text}”")

    # who it is

    def _sources(self, speaker: Token, cue_token: Token, cue: ReportingCue) -> Iterator[Source]:
        channel = cue.channel or self._channel(cue_token)
        for member in clauses.members(self.s, speaker):
            token = self.phrases.named(member)
            known = self._noun_of(token)
            kind: SourceKind = known.kind if known else "carrier" if "press" in self.phrases.classes(token) else "speaker"
            role, body = self._post(token)
            yield Source(
                self.phrases.span(token),
                self._name(token),
                role=role,
                affiliation=body,
                channel=channel or (known.channel if known else None),
                kind=kind,
                cue=cue_token.span,
            )

    def _post(self, person: Token) -> tuple[str | None, str | None]:
        """The office in an apposition: "Ali Haddad, a spokesman for the Front" is a spokesman, and speaks for the Front."""
        text = self.document.text
        for title in self.s.dependents(person, "appos"):
            if title.pos != "NOUN" or title.lemma.lower() not in self.cues.speakers:
                continue
            body = next((t for p, t in clauses.obliques(self.s, title) if p in {"for", "of", "at"}), None)
            body = body or next(iter(self.s.dependents(title, "nmod:poss")), None)
            named = body is not None and (self.phrases.mention(body) is not None or self.phrases.is_party(body))
            return title.lemma.lower(), self.phrases.words(body, text) if body is not None and named else None
        return None, None

    def _name(self, token: Token) -> str:
        if is_reference(token) or first_person(token):
            entity = self.reference.resolve(self.phrases, token)
            if entity is not None:
                return entity.name
        return self.phrases.words(token, self.document.text)

    def _channel(self, verb: Token) -> Channel | None:
        """ "said in a statement", "told reporters at a press conference", "on its Telegram channel"."""
        for prep, t in clauses.obliques(self.s, verb):
            known = self._noun_of(t)
            if known is not None and known.channel is not None and prep in {"in", "on", "via", "through", "at", "during", "by"}:
                return known.channel
        marks = (self._match(self.cues.phrases, t) for t in self.s.tokens)
        return next((cue.channel for cue in marks if cue is not None and cue.source == "subject" and cue.channel is not None), None)

    def _noun_of(self, token: Token) -> SourceNoun | None:
        for table in (self.cues.evidence, self.cues.media, self.cues.speakers):
            for noun in table.get(token.lemma.lower(), ()):
                if self._follow(token, noun.words[1:]):
                    return noun
            before = self.s.tokens[token.i - 1] if token.i else None
            if before is not None:
                for noun in table.get(before.lemma.lower(), ()):
                    if noun.words[1:] == (token.lemma.lower(),):
                        return noun
        return None

    def _object(self, verb: Token) -> Token | None:
        return next(iter(self.s.dependents(verb, "obj", "obl")), None)

    def _match(self, table: Mapping[str, tuple[ReportingCue, ...]], token: Token) -> ReportingCue | None:
        for spelling in dict.fromkeys((token.lemma.lower(), token.lower)):
            for cue in table.get(spelling, ()):
                if self._follow(token, cue.words[1:]):
                    return cue
        return None

    def _follow(self, token: Token, words: tuple[str, ...]) -> bool:
        if len(words) == 1 and any(prep == words[0] for prep, _ in clauses.obliques(self.s, token)):
            return True
        at = token.i
        for word in words:
            found = next((t for t in self.s.tokens[at + 1 : at + 4] if word in (t.lower, t.lemma.lower())), None)
            if found is None:
                return False
            at = found.i
        return True

    def _below(self, token: Token, *rels: str) -> set[int]:
        return {i for t in self.s.dependents(token, *rels) for i in self._tree(t)}

    def _tree(self, token: Token) -> set[int]:
        return {t.i for t in self.s.subtree(token)}

    def _negated(self, verb: Token) -> bool:
        return any(t.lemma.lower() in {"not", "never", "n't"} for t in self.s.dependents(verb, "advmod"))


def chain(words: tuple[Token, ...], found: Iterable[Voice]) -> list[Voice]:
    """The voices behind a trigger, innermost first: the narrower what a voice says, the closer it stands."""
    behind = [v for v in found if v.covers(words)]
    return sorted(behind, key=lambda v: (len(v.scope), abs(v.cue.i - words[0].i)))


def quoted_only(sentence: Sentence, document: Document) -> bool:
    """Whether all words of a sentence stand inside a quotation."""
    zones = document.zones_of("quotation")
    words = [t for t in sentence.tokens if any(c.isalnum() for c in t.text)]
    return bool(words) and all(any(z.span.start <= t.span.start < z.span.end for z in zones) for t in words)


def carried_on(voice: Voice, everything: frozenset[int]) -> Voice:
    """The same speaker going on inside the quotation: the voice of a following sentence."""
    return replace(voice, scope=everything, stance="asserts", told_as=None, alleged=False, why="sources.quotation-goes-on")


def widened(voice: Voice, scope: frozenset[int]) -> Voice:
    """The same voice with a wider scope."""
    return replace(voice, scope=scope)
