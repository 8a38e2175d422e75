"""The places of UCDP's data, looked up; the rows here are ours."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "quality"))  # as when a script of it is run
from quality import lookups, places

ROWS = [
    ("Afghanistan", "Herat province", "Herat town", 1, 34.35, 62.2),
    ("Afghanistan", "Herat province", "Velmaridu village", 1, 34.4, 62.4),
    ("Afghanistan", "Herat province", "Velmaridu village", 2, 34.5, 62.5),
    ("Afghanistan", "Herat province", "Herat town", 4, 30.0, 60.0),
    ("Afghanistan", "", "Afghanistan", 6, 33.0, 66.0),
    ("Iraq", "Nineveh province", "Mosul town", 1, 30.0, 48.0),
    ("Iraq", "Nineveh province", "Road between Mosul and Sinjar", 5, 36.3, 42.5),
]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[places.Answer]:
    monkeypatch.setattr(places, "_rows", lambda path: iter(ROWS))
    return places.answered(places.places(Path("any")), places.CompiledGazetteer())


def test_a_place_counts_once_under_its_most_exact_point_in_any_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_rows", lambda path: iter(ROWS))
    one = places.places(Path("any"))
    monkeypatch.setattr(places, "_rows", lambda path: reversed(ROWS))
    assert places.places(Path("any")) == one
    assert [(p.name, p.precision) for p in one] == [
        ("Afghanistan", 6), ("Herat town", 1), ("Velmaridu village", 1), ("Mosul town", 1), ("Road between Mosul and Sinjar", 5)
    ]  # fmt: skip


def test_what_is_printed_of_them(answers: list[places.Answer]) -> None:
    assert [(a.found.rule, a.exact, a.right) for a in answers] == [
        ("country", False, False), ("name", True, True), ("province", False, False), ("name", True, False), ("province", False, False)
    ]  # fmt: skip
    assert places.share(answers) == 0.5
    assert "5 places, 3 of them with a point of their own" in places.summary("ours", answers)
    assert "2 answered more exactly than the province (66.7%), 1 of these within 25 km (50.0%" in places.summary("ours", answers)
    assert next(places.worst(answers, 5)).endswith("km  Mosul town, Nineveh province, Iraq → Mosul (geonames:99072)")
    assert len(list(places.by_precision(answers))) == 4
    assert "1 of 3 fall back" in places.ceiling(answers)
    assert any("a stretch between places" in line for line in places.fallbacks(answers))
    assert list(places.by_source(answers)) == ["     2 by name      from GeoNames, town: 1 within 25 km"]


def test_a_dump_of_ones_own_is_tried() -> None:
    assert "1 were located before it was added, 22 after" in places.with_dump()


def test_the_names_that_speed_is_measured_on_are_the_same_every_time() -> None:
    assert lookups.mixed(20) == lookups.mixed(20)
    assert len(set(lookups.mixed(20))) > 30
    assert lookups.opening() < 0.1
