"""JSON Lines: one line, one report, with what its publisher says of it in fields of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

import msgspec

from khabar.errors import EncodingError
from khabar.readers.days import whole_day
from khabar.readers.decode import decode
from khabar.readers.report import STAGE, Found, document, place
from khabar.readers.text import oversized
from khabar.records import Document, Problem, Sighting, digest
from khabar.seams import Blob, ReadResult
from khabar.settings import Limits

_MOST_BROKEN = 1_000  # lines whose problems are told one by one: a file of rubbish must not fill the memory
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


class Row(msgspec.Struct):
    """The fields of a line that are read; others are left alone."""

    text: str | None = None
    published: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class JsonlReader:
    """Reads .jsonl and .ndjson. A broken line is a problem of its own, and the lines around it are read."""

    name: ClassVar[str] = "jsonl"
    suffixes: ClassVar[frozenset[str]] = frozenset({".jsonl", ".ndjson"})
    extractor: ClassVar[str] = "jsonl/1"
    limits: Limits = field(default_factory=Limits)

    def read(self, blob: Blob) -> ReadResult:
        """The reports of all lines, and a problem for each line that gave none."""
        if problem := oversized(blob, self.limits):
            return ReadResult(problems=(problem,))
        documents: list[Document] = []
        problems: list[Problem] = []
        broken = 0
        blob_digest = digest(blob.data)
        try:
            for number, line in _lines(blob):
                made, wrong = self._record(line, number, blob, blob_digest)
                broken += made is None
                if made is not None or broken <= _MOST_BROKEN:
                    problems.extend(wrong)
                if made is not None:
                    documents.append(made)
        except EncodingError as error:
            problems.append(Problem(STAGE, "encoding", str(error), where=place(blob)))
        if broken > _MOST_BROKEN:
            message = f"{broken - _MOST_BROKEN:,} more lines gave no report; the first {_MOST_BROKEN:,} are told one by one"
            problems.append(Problem(STAGE, "bad-line", message, where=place(blob)))
        if not documents and not problems:
            problems.append(Problem(STAGE, "empty", "there are no lines in it", where=place(blob)))
        return ReadResult(tuple(documents), tuple(problems))

    def _record(self, line: bytes, number: str, blob: Blob, blob_digest: str) -> tuple[Document | None, list[Problem]]:
        where = place(blob, number)
        try:
            row = msgspec.json.decode(decode(line, declared="utf-8").text, type=Row)
        except EncodingError as error:
            return None, [Problem(STAGE, "encoding", f"within the line, {error}", where=where)]
        except (msgspec.DecodeError, RecursionError) as error:
            return None, [Problem(STAGE, "bad-line", f"it is no JSON object with the fields of a report: {error}", where=where)]
        if row.text is None:
            return None, [Problem(STAGE, "bad-line", "it has no field `text`", where=where)]
        if "\x00" in row.text:
            return None, [Problem(STAGE, "encoding", f"character {row.text.index(chr(0))} of `text` is NUL: this is no text", where=where)]
        published, problems = _published(row, where)
        sightings = (Sighting(row.publisher, row.url),) if row.publisher or row.url else ()
        name = row.name or f"{blob.name}-{number}"
        found = Found(row.text, name, blob_digest, self.extractor, number, row.title or None, published, sightings)
        made, wrong = document(found, blob, self.limits)
        return made, [*problems, *wrong]


def _lines(blob: Blob) -> Iterator[tuple[str, bytes]]:
    """Every line that is not blank, with its number from 1, in UTF-8. Only a line feed ends a line of JSON."""
    content = blob.data
    if blob.encoding is not None or content.startswith(_WIDE_MARKS):
        content = decode(content, declared=blob.encoding).text.encode("utf-8", "surrogatepass")
    for number, line in enumerate(content.split(b"\n"), 1):
        if line.strip():
            yield str(number), line


def _published(row: Row, where: str) -> tuple[date | None, list[Problem]]:
    if not row.published:
        return None, []
    found = whole_day(row.published[:100])
    if found is not None:
        return found[0], []
    message = f"its field `published` is {row.published[:40]!r} and not a day such as 2021-08-25"
    return None, [Problem(STAGE, "bad-date", message, "warning", where=where)]
