"""The codings of raw news: sound by themselves, and about the words that they were made of where the open data are there."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from khabar.knowledge.ontology import ontology
from khabar.records import digest
from quality import raw

ROOT = Path(__file__).resolve().parents[2]
CODINGS = sorted((ROOT / "quality" / "blind" / "gold").glob("*.json"))
DATA = ROOT.parent / "shared" / "data"


def coding(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


@pytest.fixture(scope="module")
def texts() -> dict[str, Any]:
    if not (DATA / "raw").is_dir():
        pytest.skip("the open data are not beside this checkout")
    return {found.id: found for found in raw.raw_texts(DATA)}


def test_there_are_as_many_as_are_told() -> None:
    assert len(CODINGS) == 68
    assert sum(len(coding(path)["statements"]) for path in CODINGS) == 280


@pytest.mark.parametrize("path", CODINGS, ids=lambda path: path.stem)
def test_a_coding_is_sound(path: Path) -> None:
    found = coding(path)
    assert found["doc"] == path.stem
    for statement in found["statements"]:
        assert statement["type"] in ontology().types
        assert statement["sentence"]["start"] <= statement["trigger"]["start"] < statement["trigger"]["end"] <= statement["sentence"]["end"]


@pytest.mark.parametrize("path", CODINGS, ids=lambda path: path.stem)
def test_a_coding_is_of_its_text(path: Path, texts: dict[str, Any]) -> None:
    found, text = coding(path), texts[path.stem]
    assert found["text_sha256"] == digest(text.text.encode())
    assert found["published"] == text.published.isoformat()
    assert all(s["sentence"]["end"] <= len(text.text) for s in found["statements"])


def refused(*arguments: str) -> str:
    done = subprocess.run([sys.executable, "quality/raw.py", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    return done.stderr


def test_a_folder_without_news_is_named() -> None:
    assert "no open news in nowhere" in refused("nowhere")


def test_a_text_that_is_not_there_is_named(texts: dict[str, Any]) -> None:
    assert "no text is called nobody" in refused(str(DATA), next(iter(texts)), "nobody")


def test_intervals_hold_their_figure_and_are_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "quality"))
    from quality import blind

    golds = {path.stem: coding(path) for path in CODINGS[:20]}
    half = {name: [dict(s) for s in gold["statements"]][::2] for name, gold in golds.items()}
    rows = blind.score.score(golds, half).rows()
    found = blind.intervals(golds, half, 50)
    assert found == blind.intervals(golds, half, 50)
    for row in ("overall", "statements"):
        recall, between = rows[row][1], found[row][1]
        assert recall is not None
        assert between is not None
        assert between[0] <= recall <= between[1] < 1.0
    assert "| statements |" in blind.table(rows, found)
