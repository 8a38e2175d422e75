"""A newsreader and stages that need no model, and a package that offers them as plug-ins."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reading_builders import a_statement

from khabar.errors import KnowledgeError
from khabar.records import Problem, Reading, Sentence, Span, Value, Values
from khabar.settings import Limits

ENTRY_POINTS = """
[khabar.newsreaders]
fake = fakes:FakeNewsreader

[khabar.stages]
fake-extract = fakes:FakeExtract
fake-limited = fakes:FakeLimited
fake-nosuch = fakes:nosuch
fake-needy = fakes:FakeNeedy
fake-deadly = fakes:FakeDeadly
fake-faulty = fakes:FakeFaulty
"""


def offer(folder: Path) -> None:
    """Write what an installed package tells of its plug-ins; `folder` must then stand on the path."""
    info = folder / "fakes-1.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: fakes\nVersion: 1.0\n")


class FakeNewsreader:
    """One sentence a document. A text that holds "unreadable" breaks it."""

    name = "fake"
    digest = "0123456789abcdef"
    needs = frozenset({"document"})
    adds = frozenset({"sentences", "mentions"})

    def __init__(self) -> None:
        self.batches: list[int] = []

    def __call__(self, reading: Reading) -> Reading:
        if "unreadable" in reading.document.text:
            raise IndexError("tree out of range")
        return replace(reading, sentences=(Sentence(0, Span(0, len(reading.document.text)), ()),))

    def pipe(self, readings: Iterable[Reading]) -> Iterator[Reading]:
        held = list(readings)
        self.batches.append(len(held))
        for reading in held:
            yield self(reading)


class FakeExtract:
    """A capture wherever something is seized."""

    name = "fake-extract"
    needs = frozenset({"sentences"})
    adds = frozenset({"statements"})

    def __call__(self, reading: Reading) -> Reading:
        if "seized" not in reading.document.text:
            return reading
        nothing: Values[Any] = Values(reason="not looked for")
        slots = dict.fromkeys(("actors", "places", "sources", "quantities"), nothing)
        return replace(reading, statements=(a_statement(reading.document, when=Value.unknown("not looked for"), **slots),))


class FakeNeedy:
    """A stage that needs what nothing adds."""

    name = "fake-needy"
    needs = frozenset({"caveats"})
    adds = frozenset({"statements"})

    def __call__(self, reading: Reading) -> Reading:
        return reading


class FakeFaulty:
    """A stage whose knowledge is faulty."""

    name = "fake-faulty"
    needs = frozenset({"document"})
    adds = frozenset({"statements"})

    def __call__(self, reading: Reading) -> Reading:
        raise KnowledgeError("a faulty row")


class FakeDeadly:
    """A stage that a text which holds "deadly" kills, with the process that it runs in."""

    name = "fake-deadly"
    needs = frozenset({"document"})
    adds = frozenset({"statements"})

    def __call__(self, reading: Reading) -> Reading:
        if "deadly" in reading.document.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return reading


@dataclass(frozen=True)
class FakeLimited:
    """A stage that asks for the limits."""

    limits: Limits
    name: str = "fake-limited"
    needs: frozenset[str] = frozenset({"document"})
    adds: frozenset[str] = frozenset()

    def __call__(self, reading: Reading) -> Reading:
        return reading.with_problem(Problem(self.name, "limit", str(self.limits.statements), "note"))


@dataclass(frozen=True)
class Step:
    """A stage that only has a place in the order; with `error`, it raises."""

    name: str
    needs: frozenset[str] = frozenset()
    adds: frozenset[str] = frozenset()
    error: BaseException | None = None
    failures: tuple[type[Exception], ...] = ()

    def __call__(self, reading: Reading) -> Reading:
        if self.error is not None:
            raise self.error
        return reading.with_problem(Problem(self.name, "ran", "", "note"))


def step(name: str, needs: str = "", adds: str = "", error: BaseException | None = None, *failures: type[Exception]) -> Step:
    return Step(name, frozenset(needs.split()), frozenset(adds.split()), error, failures)
