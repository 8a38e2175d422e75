from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import msgspec
import pytest
from hypothesis import given, settings
from reading_builders import TEXT, a_document, a_reading, a_statement, span
from reading_strategies import readings

from khabar.errors import InputError
from khabar.records import Party, Place, Quantity, Reading, Sighting, Source, Value, Values
from khabar.records.codec import SCHEMA_VERSION, decode, encode, report_line
from khabar.records.schema.generate import stale, write
from khabar.records.schema.shapes import ReportLine


@given(readings)
@settings(max_examples=60)
def test_what_was_encoded_is_decoded(reading: Reading) -> None:
    assert decode(encode(reading)) == reading


@given(readings)
@settings(max_examples=20)
def test_encoding_is_stable(reading: Reading) -> None:
    assert encode(decode(encode(reading))) == encode(reading)


def test_bytes_name_their_schema() -> None:
    assert json.loads(encode(a_reading()))["schema"] == SCHEMA_VERSION


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "no reading"),
        (b"{", "no reading"),
        (b"[]", "no reading"),
        (b"\xff\xfe", "no reading"),
        (b'{"schema": 1}', "no reading"),
        (b'{"schema": 1, "reading": {"document": 3}}', "no reading"),
        (b"[" * 100_000, "no reading"),
        (b'{"schema": 2, "reading": {}}', "newer khabar"),
    ],
)
def test_other_bytes_are_refused(content: bytes, complaint: str) -> None:
    with pytest.raises(InputError, match=complaint):
        decode(content)


def test_a_span_that_cannot_be_is_refused() -> None:
    broken = encode(a_reading()).replace(b'"trigger":{"start":', b'"trigger":{"start":9')
    with pytest.raises(InputError):
        decode(broken)


def test_published_schemas_say_what_the_records_are(tmp_path) -> None:
    assert stale() == []
    write(tmp_path)
    assert stale(tmp_path) == []
    (tmp_path / f"reading-{SCHEMA_VERSION}.json").write_text("{}")
    assert stale(tmp_path) == [f"reading-{SCHEMA_VERSION}.json"]


def test_the_line_of_a_report() -> None:
    line = report_line(a_reading(sightings=(Sighting("Tarn Post", "https://tarn.example/1"),)))
    assert line["report"]["name"] == "orlev"
    assert line["report"]["published"] == "2031-06-04"
    assert line["report"]["sightings"] == [{"publisher": "Tarn Post", "url": "https://tarn.example/1", "retrieved": None}]
    [statement] = line["statements"]
    assert (statement["type"], statement["told_as"], statement["stance"], statement["background"]) == (
        "capture",
        "happened",
        "asserts",
        False,
    )
    assert statement["when"] is not None
    assert [statement["when"][f] for f in ("start", "end", "basis")] == ["2031-06-02", "2031-06-02", "text"]
    assert [(p["name"], p["country"], p["lat"], p["lon"], p["precision"]) for p in statement["places"]] == [
        ("Orlev", None, 35.5, 69.25, "town")
    ]
    assert [(q["kind"], q["low"], q["high"], q["words"]) for q in statement["quantities"]] == [("killed", 12, 12, "12")]
    assert [(s["name"], s["role"]) for s in statement["sources"]] == [("Ilen Voss", "Captain")]
    assert statement["missing"] == {"targets": "nobody is named"}
    assert statement["because"]["type"] == "triggers.verb"


def _spans(node: object):
    if isinstance(node, dict):
        if "words" in node:
            yield node["start"], node["end"], node["words"]
        for inner in node.values():
            yield from _spans(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _spans(inner)


def test_every_span_of_the_line_slices_back_to_its_words() -> None:
    found = list(_spans(report_line(a_reading())))
    assert len(found) > 6
    assert all(TEXT[start:end] == words for start, end, words in found if start is not None)


@given(readings)
@settings(max_examples=20)
def test_every_reading_has_a_line_of_the_published_shape(reading: Reading) -> None:
    line = json.loads(json.dumps(report_line(reading)))
    assert msgspec.convert(line, ReportLine) == line
    assert len(line["statements"]) == len(reading.statements)


OUTLET = Value(Source(None, "Tarn Post", kind="carrier"))
SPEAKER = Value(Source(span("Captain Ilen Voss"), "Ilen Voss"))
OTHER = Value(Source(None, "Vale Radio", kind="carrier"))


@pytest.mark.parametrize(
    ("chain", "shown"),
    [
        ((SPEAKER, OUTLET), ["Ilen Voss"]),
        ((SPEAKER, OTHER, OUTLET), ["Ilen Voss", "Vale Radio"]),
        ((OUTLET, SPEAKER), ["Tarn Post", "Ilen Voss"]),
        ((OUTLET,), []),
        ((Value.unknown("the speaker is not named"), OUTLET), ["unknown source"]),
        ((), []),
    ],
)
def test_the_outlet_is_no_source_of_its_own_report_and_an_unnamed_voice_stays_a_voice(chain, shown) -> None:
    document = a_document(sightings=(Sighting("Tarn Post"),))
    line = report_line(Reading(document, statements=(a_statement(document, sources=Values(chain)),)))
    assert [s["name"] for s in line["statements"][0]["sources"]] == shown


@pytest.mark.parametrize(
    ("field", "answers", "names"),
    [
        ("actors", (Value.unknown("a pronoun without antecedent"), Value(Party(None, "guards", alleged=True))), ["guards"]),
        ("places", (Value(Place(None, "north of Orlev")), Value.unknown("two towns of that name")), ["north of Orlev"]),
        ("quantities", (Value(Quantity(None, "injured", "dozens", 24, 99)),), [None]),
    ],
)
def test_a_name_written_nowhere_has_null_offsets(field, answers, names) -> None:
    document = a_document()
    line = report_line(Reading(document, statements=(a_statement(document, **{field: Values(answers)}),)))["statements"][0]
    assert [row.get("name") for row in line[field]] == names
    assert all(row["start"] is None and row["end"] is None for row in line[field])
    unknown = [a.reason for a in answers if a.value is None]
    assert line["missing"].get(field) == ("; ".join(unknown) or None)


def test_an_unknown_day_is_null_with_its_reason() -> None:
    document = a_document(published=Value.unknown("the report gives no publication date"))
    line = report_line(Reading(document, statements=(a_statement(document, when=Value.unknown("no date to count from")),)))
    assert line["report"]["published"] is None
    assert line["statements"][0]["when"] is None
    assert line["statements"][0]["missing"]["when"] == "no date to count from"


def test_identical_readings_have_identical_bytes() -> None:
    assert encode(a_reading()) == encode(replace(a_reading(), problems=()))
    assert encode(a_reading()) != encode(a_reading(published=Value(date(2031, 6, 5), because="read.option")))
