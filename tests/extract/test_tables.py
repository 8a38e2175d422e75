"""Whom words stand for, numbers, and how it is told: tables of sentences that were written before khabar read them.

Not every row holds yet. What holds is counted, and may only grow: the floors below are raised whenever it does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_cases import fits, words

from khabar.annotate.stage import khabar_newsreader
from khabar.extract.stage import ExtractStage
from khabar.readers.text import TextReader
from khabar.records import Quantity, Reading, Statement
from khabar.seams import Blob

HERE = Path(__file__).parent
FLOORS = {"reference": 65, "quantities": 151, "told": 143}
Case = dict[str, Any]


def cases(table: str) -> list[Case]:
    found: list[Case] = yaml.safe_load((HERE / f"{table}.yaml").read_text("utf-8"))
    return found


@cache
def readings(table: str) -> list[Reading]:
    reader, extract = TextReader(), ExtractStage()
    blobs = [Blob(case["text"].encode(), f"{table}-{n}", published=date(2019, 3, 5)) for n, case in enumerate(cases(table))]
    documents = [reader.read(blob).documents[0] for blob in blobs]
    return [extract(reading) for reading in khabar_newsreader().pipe(Reading(d) for d in documents)]


def stand_for(wanted: list[str] | str, found: Sequence[str], bare: Callable[[str], bool]) -> bool:
    """Whether each party wanted is one of those found, and none else is; "a|b" is either, "unknown" nobody by name."""
    if wanted == "unknown":
        return all(bare(name) for name in found)
    left = [name.lower() for name in found]
    for party in wanted:
        match = next((name for name in left if any(w.lower() in name for w in party.split("|"))), None)
        if match is None:
            return False
        left.remove(match)
    return not left


def numbers(statement: Statement, wanted: Case) -> bool:
    """The numbers with whose they are, whether they are new or totals, and their unit, where the row tells."""
    found: list[Quantity] = list(statement.quantities)
    asked = wanted["numbers"]
    rows = zip(asked, spread(wanted.get("whose"), asked), spread(wanted.get("new"), asked), spread(wanted.get("unit"), asked), strict=True)
    for (kind, low, high), whose, new, unit in rows:
        match = next(
            (
                q
                for q in found
                if [q.kind, q.low, q.high] == [kind, low, high]
                and (whose is None or whose.lower() in (q.whose or "").lower())
                and (new is None or (q.scope == "cumulative") != new)
                and (unit is None or unit.lower() in f"{q.words} {q.whose or ''}".lower())
            ),
            None,
        )
        if match is None:
            return False
        found.remove(match)
    return not found


def spread(value: Any, over: Sequence[Any]) -> list[Any]:
    """One value for all, or a list with one for each."""
    return list(value) if isinstance(value, list) else [value] * len(over)


def holds(statement: Statement, wanted: Case, text: str) -> bool:
    plain = {k: v for k, v in wanted.items() if k in ("type", "trigger", "told", "stance")}
    if not fits(statement, plain, text):
        return False

    def bare(name: str) -> bool:
        opens = text.startswith(name)  # where a capital says nothing
        return not any(word[:1].isupper() for word in name.split()[opens:])

    for key, found in (("actors_are", statement.actors), ("targets_are", statement.targets), ("sources_are", statement.sources)):
        if key in wanted and not stand_for(wanted[key], words(found), bare):
            return False
    if "affiliation" in wanted and "sources_are" in wanted:
        speaks_for = [source.affiliation or "" for source in statement.sources][:1]
        if not speaks_for or wanted["affiliation"].lower() not in speaks_for[0].lower():
            return False
    return "numbers" not in wanted or numbers(statement, wanted)


def row_holds(case: Case, reading: Reading) -> bool:
    text = case["text"]
    if case.get("none") and any(len(s.quantities) for s in reading.statements):
        return False
    return all(any(holds(s, wanted, text) for s in reading.statements) for wanted in case.get("read", ()))


def missed(table: str) -> list[str]:
    """The rows that do not hold."""
    return [case["text"] for case, reading in zip(cases(table), readings(table), strict=True) if not row_holds(case, reading)]


@pytest.mark.parametrize("table", FLOORS)
def test_rows_that_hold(table: str) -> None:
    total, wrong = len(cases(table)), missed(table)
    assert total - len(wrong) >= FLOORS[table], "\n".join([f"{total - len(wrong)} of {total} rows hold", *wrong])


@pytest.mark.parametrize("table", FLOORS)
def test_rows_are_sound(table: str) -> None:
    texts = [case["text"] for case in cases(table)]
    assert len(texts) == len(set(texts)) >= 150
    for case in cases(table):
        assert set(case) <= {"text", "read", "none"}
        for wanted in case.get("read", ()):
            assert wanted.get("trigger", "") in case["text"]
