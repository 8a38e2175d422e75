from __future__ import annotations

from dataclasses import replace

import pytest
from reading_builders import TEXT, a_document, a_reading, a_statement

from khabar.errors import NotFoundError
from khabar.records import Candidate, Party, Reading, Value, Values
from khabar.run.explain import bounds, explain


def test_every_field_has_a_row_with_its_words_and_its_rule() -> None:
    reading = a_reading()
    rows = {row.field: row for row in explain(reading, reading.statements[0].id)}
    assert set(rows) == {
        "trigger",
        "type",
        "actors",
        "targets",
        "places",
        "when",
        "told_as",
        "background",
        "sources",
        "stance",
        "quantities",
        "flags",
        "scale",
    }
    shown = {field: (row.value, row.words, row.because) for field, row in rows.items()}
    assert shown["trigger"] == ("seized", "seized", "")
    assert shown["type"] == ("capture", "seized", "triggers.verb")
    assert shown["actors"] == ("Dawn Column", "The Dawn Column", "roles.subject")
    assert shown["places"] == ("Orlev town 35.5000, 69.2500", "Orlev on", "places.name")
    assert shown["when"] == ("2031-06-02 (day, text, published 2031-06-04)", "on Monday", "times.weekday")
    assert shown["background"] == ("no", None, "telling.recent")
    assert shown["sources"] == ("Ilen Voss Captain speaker", "Captain Ilen Voss", "sources.says")
    assert shown["quantities"] == ("killed 12", "12", "quantities.number")
    assert (rows["targets"].value, rows["targets"].reason) == (None, "nobody is named")
    assert all(row.words == row.span.of(TEXT) for row in rows.values() if row.span)


def test_what_is_not_known_says_why_and_what_was_weighed() -> None:
    document = a_document()
    unknown: Value[Party] = Value.unknown(
        "two groups of that name", candidates=(Candidate("Dawn Column", 0.5), Candidate("Dusk Column", 0.5))
    )
    statement = a_statement(document, actors=Values((unknown, Value(Party(None, "guards", alleged=True)))))
    first, second = [row for row in explain(Reading(document, statements=(statement,)), statement.id) if row.field == "actors"]
    assert (first.value, first.reason, [c.value for c in first.candidates]) == (
        None,
        "two groups of that name",
        ["Dawn Column", "Dusk Column"],
    )
    assert second.value == "guards alleged"


def test_a_statement_is_found_by_the_beginning_of_its_id() -> None:
    reading = a_reading(triggers=("seized", "killing"))
    for statement in reading.statements:
        assert explain(reading, statement.id[:8]) == explain(reading, statement.id)
    twins = replace(reading, statements=tuple(replace(s, id=f"aa{n}") for n, s in enumerate(reading.statements)))
    with pytest.raises(NotFoundError, match="give more"):
        explain(twins, "aa")
    for missing in ("", "nosuch"):
        with pytest.raises(NotFoundError, match="holds no statement"):
            explain(reading, missing)


@pytest.mark.parametrize(
    ("low", "high", "shown"),
    [(12, 12, "12"), (24, 99, "24–99"), (6000, None, "6000 or more"), (None, 40, "up to 40"), (None, None, "unknown")],
)
def test_bounds(low: int | None, high: int | None, shown: str) -> None:
    assert bounds(low, high) == shown
