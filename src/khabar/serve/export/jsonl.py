"""JSON Lines: one report a line, as the codec writes it and the scorer reads it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO

from khabar.records import Reading


class JsonlExporter:
    """Each line is written out at once, so that a program at the other end of a pipe need not wait."""

    name = "jsonl"

    def write(self, readings: Iterable[Reading], out: IO[str]) -> None:
        from khabar.records.codec import report_line

        for reading in readings:
            out.write(_line(report_line(reading)) + "\n")
            out.flush()


def _line(report: object) -> str:
    """JSON on one line, in plain characters where UTF-8 can hold them and in escapes where it cannot (half surrogates)."""
    line = json.dumps(report, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(report, allow_nan=False, separators=(",", ":"))
    return line
