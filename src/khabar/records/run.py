"""Runs and decisions: which khabar said it, and what people said since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from khabar.records.document import digest
from khabar.records.value import Span


@dataclass(frozen=True, slots=True)
class Run:
    """What a coding was made with. Two runs with one `fingerprint` say the same of the same document."""

    khabar: str
    newsreader: str
    knowledge: str

    @property
    def fingerprint(self) -> str:
        return digest("\x1f".join((self.khabar, self.newsreader, self.knowledge)).encode())[:16]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a field of a statement: append-only, anchored to words and not to an id of a run."""

    document: str
    trigger: Span
    field: str
    decided: str
    by: str
    at: datetime
    reason: str
