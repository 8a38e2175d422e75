"""What each stretch of a report is there for: header, headline, dateline, body, heading, caption, credit, quotation.

Zones are marks on the text and never change it. Quotations apart, they do not overlap and together cover it: the white space
behind a line belongs to the line's zone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import re2

from khabar.readers.datelines import dateline, speakers
from khabar.readers.days import dates_only, whole_day
from khabar.readers.furniture import furniture
from khabar.readers.lines import LONGEST, Line, hard_wrapped, lines
from khabar.readers.quotations import quotations
from khabar.records import Span, Zone, ZoneKind

_GLUED = re2.compile(r"^\s*date\s+(?P<day>\d{4}-\d{2}-\d{2})(?:\s+|$)")
_NUMBERED = re2.compile(r"^\[\d{1,2}\s?(?:/|of)\s?\d{1,2}\b")
_HEADER_LINES, _HEADER_CHARS, _BYLINE_LINES, _SIGNATURE_CHARS = 4, 80, 6, 100
# Tuned on 80 news reports: the longest headline there has 24 words, the longest heading 5.
_HEADLINE_WORDS, _HEADLINE_CHARS = 30, 200
_HEADING_WORDS, _HEADING_CHARS = 8, 60

Cut = tuple[int, ZoneKind]


@dataclass(frozen=True, slots=True)
class Layout:
    """The zones of a text, and what they say of the report: its title, and a publication date with the zone that gives it.

    `header_day` and `dateline_day` are None where no whole date is written; `misdated` holds a header's date that is on no calendar.
    """

    zones: tuple[Zone, ...]
    headline: Span | None = None
    header_day: tuple[date, Span] | None = None
    dateline_day: tuple[date, Span] | None = None
    misdated: str | None = None


def layout(text: str, *, title: str | None = None) -> Layout:
    """Mark the zones of a text. `title` is what its publisher calls it, where that is known beside the text."""
    glued = _GLUED.search(text[:200])
    start = glued.end() if glued else 0
    found = lines(text, start)
    cuts: list[Cut] = [(0, "header")] if glued else []
    cuts.extend(_Marker(found, title).cuts())
    plain = _zones(cuts, len(text))
    quoted = tuple(Zone("quotation", span) for run in _runs(found, plain) for span in quotations(text, run))
    header = next((_day_in(text, z.span) for z in plain if z.kind == "header" and _day_in(text, z.span)), None)
    line = next((_day_in(text, z.span) for z in plain if z.kind == "dateline"), None)
    misdated = glued["day"] if glued and header is None else None
    headline = next((_trimmed(text, z.span) for z in plain if z.kind == "headline"), None)
    zones = sorted((*plain, *quoted), key=lambda z: (z.span.start, z.kind == "quotation", -z.span.end))
    return Layout(tuple(zones), headline, header, line, misdated)


def _zones(cuts: list[Cut], length: int) -> tuple[Zone, ...]:
    """From where each zone starts to zones that cover the text; body that follows body is one zone."""
    if not length:
        return ()
    kept: list[Cut] = []
    for at, kind in cuts or [(0, "body")]:
        if not kept or kind != "body" or kept[-1][1] != "body":
            kept.append((at if kept else 0, kind))
    ends = [at for at, _ in kept[1:]] + [length]
    return tuple(Zone(kind, Span(at, end)) for (at, kind), end in zip(kept, ends, strict=True))


def _runs(found: tuple[Line, ...], zones: tuple[Zone, ...]) -> Iterator[list[Line]]:
    """The lines of each zone in which words may be quoted; a line that a dateline or credit shares is cut to its part."""
    number = 0
    for zone in zones:
        run: list[Line] = []
        while number < len(found) and found[number].start < zone.span.end:
            line = found[number]
            start, end = max(line.start, zone.span.start), min(line.end, zone.span.end)
            if zone.kind in ("body", "caption", "headline", "heading") and start < end:
                run.append(Line(start, end, "", line.after_blank, line.before_blank))
            if line.end > zone.span.end:
                break
            number += 1
        yield run


def _day_in(text: str, span: Span) -> tuple[date, Span] | None:
    day = whole_day(span.of(text)[:200])
    return None if day is None else (day[0], Span(span.start + day[1], span.start + day[2]))


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


class _Marker:
    """Goes through the lines once, top to bottom, knowing what came before."""

    def __init__(self, found: tuple[Line, ...], title: str | None) -> None:
        self.lines = found
        self.title = _folded(title) if title else None
        self.wrapped = hard_wrapped(found)
        self.speakers = speakers(found)
        self.words = furniture()
        self.headed = False  # a headline, heading or body line was seen
        self.bodied = False  # a body line was seen
        self.previous: ZoneKind | None = None

    def cuts(self) -> Iterator[Cut]:
        for number, line in enumerate(self.lines):
            for at, kind in self._line(number, line):
                yield at, kind
                self.previous = kind
                self.headed = self.headed or kind in ("headline", "heading", "body", "dateline")
                self.bodied = self.bodied or kind == "body"

    def _line(self, number: int, line: Line) -> Iterator[Cut]:
        if line.short and self._is_header(number, line):
            yield line.start, "header"
        elif line.short and (caption := self._caption(line)):
            yield from caption
        elif line.short and self._is_credit(number, line):
            yield line.start, "credit"
        elif self._is_headline(number, line):
            yield line.start, "headline"
        elif self._is_heading(number, line):
            yield line.start, "heading"
        else:
            yield from self._body(line)

    def _follower(self, number: int) -> Line | None:
        return self.lines[number + 1] if number + 1 < len(self.lines) else None

    def _is_header(self, number: int, line: Line) -> bool:
        if number >= _HEADER_LINES or len(line.words) > _HEADER_CHARS:
            return False
        return dates_only(line.words) or (bool(self.words.header_line.search(line.words)) and whole_day(line.words) is not None)

    def _is_credit(self, number: int, line: Line) -> bool:
        if self._is_signed(line):
            return True
        near_an_end = number < _BYLINE_LINES or number >= len(self.lines) - 3
        return near_an_end and line.count <= 12 and bool(self.words.byline.search(line.words))

    def _is_signed(self, line: Line) -> bool:
        """Whether a line is nothing but a credit, by its label or by holding an agency's name alone."""
        if self.words.may_label(line.words) and self.words.credit_line.search(line.words):
            return True
        return len(line.words) <= _SIGNATURE_CHARS and bool(self.words.signature.search(line.words))

    def _caption(self, line: Line) -> list[Cut]:
        words = line.words
        if self._is_signed(line):
            return []
        end = _bracketed(words)
        if end == len(words):
            if words[0] == "(" and line.words[:-1].rstrip().endswith((".", "!", "?", "”", '"')) and not self._tail(words):
                return []  # an aside of the reporter, a sentence of its own
            return self._with_credit(line, len(words))
        if end and words[0] == "[" and (_NUMBERED.search(words) or self._is_labelled(words[1:])):
            rest = len(words) - len(words[end:].lstrip())
            return [*self._with_credit(line, end), (line.start + rest, "body")]
        if not end and (self._is_labelled(words) or ("/" in words and self.words.photo_tail.search(words))):
            return self._with_credit(line, len(words))
        return []

    def _is_labelled(self, words: str) -> bool:
        return self.words.may_label(words) and bool(self.words.caption_line.search(words))

    def _tail(self, words: str) -> int:
        found = self.words.credit_tail.search(words) or self.words.photo_tail.search(words)
        return int(found.start(1)) if found else 0

    def _with_credit(self, line: Line, end: int) -> list[Cut]:
        tail = self._tail(line.words[:end])
        caption: Cut = (line.start, "caption")
        return [caption, (line.start + tail, "credit")] if tail > 1 else [caption]

    def _is_headline(self, number: int, line: Line) -> bool:
        follower = self._follower(number)
        if self.headed or follower is None or len(line.words) > _HEADLINE_CHARS or line.count > _HEADLINE_WORDS:
            return False
        if self.title is not None and _folded(line.words) == self.title:
            return True
        ends_open = line.words[-1] in ",;:-–—" or line.words.endswith(("...", "…"))
        if ends_open or (line.stops and line.words[-1] not in "?!"):
            return False
        return line.before_blank or not self.wrapped

    def _is_heading(self, number: int, line: Line) -> bool:
        follower = self._follower(number)
        if not self.headed or follower is None or len(line.words) > _HEADING_CHARS or line.count > _HEADING_WORDS:
            return False
        if not (line.words[0].isupper() or line.words[0].isdigit() or line.words[0] in "\"'“‘¿") or line.words[-1] in ",;:-–—":
            return False
        if line.stops and (line.words[-1] != "?" or line.before_blank or line.head.partition(": ")[0] in self.speakers):
            return False
        if line.after_blank:
            return line.before_blank or not self.wrapped
        above = self.lines[number - 1]
        return not self.wrapped and not line.before_blank and above.stops and self.previous == "body"

    def _body(self, line: Line) -> Iterator[Cut]:
        fills = dateline(line, first=not self.bodied, repeated=self.speakers)
        if fills:
            yield line.start, "dateline"
        if fills < len(line.words):
            yield line.start + fills, "body"
        tail = self.words.agency_tail.search(line.words[-60:]) if line.words[-1] in ")." or line.words[-1].isalpha() else None
        if tail:
            yield line.end - len(line.words[-60:]) + tail.start(1), "credit"


def _bracketed(words: str) -> int:
    """Where the bracket that opens a line closes (after it), or 0."""
    pair = {"[": "]", "(": ")"}.get(words[0])
    if pair is None:
        return 0
    depth = 0
    for at, mark in enumerate(words[:LONGEST]):
        depth += (mark == words[0]) - (mark == pair)
        if not depth:
            return at + 1
    return 0


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold().rstrip(".")
