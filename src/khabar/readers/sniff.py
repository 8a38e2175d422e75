"""Which reader a file is for: by its suffix, and by its first bytes where these say otherwise."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from khabar import plugins
from khabar.errors import UnknownKindError
from khabar.readers.report import STAGE, place
from khabar.records import Problem
from khabar.seams import Blob, Reader, ReadResult
from khabar.settings import Limits

# First bytes that are never a report's, whatever the suffix says.
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (or a document of Word, Excel or the like)"),
    (b"\xd0\xcf\x11\xe0", "a document of old Word, Excel or the like"),
    (b"{\\rtf", "a rich-text document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "an SQLite database (open it with `--store`)"),
)
_MARKUP = (b"<!doctype html", b"<html", b"<?xml")


def choose(blob: Blob, readers: Mapping[str, Callable[[], Reader]] | None = None) -> Reader:
    """The reader for a blob: among plug-ins, the one whose suffixes hold its own.

    A blob without a path, or without a suffix, is JSON Lines where its first line is a JSON object, and text otherwise.
    Raises UnknownKindError where no reader takes it, or where its first bytes show that it is something else.
    """
    found = [make() for make in (readers if readers is not None else _installed()).values()]
    taken = sorted({suffix or "no suffix" for reader in found for suffix in reader.suffixes})
    if other := _other_kind(blob.data[:1024]):
        raise UnknownKindError(f"{place(blob)} is {other}, which no reader takes; give its text as one of: {', '.join(taken)}")
    suffix = blob.path.suffix.lower() if blob.path is not None else ""
    if suffix == "" and blob.data[:200].lstrip().startswith(b"{"):
        suffix = ".jsonl"
    reader = next((r for r in found if suffix in r.suffixes), None)
    if reader is None:
        raise UnknownKindError(
            f"{place(blob)}: no reader takes {suffix or 'files without a suffix'}; there are readers for: {', '.join(taken)}"
        )
    return reader


def read(blob: Blob, *, limits: Limits | None = None) -> ReadResult:
    """Read a blob with the reader that `choose` finds; that there is none is a problem in the result."""
    bounds = limits or Limits()
    try:
        reader = choose(blob, {name: partial(make, bounds) for name, make in _installed().items()})
    except UnknownKindError as error:
        return ReadResult(problems=(Problem(STAGE, "unknown-kind", str(error), where=place(blob)),))
    return reader.read(blob)


@cache
def _installed() -> Mapping[str, Any]:
    """The plug-ins by name: each is called with the limits to obey, or without for its own."""
    return {name: plugins.load("khabar.readers", name) for name in plugins.available("khabar.readers")}


def _other_kind(beginning: bytes) -> str | None:
    head = beginning.lstrip()
    if head[:64].lower().startswith(_MARKUP):
        return "a page in HTML or XML"
    return next((kind for signature, kind in _SIGNATURES if beginning.startswith(signature)), None)
