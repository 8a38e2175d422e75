"""Time expressions of a report's sentences, with offsets into the report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from khabar.records import Document, Sentence, Span
from khabar.resolve.times.expressions import Expression, atoms
from khabar.resolve.times.joining import joined

SILENT = frozenset({"header", "dateline", "credit"})


def find_times(text: str) -> tuple[Expression, ...]:
    """The time expressions of a text, by its words alone, in order; none overlaps another, and spans count the text's characters.

    A text of any length: time grows with it no faster. An expression does not run over a blank line.
    """
    found: list[Expression] = []
    for start, end in _paragraphs(text):
        paragraph = text[start:end]
        found.extend(e.moved(start) for e in joined(paragraph, atoms(paragraph)))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = text.find("\n\n", start)
        yield start, end if end >= 0 else len(text)
        start = end + 2 if end >= 0 else len(text)


def times_of(sentence: Sentence, document: Document) -> tuple[Expression, ...]:
    """The time expressions of a sentence, none from a header, dateline or credit; spans count the document's text."""
    start = sentence.span.start
    text = sentence.span.of(document.text)
    if sentence.zone in SILENT:
        return ()
    silent = [z.span for z in document.zones if z.kind in SILENT and z.span.overlaps(sentence.span)]
    tokens = [replace(t, span=Span(max(t.span.start - start, 0), max(t.span.end - start, 0))) for t in sentence.tokens]
    found = (e.moved(start) for e in joined(text, atoms(text, tokens, loose=False)))
    return tuple(e for e in found if not any(z.start <= e.span.start < z.end for z in silent))
