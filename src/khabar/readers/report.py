"""From a report's text, and what is known beside it, to a document: the one place where documents are made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from khabar.readers.zones import Layout, layout
from khabar.records import Document, Problem, Sighting, Value, document_id
from khabar.seams import Blob
from khabar.settings import Limits

STAGE = "read"


@dataclass(frozen=True, slots=True)
class Found:
    """A report as a reader found it in a blob: its text, where in the blob it stood, and what stood beside it.

    `blob` is the SHA-256 of the blob, which a reader takes once for all that it holds.
    """

    text: str
    name: str
    blob: str
    extractor: str
    record: str = ""
    title: str | None = None
    published: date | None = None
    sightings: tuple[Sighting, ...] = ()


def place(blob: Blob, record: str = "") -> str:
    """What to call a blob, or a record in it, in a problem."""
    path = str(blob.path) if blob.path is not None else blob.name
    return f"{path}, line {record}" if record else path


def document(found: Found, blob: Blob, limits: Limits) -> tuple[Document | None, tuple[Problem, ...]]:
    """The document, and what is wrong with it; no document where there is no text, or more than the limits allow."""
    where = place(blob, found.record)
    if not found.text.strip():
        return None, (Problem(STAGE, "empty", "there are no words in it", where=where),)
    if len(found.text) > limits.document_chars:
        size = f"it has {len(found.text):,} characters and the limit is {limits.document_chars:,}"
        message = f"{size}; split it, or raise limits.document_chars in khabar.toml"
        return None, (Problem(STAGE, "too-large", message, where=where),)
    marked = layout(found.text, title=found.title)
    published, problems = _published(found, blob, marked, where)
    title = found.title or (marked.headline.of(found.text) if marked.headline else None)
    made = Document(
        id=document_id(found.blob, found.record, found.extractor, found.text),
        name=found.name,
        text=found.text,
        published=published,
        zones=marked.zones,
        title=title,
        sightings=found.sightings,
        blob=found.blob,
        record=found.record,
        extractor=found.extractor,
    )
    return made, problems


def _published(found: Found, blob: Blob, marked: Layout, where: str) -> tuple[Value[date], tuple[Problem, ...]]:
    """The publication date: as the record's field or the text's header says, else as the caller does, else a dateline with its year."""
    answers: list[Value[date]] = []
    if found.published is not None:
        answers.append(Value(found.published, because="read.field"))
    if marked.header_day is not None:
        answers.append(Value(marked.header_day[0], marked.header_day[1], because="read.header"))
    if blob.published is not None:
        answers.append(Value(blob.published, because="read.option"))
    if not answers and marked.dateline_day is not None:
        answers.append(Value(marked.dateline_day[0], marked.dateline_day[1], because="read.dateline", confidence=0.8))
    if answers:
        others = [a for a in answers[1:] if a.value != answers[0].value]
        return answers[0], tuple(_differs(answers[0], other, where) for other in others)
    reason = f"the header's date, {marked.misdated}, is on no calendar" if marked.misdated else "the report gives no publication date"
    message = f"{reason}: days such as “Tuesday” cannot be resolved; give --published, or a header or field with the date"
    return Value.unknown(reason, because="read.published"), (Problem(STAGE, "no-date", message, "warning", where=where),)


def _differs(taken: Value[date], other: Value[date], where: str) -> Problem:
    sides = {"read.option": "the option", "read.field": "the field `published`", "read.header": "the text's header"}
    days = f"{sides[taken.because]} gives {taken.value} as the day of publication and {sides[other.because]} {other.value}"
    message = f"{days}; the former was taken"
    return Problem(STAGE, "dates-differ", message, "warning", span=other.span, where=where)
