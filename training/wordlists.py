"""The word lists of `words.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml


@cache
def _lists() -> dict[str, list[str]]:
    found: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "words.yaml").read_text("utf-8"))
    return found


def word_list(name: str) -> tuple[str, ...]:
    """The list of that name; KeyError where there is none."""
    return tuple(_lists()[name])
