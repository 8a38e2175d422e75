"""Why a statement says what it says, for the terminal: a row a field, unknown ones with their reason."""

from __future__ import annotations

from rich import box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from khabar.records import Reading
from khabar.run.explain import Row, explain, statement_of
from khabar.serve.fields import missing_in_words, name_of
from khabar.serve.safe import shown_in_line
from khabar.serve.table import STYLES, heading
from khabar.serve.voice import attribution_of, outlet_of, sentence_of, telling_of


class StatementReasons:
    """A statement in words, the sentence it was read from, and what each field rests on."""

    def __init__(self, reading: Reading, statement: str) -> None:
        self.reading = reading
        self.statement = statement_of(reading, statement)
        self.rows = explain(reading, self.statement.id)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        statement, document = self.statement, self.reading.document
        telling = telling_of(statement)
        yield heading(self.reading)
        yield Text(shown_in_line(sentence_of(statement, outlet=outlet_of(document))), style="bold")
        about = f"{attribution_of(statement)} · statement {statement.id}"
        told = Text(f"{telling.mark} {telling.label}", style=STYLES[telling.standing])
        yield told.append(" · ", style="dim").append(shown_in_line(about), style="dim")
        yield Text(f"“{shown_in_line(statement.evidence.of(document.text))}”", style="italic")
        yield Text("")
        yield _table(self.rows)


def _table(rows: list[Row]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("field", style="bold", no_wrap=True)
    for name in ("value", "words", "because"):
        table.add_column(name, overflow="fold")
    table.add_column("conf.", justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*_cells(row))
        if row.value is not None and row.reason:
            table.add_row("", Text(shown_in_line(row.reason), style="dim"), "", "", "")
        for candidate in row.candidates:
            weighed = f"weighed: {candidate.value}" + (f", {candidate.note}" if candidate.note else "")
            table.add_row("", Text(shown_in_line(weighed), style="dim"), "", "", Text(f"{candidate.score:.2f}", style="dim"))
    return table


def _cells(row: Row) -> tuple[Text, ...]:
    known = row.value is not None
    value = Text(shown_in_line(row.value)) if row.value is not None else Text(shown_in_line(missing_in_words(row)), style="dim")
    words = f"“{shown_in_line(row.words)}” {row.span.start}–{row.span.end}" if row.words and row.span else ""
    sure = f"{row.confidence:.2f}" if known else ""
    return Text(name_of(row.field)), value, Text(words), Text(shown_in_line(row.because), style="dim"), Text(sure)
