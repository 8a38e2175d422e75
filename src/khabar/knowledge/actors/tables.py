"""The register's files: tab-separated rows with `#` comments, read with the line that each row stands on."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import cast, get_args

from khabar.errors import KnowledgeError
from khabar.records import ActorKind, Tenure

FOLDER = Path(__file__).parents[1] / "data" / "actors"
KINDS = frozenset(get_args(ActorKind))


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells in the order of the file's columns, and where it stands."""

    file: str
    line: int
    cells: tuple[str, ...]

    @property
    def where(self) -> str:
        return f"{self.file}, line {self.line}"

    def error(self, message: str) -> KnowledgeError:
        return KnowledgeError(f"{self.where}: {message}")

    def names(self, column: int) -> tuple[str, ...]:
        """The names of a cell that holds several, separated by `|`."""
        return tuple(name.strip() for name in self.cells[column].split("|") if name.strip())

    def tenure(self, start: int, end: int) -> Tenure:
        """The days between two cells; a year alone takes in all its days."""
        first, last = self._day(start, last=False), self._day(end, last=True)
        if first is not None and last is not None and last < first:
            raise self.error(f"it ends ({self.cells[end]}) before it begins ({self.cells[start]})")
        return Tenure(first, last)

    def kind(self, column: int) -> ActorKind:
        if self.cells[column] not in KINDS:
            raise self.error(f"no kind is called {self.cells[column]!r}; there are: {', '.join(sorted(KINDS))}")
        return cast(ActorKind, self.cells[column])

    def _day(self, column: int, *, last: bool) -> date | None:
        written = self.cells[column]
        if not written:
            return None
        try:
            year, month, day = ([int(part) for part in written.split("-")] + [0, 0])[:3]
            month = month or (12 if last else 1)
            return date(year, month, day or (monthrange(year, month)[1] if last else 1))
        except ValueError as error:
            raise self.error(f"{written!r} is no day; write 2021, 2021-08 or 2021-08-15") from error


def rows(path: Path, columns: int) -> Iterator[Row]:
    """The rows of a file. Raises KnowledgeError where it cannot be read or a row has more or fewer columns."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"{path}: cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = tuple(cell.strip() for cell in line.split("\t"))
        row = Row(path.name, number, cells)
        if len(cells) != columns:
            raise row.error(f"a row has {columns} columns with a tab between each, this one has {len(cells)}")
        if not cells[0]:
            raise row.error("the first column must not be empty")
        yield row
