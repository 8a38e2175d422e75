"""A small reading made by hand from the words of a text. All names are invented."""

from __future__ import annotations

from datetime import date
from typing import Any

from khabar.records import (
    Document,
    Party,
    Place,
    Quantity,
    Reading,
    Run,
    Source,
    Span,
    Statement,
    Value,
    Values,
    When,
    digest,
    document_id,
    statement_id,
)

TEXT = "ORLEV, 4 June 2031 - The Dawn Column seized Orlev on Monday, killing 12 guards, Captain Ilen Voss said. 🕊 The army denied it."
RUN = Run("0.1.0", "fake:1", "ontology:1")


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def a_document(text: str = TEXT, name: str = "orlev", **about: Any) -> Document:
    blob = digest(text.encode("utf-8", "surrogatepass"))
    published = about.pop("published", Value(date(2031, 6, 4), Span(7, 18), "read.header"))
    return Document(document_id(blob, "", "hand/1", text), name, text, published, blob=blob, extractor="hand/1", **about)


def a_statement(document: Document, trigger: str = "seized", ordinal: int = 0, **about: Any) -> Statement:
    at = span(trigger, document.text)
    fields: dict[str, Any] = {
        "type": Value("capture", at, "triggers.verb", 0.9),
        "actors": Values((Value(Party(span("The Dawn Column"), "Dawn Column", None, "armed-group"), None, "roles.subject", 0.8),)),
        "targets": Values(reason="nobody is named"),
        "places": Values((Value(Place(span("Orlev on"), "Orlev", None, None, 35.5, 69.25, None, "town"), None, "places.name", 0.7),)),
        "when": Value(When(date(2031, 6, 2), date(2031, 6, 2), "day", "text", "published 2031-06-04"), span("on Monday"), "times.weekday"),
        "told_as": Value("happened", because="telling.plain"),
        "background": Value(False, because="telling.recent"),
        "sources": Values((Value(Source(span("Captain Ilen Voss"), "Ilen Voss", role="Captain", cue=span("said")), None, "sources.says"),)),
        "stance": Value("asserts", because="sources.says"),
        "quantities": Values((Value(Quantity(span("12"), "killed", "12", 12, 12), None, "quantities.number"),)),
    } | about
    return Statement(statement_id(document.id, at, ordinal), document.id, at, ordinal, Span(0, len(document.text)), **fields)


def a_reading(text: str = TEXT, name: str = "orlev", *, triggers: tuple[str, ...] = ("seized",), **about: Any) -> Reading:
    document = a_document(text, name, **{k: about.pop(k) for k in ("sightings", "title", "published") if k in about})
    return Reading(document, statements=tuple(a_statement(document, t) for t in triggers), **about)
