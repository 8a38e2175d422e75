"""`khabar show`, `why`, `report`, `problems` and `types`: what the store and the ontology hold, for people to read."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from khabar import plugins
from khabar import settings as settings_file
from khabar.errors import StoreError
from khabar.records import Reading
from khabar.serve.console import printer
from khabar.serve.safe import shown_in_line
from khabar.serve.slots import counted

if TYPE_CHECKING:
    from khabar.seams import Store


def open_store(store: Path | None, settings: Path | None) -> Any:
    """An existing store, to be looked at. Raises StoreError where there is none: looking never makes one."""
    path = Path(store or settings_file.load(settings).store)
    if not path.is_file():
        raise StoreError(f"no store at {path}; make one with `khabar code PATH --store {path}`, or name another with --store")
    return closing(plugins.load("khabar.stores", "sqlite")(path))


def show(report: str, store: Path | None, settings: Path | None) -> None:
    """One report: its text with every trigger numbered and coloured by how it is told, then the statements in words."""
    from khabar.serve.text import ReportText

    with open_store(store, settings) as opened:
        printer().print(ReportText(opened.reading(report)))


def why(statement: str, store: Path | None, settings: Path | None) -> None:
    """One statement: each field with its words, the rule that filled it and how sure it is, or why it is not known."""
    from khabar.serve.reasons import StatementReasons

    with open_store(store, settings) as opened:
        printer().print(StatementReasons(opened.statement(statement), statement))


def report(html: Path, reports: Sequence[str], store: Path | None, settings: Path | None) -> None:
    """Write the page, and say how much is on it. The file is whole or not there."""
    from khabar.serve.page import write_page

    with open_store(store, settings) as opened:
        passed = Passed(_chosen(opened, reports))
        draft = html.with_name(f".{html.name}.{os.getpid()}.part")
        try:
            with draft.open("w", encoding="utf-8", errors="replace", newline="\n") as out:
                write_page(passed, out)
            draft.replace(html)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(html)) from error
        finally:
            draft.unlink(missing_ok=True)
    sys.stderr.write(f"{html}: {counted(passed.number, 'report')}, {html.stat().st_size / 1e6:.1f} MB\n")


class Passed:
    """Readings, counted as they pass."""

    def __init__(self, readings: Iterable[Reading]) -> None:
        self.number = 0
        self._readings = readings

    def __iter__(self) -> Iterator[Reading]:
        for reading in self._readings:
            self.number += 1
            yield reading


def problems(store: Path | None, settings: Path | None) -> int:
    """Every problem of every report in the store, a line each; answers how many are errors."""
    errors = 0
    with open_store(store, settings) as opened:
        for reading in opened.readings():
            for problem in reading.problems:
                errors += problem.severity == "error"
                sys.stdout.write(shown_in_line(f"{reading.document.name}: {problem.severity}: {problem.message}") + "\n")
    return errors


def types() -> None:
    """The event types with their nearest relatives in other schemes."""
    from khabar.knowledge.ontology.types import load_types
    from khabar.serve.typelist import type_table

    printer().print(type_table(load_types().values()))


def _chosen(store: Store, reports: Sequence[str]) -> Iterator[Reading]:
    if reports:
        return (store.reading(name) for name in reports)
    return store.readings()
