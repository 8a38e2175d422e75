"""Sentences of ours with what must be read out of them: the rows of cases.yaml, read by the real newsreader."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.annotate.stage import khabar_newsreader
from khabar.extract.stage import ExtractStage
from khabar.readers.text import TextReader
from khabar.records import Reading, Statement
from khabar.seams import Blob

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    reader, newsreader, extract = TextReader(), khabar_newsreader(), ExtractStage()
    documents = [
        reader.read(Blob(case["text"].encode(), f"case-{n}", published=date(2019, 3, 5))).documents[0] for n, case in enumerate(CASES)
    ]
    return {r.document.text: extract(r) for r in newsreader.pipe(Reading(d) for d in documents)}


def words(values: Any) -> list[str]:
    return [p.name for p in values]


def same(wanted: list[str], found: list[str]) -> bool:
    return len(wanted) == len(found) and all(w.lower() in f.lower() for w, f in zip(wanted, found, strict=True))


def fits(statement: Statement, wanted: dict[str, Any], text: str) -> bool:
    checks = {
        "type": lambda v: statement.type.value == v,
        "trigger": lambda v: v in statement.trigger.of(text),
        "actors": lambda v: same(v, words(statement.actors)),
        "targets": lambda v: same(v, words(statement.targets)),
        "parties": lambda v: same(sorted(v), sorted(words(statement.actors) + words(statement.targets))),
        "places": lambda v: same(v, words(statement.places)),
        "told": lambda v: statement.told_as.value == v,
        "stance": lambda v: statement.stance.value == v,
        "sources": lambda v: same(v, words(statement.sources)),
        "unsaid": lambda v: any(s.value is None for s in statement.sources.items) == v,
        "numbers": lambda v: sorted(map(str, v)) == sorted(str([q.kind, q.low, q.high]) for q in statement.quantities),
    }
    return all(checks[key](value) for key, value in wanted.items())


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] for case in CASES])
def test_case(case: dict[str, Any], readings: dict[str, Reading]) -> None:
    text = case["text"]
    statements = readings[text].statements
    told = [
        (s.type.value, s.trigger.of(text), words(s.actors), words(s.targets), words(s.places), s.told_as.value, s.stance.value,
         words(s.sources), [(q.kind, q.low, q.high) for q in s.quantities])
        for s in statements
    ]  # fmt: skip
    for wanted in case.get("read", ()):
        assert any(fits(s, wanted, text) for s in statements), (wanted, told)
    if case.get("only"):
        assert len(statements) == len(case["read"]), told
    assert not {s.type.value for s in statements} & set(case.get("not", ())), told


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] for case in CASES])
def test_every_value_is_explained(case: dict[str, Any], readings: dict[str, Reading]) -> None:
    text = case["text"]
    for statement in readings[text].statements:
        assert statement.evidence.contains(statement.trigger)
        for field in (statement.type, statement.told_as, statement.stance, statement.background):
            assert field.because
        for values in (statement.actors, statement.targets, statement.places, statement.sources, statement.quantities):
            assert len(values) or values.reason is not None or values is statement.quantities
            for value in values.items:
                assert value.because
                assert value.span is None or value.span.of(text)
        for quantity in statement.quantities:
            assert quantity.span is not None
            assert quantity.span.of(text) == quantity.words
