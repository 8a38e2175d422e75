from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from khabar.annotate import weights
from khabar.errors import ModelError


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for path in weights.FOLDER.iterdir():
        shutil.copy(path, tmp_path)
    return tmp_path


def test_the_files_are_those_listed(copy: Path) -> None:
    assert weights.verify(copy) == weights.verify()


@pytest.mark.parametrize("name", [weights.ENCODER, weights.RELATIONS, weights.LABELS, weights.VOCABULARY])
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
