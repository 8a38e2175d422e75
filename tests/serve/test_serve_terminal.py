from __future__ import annotations

import io

import pytest
from readings_by_hand import Desk, velmar

from khabar.knowledge.ontology.types import load_types
from khabar.records import Problem, Reading
from khabar.serve.console import printer
from khabar.serve.present import rich_of
from khabar.serve.progress import ProgressLine, duration_in_words, progress_in_words
from khabar.serve.reasons import StatementReasons
from khabar.serve.safe import shown, shown_in_line
from khabar.serve.text import ReportText
from khabar.serve.typelist import type_table


def printed(renderable: object, width: int = 160) -> str:
    out = io.StringIO()
    console = printer(out)
    console.width = width
    console.print(renderable)
    return out.getvalue()


@pytest.mark.parametrize("width", [100, 120, 140, 160])
def test_the_table_fits_and_loses_no_words(width: int) -> None:
    table = printed(rich_of(velmar()), width)
    assert max(map(len, table.splitlines())) <= width
    assert "\x1b" not in table
    assert "…" not in table
    together = " ".join(table.split())
    for word in ("capture", "Northern Front →", "Karsa Army", "2031-05-02", "❝ claimed", "✗ denied", "own voice", "24–99", "background"):
        assert word in together, word


def test_no_row_is_without_a_voice() -> None:
    rows = [line for line in printed(rich_of(velmar())).splitlines() if "happened" in line or "claimed" in line or "denied" in line]
    assert len(rows) == 6
    assert all("own voice" in row or "Front" in row or "Army" in row for row in rows)


def test_the_text_numbers_each_trigger_and_words_each_statement() -> None:
    text = printed(ReportText(velmar()))
    assert "had captured[3] Velmar and killed[4]" in text
    assert "[3] ❝ claimed  Northern Front (Odran Keel, spokesman, tweet), in Tarn Post: took Velmar from Karsa Army" in text
    assert "[7] ✓ happened (background)" in text


def test_reasons_show_words_rule_and_what_is_not_known() -> None:
    reading = velmar()
    shown_reasons = printed(StatementReasons(reading, reading.statements[2].id[:9]))
    for part in ("“captured” 182–190", "capture.captured", "0.80", "not known: no day is written", "roles.subject"):
        assert part in shown_reasons


def test_problems_stand_with_their_report() -> None:
    assert "error: the dateline is torn" in printed(rich_of(velmar_with("the dateline is torn")))


def velmar_with(message: str) -> Reading:
    return velmar().with_problem(Problem("readers", "torn", message))


HOSTILE = ["\x1b[2J\x1b[31mred", "\x9b31m", "\x07\x08", "[bold]x[/bold]", "[link=file:///etc]y[/link]", "a\u202eb", "x\ud800y", ":bomb:"]


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_a_report_never_reach_the_terminal_as_commands(words: str) -> None:
    desk = Desk(text=f"They captured {words} today.", name=f"name {words}", publisher=words)
    desk.state("capture", "captured", actors=[desk.party(words)], sources=[desk.source(words)])
    reading = desk.reading(Problem("readers", "odd", words))
    for renderable in (rich_of(reading), ReportText(reading), StatementReasons(reading, reading.statements[0].id)):
        out = printed(renderable)
        assert not set(out) & set("\x1b\x07\x08\x9b\u202e\ud800") or words == "a\u202eb"
    if "[bold]" in words:
        assert words in printed(rich_of(reading))


def test_names_lose_what_turns_the_direction_and_texts_keep_their_offsets() -> None:
    assert shown_in_line("Karsa\u202e ymrA\n now") == "Karsa ymrA now"
    text = "a\x00b\r\nc\x1bd\ud800"
    assert len(shown(text)) == len(text)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_says_rate_and_remaining_time_and_leaves_nothing_behind() -> None:
    clock = iter([0.0, 10.0, 10.01])
    out = Terminal()
    line = ProgressLine(out, lambda: next(clock))
    line.update(20, 80, 21)
    line.update(21, 80, 22)
    line.clear()
    line.clear()
    assert out.getvalue() == "\r\x1b[K20 of 80 files · 21 reports · 2.0 files/s · 30 s left\r\x1b[K"


def test_progress_is_silent_where_there_is_no_terminal() -> None:
    out = io.StringIO()
    ProgressLine(out).update(1, 2, 1)
    assert out.getvalue() == ""


@pytest.mark.parametrize(("seconds", "words"), [(8.2, "8 s"), (250, "4 min 10 s"), (7500, "2 h 5 min")])
def test_durations(seconds: float, words: str) -> None:
    assert duration_in_words(seconds) == words


def test_no_rate_before_there_is_one() -> None:
    assert progress_in_words(0, 1200, 0, 0.0) == "0 of 1,200 files · 0 reports"


def test_types_show_their_crosswalk() -> None:
    table = printed(type_table(load_types().values()))
    assert all(name in table for name in load_types())
    assert "ASSAULT" in table


def test_a_narrow_encoding_gets_stand_ins_that_no_telling_shares() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    printer(out).print(rich_of(velmar()))
    out.flush()
    table = raw.getvalue().decode("ascii")
    assert '" claimed' in table
    assert "x denied" in table
    assert "Northern Front > Karsa Army" in table
    assert "?" not in table
