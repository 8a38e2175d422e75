"""Every span of every statement of the sample slices back to its words, and every value says where it came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from khabar.records import Reading, Value, Values
from khabar.run.engine import code_paths
from khabar.settings import Settings

SAMPLE = Path(__file__).resolve().parents[2] / "sample" / "panjshir" / "reports"


@pytest.fixture(scope="module")
def readings() -> list[Reading]:
    found = [outcome.reading for outcome in code_paths([SAMPLE], Settings())]
    return [r for r in found if r is not None]


def test_all_reports_are_read_without_an_error(readings: list[Reading]) -> None:
    assert len(readings) == len(list(SAMPLE.glob("*.txt")))
    assert [p for r in readings for p in r.problems if p.severity == "error"] == []


def test_spans_slice_back_to_words(readings: list[Reading]) -> None:
    statements = 0
    for reading in readings:
        text = reading.document.text
        for statement in reading.statements:
            statements += 1
            assert statement.evidence.contains(statement.trigger)
            assert statement.trigger.of(text).strip()
            for value in _values(statement):
                assert value.because
                assert value.span is None or value.span.of(text).strip()
            for party in (*statement.actors, *statement.targets):
                assert party.span is None or party.span.of(text)[:1].strip()
            for source in statement.sources:
                assert source.span is None or source.span.of(text).strip()
                assert source.cue is None or source.cue.of(text).strip()
            for quantity in statement.quantities:
                assert quantity.span is not None
                assert quantity.span.of(text) == quantity.words
    assert statements > 100


def test_ids_are_unique_and_the_same_each_time(readings: list[Reading]) -> None:
    ids = [s.id for r in readings for s in r.statements]
    assert len(ids) == len(set(ids))
    again = [o.reading for o in code_paths([SAMPLE], Settings())]
    assert [s.id for r in again if r is not None for s in r.statements] == ids


def _values(statement: object) -> list[Value[object]]:
    names = ("type", "actors", "targets", "places", "when", "told_as", "background", "sources", "stance", "quantities", "flags")
    found: list[Value[object]] = []
    for name in names:
        held = getattr(statement, name)
        found += list(held.items) if isinstance(held, Values) else [held]
    return [v for v in found if v.value is not None]
