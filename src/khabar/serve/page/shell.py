"""The page around the reports: head with its security policy, filters, and one section a report, written as they come."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import IO

from khabar.records import Document, Reading
from khabar.serve.marks import in_order
from khabar.serve.page.cards import card
from khabar.serve.page.escape import Html, line, tag
from khabar.serve.page.text import text_markup
from khabar.serve.safe import shown_in_line
from khabar.serve.slots import counted, day_in_words
from khabar.serve.voice import STANDINGS, caveat_in_words, label_of, mark_of, outlet_of

_FOLDER = Path(__file__).parent
_ROLES = (
    ("a", "who"),
    ("g", "whom"),
    ("p", "where"),
    ("w", "when"),
    ("h", "how told"),
    ("s", "source"),
    ("q", "numbers"),
    ("t", "trigger"),
)


def write_page(readings: Iterable[Reading], out: IO[str], *, title: str = "khabar") -> None:
    """Write the page, one report at a time so that memory stays flat. Escapes all that a report holds."""
    style, script = _part("page.css"), _part("page.js")
    out.write(_opening(title, style, script))
    for number, reading in enumerate(readings):
        out.write(section(reading, number))
    out.write(f"</main><script>{script}</script></body></html>\n")


def section(reading: Reading, number: int) -> Html:
    """One report: heading, text and statements."""
    statements = in_order(reading)
    cards = [card(reading, s, n) for n, s in enumerate(statements)] or [tag("p", line("No statements were read."), class_="empty")]
    return tag(
        "section",
        _heading(reading.document, number, len(statements)),
        _remarks(reading),
        tag(
            "div",
            tag(
                "div", text_markup(reading), _legend(), class_="text", lang="en", role="region", aria_label="Text of the report", tabindex=0
            ),
            tag("div", *cards, class_="cards", role="region", aria_label="Statements"),
            class_="columns",
        ),
        class_="report",
        id=f"r-{number}",
        data_name=shown_in_line(name_of(reading.document)),
        data_day=day_in_words(reading.document.published),
        aria_labelledby=f"h-{number}",
    )


def name_of(document: Document) -> str:
    """Its title, else what people call it."""
    return document.title or document.name


def _heading(document: Document, number: int, statements: int) -> Html:
    url = next((sighting.url for sighting in document.sightings if sighting.url), None)
    about = [
        outlet_of(document),
        day_in_words(document.published),
        counted(statements, "statement"),
        document.name if document.title else None,
        url,
    ]
    facts = (tag("span", line(a), dir="auto") for a in about if a)
    return tag("header", tag("h2", line(name_of(document)), id=f"h-{number}", dir="auto"), tag("p", *facts, class_="about"), class_="head")


def _remarks(reading: Reading) -> Html | None:
    """The report's own reservations, then what khabar could not read."""
    rows = [(f"caveat: {caveat_in_words(caveat, reading.document)}", "caveat") for caveat in reading.caveats]
    rows += [(f"{problem.severity}: {problem.message}", problem.severity) for problem in reading.problems]
    if not rows:
        return None
    return tag("ul", *(tag("li", line(said), class_=kind, dir="auto") for said, kind in rows), class_="remarks", aria_label="Remarks")


def _legend() -> Html:
    return tag("p", *(tag("span", line(name), class_=f"key r-{role}") for role, name in _ROLES), class_="legend", aria_hidden="true")


def _opening(title: str, style: str, script: str) -> Html:
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )
    meta = (
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">'
    )
    head = f"<head>{meta}{tag('title', line(title))}<style>{style}</style></head>"
    return Html(f'<!doctype html><html lang="en">{head}<body>{_bar(title)}<nav class="reports" aria-label="Reports" hidden></nav><main>')


def _bar(title: str) -> Html:
    told = (
        tag("button", line(f"{mark_of(s)} {label_of(s)}"), type="button", class_=f"chip told st-{s}", data_standing=s, aria_pressed="false")
        for s in STANDINGS
    )
    search = Html('<input type="search" id="find" placeholder="Search statements ( / )" aria-label="Search statements">')
    return tag(
        "header",
        tag("h1", line(title)),
        tag("p", class_="count", aria_live="polite"),
        tag(
            "div",
            search,
            tag("select", id="type", aria_label="Type of event"),
            tag("select", id="voice", aria_label="Source"),
            tag("button", line("No background"), type="button", id="news", aria_pressed="false"),
            tag("button", line("Clear"), type="button", id="clear"),
            tag("button", line("◐"), type="button", id="theme", aria_label="Light or dark"),
            tag("div", *told, class_="tellings", role="group", aria_label="Told as"),
            class_="filters",
        ),
        class_="bar",
    )


@cache
def _part(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode("utf-8")).digest()).decode("ascii")
