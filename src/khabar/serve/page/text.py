"""The report's text as markup: a block per paragraph or zone, words marked with the statements that rest on them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, groupby

from khabar.records import Document, Reading, Statement, Zone
from khabar.serve.marks import Mark, Role, Segment, in_order, marks_of, segments
from khabar.serve.page.escape import Html, joined, tag, words
from khabar.serve.voice import telling_of

LETTERS: dict[Role, str] = {
    "trigger": "t", "actor": "a", "target": "g", "place": "p", "when": "w", "telling": "h", "source": "s", "quantity": "q", "evidence": "e",
}  # fmt: skip


GAP = "gap"


def text_markup(reading: Reading, *, interactive: bool = True) -> Html:
    """The whole text. Each marked stretch carries `data-m`, such as "0e 0t 3a": statement number and role.

    `interactive` makes triggers buttons, for a page with a script that answers them.
    """
    statements = in_order(reading)
    text = reading.document.text
    marks = chain.from_iterable(marks_of(s, n) for n, s in enumerate(statements))
    blocks = _blocks(reading.document)
    starts = [start for start, _ in blocks]
    pieces = groupby(segments(text, marks, starts), key=lambda piece: bisect_right(starts, piece.span.start) - 1)
    return joined(*(_block(blocks[block][1], [_segment(p, text, statements, interactive) for p in inside]) for block, inside in pieces))


def _block(kind: str, pieces: Sequence[Html]) -> Html:
    return joined(*pieces) if kind == GAP else tag("p", *pieces, class_=f"z z-{kind}", dir="auto")


def _segment(segment: Segment, text: str, statements: Sequence[Statement], interactive: bool) -> Html:
    inside = words(segment.span.of(text))
    if not segment.marks or not inside.strip():
        return inside
    carried = " ".join(f"{m.statement}{LETTERS[m.role]}" for m in segment.marks)
    triggers = [m for m in segment.marks if m.role == "trigger"]
    if not triggers:
        return tag("span", inside, class_="m", data_m=carried)
    first = statements[triggers[0].statement]
    aside = " back" if first.background.value else ""
    numbers = _ending(triggers, segment)
    button: dict[str, str | int] = {"role": "button", "tabindex": 0} if interactive else {}
    return tag("span", inside, class_=f"m t st-{telling_of(first).standing}{aside}", data_m=carried, data_n=numbers or None, **button)


def _ending(triggers: Sequence[Mark], segment: Segment) -> str:
    """The numbers, as people count, of the statements whose trigger ends here."""
    return ",".join(str(m.statement + 1) for m in triggers if m.span.end == segment.span.end)


def _blocks(document: Document) -> list[tuple[int, str]]:
    """Where each block starts and the kind of zone it is, in order, from 0 on; line ends between blocks are gaps."""
    zones = sorted((z for z in document.zones if z.kind != "quotation"), key=lambda z: z.span)
    opens = [z.span.start for z in zones]
    gaps = list(_gaps(document.text))
    ends = {end for _, end in gaps}
    starts = {0, *ends, *chain.from_iterable((z.span.start, z.span.end) for z in zones)}
    kinds = {start: _kind_at(start, zones, opens) for start in starts if start < len(document.text)}
    kinds |= {start: GAP for start, _ in gaps}
    return sorted(kinds.items()) or [(0, "body")]


def _kind_at(offset: int, zones: Sequence[Zone], opens: Sequence[int]) -> str:
    i = bisect_right(opens, offset) - 1
    return zones[i].kind if i >= 0 and offset < zones[i].span.end else "body"


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    """Every run of white space that holds a line end: where a paragraph ends and where the next begins."""
    end = 0
    while (line_end := text.find("\n", end)) >= 0:
        start, end = line_end, line_end + 1
        while start > 0 and text[start - 1].isspace():
            start -= 1
        while end < len(text) and text[end].isspace():
            end += 1
        yield start, end
