"""The builders of readings stand beside the codec's tests; the fakes are offered as an installed package would offer them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "records"))

import fakes

from khabar.run.pipeline import assemble
from khabar.settings import Settings


@pytest.fixture
def fake_settings(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """Settings whose newsreader and stage are fakes."""
    folder = tmp_path_factory.mktemp("offered")
    fakes.offer(folder)
    monkeypatch.syspath_prepend(str(folder))
    assemble.cache_clear()
    yield Settings(newsreader="fake", stages=("fake-extract",))
    assemble.cache_clear()
