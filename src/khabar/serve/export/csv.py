"""CSV: one row a statement, with its words, offsets, document hash and sources. Safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import IO

from khabar.knowledge.precision import date_prec, geo_precision, time_precision, where_prec
from khabar.records import Place, Reading, Source, Statement, Values, digest
from khabar.serve.marks import in_order
from khabar.serve.slots import place_in_words, quantity_in_words
from khabar.serve.voice import attribution_of, outlet_of, sentence_of, source_in_words, telling_of

# A spreadsheet takes a cell that begins so for a formula, and would run it.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
BETWEEN = "; "
COLUMNS = (
    "report", "document", "text_sha256", "published", "outlet", "url", "statement", "type", "told_as", "standing", "background",
    "stance", "attribution", "sources", "source_affiliation", "source_channel", "actors", "actors_alleged", "targets", "places", "country",
    "lat", "lon", "place_precision", "where_prec", "geo_precision", "when_start", "when_end", "when_precision", "when_basis", "date_prec",
    "time_precision", "quantities", "killed_low", "killed_high",
    "injured_low", "injured_high", "flags", "scale", "trigger", "trigger_start", "trigger_end", "quote", "quote_start", "quote_end",
    "sentence", "reviewed",
)  # fmt: skip
Cell = str | int | float | None


class CsvExporter:
    """Numbers stay numbers, negative ones too; text that would start a formula gets an apostrophe before it.

    Dates that a convention set are left out of `when_start` and `when_end`: nobody wrote them, and `when_basis` says so.
    """

    name = "csv"

    def write(self, readings: Iterable[Reading], out: IO[str]) -> None:
        rows = csv.writer(out, lineterminator="\r\n")
        rows.writerow(COLUMNS)
        for reading in readings:
            about = _about(reading)
            for statement in in_order(reading):
                cells = about | _cells(statement, reading)
                rows.writerow([_safe(cells[column]) for column in COLUMNS])


def _safe(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    cell = cell.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode("utf-8", "replace").decode("utf-8")
    return f"'{cell}" if cell.lstrip(" \n\v\f\ufeff").startswith(FORMULA_STARTS) else cell


def _about(reading: Reading) -> dict[str, Cell]:
    document = reading.document
    return {
        "report": document.name,
        "document": document.id,
        "text_sha256": digest(document.text.encode("utf-8", "surrogatepass")),
        "published": document.published.value.isoformat() if document.published.value else None,
        "outlet": outlet_of(document),
        "url": next((s.url for s in document.sightings if s.url), None),
        "reviewed": "no",
    }


def _cells(statement: Statement, reading: Reading) -> dict[str, Cell]:
    return {
        "statement": statement.id,
        "type": statement.type.value,
        "told_as": statement.told_as.value,
        "standing": telling_of(statement).standing,
        "background": _yes_no(statement.background.value),
        "stance": statement.stance.value,
        "flags": BETWEEN.join(f.kind for f in statement.flags),
        "scale": statement.scale.value,
        "sentence": sentence_of(statement, outlet=outlet_of(reading.document)),
        **_voices(statement.sources, attribution_of(statement)),
        **_parties(statement),
        **_place(statement.places),
        **_time(statement),
        **_numbers(statement),
        **_words(statement, reading.document.text),
    }


def _voices(sources: Values[Source], attribution: str) -> dict[str, Cell]:
    first = sources.first
    return {
        "attribution": attribution,
        "sources": BETWEEN.join(source_in_words(s) for s in sources),
        "source_affiliation": first.affiliation if first else None,
        "source_channel": first.channel if first else None,
    }


def _parties(statement: Statement) -> dict[str, Cell]:
    return {
        "actors": BETWEEN.join(p.name for p in statement.actors if not p.alleged),
        "actors_alleged": BETWEEN.join(p.name for p in statement.actors if p.alleged),
        "targets": BETWEEN.join(p.name for p in statement.targets),
    }


def _place(places: Values[Place]) -> dict[str, Cell]:
    """All places by name; coordinates only of a single one, since one pair of numbers cannot stand for several."""
    only = places.first if len(places) == 1 else None
    return {
        "places": BETWEEN.join(place_in_words(p) for p in places),
        "country": BETWEEN.join(dict.fromkeys(p.country for p in places if p.country)),
        "lat": only.lat if only else None,
        "lon": only.lon if only else None,
        "place_precision": only.precision if only else None,
        "where_prec": where_prec(only) if only else None,
        "geo_precision": geo_precision(only) if only else None,
    }


def _time(statement: Statement) -> dict[str, Cell]:
    when = statement.when.value
    written = when if when and when.basis != "convention" else None
    return {
        "when_start": written.start.isoformat() if written else None,
        "when_end": written.end.isoformat() if written else None,
        "when_precision": written.precision if written else None,
        "when_basis": when.basis if when else None,
        "date_prec": date_prec(when),
        "time_precision": time_precision(when),
    }


def _numbers(statement: Statement) -> dict[str, Cell]:
    cells: dict[str, Cell] = {"quantities": BETWEEN.join(quantity_in_words(q) for q in statement.quantities)}
    for kind in ("killed", "injured"):
        # Several numbers of a kind stay apart in `quantities`: adding them up is the reader's decision.
        of_kind = [q for q in statement.quantities if q.kind == kind and q.scope == "incident"]
        only = of_kind[0] if len(of_kind) == 1 else None
        cells |= {f"{kind}_low": only.low if only else None, f"{kind}_high": only.high if only else None}
    return cells


def _words(statement: Statement, text: str) -> dict[str, Cell]:
    trigger, evidence = statement.trigger, statement.evidence
    return {
        "trigger": trigger.of(text),
        "trigger_start": trigger.start,
        "trigger_end": trigger.end,
        "quote": evidence.of(text),
        "quote_start": evidence.start,
        "quote_end": evidence.end,
    }


def _yes_no(answer: bool | None) -> str | None:
    return None if answer is None else "yes" if answer else "no"
