"""Time expressions of a report's sentences, with offsets into the report."""

from __future__ import annotations

from dataclasses import replace

from khabar.records import Document, Sentence, Span
from khabar.resolve.times.expressions import Expression, atoms, may_hold_time
from khabar.resolve.times.joining import joined

SILENT = frozenset({"header", "dateline", "credit"})


def find_times(text: str) -> tuple[Expression, ...]:
    """The time expressions of a text by words alone: a sentence or a few; spans count its characters."""
    return tuple(joined(text, atoms(text)))


def times_of(sentence: Sentence, document: Document) -> tuple[Expression, ...]:
    """The time expressions of a sentence, none from a header, dateline or credit; spans count the document's text."""
    start = sentence.span.start
    text = sentence.span.of(document.text)
    if sentence.zone in SILENT or not may_hold_time(text):
        return ()
    silent = [z.span for z in document.zones if z.kind in SILENT and z.span.overlaps(sentence.span)]
    tokens = [replace(t, span=Span(max(t.span.start - start, 0), max(t.span.end - start, 0))) for t in sentence.tokens]
    found = (e.moved(start) for e in joined(text, atoms(text, tokens)))
    return tuple(e for e in found if not any(z.start <= e.span.start < z.end for z in silent))
