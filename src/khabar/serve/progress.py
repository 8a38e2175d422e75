"""How far a run is: one line on standard error, redrawn in place, with rate and remaining time. Silent where that is no terminal."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

from khabar.serve.slots import counted

REDRAW_SECONDS = 0.1
_ERASE_LINE = "\r\x1b[K"


class ProgressLine:
    """A line that is rubbed out before anything else is written, so that tables and progress share one terminal."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._live = stream.isatty()
        self._start = clock()
        self._drawn_at = float("-inf")
        self._drawn = False

    def update(self, done: int, total: int, reports: int) -> None:
        """Show that `done` of `total` files are read and gave `reports` reports."""
        now = self._clock()
        if not self._live or now - self._drawn_at < REDRAW_SECONDS:
            return
        self._drawn_at, self._drawn = now, True
        self._stream.write(_ERASE_LINE + progress_in_words(done, total, reports, now - self._start))
        self._stream.flush()

    def clear(self) -> None:
        if self._drawn:
            self._stream.write(_ERASE_LINE)
            self._stream.flush()
            self._drawn = False


def progress_in_words(done: int, total: int, reports: int, seconds: float) -> str:
    """ "12 of 80 files · 11 reports · 3.4 files/s · 20 s left"; without a rate until there is one."""
    line = f"{done:,} of {counted(total, 'file')} · {counted(reports, 'report')}"
    if done and seconds > 0:
        rate = done / seconds
        line += f" · {rate:.1f} files/s · {duration_in_words((total - done) / rate)} left"
    return line


def duration_in_words(seconds: float) -> str:
    """ "8 s", "4 min 10 s", "2 h 5 min"."""
    whole = round(seconds)
    hours, minutes, rest = whole // 3600, whole % 3600 // 60, whole % 60
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
