"""Sentences as extractors see them: our own tokens with Universal Dependencies, whatever pipeline made them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from khabar.records.document import ZoneKind
from khabar.records.value import Span

MentionKind = Literal["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "GROUP", "MISC"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word: `head` is the index of its governor within the sentence (its own index for the root).

    `pos` is the universal part of speech, `tag` the Penn tag, `morph` the universal features ("Tense=Past|VerbForm=Fin"),
    `rel` the universal relation with its subtype ("nsubj:pass"; "root").
    """

    i: int
    span: Span
    text: str
    lemma: str
    pos: str
    tag: str
    morph: str
    head: int
    rel: str

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def base_rel(self) -> str:
        """The relation without its subtype."""
        return self.rel.partition(":")[0]

    def has(self, feature: str) -> bool:
        """Whether a feature such as "VerbForm=Part" is set."""
        return feature in self.morph.split("|")


@dataclass(frozen=True)
class Sentence:
    """A sentence and its tree. `index` counts sentences in the document, `paragraph` its paragraphs, both from 0."""

    index: int
    span: Span
    tokens: tuple[Token, ...]
    zone: ZoneKind = "body"
    paragraph: int = 0

    @cached_property
    def children(self) -> tuple[tuple[Token, ...], ...]:
        """For each token, its dependents in order of the text."""
        below: list[list[Token]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                below[token.head].append(token)
        return tuple(tuple(b) for b in below)

    @property
    def root(self) -> Token:
        return next((t for t in self.tokens if t.head == t.i), self.tokens[0])

    def head(self, token: Token) -> Token:
        return self.tokens[token.head]

    def dependents(self, token: Token, *rels: str) -> tuple[Token, ...]:
        """Dependents, of the given relations if any are given; "obl" takes in its subtypes, "obl:agent" itself alone."""
        below = self.children[token.i]
        return tuple(t for t in below if t.rel in rels or t.base_rel in rels) if rels else below

    def ancestors(self, token: Token) -> Iterator[Token]:
        """From the governor up to the root."""
        while token.head != token.i:
            token = self.tokens[token.head]
            yield token

    def subtree(self, token: Token) -> tuple[Token, ...]:
        """The token and all below it, in order of the text."""
        found, stack = [], [token]
        while stack:
            t = stack.pop()
            found.append(t)
            stack.extend(self.children[t.i])
        return tuple(sorted(found, key=lambda t: t.i))

    def at(self, offset: int) -> Token | None:
        """The token that covers a document offset."""
        return next((t for t in self.tokens if t.span.start <= offset < t.span.end), None)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as the newsreader marked it. `sentence` is the index of the sentence it stands in."""

    span: Span
    kind: MentionKind
    text: str
    sentence: int
