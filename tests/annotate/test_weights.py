from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from training.card import CARD, card

from khabar.annotate import weights
from khabar.errors import ModelError


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for path in weights.FOLDER.iterdir():
        shutil.copy(path, tmp_path)
    return tmp_path


def test_the_files_are_those_listed(copy: Path) -> None:
    assert weights.verify(copy) == weights.verify()


@pytest.mark.parametrize("name", weights.FILES)
def test_an_altered_file_is_refused(copy: Path, name: str) -> None:
    altered = bytearray((copy / name).read_bytes())
    altered[-1] ^= 1
    (copy / name).write_bytes(altered)
    with pytest.raises(ModelError, match=name):
        weights.verify(copy)


@pytest.mark.parametrize("name", [weights.ENCODER, "SHA256SUMS"])
def test_a_missing_file_is_named(copy: Path, name: str) -> None:
    (copy / name).unlink()
    with pytest.raises(ModelError, match=name):
        weights.verify(copy)


@pytest.mark.parametrize("notice", [weights.FOLDER / "LICENSE", Path(__file__).parents[2] / "NOTICE"], ids=["LICENSE", "NOTICE"])
def test_every_file_is_under_a_licence(notice: Path) -> None:
    text = notice.read_text("utf-8")
    for name in (*weights.FILES, weights.ABOUT):
        assert name in text, name


def test_figures_of_other_weights_are_not_told(copy: Path) -> None:
    told = json.loads((copy / weights.ABOUT).read_text("utf-8")) | {"digest": "0" * 64}
    (copy / weights.ABOUT).write_text(json.dumps(told), "utf-8")
    with pytest.raises(ModelError, match="other weights"):
        weights.about(copy)


def test_the_card_tells_the_figures_of_these_weights() -> None:
    assert card() == CARD.read_text("utf-8"), "run python -m training.card"
