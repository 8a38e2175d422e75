"""Tokens of a sentence and sentences of a report by offset, by bisection: a hostile sentence may be very long."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from khabar.records import Sentence, Span, Token


def tokens_in(sentence: Sentence, span: Span) -> tuple[Token, ...]:
    """The tokens that share a character with a span."""
    tokens = sentence.tokens
    first = bisect_right(tokens, span.start, key=lambda t: t.span.end)
    return tokens[first : bisect_left(tokens, span.end, key=lambda t: t.span.start)]


def tokens_before(sentence: Sentence, offset: int, count: int) -> tuple[Token, ...]:
    """The last `count` tokens that end by an offset, in order of the text."""
    end = bisect_right(sentence.tokens, offset, key=lambda t: t.span.end)
    return sentence.tokens[max(end - count, 0) : end]


def top_token(sentence: Sentence, span: Span) -> Token | None:
    """The token of a span that governs the others of it."""
    touched = tokens_in(sentence, span)
    numbers = {t.i for t in touched}
    inside = [t for t in touched if t.rel not in ("det", "punct", "case")] or touched
    return next((t for t in inside if t.head not in numbers or t.head == t.i), inside[0] if inside else None)


def sentence_at(sentences: Sequence[Sentence], offset: int) -> Sentence | None:
    """The sentence that covers an offset."""
    index = bisect_right(sentences, offset, key=lambda s: s.span.start) - 1
    return sentences[index] if index >= 0 and offset < sentences[index].span.end else None
