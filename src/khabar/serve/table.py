"""Statements as a table for the terminal: a row each, grouped by report, never without how it is told and who says so."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from khabar.records import Reading, Statement
from khabar.serve.marks import in_order
from khabar.serve.safe import shown_in_line
from khabar.serve.slots import NOT_KNOWN, counted, day_in_words, places_in_words, quantities_in_words, when_in_brief
from khabar.serve.voice import Standing, caveat_in_words, in_own_voice, outlet_of, party_names, telling_of, voice_of

STYLES: dict[Standing, str] = {
    "narrated": "green",
    "claimed": "yellow",
    "not-happened": "red",
    "denied": "bold red",
    "planned": "blue",
    "conditional": "magenta",
    "possible": "cyan",
    "unclear": "dim",
}
ID_DIGITS = 8
WIDE = 140  # columns from which every field has a column of its own


class ReportTable:
    """One report: a line that names it, its statements in order of the text, its problems. Asks the console how wide it may be."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield heading(self.reading)
        statements = in_order(self.reading)
        if statements:
            yield _wide(statements) if options.max_width >= WIDE else _narrow(statements)
        else:
            yield Text("  no statements", style="dim")
        yield from caveat_lines(self.reading)
        yield from problem_lines(self.reading)
        yield Text("")


def heading(reading: Reading) -> Text:
    """Name, day of publication, outlet and how many statements."""
    document = reading.document
    line = Text(shown_in_line(document.name), style="bold")
    about = [day_in_words(document.published), outlet_of(document), counted(len(reading.statements), "statement")]
    line.append("  " + " · ".join(shown_in_line(a) for a in about if a), style="dim")
    return line


def caveat_lines(reading: Reading) -> Iterable[Text]:
    """What the report itself could not vouch for."""
    for caveat in reading.caveats:
        yield Text(f"  caveat: {shown_in_line(caveat_in_words(caveat, reading.document))}", style="italic")


def problem_lines(reading: Reading) -> Iterable[Text]:
    for problem in reading.problems:
        yield Text(f"  {problem.severity}: {shown_in_line(problem.message)}", style="red" if problem.severity == "error" else "dim")


def _wide(statements: tuple[Statement, ...]) -> Table:
    table = _empty("who → whom", "where", "when", "told as", "according to", "numbers")
    for s in statements:
        table.add_row(_id(s), _type(s), _who(s), _where(s), _when(s), _told(s), _voice(s), _numbers(s))
    return table


def _narrow(statements: tuple[Statement, ...]) -> Table:
    """The same in fewer columns: place above day, telling above voice, numbers below the parties."""
    table = _empty("who → whom", "where, when", "told as, according to")
    for s in statements:
        table.add_row(_id(s), _type(s), _over(_who(s), _numbers(s)), _over(_where(s), _when(s)), _over(_told(s), _voice(s)))
    return table


def _empty(*flexible: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 2, 0, 0))
    table.add_column("id", style="dim", no_wrap=True)
    table.add_column("type", no_wrap=True)
    for name in flexible:
        table.add_column(name, overflow="fold")
    return table


def _over(first: Text, second: Text) -> Text:
    return Text("\n").join(line for line in (first, second) if line.plain)


def _id(statement: Statement) -> Text:
    return Text(statement.id[:ID_DIGITS])


def _type(statement: Statement) -> Text:
    return _plain(statement.type.value or NOT_KNOWN, "bold")


def _who(statement: Statement) -> Text:
    actors, targets = party_names(statement.actors), party_names(statement.targets)
    return _plain(f"{actors or NOT_KNOWN} → {targets}" if targets else actors or NOT_KNOWN)


def _where(statement: Statement) -> Text:
    return _plain(places_in_words(statement.places) or NOT_KNOWN)


def _when(statement: Statement) -> Text:
    when = statement.when.value
    return _plain(when_in_brief(statement.when), "" if when and when.basis == "text" else "dim")


def _told(statement: Statement) -> Text:
    telling = telling_of(statement)
    line = _plain(f"{telling.mark} {telling.label}", STYLES[telling.standing])
    return line.append(", background", style="dim") if statement.background.value else line


def _voice(statement: Statement) -> Text:
    return _plain(voice_of(statement), "dim" if in_own_voice(statement) else "")


def _numbers(statement: Statement) -> Text:
    return _plain(quantities_in_words(statement.quantities))


def _plain(words: str, style: str = "") -> Text:
    return Text(shown_in_line(words), style=style)
