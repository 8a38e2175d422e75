"""Closed lists of words that the extractors ask for by name, kept as data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml

from khabar.errors import KnowledgeError

_FILE = Path(__file__).parent / "data" / "language" / "words.yaml"


@cache
def word_list(name: str) -> frozenset[str]:
    """The words of a list, as lemmas in lower case. Raises KnowledgeError where there is no such list."""
    lists = _lists()
    if name not in lists:
        raise KnowledgeError(f"{_FILE.name}: no list is called {name!r}; there are: {', '.join(sorted(lists))}")
    return lists[name]


@cache
def _lists() -> Mapping[str, frozenset[str]]:
    table = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    if not isinstance(table, dict) or not all(isinstance(words, list) for words in table.values()):
        raise KnowledgeError(f"{_FILE.name}: must be a table of lists")
    return {name: frozenset(str(word) for word in words) for name, words in table.items()}
