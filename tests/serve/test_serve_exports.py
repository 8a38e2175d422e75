from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings_by_hand import Desk, velmar

from khabar.records import Reading
from khabar.seams import Exporter
from khabar.serve.export.csv import COLUMNS, FORMULA_STARTS, CsvExporter
from khabar.serve.export.jsonl import JsonlExporter


def rows(*readings: Reading) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    CsvExporter().write(readings, out)
    out.seek(0)
    return list(csv.DictReader(out))


def lines(*readings: Reading) -> list[Any]:
    out = io.StringIO()
    JsonlExporter().write(readings, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("exporter", [CsvExporter(), JsonlExporter()])
def test_exporters_fill_the_seam(exporter: object) -> None:
    assert isinstance(exporter, Exporter)


def test_a_row_a_statement_whose_quote_is_the_text_at_its_offsets() -> None:
    reading = velmar()
    found = rows(reading)
    assert len(found) == len(reading.statements)
    for row in found:
        assert tuple(row) == COLUMNS
        text = reading.document.text
        assert text[int(row["quote_start"]) : int(row["quote_end"])] == row["quote"]
        assert text[int(row["trigger_start"]) : int(row["trigger_end"])] == row["trigger"]
        assert len(row["text_sha256"]) == 64
        assert row["reviewed"] == "no"


def test_numbers_stay_numbers_below_zero_too() -> None:
    assert {float(row["lon"]) for row in rows(velmar()) if row["lon"]} == {-69.7}


def test_a_claim_is_told_apart_from_what_is_narrated() -> None:
    by_trigger = {row["trigger"]: row for row in rows(velmar())}
    assert (by_trigger["captured"]["told_as"], by_trigger["captured"]["standing"]) == ("happened", "claimed")
    assert by_trigger["captured"]["attribution"].startswith("claimed by Northern Front")
    assert by_trigger["entered"]["standing"] == "narrated"
    assert by_trigger["fallen"]["standing"] == "denied"


def test_a_day_that_a_convention_set_is_not_exported_as_read() -> None:
    by_trigger = {row["trigger"]: row for row in rows(velmar())}
    assert [by_trigger["shelling"][k] for k in ("when_start", "when_end", "when_basis")] == ["", "", "convention"]
    assert by_trigger["entered"]["when_start"] == "2031-05-02"


def test_an_alleged_actor_has_a_column_of_its_own() -> None:
    desk = Desk()
    desk.state("attack", "killed", actors=[desk.party("Karsa Army", alleged=True), desk.party("Northern Front")])
    assert [rows(desk.reading())[0][k] for k in ("actors", "actors_alleged")] == ["Northern Front", "Karsa Army"]


def test_several_places_share_no_coordinates() -> None:
    desk = Desk()
    desk.state("shelling", "shelling", places=[desk.place("Velmar", lat=1.0, lon=2.0), desk.place("Karsa", lat=3.0, lon=4.0)])
    row = rows(desk.reading())[0]
    assert (row["places"], row["lat"], row["lon"]) == ("Velmar; Karsa", "", "")


@pytest.mark.parametrize("start", FORMULA_STARTS)
@pytest.mark.parametrize("before", ["", " ", "\n", "\ufeff"])
def test_text_never_starts_a_formula(start: str, before: str) -> None:
    evil = f"{before}{start}HYPERLINK(1)"
    desk = Desk(text=f"x {evil} captured", name=evil, publisher=evil)
    desk.state("capture", "captured", actors=[desk.party(evil)], sources=[desk.source(evil)])
    row = rows(desk.reading())[0]
    for column in ("report", "outlet", "actors", "sources"):
        assert row[column].startswith("'"), column


@given(name=st.text(min_size=1, max_size=20))
def test_no_cell_of_text_begins_as_a_formula_whatever_the_name(name: str) -> None:
    desk = Desk(text=f"x captured {name}", name=name)
    desk.state("capture", "captured", actors=[desk.party(None, name)])
    out = io.StringIO(newline="")
    CsvExporter().write([desk.reading()], out)
    row = next(csv.DictReader(io.StringIO(out.getvalue(), newline="")))
    assert not row["actors"].lstrip(" \n").startswith(FORMULA_STARTS)
    assert not row["report"].lstrip(" \n").startswith(FORMULA_STARTS)
    out.getvalue().encode("utf-8")


def test_json_lines_hold_a_report_each_with_its_spans() -> None:
    reading = velmar()
    first, second = lines(reading, reading)
    assert first == second
    assert first["report"]["name"] == "velmar"
    for statement in first["statements"]:
        span = statement["trigger"]
        assert reading.document.text[span["start"] : span["end"]]
    assert [s["type"] for s in first["statements"]] == [s.type.value for s in reading.statements]


def test_json_lines_survive_what_no_utf8_can_hold() -> None:
    desk = Desk(text="They captured \ud800 it.", name="half \ud800")
    desk.state("capture", "captured")
    out = io.StringIO()
    JsonlExporter().write([desk.reading()], out)
    out.getvalue().encode("utf-8")
    assert json.loads(out.getvalue())["report"]["name"] == "half \ud800"
