"""Every place where another implementation can be plugged in: one protocol each. Built-ins come through the same door
(`khabar.plugins`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Protocol, runtime_checkable

from khabar.records import Actor, Decision, Document, PlaceEntry, Problem, Reading, Run


@dataclass(frozen=True, slots=True)
class Blob:
    """Bytes to be read: their content, the name that reports from them take, where they came from, and what is known of them."""

    data: bytes
    name: str
    path: Path | None = None
    published: date | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What one blob gave: documents, and a problem for every record that gave none."""

    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()


@runtime_checkable
class Reader(Protocol):
    """Bytes of one format to documents. Never raises on content: what cannot be read is a problem in the result."""

    name: str
    suffixes: frozenset[str]

    def read(self, blob: Blob) -> ReadResult: ...


@runtime_checkable
class Stage(Protocol):
    """A step of the way of a report. `needs` and `adds` name fields of `Reading`; a pipeline in the wrong order is refused."""

    name: str
    needs: frozenset[str]
    adds: frozenset[str]

    def __call__(self, reading: Reading) -> Reading: ...


@runtime_checkable
class Newsreader(Stage, Protocol):
    """The stage that adds sentences and mentions. `digest` identifies its weights: it enters every run."""

    digest: str

    def pipe(self, readings: Iterable[Reading]) -> Iterator[Reading]: ...


@runtime_checkable
class Gazetteer(Protocol):
    """Places by name. Names are folded (case, accents, punctuation, articles, "province of …") before they are compared."""

    digest: str

    def lookup(self, name: str) -> Sequence[PlaceEntry]:
        """Every entry of that name, the most populous first; empty where there is none."""
        ...

    def entry(self, id: str) -> PlaceEntry | None: ...

    def attributions(self) -> Sequence[str]: ...


@runtime_checkable
class ActorRegister(Protocol):
    """Actors by name, alias or acronym, and offices by title, at a date."""

    digest: str

    def lookup(self, name: str) -> Sequence[Actor]:
        """Every actor of that name or alias, those who exist at any time; empty where there is none."""
        ...

    def actor(self, id: str) -> Actor | None: ...

    def holder(self, title: str, *, country: str | None = None, body: str | None = None, on: date) -> Actor | None:
        """Who held an office ("defence minister") of a country or body on a day; None where the register does not know."""
        ...


@dataclass(frozen=True, slots=True)
class StoredReading:
    """What a store answers to `save`: what became of the document."""

    document: str
    outcome: str  # "new", "unchanged" or "superseded"


@dataclass(frozen=True, slots=True)
class Tally:
    """How much a store holds, current statements only."""

    documents: int = 0
    statements: int = 0
    problems: int = 0
    by: Mapping[str, int] = field(default_factory=dict)


@runtime_checkable
class Store(Protocol):
    """Keeps readings, runs and decisions; nothing that was acknowledged is lost, nothing is deleted."""

    def save(self, reading: Reading, run: Run) -> StoredReading:
        """Keep a reading; durable when it returns. The same reading under the same run changes nothing; under another
        run it supersedes what the old one said, which stays readable."""
        ...

    def reading(self, report: str, *, run: str | None = None) -> Reading:
        """By name or document id, as the current run (or the run with that fingerprint) read it; `NotFoundError`."""
        ...

    def readings(self) -> Iterator[Reading]:
        """Every current reading, in order of name, one at a time."""
        ...

    def statement(self, id: str) -> Reading:
        """The reading that holds a statement, by its id or any unambiguous beginning of it; `NotFoundError`."""
        ...

    def decide(self, decision: Decision) -> None: ...

    def decisions(self, document: str | None = None) -> Iterator[Decision]: ...

    def tally(self) -> Tally: ...

    def close(self) -> None: ...


@runtime_checkable
class Exporter(Protocol):
    """Readings to a file of some format, one at a time so that memory stays flat."""

    name: str

    def write(self, readings: Iterable[Reading], out: IO[str]) -> None: ...
