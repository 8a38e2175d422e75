"""The weights by which places are taken over: what is fitted prefers what was right, and what khabar has is what the trainer fits."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from training.inheritance import Choice, fit, rightly

from khabar.errors import KnowledgeError
from khabar.resolve.places import inheritance


def choice(right: int) -> Choice:
    """Three places and none; the right one is in the same paragraph, the others are named in the lead."""
    options = tuple({"same-paragraph": 1.0} if i == right else {"lead": 1.0} for i in range(3))
    return Choice("r", (*options, {"nowhere": 1.0}), tuple(i == right for i in range(4)))


def test_what_goes_with_the_right_place_gets_a_weight() -> None:
    data = [choice(i % 3) for i in range(12)]
    weights = fit(data)
    assert weights["same-paragraph"] > weights["lead"]
    assert rightly(data, weights) == len(data)


def test_where_no_place_is_meant_none_is_learnt() -> None:
    data = [Choice("r", ({"lead": 1.0}, {"nowhere": 1.0}), (False, True)) for _ in range(6)]
    assert rightly(data, fit(data)) == 6


def test_every_weight_is_of_a_feature_that_there_is() -> None:
    source = inspect.getsource(inheritance)
    for name in inheritance.weights():
        stem = name.split("-", 1)[0] + "-" if name.startswith("kind-") else name
        assert re.search(f'"{stem}"|f"{stem}', source), name


@pytest.mark.parametrize("text", ["[1, 2]", "lead: much", ""])
def test_a_faulty_table_is_an_error_that_names_it(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "inheritance.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(inheritance, "FOLDER", tmp_path)
    inheritance.weights.cache_clear()
    with pytest.raises(KnowledgeError, match=r"inheritance\.yaml"):
        inheritance.weights()
    monkeypatch.undo()
    inheritance.weights.cache_clear()
