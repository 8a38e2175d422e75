"""The scorer and the gate, on small gold of our own."""

from __future__ import annotations

import copy
import importlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

QUALITY = Path(__file__).resolve().parents[2] / "quality"


@pytest.fixture
def score(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(QUALITY))
    return importlib.import_module("score")


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(QUALITY))
    return importlib.import_module("gate")


def party(name: str, start: int) -> dict[str, Any]:
    return {"is": name, "name": name, "start": start, "end": start + len(name)}


VELM = party("Velm", 30) | {"country": "UTO", "lat": 10.0, "lon": 20.0, "precision": "town"}
GOLD: dict[str, Any] = {
    "type": "capture",
    "trigger": {"start": 20, "end": 26},
    "sentence": {"start": 0, "end": 60},
    "actors": [party("Reds", 0)],
    "targets": [party("Blues", 40)],
    "places": [VELM],
    "when": {"start": "2021-08-24", "end": "2021-08-24", "basis": "text"},
    "told_as": "happened",
    "background": False,
    "stance": "asserts",
    "sources": [party("Jo Doe", 50)],
    "quantities": [{"kind": "killed", "low": 3, "high": 3}],
}


def changed(**changes: Any) -> dict[str, Any]:
    return copy.deepcopy(GOLD) | changes


def rows(score: ModuleType, gold: list[dict[str, Any]], given: list[dict[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = score.score({"r": {"statements": gold}}, {"r": given}).rows()
    return found


def test_what_is_right_scores_one_everywhere(score: ModuleType) -> None:
    found = rows(score, [GOLD], [changed()])
    for name in ("overall", "statements", "whole", "actors", "targets", "places", "when", "source", "quantities"):
        assert found[name][2] == 1.0, name
    assert found["promotions"][2] == 0.0


WRONG = [
    ({"type": "battle"}, "statements", 0.0),
    ({"trigger": {"start": 70, "end": 76}}, "statements", 0.0),
    ({"trigger": {"start": 1, "end": 5}}, "statements", 1.0),  # the same sentence will do
    ({"trigger": None, "evidence": {"start": 0, "end": 60}}, "statements", 1.0),
    ({"actors": []}, "actors", 0.0),
    ({"actors": [party("the Reds", 90)]}, "actors", 1.0),
    ({"actors": [party("Greens", 90)]}, "actors", 0.0),
    ({"places": [VELM | {"lat": 10.1}]}, "places", 1.0),
    ({"places": [VELM | {"lat": 10.2}]}, "places", 0.0),
    ({"places": [VELM | {"lat": None}]}, "places", 0.0),
    ({"when": {"start": "2021-08-25", "end": "2021-08-25"}}, "when", 1.0),
    ({"when": {"start": "2021-08-26", "end": "2021-08-26"}}, "when", 0.0),
    ({"quantities": [{"kind": "killed", "low": 3, "high": None}]}, "quantities", 0.0),
    ({"sources": []}, "source", 0.0),
    ({"told_as": "planned"}, "whole", 0.0),
]


@pytest.mark.parametrize(("changes", "slot", "f1"), WRONG)
def test_each_slot(score: ModuleType, changes: dict[str, Any], slot: str, f1: float) -> None:
    assert rows(score, [GOLD], [changed(**changes)])[slot][2] == f1


def test_what_a_convention_dates_is_not_scored(score: ModuleType) -> None:
    gold = changed(when={"start": "2021-08-18", "end": "2021-08-25", "basis": "convention"})
    assert rows(score, [gold], [changed(when=None)])["overall"][2] == 1.0


def test_the_order_of_the_parties_of_a_battle_does_not_count(score: ModuleType) -> None:
    gold = changed(type="battle")
    found = rows(score, [gold], [changed(type="battle", actors=GOLD["targets"], targets=GOLD["actors"])])
    assert found["parties"][2] == 1.0
    assert found["direction"][2] == 0.0
    assert found["overall"][2] == 1.0


def test_a_promotion_is_told_apart(score: ModuleType) -> None:
    assert rows(score, [GOLD], [changed(sources=[])])["promotions"][2:] == (1.0, 1)
    assert rows(score, [changed(told_as="planned", sources=[])], [changed(sources=[])])["promotions"][2] == 1.0


def test_a_report_that_was_not_read_costs_all_it_holds(score: ModuleType) -> None:
    found = score.score({"r": {"statements": [GOLD]}}, {}).rows()
    assert found["overall"][2] == 0.0
    assert found["statements"][1] == 0.0


def test_by_kind_counts_what_was_read_in_vain(score: ModuleType) -> None:
    scores = score.score({"r": {"statements": [GOLD]}}, {"r": [changed(), changed(type="battle", trigger={"start": 70, "end": 75})]})
    assert scores.kinds["capture"].figures[2] == 1.0
    assert (scores.kinds["battle"].gold, scores.kinds["battle"].given) == (0, 1)
    assert "battle" in score.by_kind(scores)


def test_a_report_read_twice_is_refused(score: ModuleType) -> None:
    line = json.dumps({"report": {"name": "r"}, "statements": []})
    assert score.read_predictions(f"{line}\n", "x") == {"r": []}
    with pytest.raises(ValueError, match="line 2: r was read twice"):
        score.read_predictions(f"{line}\n{line}\n", "x")
    with pytest.raises(ValueError, match="line 1"):
        score.read_predictions("{}\n", "x")


def test_kept_reports_are_never_shown_one_by_one(score: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    gold = tmp_path / "kept" / "gold"
    gold.mkdir(parents=True)
    (gold / "r.json").write_text(json.dumps({"statements": [GOLD]}))
    (tmp_path / "p.jsonl").write_text(json.dumps({"report": {"name": "r"}, "statements": []}))
    for option in ("--misses", "--each"):
        monkeypatch.setattr(sys, "argv", ["score.py", str(gold), str(tmp_path / "p.jsonl"), option])
        with pytest.raises(SystemExit):
            score.main()
        assert "as a whole only" in capsys.readouterr().err


def test_floors_only_rise_unless_lowered(gate: ModuleType) -> None:
    floors = {"overall": 0.5, "promotions": 0.1}
    better = gate.moved({"overall": 0.6, "promotions": 0.05}, floors, down=False)
    assert better == {"overall": 0.595, "promotions": 0.055}
    assert gate.moved({"overall": 0.4, "promotions": 0.2}, floors, down=False) == floors
    assert gate.moved({"overall": 0.4, "promotions": 0.2}, floors, down=True) == {"overall": 0.395, "promotions": 0.205}


def test_a_figure_under_its_floor_or_over_its_ceiling_is_named(gate: ModuleType) -> None:
    floors = {"overall": 0.5, "whole": 0.2, "promotions": 0.1}
    assert gate.broken({"overall": 0.5, "whole": 0.3, "promotions": 0.1}, floors) == []
    fell = gate.broken({"overall": 0.49, "promotions": 0.11}, floors)
    assert [line.split()[0] for line in fell] == ["overall", "whole", "promotions"]


def test_another_corpus_than_the_pinned_one_is_noticed(gate: ModuleType, tmp_path: Path) -> None:
    for folder in ("gold", "reports"):
        (tmp_path / folder).mkdir()
    (tmp_path / "gold" / "r.json").write_text("{}")
    corpus = gate.Corpus("x", tmp_path / "gold", tmp_path / "reports")
    before = corpus.digest()
    (tmp_path / "reports" / "other.txt").write_text("not coded, not counted")
    assert corpus.digest() == before
    (tmp_path / "reports" / "r.txt").write_text("coded")
    assert corpus.digest() != before


def test_the_sample_is_the_one_that_the_floors_were_set_on(gate: ModuleType) -> None:
    sample = gate.CORPORA[0]
    assert sample.always
    assert sample.there
    entry = json.loads(gate.FLOORS.read_text(encoding="utf-8")).get(sample.name)
    assert entry is not None, "no floors: run python quality/gate.py --raise"
    assert entry["sha256"] == sample.digest()
