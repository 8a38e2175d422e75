"""The commented tables that the gazetteer is made of: tab-separated, # for comments, in `knowledge/data/gazetteer`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from khabar.errors import KnowledgeError

FOLDER = Path(__file__).parent.parent / "data" / "gazetteer"
COMPILED = Path(__file__).parent.parent / "data" / "compiled"


def sheet(name: str, *, columns: int, optional: int = 0) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows of a table with their line numbers; each has `columns` cells, the last `optional` of which may be missing (then "").

    Raises KnowledgeError naming file and line where a row is too short or too long.
    """
    path = FOLDER / name
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise KnowledgeError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.rstrip("\n").split("\t")
        if not columns - optional <= len(cells) <= columns:
            raise KnowledgeError(f"{name}, line {number}: {len(cells)} cells where {columns} belong")
        yield number, tuple(cells + [""] * (columns - len(cells)))
