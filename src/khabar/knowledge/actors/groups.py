"""Rows of groups, organisations and media to actors; the same columns serve a user's own file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from khabar.knowledge.actors.folding import slug
from khabar.knowledge.actors.tables import FOLDER, rows
from khabar.records import Actor

FILES = (
    "groups_asia.tsv", "groups_middle_east.tsv", "groups_africa.tsv", "groups_europe_americas.tsv", "organisations.tsv", "media.tsv",
)  # fmt: skip


def groups() -> Iterator[Actor]:
    """The groups, organisations and media that come with khabar."""
    for file in FILES:
        yield from groups_of(FOLDER / file)


def groups_of(path: Path) -> Iterator[Actor]:
    """Actors of one file: name, kind, country, from, to, aliases. A bracketed word after a name
    ("National Liberation Army [Colombia]") is part of the id alone. Raises KnowledgeError with file and line."""
    for row in rows(path, 6):
        yield Actor(
            id=slug(row.cells[0]),
            name=row.cells[0].partition(" [")[0],
            kind=row.kind(1),
            country=row.cells[2] or None,
            aliases=row.names(5),
            exists=row.tenure(3, 4),
        )


def peoples() -> Iterator[Actor]:
    """Ethnic and religious groups: `people.` before their ids, so that none is taken for a body."""
    for row in rows(FOLDER / "peoples.tsv", 3):
        yield Actor(f"people.{slug(row.cells[0])}", row.cells[0], "people", row.cells[1] or None, row.names(2))
