"""How a reading shows itself outside the command line: a table in a terminal, marked text and sentences in a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from khabar.records import Reading, Statement

if TYPE_CHECKING:
    from rich.console import RenderableType

    from khabar.serve.page.escape import Html

_STYLE = Path(__file__).with_name("page") / "fragment.css"


def rich_of(reading: Reading) -> RenderableType:
    """What `rich.print` shows: the table of `khabar code`."""
    from khabar.serve.table import ReportTable

    return ReportTable(reading)


def html_of(reading: Reading) -> str:
    """A fragment for a notebook: the text with its triggers numbered, then each statement with its voice. No script; all words escaped."""
    from khabar.serve.marks import in_order
    from khabar.serve.page.escape import Html, line, tag
    from khabar.serve.page.text import text_markup
    from khabar.serve.slots import day_in_words
    from khabar.serve.voice import outlet_of

    document = reading.document
    about = " · ".join(part for part in (outlet_of(document), day_in_words(document.published)) if part)
    statements = (_statement(s, outlet_of(document)) for s in in_order(reading))
    problems = (tag("li", line(f"{p.severity}: {p.message}"), dir="auto") for p in reading.problems)
    return tag(
        "div",
        tag("style", Html(_STYLE.read_text(encoding="utf-8"))),
        tag("p", tag("strong", line(document.title or document.name)), Html(" "), tag("span", line(about), class_="about"), dir="auto"),
        text_markup(reading, interactive=False),
        tag("ol", *statements),
        tag("ul", *problems) if reading.problems else None,
        class_="khabar-reading",
    )


def _statement(statement: Statement, outlet: str | None) -> Html:
    from khabar.serve.page.escape import Html, line, tag
    from khabar.serve.voice import sentence_of, telling_of

    telling = telling_of(statement)
    label = f"{telling.mark} {telling.label}" + (", background" if statement.background.value else "")
    said = tag("span", line(sentence_of(statement, outlet=outlet)))
    return tag("li", tag("span", line(label), class_="told"), Html(" · "), said, class_=f"st-{telling.standing}", dir="auto")
