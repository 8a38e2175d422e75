"""Who says so and how it is told: our own sentences over the constructions of news, read by the real newsreader."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_cases import fits, words

from khabar.annotate.stage import khabar_newsreader
from khabar.extract.stage import ExtractStage
from khabar.readers.text import TextReader
from khabar.records import Reading
from khabar.seams import Blob

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = [
    case for name in ("voices.yaml", "telling.yaml") for case in yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    reader, newsreader, extract = TextReader(), khabar_newsreader(), ExtractStage()
    blobs = [Blob(case["text"].encode(), f"case-{n}", published=date(2019, 3, 5)) for n, case in enumerate(CASES)]
    documents = [reader.read(blob).documents[0] for blob in blobs]
    return {r.document.text: extract(r) for r in newsreader.pipe(Reading(d) for d in documents)}


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] for case in CASES])
def test_voice_and_telling(case: dict[str, Any], readings: dict[str, Reading]) -> None:
    text = case["text"]
    statements = readings[text].statements
    told = [(s.type.value, s.trigger.of(text), s.told_as.value, s.stance.value, words(s.sources)) for s in statements]
    for wanted in case["read"]:
        assert any(fits(s, wanted, text) for s in statements), (wanted, told)
