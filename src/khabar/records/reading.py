"""The one object that travels: a report, read a little further by each stage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from khabar.records.actor import Source
from khabar.records.document import Document
from khabar.records.sentence import Mention, Sentence
from khabar.records.statement import Statement
from khabar.records.value import Span

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What a stage could not do, kept beside what it did: what was wrong, where, and what to do about it.

    `kind` is a short stable name ("encoding", "no-date", "too-large"); `where` names the file or record.
    """

    stage: str
    kind: str
    message: str
    severity: Severity = "error"
    span: Span | None = None
    where: str | None = None


@dataclass(frozen=True, slots=True)
class Caveat:
    """A reservation of the report itself ("could not be independently verified"), with who makes it."""

    kind: Literal["unverified", "declined", "no-response"]
    span: Span
    speaker: Source | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A document and all that was read out of it. Stages return a fuller copy and never change what they were given."""

    document: Document
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    problems: tuple[Problem, ...] = ()

    def with_problem(self, problem: Problem) -> Reading:
        return replace(self, problems=(*self.problems, problem))

    def sentence_at(self, offset: int) -> Sentence | None:
        return next((s for s in self.sentences if s.span.start <= offset < s.span.end), None)
