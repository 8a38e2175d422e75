"""Plain text: one file, one report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import ClassVar

from khabar.errors import EncodingError
from khabar.readers.decode import decode
from khabar.readers.report import STAGE, Found, document, place
from khabar.records import Problem, digest
from khabar.seams import Blob, ReadResult
from khabar.settings import Limits


@dataclass(frozen=True, slots=True)
class TextReader:
    """Reads .txt files and files without a suffix."""

    name: ClassVar[str] = "text"
    suffixes: ClassVar[frozenset[str]] = frozenset({".txt", ""})
    extractor: ClassVar[str] = "text/1"
    limits: Limits = field(default_factory=Limits)

    def read(self, blob: Blob) -> ReadResult:
        """The report that a file holds, or the reason why it holds none."""
        if problem := oversized(blob, self.limits):
            return ReadResult(problems=(problem,))
        try:
            decoded = decode(blob.data, declared=blob.encoding)
        except EncodingError as error:
            return ReadResult(problems=(Problem(STAGE, "encoding", str(error), where=place(blob)),))
        remarks = (Problem(STAGE, "encoding", decoded.remark, "warning", where=place(blob)),) if decoded.remark else ()
        made, problems = document(Found(decoded.text, blob.name, digest(blob.data), self.extractor), blob, self.limits)
        return ReadResult((made,) if made else (), (*remarks, *problems))


def oversized(blob: Blob, limits: Limits) -> Problem | None:
    """The problem of a blob with more bytes than the limits allow."""
    if len(blob.data) <= limits.blob_bytes:
        return None
    message = f"it has {len(blob.data):,} bytes and the limit is {limits.blob_bytes:,}; split it, or raise limits.blob_bytes in khabar.toml"
    return Problem(STAGE, "too-large", message, where=place(blob))
