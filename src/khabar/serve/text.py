"""A report's text for the terminal: triggers numbered and coloured by how they are told, then the statements in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from khabar.records import Reading, Statement
from khabar.serve.marks import Mark, Segment, in_order, marks_of, segments
from khabar.serve.safe import shown, shown_in_line
from khabar.serve.slots import when_in_words
from khabar.serve.table import ID_DIGITS, STYLES, caveat_lines, heading, problem_lines
from khabar.serve.voice import outlet_of, sentence_of, telling_of


class ReportText:
    """The number after a trigger, "captured[3]", is that of its statement below, in a pipe as in colour."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield heading(self.reading)
        yield from caveat_lines(self.reading)
        yield from problem_lines(self.reading)
        yield Text("")
        yield marked_text(self.reading)
        yield Text("")
        yield from statement_lines(self.reading)


def marked_text(reading: Reading) -> Text:
    """The text itself; every trigger is marked, and parties are underlined."""
    statements = in_order(reading)
    text = reading.document.text
    marks = chain.from_iterable(marks_of(s, n) for n, s in enumerate(statements))
    marked = Text()
    for segment in segments(text, (m for m in marks if m.role != "evidence")):
        marked.append(shown(segment.span.of(text)), style=_style(segment, statements))
        for mark in _ending(segment):
            marked.append(f"[{mark.statement + 1}]", style=f"bold {STYLES[telling_of(statements[mark.statement]).standing]}")
    return marked


def statement_lines(reading: Reading) -> Iterator[Text]:
    """Each statement as a sentence with its voice, how it is told before it."""
    outlet = outlet_of(reading.document)
    for number, statement in enumerate(in_order(reading), start=1):
        telling = telling_of(statement)
        line = Text(f"[{number}] ", style="bold")
        line.append(f"{telling.mark} {telling.label}", style=STYLES[telling.standing])
        line.append(" (background)" if statement.background.value else "", style="dim")
        line.append(f"  {shown_in_line(sentence_of(statement, outlet=outlet))}")
        days = when_in_words(statement.when) if statement.when.value else "no date"
        line.append(f"  {days} · {statement.type.value or 'type unknown'} · {statement.id[:ID_DIGITS]}", style="dim")
        yield line


def _style(segment: Segment, statements: Sequence[Statement]) -> str:
    for mark in segment.marks:
        if mark.role == "trigger":
            return f"bold reverse {STYLES[telling_of(statements[mark.statement]).standing]}"
    return "underline" if any(m.role in ("actor", "target", "source") for m in segment.marks) else ""


def _ending(segment: Segment) -> list[Mark]:
    return [m for m in segment.marks if m.role == "trigger" and m.span.end == segment.span.end]
