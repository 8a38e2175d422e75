"""Readers: one suite for all of them, then what each has of its own."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.errors import UnknownKindError
from khabar.readers import sniff
from khabar.readers.jsonl import JsonlReader
from khabar.readers.text import TextReader
from khabar.records import digest
from khabar.seams import Blob, Reader
from khabar.settings import Limits

BODY = "Troops took the town of Velm on Monday, the ministry said."
READERS: dict[str, type[TextReader] | type[JsonlReader]] = {"text": TextReader, "jsonl": JsonlReader}


def rows(*records: object) -> bytes:
    return "".join(json.dumps(r) + "\n" for r in records).encode()


def as_blob(reader: str, text: str) -> bytes:
    return text.encode() if reader == "text" else rows({"text": text})


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_fills_the_protocol(reader: str) -> None:
    made = READERS[reader]()
    assert isinstance(made, Reader)
    assert made.name == reader
    assert made.suffixes


@pytest.mark.parametrize("reader", READERS)
def test_every_reader_keeps_text_and_identity(reader: str) -> None:
    text = f" date 2021-08-25 {BODY}\r\n\r\n“We left,” she said."
    content = as_blob(reader, text)
    result = READERS[reader]().read(Blob(content, "folder/velm", Path("x/folder/velm.txt")))
    assert result.problems == ()
    (document,) = result.documents
    assert document.text == text
    assert document.published.value == date(2021, 8, 25)
    assert document.published.span is not None
    assert document.published.span.of(text) == "2021-08-25"
    assert document.blob == digest(content)
    assert document.extractor == f"{reader}/1"
    assert {z.kind for z in document.zones} == {"header", "body", "quotation"}
    assert document.id == READERS[reader]().read(Blob(content, "other name")).documents[0].id


EMPTY = ["", "   ", "\n\n\t"]


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", EMPTY)
def test_no_words_is_a_problem(reader: str, text: str) -> None:
    result = READERS[reader]().read(Blob(as_blob(reader, text), "velm"))
    assert result.documents == ()
    assert [p.kind for p in result.problems] == ["empty"]


@pytest.mark.parametrize("reader", READERS)
def test_limits_are_obeyed(reader: str) -> None:
    content = as_blob(reader, BODY)
    few_bytes = READERS[reader](Limits(blob_bytes=len(content) - 1)).read(Blob(content, "velm"))
    few_chars = READERS[reader](Limits(document_chars=len(BODY) - 1)).read(Blob(content, "velm"))
    enough = READERS[reader](Limits(blob_bytes=len(content), document_chars=len(BODY))).read(Blob(content, "velm"))
    assert [p.kind for p in few_bytes.problems] == ["too-large"] == [p.kind for p in few_chars.problems]
    assert few_bytes.documents == few_chars.documents == ()
    assert len(enough.documents) == 1


@pytest.mark.parametrize("reader", READERS)
def test_what_a_report_says_comes_before_the_option_and_the_difference_is_said(reader: str) -> None:
    content = as_blob(reader, f" date 2021-08-25 {BODY}")
    result = READERS[reader]().read(Blob(content, "velm", published=date(2021, 8, 26)))
    assert result.documents[0].published.value == date(2021, 8, 25)
    assert result.documents[0].published.because == "read.header"
    assert [(p.kind, p.severity) for p in result.problems] == [("dates-differ", "warning")]
    assert "2021-08-26" in result.problems[0].message
    assert "2021-08-25" in result.problems[0].message


@pytest.mark.parametrize("reader", READERS)
def test_the_option_dates_reports_that_do_not_say(reader: str) -> None:
    result = READERS[reader]().read(Blob(as_blob(reader, BODY), "velm", published=date(2021, 8, 26)))
    assert result.documents[0].published.value == date(2021, 8, 26)
    assert result.documents[0].published.because == "read.option"
    assert result.problems == ()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize(
    ("text", "words"), [(BODY, "gives no publication date"), (f" date 2021-02-30 {BODY}", "2021-02-30, is on no calendar")]
)
def test_without_a_date_the_reason_is_kept(reader: str, text: str, words: str) -> None:
    result = READERS[reader]().read(Blob(as_blob(reader, text), "velm"))
    published = result.documents[0].published
    assert published.value is None
    assert words in (published.reason or "")
    assert [(p.kind, p.severity) for p in result.problems] == [("no-date", "warning")]


def test_a_dateline_with_its_year_gives_the_day() -> None:
    published = TextReader().read(Blob(f"KYIV, 28 April 2014 – {BODY}".encode(), "velm")).documents[0].published
    assert published.value == date(2014, 4, 28)
    assert published.because == "read.dateline"


def test_text_that_is_damaged_is_a_problem_that_says_where() -> None:
    result = TextReader().read(Blob("Bogotá, Bogotá".encode() + b" \xff", "velm", Path("a/velm.txt")))
    assert result.documents == ()
    assert [(p.kind, p.where) for p in result.problems] == [("encoding", "a/velm.txt")]
    assert "byte 17" in result.problems[0].message


def test_text_in_a_guessed_encoding_is_read_with_a_warning() -> None:
    result = TextReader().read(Blob("The army’s spokesman said “no”.".encode("cp1252"), "velm", published=date(2021, 8, 25)))
    assert result.documents[0].text == "The army’s spokesman said “no”."
    assert [(p.kind, p.severity) for p in result.problems] == [("encoding", "warning")]


def test_a_line_of_json_brings_what_its_publisher_says() -> None:
    record = {
        "text": f"Troops take Velm\n\n{BODY}",
        "published": "2021-08-25T06:00:00Z",
        "title": "Troops take Velm",
        "publisher": "Velm Gazette",
        "url": "https://example.org/1",
        "name": "velm-1",
        "other": {"left": ["alone"]},
    }
    (document,) = JsonlReader().read(Blob(rows(record), "reports")).documents
    assert (document.name, document.title, document.record) == ("velm-1", "Troops take Velm", "1")
    assert document.published.value == date(2021, 8, 25)
    assert [(s.publisher, s.url) for s in document.sightings] == [("Velm Gazette", "https://example.org/1")]
    assert document.zones_of("headline")[0].span.of(document.text).strip() == "Troops take Velm"


BROKEN = [
    (b'{"text": "cut off', "bad-line", "is no JSON object"),
    (b"[1, 2]", "bad-line", "Expected `object`"),
    (b'{"text": 5}', "bad-line", "$.text"),
    (b'{"title": "no text"}', "bad-line", "no field `text`"),
    (b'{"text": "caf\xe9"}', "encoding", "byte 13 (0xE9)"),
    (b'{"text": "a\\u0000b"}', "encoding", "character 1 of `text` is NUL"),
    (b'{"text": "\\ud800"}', "bad-line", "is no JSON object"),
    (b'{"deep": ' + b"[" * 100_000, "bad-line", "is no JSON object"),
    (b'{"text": " "}', "empty", "no words"),
]


@pytest.mark.parametrize(("line", "kind", "words"), BROKEN)
def test_a_broken_line_is_a_problem_of_its_own_and_the_others_are_read(line: bytes, kind: str, words: str) -> None:
    good = rows({"text": BODY, "published": "2021-08-25"})
    result = JsonlReader().read(Blob(good + b"\n" + line + b"\n" + good, "reports", Path("reports.jsonl")))
    assert [d.record for d in result.documents] == ["1", "4"]
    assert [(p.kind, p.where) for p in result.problems] == [(kind, "reports.jsonl, line 3")]
    assert words in result.problems[0].message


def test_a_file_of_rubbish_is_told_in_bounds_and_its_one_report_read() -> None:
    result = JsonlReader().read(Blob(b"rubbish\n" * 1500 + rows({"text": BODY, "published": "2021-08-25"}), "reports"))
    assert [d.record for d in result.documents] == ["1501"]
    assert len(result.problems) == 1001
    assert "500 more lines" in result.problems[-1].message


def test_a_day_that_is_none_is_said_and_the_header_taken() -> None:
    result = JsonlReader().read(Blob(rows({"text": f" date 2021-08-25 {BODY}", "published": "soon"}), "reports"))
    assert result.documents[0].published.value == date(2021, 8, 25)
    assert [(p.kind, p.severity) for p in result.problems] == [("bad-date", "warning")]


def test_wide_encodings_of_json_are_read_whole() -> None:
    content = rows({"text": BODY, "published": "2021-08-25"}).decode()
    for encoding in ("utf-16", "utf-8-sig"):
        assert JsonlReader().read(Blob(content.encode(encoding), "reports")).documents[0].text == BODY
    declared = json.dumps({"text": "Bogotá", "published": "2021-08-25"}, ensure_ascii=False).encode("latin-1")
    assert JsonlReader().read(Blob(declared, "reports", encoding="latin-1")).documents[0].text == "Bogotá"


CHOSEN = [
    ("a.txt", BODY.encode(), "text"),
    ("a", BODY.encode(), "text"),
    ("A.TXT", BODY.encode(), "text"),
    ("a.jsonl", b"{}", "jsonl"),
    ("a.ndjson", b"{}", "jsonl"),
    ("a", b' {"text": "x"}', "jsonl"),
    (None, b'{"text": "x"}', "jsonl"),
    (None, BODY.encode(), "text"),
    ("a.txt", b"", "text"),
]


@pytest.mark.parametrize(("path", "content", "name"), CHOSEN)
def test_the_reader_is_chosen_by_suffix_and_content(path: str | None, content: bytes, name: str) -> None:
    assert sniff.choose(Blob(content, "a", Path(path) if path else None), READERS).name == name


UNKNOWN = [
    ("a.docx", b"PK\x03\x04", "ZIP"),
    ("a.txt", b"%PDF-1.7", "PDF"),
    ("a.txt", b"\n<!DOCTYPE html><p>x", "HTML"),
    ("a.csv", b"a,b", ".csv"),
    ("a.txt", b"\x89PNG\r\n", "picture"),
]


@pytest.mark.parametrize(("path", "content", "words"), UNKNOWN)
def test_what_no_reader_takes_is_refused_by_name(path: str, content: bytes, words: str) -> None:
    with pytest.raises(UnknownKindError) as caught:
        sniff.choose(Blob(content, "a", Path(path)), READERS)
    assert words in str(caught.value)
    assert ".jsonl, .ndjson, .txt" in str(caught.value)


def test_reading_goes_through_the_plug_ins() -> None:
    read = sniff.read(Blob(f" date 2021-08-25 {BODY}".encode(), "velm", Path("velm.txt")), limits=Limits(document_chars=20))
    assert [p.kind for p in read.problems] == ["too-large"]
    assert sniff.read(Blob(b"a,b", "a", Path("a.csv"))).problems[0].kind == "unknown-kind"


@given(st.binary(max_size=400))
def test_no_bytes_make_a_reader_raise(content: bytes) -> None:
    for make in READERS.values():
        result = make().read(Blob(content, "x"))
        assert result.documents or result.problems
        for document in result.documents:
            assert "".join(z.span.of(document.text) for z in document.zones if z.kind != "quotation") == document.text


def test_lines_of_json_are_read_in_time_that_grows_with_their_number_and_not_faster() -> None:
    def seconds(number: int) -> float:
        content = rows(*({"text": BODY * 20, "published": "2021-08-25"} for _ in range(number)))
        start = time.process_time()
        assert len(JsonlReader().read(Blob(content, "reports")).documents) == number
        return time.process_time() - start

    seconds(50)
    small, large = min(seconds(300) for _ in range(3)), min(seconds(1500) for _ in range(2))
    assert large < 12 * small + 0.05  # five times the lines; a square law would take twenty-five times as long
