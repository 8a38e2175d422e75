"""The newsreader's stand-in for tests: sentences and names from a CoNLL-U text instead of a model.

Columns are those of CoNLL-U (https://universaldependencies.org/format.html); the last may hold `SpaceAfter=No` and a
name's tag, `Name=B-LOC` or `Name=I-LOC`. Fields may be parted by tabs or by runs of spaces, so that tests stay readable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import cast

from khabar.records import Mention, MentionKind, Reading, Sentence, Span, Token, digest

_COLUMNS = 10
_BREAK = "\n\n"
Row = list[str]


def text_from_conllu(conllu: str) -> str:
    """The text that the words spell: spaces by `SpaceAfter`, a space between sentences, a blank line at `# newpar`."""
    text = ""
    for rows, new_paragraph in _sentences(conllu):
        if text:
            text = text.rstrip() + (_BREAK if new_paragraph else " ")
        for row in rows:
            text += row[1] + ("" if "SpaceAfter=No" in row[9] else " ")
    return text.rstrip()


def sentences_from_conllu(conllu: str, text: str | None = None) -> tuple[Sentence, ...]:
    """Sentences with spans in `text`, or in what the words spell where it is None.

    Raises ValueError where a word does not follow in the text, or a line has not ten fields.
    """
    text = text_from_conllu(conllu) if text is None else text
    found: list[Sentence] = []
    at = paragraph = 0
    for rows, _ in _sentences(conllu):
        spans: list[Span] = []
        for row in rows:
            start = text.find(row[1], at)
            if start < 0:
                raise ValueError(f"the word {row[1]!r} does not follow in the text after character {at}")
            if found and not spans and _BREAK in text[found[-1].span.end : start]:
                paragraph += 1
            at = start + len(row[1])
            spans.append(Span(start, at))
        tokens = tuple(_token(i, row, span) for i, (row, span) in enumerate(zip(rows, spans, strict=True)))
        found.append(Sentence(len(found), Span(spans[0].start, spans[-1].end), tokens, paragraph=paragraph))
    return tuple(found)


def mentions_from_conllu(conllu: str, text: str | None = None) -> tuple[Mention, ...]:
    """The names tagged in the last column, as `sentences_from_conllu` places them."""
    text = text_from_conllu(conllu) if text is None else text
    found: list[Mention] = []
    for sentence, (rows, _) in zip(sentences_from_conllu(conllu, text), _sentences(conllu), strict=True):
        for token, row in zip(sentence.tokens, rows, strict=True):
            tag = next((part.removeprefix("Name=") for part in row[9].split("|") if part.startswith("Name=")), "O")
            if tag.startswith("B-"):
                found.append(Mention(token.span, cast(MentionKind, tag[2:]), token.text, sentence.index))
            elif tag.startswith("I-"):
                span = Span(found[-1].span.start, token.span.end)
                found[-1] = replace(found[-1], span=span, text=span.of(text))
    return tuple(found)


class FakeNewsreader:
    """A newsreader that knows the parse of its texts by heart: one CoNLL-U text, whose words every document must hold."""

    name = "fake"
    needs = frozenset({"document"})
    adds = frozenset({"sentences", "mentions"})

    def __init__(self, conllu: str) -> None:
        self._conllu = conllu
        self.digest = digest(conllu.encode())

    def __call__(self, reading: Reading) -> Reading:
        document = reading.document
        sentences = sentences_from_conllu(self._conllu, document.text)
        zoned = tuple(replace(s, zone=document.zone_at(s.span.start)) for s in sentences)
        return replace(reading, sentences=zoned, mentions=mentions_from_conllu(self._conllu, document.text))

    def pipe(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        return map(self, readings)


def _sentences(conllu: str) -> Iterator[tuple[list[Row], bool]]:
    """The rows of each sentence, and whether it opens a paragraph; multi-word and empty nodes are left out."""
    rows: list[Row] = []
    new_paragraph = False
    for line in [*(line.strip() for line in conllu.splitlines()), ""]:
        if line.startswith("#"):
            new_paragraph = new_paragraph or line.startswith("# newpar")
        elif line:
            row = line.split("\t") if "\t" in line else line.split()
            if len(row) != _COLUMNS:
                raise ValueError(f"a line of CoNLL-U has {_COLUMNS} fields, not {len(row)}: {line!r}")
            if row[0].isdigit():
                rows.append(row)
        elif rows:
            yield rows, new_paragraph
            rows, new_paragraph = [], False


def _token(i: int, row: Row, span: Span) -> Token:
    head = int(row[6])
    tag, morph = ("" if field == "_" else field for field in (row[4], row[5]))
    return Token(i, span, row[1], row[2], row[3], tag, morph, i if head == 0 else head - 1, row[7])
