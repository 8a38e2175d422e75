"""Noun phrases: where they begin and end, which word in them carries the meaning, and what kind of thing they name."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from khabar.extract.clauses import preposition
from khabar.knowledge.ontology import ontology
from khabar.knowledge.timewords import time_words
from khabar.knowledge.wordlists import word_list
from khabar.records import Mention, Sentence, Span, Token

TIGHT = frozenset({"amod", "compound", "nummod", "flat", "det", "advmod", "goeswith", "fixed", "nmod:poss", "nmod:desc", "nmod:unmarked"})
"""Relations that belong inside the phrase as people would mark it."""


_PLACES = frozenset({"LOC", "GPE", "FAC"})


class Phrases:
    """The noun phrases of one sentence. Made once a sentence, since every extractor asks the same questions."""

    def __init__(self, sentence: Sentence, mentions: tuple[Mention, ...] = ()) -> None:
        self.sentence = sentence
        self.mentions = mentions
        self._classes: dict[int, frozenset[str]] = {}
        self._answers: dict[int, frozenset[str]] = {}

    def mention(self, token: Token) -> Mention | None:
        """The name that a token is part of."""
        return self._mention_at.get(token.i)

    @cached_property
    def _mention_at(self) -> dict[int, Mention]:
        tokens, found = self.sentence.tokens, dict[int, Mention]()
        for mention in self.mentions:
            first = bisect_left(tokens, mention.span.start, key=lambda t: t.span.start)
            last = bisect_left(tokens, mention.span.end, key=lambda t: t.span.start)
            for token in tokens[first:last]:
                found.setdefault(token.i, mention)
        return found

    def core(self, token: Token) -> Token:
        """The word that carries the meaning: "dozens of civilians" is about civilians, "members of the militia" about the militia."""
        for _ in range(3):
            if token.lemma.lower() not in word_list("containers") and token.pos != "NUM":
                return token
            inner = next((t for t in self.sentence.dependents(token, "nmod") if preposition(self.sentence, t) == "of"), None)
            if inner is None or (token.tag == "NN" and token.pos == "NOUN" and inner.tag in {"NN", "NNP"}):
                return token
            token = inner
        return token

    def named(self, token: Token) -> Token:
        """Of a common noun and a name set beside it, the name: "one suspect, Ali Haddad" is Ali Haddad."""
        if token.pos == "PROPN" or self.mention(token) is not None:
            return token
        if token.base_rel == "appos":
            above = self.sentence.head(token)
            if self._is_name(above):
                return above
        beside = next((t for t in self.sentence.dependents(token, "appos", "flat") if t.i > token.i and self._is_name(t)), None)
        return beside or token

    def _is_name(self, token: Token) -> bool:
        mention = self.mention(token)
        return mention is not None and token.pos == "PROPN" and mention.kind in {"PERSON", "ORG", "GROUP"}

    def span(self, token: Token) -> Span:
        """The phrase as a person would mark it: its left side, its names, its "of" phrase; clauses and asides left out."""
        start, end = token.span.start, token.span.end
        for child in self.sentence.children[token.i]:
            if child.rel in TIGHT or child.base_rel in {"amod", "compound", "flat", "det", "nummod"}:
                inner = self._reach(child)
                if child.i < token.i:
                    start = min(start, inner.start)
                elif child.base_rel in {"flat", "compound", "goeswith", "fixed"} or child.rel in {"nmod:desc", "nummod"}:
                    end = max(end, inner.end)
            elif child.base_rel == "appos" and child.i > token.i and child.span.start - end <= 2 and child.text.isupper():
                end = max(end, child.span.end)
            elif child.base_rel == "nmod" and child.i > token.i and preposition(self.sentence, child) == "of":
                end = max(end, self.span(child).end)
        return Span(start, end)

    def _reach(self, token: Token) -> Span:
        below = [t for t in self.sentence.subtree(token) if t.base_rel not in {"punct"} or t.i != token.i]
        return Span(min(t.span.start for t in below), max(t.span.end for t in below))

    def words(self, token: Token, text: str) -> str:
        """The phrase without article, for a name: a mention's own words where the phrase is just a name."""
        mention = self.mention(token)
        if mention is not None and mention.span.end >= token.span.end and not self._modified(token, mention):
            return mention.text
        span = self.span(token)
        start = span.start
        for t in self.sentence.tokens:
            if t.span.start < start:
                continue
            numeral = t.pos == "NUM" or (t.text == "-" and self.sentence.tokens[t.i - 1].pos == "NUM")
            if t.i >= token.i or not (numeral or t.base_rel == "det" or t.text in {'"', "“", "'", "‘", ","}):
                break
            start = t.span.end + 1
        return " ".join(text[min(start, token.span.start) : span.end].split())

    def _modified(self, token: Token, mention: Mention) -> bool:
        return any(
            t.base_rel in {"amod", "compound", "nmod:poss"} and t.span.end <= mention.span.start for t in self.sentence.children[token.i]
        )

    def classes(self, token: Token) -> frozenset[str]:
        """What kinds of thing a token names, by the ontology's classes, by the name it is part of, and by its modifiers."""
        known = self._classes.get(token.i)
        if known is None:
            known = self._classes[token.i] = self._classify(self.core(token))
        return known

    def answers(self, token: Token) -> frozenset[str]:
        """All that a condition of a rule may ask a word for: its classes, "=word" for itself, "number", and "any"."""
        known = self._answers.get(token.i)
        if known is None:
            words = (token.lemma.lower(), token.lower, self.core(token).lemma.lower())
            number = ("number",) if token.pos == "NUM" else ()
            known = self._answers[token.i] = self.classes(token) | {*(f"={word}" for word in words), *number, "any"}
        return known

    @cached_property
    def bearers(self) -> dict[str, list[int]]:
        """The words of the sentence by what they answer to."""
        return self.bearers_in(self.sentence.tokens)

    def bearers_in(self, tokens: Iterable[Token]) -> dict[str, list[int]]:
        """The words among some by what they answer to."""
        found: dict[str, list[int]] = defaultdict(list)
        for token in tokens:
            for wanted in self.answers(token):
                found[wanted].append(token.i)
        return found

    def _classify(self, token: Token) -> frozenset[str]:
        known = ontology().classes_of(token.lemma.lower())
        found = set(known)
        if is_time(token) or (token.pos == "NUM" and any(is_time(t) for t in self.sentence.children[token.i])):
            return frozenset({"time"})
        mention = self.mention(token)
        if mention is not None and not (known and token.pos == "NOUN"):
            if token.pos == "PROPN" and mention.kind not in _PLACES:
                found.clear()
            found |= ontology().classes.by_mention.get(mention.kind, frozenset())
            found |= register_classes(mention.text)
        if token.pos == "PRON":
            found |= {"pronoun"}
        for part in self.sentence.dependents(token, "compound", "flat", "amod"):
            if part.base_rel == "compound" and part.i == token.i - 1:
                found |= ontology().classes_of(f"{part.lemma.lower()} {token.lemma.lower()}")
        if not found and is_doer(token):
            found.add("person")
        if "armed" in found and any(t.base_rel == "nummod" for t in self.sentence.children[token.i]):
            found.add("counted-armed")
        return frozenset(found)

    def is_party(self, token: Token) -> bool:
        """Whether a phrase can be a party: people, bodies, names; not places, times, means or abstractions."""
        core = self.core(token)
        if core.pos == "PRON":
            return core.lower not in {"it", "which", "that", "this", "what", "there"} or core.lower == "it"
        classes = self.classes(token)
        return bool(classes & PARTY_CLASSES)

    def is_place(self, token: Token) -> bool:
        """Whether a phrase names or describes a place; a country or capital is one, whatever else it may stand for."""
        mention = self.mention(self.core(token))
        classes = self.classes(token)
        if token.pos == "NOUN" and token.lemma.lower() in word_list("lands"):
            return True
        return "place" in classes and ((mention is not None and mention.kind in _PLACES) or not classes & {"armed", "officials"})


PARTY_CLASSES = frozenset(
    {"armed", "police", "civilians", "captives", "crowd", "officials", "protected", "person", "organisation", "people", "someone"}
)
"""Classes of what can act or be acted upon as somebody."""


def is_time(token: Token) -> bool:
    """Whether a word is a date or a stretch of time: "Thursday", "May", "2009", "week"."""
    words, word = time_words(), token.lower
    if word in words.weekdays or word in words.deictic or token.lemma.lower() in words.units:
        return True
    if word in words.months or word in words.short_months:
        return token.pos == "PROPN"
    return len(word) == 4 and word.isdigit() and word[:2] in {"17", "18", "19", "20"} and token.base_rel != "nummod"


def register_classes(name: str) -> frozenset[str]:
    """What the register of actors says a name is."""
    from khabar.knowledge.actors import register

    by_actor = ontology().classes.by_actor
    found: frozenset[str] = frozenset()
    for actor in register().lookup(name):
        found |= by_actor.get(actor.kind, frozenset())
    return found


_SHORT = 5  # letters; "user" and "heir" apart, shorter nouns that end so are things


def is_doer(token: Token) -> bool:
    """Whether a noun that no list knows says by its form that it is somebody: "arsonists", "beekeepers", "ex-soldiers"."""
    word, lemma = token.lower, token.lemma.lower()
    if token.pos != "NOUN" or len(lemma) < _SHORT or lemma in word_list("no doers"):
        return False
    return word.endswith(tuple(word_list("doer endings"))) or word.startswith(("ex-", "co-"))
