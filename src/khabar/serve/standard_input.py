"""Standard input as a file, since the engine reads files; nothing that is kept or said gives the file's passing name away."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from khabar.records import Problem

if TYPE_CHECKING:
    from khabar.run.engine import Outcome

CALLED = "standard input"


@contextmanager
def standard_input(most_bytes: int) -> Iterator[Path]:
    """What stands on standard input, as a file: reports in it are named "stdin".

    One byte more than the bound is taken, so that the engine says what is too large.
    """
    with TemporaryDirectory(prefix="khabar-") as folder:
        path = Path(folder) / "stdin"
        path.write_bytes(sys.stdin.buffer.read(most_bytes + 1))
        yield path


def without_passing_name(outcome: Outcome, path: Path) -> Outcome:
    """The outcome with "standard input" in its problems, so that what is read twice is the same twice."""
    if outcome.path != path:
        return outcome
    reading = outcome.reading and replace(outcome.reading, problems=_renamed(outcome.reading.problems, str(path)))
    return replace(outcome, reading=reading, problems=_renamed(outcome.problems, str(path)), path=None)


def _renamed(problems: tuple[Problem, ...], path: str) -> tuple[Problem, ...]:
    return tuple(replace(p, message=p.message.replace(path, CALLED), where=p.where and p.where.replace(path, CALLED)) for p in problems)
