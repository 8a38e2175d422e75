"""A reading as its public line. Reached as `khabar.records.codec.report_line`."""

from __future__ import annotations

from typing import Any

from khabar.records.actor import Party, Source
from khabar.records.document import Document, Sighting, digest
from khabar.records.place import Place
from khabar.records.reading import Caveat, Problem, Reading
from khabar.records.schema.shapes import (
    CaveatLine,
    FlagLine,
    PartyLine,
    PlaceLine,
    ProblemLine,
    QuantityLine,
    ReportHead,
    ReportLine,
    SightingLine,
    SourceLine,
    SpanLine,
    StatementLine,
    WhenLine,
)
from khabar.records.statement import Flag, Quantity, Statement
from khabar.records.timespan import When
from khabar.records.value import Span, Value, Values

LINE_VERSION = 1
UNKNOWN_SOURCE = "unknown source"
SINGLE = ("type", "when", "told_as", "background", "stance", "scale")
SEVERAL = ("actors", "targets", "places", "sources", "quantities", "flags")


def report_line(reading: Reading) -> ReportLine:
    """A reading as the line that users get: statements as the coding guide's scorer wants them, and what is known beside."""
    text = reading.document.text
    return {
        "schema": LINE_VERSION,
        "report": report_head(reading.document),
        "statements": [statement_line(s, reading.document) for s in reading.statements],
        "caveats": [caveat_line(c, text) for c in reading.caveats],
        "problems": [problem_line(p, text) for p in reading.problems],
    }


def report_head(document: Document) -> ReportHead:
    """What is known of the report itself."""
    published = document.published.value
    return {
        "name": document.name,
        "id": document.id,
        "title": document.title,
        "published": published.isoformat() if published else None,
        "sha256": digest(document.text.encode("utf-8", "surrogatepass")),
        "blob": document.blob,
        "record": document.record,
        "extractor": document.extractor,
        "sightings": [sighting_line(s) for s in document.sightings],
    }


def sighting_line(sighting: Sighting) -> SightingLine:
    """Where and when it was seen."""
    retrieved = sighting.retrieved.isoformat() if sighting.retrieved else None
    return {"publisher": sighting.publisher, "url": sighting.url, "retrieved": retrieved}


def statement_line(statement: Statement, document: Document) -> StatementLine:
    """One statement; answers that are not known are left out of their lists, and `missing` says why."""
    text = document.text
    alone: dict[str, Value[Any]] = {field: getattr(statement, field) for field in SINGLE}
    return {
        "id": statement.id,
        "type": statement.type.value,
        "trigger": span_line(statement.trigger, text),
        "evidence": span_line(statement.evidence, text),
        "actors": [party_line(a.value, a, text) for a in statement.actors.items if a.value],
        "targets": [party_line(a.value, a, text) for a in statement.targets.items if a.value],
        "places": [place_line(a.value, a, text) for a in statement.places.items if a.value],
        "when": when_line(statement.when, text),
        "told_as": statement.told_as.value,
        "background": statement.background.value,
        "sources": [source_line(a, text) for a in voices(statement.sources, document)],
        "stance": statement.stance.value,
        "quantities": [quantity_line(a.value, a, text) for a in statement.quantities.items if a.value],
        "flags": [flag_line(a.value, a, text) for a in statement.flags.items if a.value],
        "scale": statement.scale.value,
        "because": {field: v.because for field, v in alone.items() if v.because},
        "confidence": {field: v.confidence for field, v in alone.items()},
        "cues": {field: span_line(v.span, text) for field, v in alone.items() if v.span},
        "missing": {field: v.reason for field, v in alone.items() if v.value is None and v.reason} | _missing(statement),
    }


def _missing(statement: Statement) -> dict[str, str]:
    """Why a field that may hold several answers lacks one."""
    reasons: dict[str, str] = {}
    for field in SEVERAL:
        answers: Values[Any] = getattr(statement, field)
        given = [a.reason for a in answers.items if a.value is None and a.reason]
        if not len(answers) and answers.reason:
            given.insert(0, answers.reason)
        if given:
            reasons[field] = "; ".join(dict.fromkeys(given))
    return reasons


def voices(sources: Values[Source], document: Document) -> tuple[Value[Source], ...]:
    """The sources, innermost first, without the report's own outlet: it stands behind all that it prints."""
    outlets = {s.publisher.casefold() for s in document.sightings if s.publisher}
    kept = sources.items
    while kept and (outermost := kept[-1].value) and outermost.kind == "carrier" and outermost.name.casefold() in outlets:
        kept = kept[:-1]
    return kept


def span_line(span: Span | None, text: str) -> SpanLine:
    """A span with its words; nulls where nothing is written."""
    if span is None:
        return {"start": None, "end": None, "words": None}
    return {"start": span.start, "end": span.end, "words": span.of(text)}


def party_line(party: Party, answer: Value[Party], text: str) -> PartyLine:
    """A party with its evidence."""
    return {
        **span_line(party.span or answer.span, text),
        "name": party.name,
        "actor": party.actor,
        "kind": party.kind,
        "alleged": party.alleged,
        "because": answer.because,
        "confidence": answer.confidence,
    }


def place_line(place: Place, answer: Value[Place], text: str) -> PlaceLine:
    """A place with its evidence; `radius_km` is that of its area, whose centre the coordinates are."""
    area = place.area
    return {
        **span_line(place.span or answer.span, text),
        "name": place.name,
        "entry": place.entry,
        "country": place.country,
        "lat": area.lat if area and place.lat is None else place.lat,
        "lon": area.lon if area and place.lon is None else place.lon,
        "radius_km": area.radius_km if area else None,
        "precision": place.precision,
        "part": place.part,
        "because": answer.because,
        "confidence": answer.confidence,
    }


def when_line(answer: Value[When], text: str) -> WhenLine | None:
    """The days, or null."""
    when = answer.value
    if when is None:
        return None
    return {
        "start": when.start.isoformat(),
        "end": when.end.isoformat(),
        "precision": when.precision,
        "basis": when.basis,
        "anchor": when.anchor,
        "span": span_line(answer.span, text) if answer.span else None,
    }


def source_line(answer: Value[Source], text: str) -> SourceLine:
    """A voice with its evidence; one that is not known keeps its place in the chain."""
    source = answer.value or Source(answer.span, UNKNOWN_SOURCE)
    return {
        **span_line(source.span or answer.span, text),
        "name": source.name,
        "actor": source.actor,
        "role": source.role,
        "affiliation": source.affiliation,
        "channel": source.channel,
        "kind": source.kind,
        "because": answer.because,
        "confidence": answer.confidence,
    }


def quantity_line(quantity: Quantity, answer: Value[Quantity], text: str) -> QuantityLine:
    """A number with its evidence; its words stay as written."""
    span = quantity.span or answer.span
    return {
        "start": span.start if span else None,
        "end": span.end if span else None,
        "words": quantity.words,
        "kind": quantity.kind,
        "low": quantity.low,
        "high": quantity.high,
        "whose": quantity.whose,
        "scope": quantity.scope,
        "supersedes": quantity.supersedes,
        "because": answer.because,
        "confidence": answer.confidence,
    }


def flag_line(flag: Flag, answer: Value[Flag], text: str) -> FlagLine:
    """A mark with its evidence."""
    return {
        **span_line(flag.span or answer.span, text),
        "kind": flag.kind,
        "note": flag.note,
        "because": answer.because,
        "confidence": answer.confidence,
    }


def caveat_line(caveat: Caveat, text: str) -> CaveatLine:
    """A reservation and who makes it."""
    return {**span_line(caveat.span, text), "kind": caveat.kind, "speaker": caveat.speaker.name if caveat.speaker else None}


def problem_line(problem: Problem, text: str) -> ProblemLine:
    """A problem with its words."""
    return {
        "stage": problem.stage,
        "kind": problem.kind,
        "message": problem.message,
        "severity": problem.severity,
        "span": span_line(problem.span, text) if problem.span else None,
        "where": problem.where,
    }
