"""Armed groups told from other bodies, places and persons by the newsreader alone, in two hundred sentences of our own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from khabar.annotate.stage import khabar_newsreader
from khabar.records import Document, Reading, Value

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "groups.yaml").read_text("utf-8"))
BAR = 0.85


def read() -> list[set[tuple[str, str]]]:
    readings = [Reading(Document(str(k), str(k), case["text"], Value.unknown("none"))) for k, case in enumerate(CASES)]
    return [{(m.text, m.kind) for m in found.mentions} for found in khabar_newsreader().pipe(readings)]


def test_armed_groups_are_typed_right() -> None:
    counts: Counter[str] = Counter()
    missed = []
    for case, found in zip(CASES, read(), strict=True):
        for surface, kind in case["names"]:
            if kind != "GROUP":
                counts["others"] += 1
                counts["taken for groups"] += (surface, "GROUP") in found
                continue
            counts["groups"] += 1
            if (surface, kind) in found:
                counts["right"] += 1
            else:
                missed.append(f"{surface}: {sorted(k for text, k in found if text == surface) or 'no name'} in {case['text']!r}")
    assert counts["groups"] >= 200
    assert counts["taken for groups"] <= 0.1 * counts["others"]
    if counts["right"] < BAR * counts["groups"]:
        pytest.fail(f"{counts['right']} of {counts['groups']} right:\n" + "\n".join(missed))
