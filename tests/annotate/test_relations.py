"""Who did what to whom: the key relations of forty sentences of the kind that conflict reports are made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.annotate.stage import khabar_newsreader
from khabar.records import Document, Reading, Sentence, Value

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "relations.yaml").read_text("utf-8"))
BAR = 0.95


def read(texts: list[str]) -> list[tuple[Sentence, ...]]:
    readings = [Reading(Document(str(k), str(k), text, Value.unknown("none"))) for k, text in enumerate(texts)]
    return [found.sentences for found in khabar_newsreader().pipe(readings)]


def relations(sentences: tuple[Sentence, ...]) -> set[tuple[str, str, str]]:
    return {(t.text, t.rel, "ROOT" if t.head == t.i else s.tokens[t.head].text) for s in sentences for t in s.tokens}


def wrong() -> list[str]:
    """The relations that are not read as they should be, each with its sentence."""
    found = read([case["text"] for case in CASES])
    return [
        f"{tuple(relation)} in {case['text']!r}"
        for case, sentences in zip(CASES, found, strict=True)
        for relation in case["relations"]
        if tuple(relation) not in relations(sentences)
    ]


def test_key_relations() -> None:
    total = sum(len(case["relations"]) for case in CASES)
    missed = wrong()
    assert total >= 280
    assert len(CASES) == 40
    if len(missed) > (1 - BAR) * total:
        pytest.fail(f"{total - len(missed)} of {total} right:\n" + "\n".join(missed))
