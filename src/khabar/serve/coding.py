"""`khabar code`: statements on standard output, everything about them on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from khabar import plugins
from khabar import settings as settings_file
from khabar.errors import PluginError
from khabar.records import Problem, Reading, Run
from khabar.serve.console import EXIT_OK, EXIT_PROBLEMS, printer, steady
from khabar.serve.progress import ProgressLine
from khabar.serve.safe import shown_in_line
from khabar.serve.slots import counted
from khabar.serve.standard_input import standard_input, without_passing_name
from khabar.settings import Settings

if TYPE_CHECKING:
    from khabar.run.engine import Outcome, Progress
    from khabar.seams import Store

TABLE = "table"
STANDARD_INPUT = "-"
MOST_SKIPPED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for on the command line."""

    paths: tuple[str, ...]
    store: Path | None = None
    keep: bool = True
    format: str = TABLE
    published: date | None = None
    encoding: str | None = None
    settings: Path | None = None
    jobs: int = 1
    newsreader: str | None = None


def code(order: Order) -> int:
    """Read, keep and show; answers the exit code. One bad file never stops the others."""
    chosen = settings_file.load(order.settings)
    if order.newsreader is not None:
        chosen = replace(chosen, newsreader=order.newsreader)
    exporter = exporter_of(order.format)
    store = plugins.load("khabar.stores", "sqlite")(order.store or chosen.store) if order.keep else None
    work = Work(chosen, store, ProgressLine(sys.stderr), tables=exporter is None)
    try:
        readings = work.readings(order)
        if exporter is None:
            _print_tables(readings)
        else:
            exporter.write(readings, steady(sys.stdout))
    finally:
        work.progress.clear()
        if store is not None:
            store.close()
    work.conclude(str(order.store or chosen.store))
    return EXIT_PROBLEMS if work.errors else EXIT_OK


def exporter_of(name: str) -> Any | None:
    """The exporter of a format, None for the table. Raises PluginError naming the formats that there are."""
    formats = plugins.available("khabar.exporters")
    if name == TABLE:
        return None
    if name not in formats:
        raise PluginError(f"no format is called {name!r}; there are: {', '.join([TABLE, *sorted(formats)])}")
    return plugins.load("khabar.exporters", name)()


def _print_tables(readings: Iterable[Reading]) -> None:
    from khabar.serve.table import ReportTable

    console = printer()
    for reading in readings:
        console.print(ReportTable(reading))


@dataclass
class Work:
    """One run of the command: keeps what is read, and counts what happened to it."""

    settings: Settings
    store: Store | None
    progress: ProgressLine
    tables: bool = True
    reports: int = 0
    statements: int = 0
    errors: int = 0
    skipped: int = 0
    kept: dict[str, int] = field(default_factory=dict)

    def readings(self, order: Order) -> Iterator[Reading]:
        """Every report that could be read, kept before it is shown; what could not goes to standard error."""
        from khabar.run.provenance import run_of

        run = run_of(self.settings) if self.store is not None else None
        for outcome in self._outcomes(order):
            self.progress.clear()
            self._tell(outcome)
            if outcome.reading is not None:
                self._keep(outcome.reading, run)
                yield outcome.reading
        self.progress.clear()

    def _outcomes(self, order: Order) -> Iterator[Outcome]:
        from khabar.run.engine import code_paths

        given = tuple(dict.fromkeys(order.paths))
        with standard_input(self.settings.limits.blob_bytes) if STANDARD_INPUT in given else nullcontext() as piped:
            paths = [piped if path == STANDARD_INPUT else Path(path) for path in given]
            found = code_paths(
                [path for path in paths if path is not None],
                self.settings,
                order.published,
                self._on_progress,
                encoding=order.encoding,
                jobs=order.jobs,
            )
            yield from (found if piped is None else (without_passing_name(outcome, piped) for outcome in found))

    def conclude(self, store: str) -> None:
        """The last lines: how much was read, what the store made of it, how much went wrong."""
        line = f"{counted(self.reports, 'report')}, {counted(self.statements, 'statement')}"
        if self.kept:
            line += f"; kept in {store}: " + ", ".join(f"{n} {outcome}" for outcome, n in sorted(self.kept.items()))
        if self.skipped:
            line += f"; {counted(self.skipped, 'file')} of unknown kind skipped"
        if self.errors:
            line += f"; {counted(self.errors, 'error')}, see above"
        _say(line)

    def _on_progress(self, progress: Progress) -> None:
        self.progress.update(progress.done, progress.total, progress.reports)

    def _keep(self, reading: Reading, run: Run | None) -> None:
        self.reports += 1
        self.statements += len(reading.statements)
        if self.store is not None and run is not None:
            outcome = self.store.save(reading, run).outcome
            self.kept[outcome] = self.kept.get(outcome, 0) + 1

    def _tell(self, outcome: Outcome) -> None:
        shown_in_table = self.tables and outcome.reading is not None
        for problem in outcome.problems:
            self.errors += problem.severity == "error"
            if problem.severity == "note":
                if problem.kind == "unknown-kind":
                    self._tell_skipped(problem)
            elif not shown_in_table:
                _say(f"{problem.severity}: {_placed(problem)}")

    def _tell_skipped(self, problem: Problem) -> None:
        self.skipped += 1
        if self.skipped <= MOST_SKIPPED_SHOWN:
            _say(f"skipped: {_placed(problem)}")
        elif self.skipped == MOST_SKIPPED_SHOWN + 1:
            _say("skipped: more files of unknown kind, counted below")


def _placed(problem: Problem) -> str:
    message = shown_in_line(problem.message)
    where = shown_in_line(problem.where or "")
    return message if not where or where in message else f"{where}: {message}"


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")
