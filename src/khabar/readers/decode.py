"""From bytes to text, without guessing in silence: no newline is translated, a byte-order mark is dropped, and what had to
be guessed is said."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from khabar.errors import EncodingError

# Longer marks first: UTF-32's begins with UTF-16's.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# What may be guessed: the encodings that news in any language was written in before UTF-8, Western ones first.
# Left to itself the detector also proposes mainframe code pages, which decode anything into something.
_GUESSABLE = (
    "cp1252", "iso8859_15", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256",
    "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
)  # fmt: skip

_SAMPLE_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text, the encoding it was read in, and a remark where that encoding was guessed."""

    text: str
    encoding: str
    remark: str | None = None


def decode(blob: bytes, *, declared: str | None = None) -> Decoded:
    """The text of some bytes: by their mark, else as declared, else as UTF-8, else as detected (with a remark).

    Raises EncodingError with the number of the first byte (from 0) that is not valid, and where the bytes are no text at all.
    """
    for mark, encoding in _MARKS:
        if blob.startswith(mark):
            return Decoded(_textual(_strict(blob[len(mark) :], encoding, len(mark)), encoding), encoding)
    if declared is not None:
        return Decoded(_textual(_strict(blob, _known(declared), 0), declared), _known(declared))
    try:
        return Decoded(_textual(blob.decode("utf-8"), "utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _guess(blob, error.start)


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except (LookupError, ValueError) as error:
        raise EncodingError(f"no encoding is called {encoding!r}; declare one that Python knows, such as utf-8 or cp1252") from error


def _strict(blob: bytes, encoding: str, skipped: int) -> str:
    try:
        return blob.decode(encoding)
    except UnicodeDecodeError as error:
        byte = error.start + skipped
        bad = f"0x{blob[error.start]:02X}" if error.start < len(blob) else "the end"
        raise EncodingError(
            f"byte {byte} ({bad}) is not valid {encoding}: {error.reason}; declare the right encoding", byte=byte
        ) from error
    except (UnicodeError, LookupError, ValueError) as error:
        raise EncodingError(f"{encoding} does not turn bytes into text: {error}") from error


def _guess(blob: bytes, byte: int) -> Decoded:
    bad = f"byte {byte} (0x{blob[byte]:02X}) is not valid UTF-8"
    nul = blob.find(0)
    if nul >= 0:
        raise EncodingError(f"{bad} and byte {nul} is NUL: this is no text, or UTF-16 without its mark; declare the encoding", byte=byte)
    if _mostly_utf8(blob):
        raise EncodingError(f"{bad}, though the rest is UTF-8: the file is damaged; mend it or declare its encoding", byte=byte)
    encoding = _detect(blob, byte)
    if encoding is None:
        raise EncodingError(f"{bad}, and no other encoding fits; declare the right one", byte=byte)
    text = _textual(_strict(blob, encoding, 0), encoding)
    return Decoded(text, encoding, f"{bad}; read as {encoding}, which is a guess: declare the encoding to be sure")


def _mostly_utf8(blob: bytes) -> bool:
    """Whether well-formed multi-byte characters outnumber the broken bytes: then the file is UTF-8 and damaged."""
    kept = blob.decode("utf-8", "replace")
    broken = kept.count("\ufffd")
    return len(kept.encode("ascii", "ignore")) + 2 * broken < len(kept)


def _detect(blob: bytes, byte: int) -> str | None:
    """The most likely encoding, judged by a sample around the byte that is no UTF-8; None where nothing fits."""
    from charset_normalizer import from_bytes

    start = max(0, byte - _SAMPLE_BYTES // 2)
    sample = blob[start : start + _SAMPLE_BYTES]
    best = from_bytes(sample, cp_isolation=list(_GUESSABLE), preemptive_behaviour=False).best()
    if best is None:
        return None
    # Several code pages often read a sample alike: name the commonest of them.
    alike = (e for e in _GUESSABLE if sample.decode(e, "replace") == str(best))
    return next(alike, str(best.encoding))


def _textual(text: str, encoding: str) -> str:
    nul = text.find("\x00")
    if nul >= 0:
        byte = len(text[:nul].encode(encoding, "replace"))
        raise EncodingError(f"character {nul} is NUL: this is no text (or it is UTF-16 without its mark); declare the encoding", byte=byte)
    return text
