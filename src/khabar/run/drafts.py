"""From files to reports that are to be coded: the reading side of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from khabar.errors import EncodingError, InputError, TooLargeError, UnknownKindError
from khabar.records import Problem, Reading
from khabar.records.reading import Severity
from khabar.run.files import Found, blob_of, walk
from khabar.run.pipeline import THEIRS, failure
from khabar.seams import Blob, ReadResult
from khabar.settings import Settings

SNIFFED_BYTES = 1024  # enough for a reader to be chosen by
BATCH_DOCUMENTS = 16  # the newsreader is fastest at 16 together
BATCH_CHARS = 400_000  # of text held at once, whatever the number of documents
BATCH_DRAFTS = 256  # files that gave nothing wait no longer for one that does


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that was read and is to be coded, or the problems of a file or record that gave none."""

    path: Path | None
    reading: Reading | None
    problems: tuple[Problem, ...] = ()


def drafts(roots: Sequence[Path], settings: Settings, published: date | None, encoding: str | None) -> Iterator[Draft]:
    """Every report of every file, and a draft without reading for what gave none."""
    for found in walk(roots):
        if found.problem is not None:
            yield Draft(found.path, None, (found.problem,))
            continue
        result = read_file(found, settings, published, encoding)
        if not result.documents and not result.problems:
            result = refused("empty", f"{found.path}: there are no reports in it", str(found.path))
        documents = [(_place(found, document.record), document) for document in result.documents]
        said: dict[str | None, list[Problem]] = {where: [] for where, _ in documents}
        strays: list[Problem] = []
        for problem in result.problems:
            said.get(problem.where, strays).append(problem)
        if strays:
            yield Draft(found.path, None, tuple(strays))
        for where, document in documents:
            yield Draft(found.path, Reading(document, problems=tuple(said[where])))


def _place(found: Found, record: str) -> str:
    """Where a record stands, as readers write it in their problems."""
    from khabar.readers.report import place

    return place(Blob(b"", found.name, found.path), record)


def read_file(found: Found, settings: Settings, published: date | None, encoding: str | None) -> ReadResult:
    """One file through the reader that knows its kind; whatever is wrong with it is a problem in the result.

    A file of unknown kind that was given by name is an error; one met in a folder is a note, and is not read to its end.
    """
    from khabar.readers import sniff  # late: a text given in memory needs no sniffing

    where = str(found.path)
    try:
        sniff.choose(blob_of(found, SNIFFED_BYTES, cut=True))
        return sniff.read(blob_of(found, settings.limits.blob_bytes, published, encoding), limits=settings.limits)
    except UnknownKindError as error:
        return refused("unknown-kind", str(error), where, "error" if found.given else "note")
    except (InputError, OSError) as error:
        return refused(kind_of(error), str(error), where)
    except THEIRS as error:
        return ReadResult((), (failure("read", error, where),))


def refused(kind: str, message: str, where: str, severity: Severity = "error") -> ReadResult:
    """A file that gave no document, and why."""
    return ReadResult((), (Problem("read", kind, message, severity, where=where),))


def kind_of(error: InputError | OSError) -> str:
    """The short stable name of what kept a file from being read."""
    match error:
        case TooLargeError():
            return "too-large"
        case EncodingError():
            return "encoding"
        case OSError():
            return "unreadable"
        case _:
            return "not-read"


def batches(drafted: Iterable[Draft]) -> Iterator[list[Draft]]:
    """Drafts in groups that are good to annotate together, and small enough to hold."""
    batch: list[Draft] = []
    documents = chars = 0
    for draft in drafted:
        batch.append(draft)
        documents += draft.reading is not None
        chars += len(draft.reading.document.text) if draft.reading else 0
        if documents >= BATCH_DOCUMENTS or chars >= BATCH_CHARS or len(batch) >= BATCH_DRAFTS:
            yield batch
            batch, documents, chars = [], 0, 0
    if batch:
        yield batch
