"""khabar from Python: read a text, open a store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from khabar.errors import InputError
from khabar.records import Caveat, Document, Problem, Reading, Statement

if TYPE_CHECKING:
    from khabar.seams import Store
    from khabar.settings import Settings


@dataclass(frozen=True, slots=True)
class CodedReading:
    """A reading that shows itself: a table in a terminal (`rich.print`), HTML in a notebook."""

    reading: Reading

    @property
    def document(self) -> Document:
        return self.reading.document

    @property
    def statements(self) -> tuple[Statement, ...]:
        return self.reading.statements

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        return self.reading.caveats

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.reading.problems

    def __iter__(self) -> Iterator[Statement]:
        return iter(self.reading.statements)

    def __len__(self) -> int:
        return len(self.reading.statements)

    def __repr__(self) -> str:
        return f"<CodedReading {self.document.name!r}: {len(self.statements)} statements, {len(self.problems)} problems>"

    def __rich__(self) -> Any:
        """The table that `khabar code` shows."""
        from khabar.serve.table import ReportTable

        return ReportTable(self.reading)

    def _repr_html_(self) -> str:
        """A table in which nothing of the report is anything but text."""
        from khabar.serve.voice import sentence_of

        text = self.document.text
        rows = "".join(
            f"<tr><td>{escape(s.type.value or 'unknown')}</td><td>{escape(sentence_of(s))}</td>"
            f"<td><q>{escape(s.evidence.of(text))}</q></td></tr>"
            for s in self.statements
        )
        problems = "".join(f"<li>{escape(p.severity)}: {escape(p.message)}</li>" for p in self.problems)
        head = "<thead><tr><th>type</th><th>what is told, and by whom</th><th>in the report's words</th></tr></thead>"
        below = f"<ul>{problems}</ul>" if problems else ""
        return f"<table><caption>{escape(self.document.name)}</caption>{head}<tbody>{rows}</tbody></table>{below}"


def code(text: str, *, published: date | str | None = None, name: str = "text", settings: Settings | None = None) -> CodedReading:
    """Read one report given as text. `published` is its day of publication, a date or ISO 8601 text.

    Raises InputError where the text or the day cannot be read, PluginError or ModelError where khabar lacks something.
    """
    from khabar.run.engine import code_text

    return CodedReading(code_text(text, published=_day(published), name=name, settings=settings))


def open(path: str | Path) -> Store:
    """Open the store in a file, made where there is none. Raises StoreError."""
    from khabar.store.sqlite import SqliteStore

    return SqliteStore(path)


def _day(published: date | str | None) -> date | None:
    if not isinstance(published, str):
        return published
    try:
        return date.fromisoformat(published)
    except ValueError as error:
        raise InputError(f"published: {published!r} is no day such as 2021-08-25") from error
