"""A document: one unchanging text, its zones, and where it was seen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from khabar.records.value import Span, Value

ZoneKind = Literal["header", "headline", "dateline", "body", "heading", "caption", "credit", "quotation"]


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of text with a part to play. Quotations may lie within body or caption; other zones do not overlap."""

    kind: ZoneKind
    span: Span


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where and when a text was seen. A reprint is evidence too, so a document may have many."""

    publisher: str | None = None
    url: str | None = None
    retrieved: datetime | None = None


def digest(data: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def document_id(blob: str, record: str, extractor: str, text: str) -> str:
    """The identity of a document: its blob, the record within it, the reader's version and its text.

    `blob` is the SHA-256 of the bytes read, `record` says where in them the report stands ("" for the whole file,
    "3" for the third line). 16 hexadecimal digits: collisions are negligible below 100 million documents.
    """
    return digest("\x1f".join((blob, record, extractor, digest(text.encode("utf-8", "surrogatepass")))).encode())[:16]


@dataclass(frozen=True, slots=True)
class Document:
    """One report as read. `text` is never altered, and every offset in khabar counts its code points.

    `name` is what people call the report: its `name` field, else its path below the folder read, without suffix.
    `published` is the day of publication, with the zone or option it was read from, or the reason why it is unknown.
    """

    id: str
    name: str
    text: str
    published: Value[date]
    zones: tuple[Zone, ...] = ()
    title: str | None = None
    sightings: tuple[Sighting, ...] = ()
    blob: str = ""
    record: str = ""
    extractor: str = ""

    def zone_at(self, offset: int) -> ZoneKind:
        """The kind of the zone that holds `offset`; quotations apart, since they lie within other zones. Takes the time of a look
        at every zone: to ask of many offsets, walk `zones` beside them."""
        return next((z.kind for z in self.zones if z.kind != "quotation" and z.span.start <= offset < z.span.end), "body")

    def zones_of(self, kind: ZoneKind) -> tuple[Zone, ...]:
        return tuple(z for z in self.zones if z.kind == kind)
