from __future__ import annotations

import io
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from reading_builders import RUN, TEXT, a_document, a_reading, a_statement
from rich.console import Console

import khabar
from khabar.errors import InputError
from khabar.records import Problem, Reading
from khabar.seams import Store
from khabar.settings import Settings


def test_a_text_is_coded(fake_settings: Settings) -> None:
    coded = khabar.code(TEXT, published="2031-06-05", name="mine", settings=fake_settings)
    assert (coded.document.name, coded.document.published.value) == ("mine", date(2031, 6, 5))
    assert (len(coded), [s.type.value for s in coded], len(coded.statements), coded.problems, coded.caveats) == (1, ["capture"], 1, (), ())
    assert repr(coded) == "<CodedReading 'mine': 1 statements, 0 problems>"
    assert coded == khabar.code(TEXT, published=date(2031, 6, 5), name="mine", settings=fake_settings)


@pytest.mark.parametrize("published", ["yesterday", "2031-13-01", ""])
def test_a_day_that_is_none_is_refused(fake_settings: Settings, published: str) -> None:
    with pytest.raises(InputError, match="published"):
        khabar.code(TEXT, published=published, settings=fake_settings)


def test_a_store_is_opened(tmp_path: Path) -> None:
    store = khabar.open(tmp_path / "khabar.db")
    assert isinstance(store, Store)
    assert store.save(a_reading(), RUN).outcome == "new"
    store.close()


def test_a_coded_reading_shows_itself_in_a_terminal() -> None:
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(khabar.CodedReading(a_reading()))
    shown = console.export_text()
    assert "orlev" in shown
    assert "Ilen Voss" in shown


def test_in_html_a_report_is_text_and_nothing_else() -> None:
    document = a_document(TEXT + " <script>alert(1)</script>", "<b>x</b>")
    reading = Reading(document, statements=(a_statement(document),), problems=(Problem("read", "x", "<i>"),))
    html = khabar.CodedReading(reading)._repr_html_()
    assert "<script" not in html
    assert "<b>" not in html
    assert "<i>" not in html
    assert "&lt;script&gt;" in html
    assert "Ilen Voss" in html


def test_names_come_when_asked_for() -> None:
    assert {"code", "open", "Reading", "Settings"} <= set(dir(khabar))
    assert all(getattr(khabar, name) is not None for name in khabar.__all__)
    with pytest.raises(AttributeError, match="nosuch"):
        khabar.nosuch  # noqa: B018


HEAVY = ("spacy", "numpy", "onnxruntime", "rich", "typer", "msgspec", "sqlite3", "khabar.records", "khabar.run")


def test_importing_khabar_imports_nothing_else() -> None:
    script = f"import sys, khabar; print([m for m in {HEAVY!r} if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"
