"""Standard output as khabar uses it: colours and the terminal's width there, plain and wide in a pipe."""

from __future__ import annotations

import codecs
import io
import sys
from collections import defaultdict
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

EXIT_OK = 0
EXIT_PROBLEMS = 1  # done, but not everything could be read
EXIT_REFUSED = 2  # not done: what was asked for is impossible
PIPED_WIDTH = 160
# Marks of telling must not all turn into question marks, for that is one of them.
_STAND_INS = defaultdict(
    lambda: "_",
    str.maketrans({"→": ">", "–": "-", "·": ",", "✓": "+", "✗": "x", "❝": '"', "“": '"', "”": '"', "’": "'", "▷": "^", "⑂": "%", "⚑": "!"}),
)


def steady(stream: TextIO) -> TextIO:
    """The stream set to UTF-8 without newline translation, whatever the locale says: formats do not depend on the machine."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", newline="")
    return stream


def forgiving(stream: TextIO) -> TextIO:
    """The stream set to write plain stand-ins for characters that its encoding lacks, instead of failing in the middle of a report."""
    if isinstance(stream, io.TextIOWrapper):
        codecs.register_error("khabar.plain", _plain)
        stream.reconfigure(errors="khabar.plain")
    return stream


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return error.object[error.start : error.end].translate(_STAND_INS), error.end


def printer(stream: TextIO | None = None) -> Console:
    """A console for tables. Never takes words for markup, and breaks no names apart to colour them."""
    from rich.console import Console

    out = forgiving(stream or sys.stdout)
    width = None if out.isatty() else PIPED_WIDTH
    return Console(file=out, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False)
