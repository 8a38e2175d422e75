"""Words that raise a flag on a statement, and words by which a report reserves its judgement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from khabar.errors import KnowledgeError

_FILE = Path(__file__).parent / "data" / "language" / "protection.yaml"
CaveatKind = Literal["unverified", "declined", "no-response"]


@dataclass(frozen=True, slots=True)
class Violation:
    """A flag: raised on statements of some types where a party is one of the words. `either`: as actor or as target."""

    kind: str
    types: frozenset[str]
    victims: frozenset[str]
    either: bool = False


@dataclass(frozen=True, slots=True)
class CaveatCue:
    """A word of reservation and the company it needs: one word of each list nearby."""

    kind: CaveatKind
    company: tuple[frozenset[str], ...]


@cache
def protection() -> tuple[Violation, ...]:
    """The flags, in the order of the data file."""
    try:
        return tuple(
            Violation(row["kind"], frozenset(row["types"]), frozenset(row["victims"]), bool(row.get("either", False)))
            for row in _table()["violations"]
        )
    except (KeyError, TypeError) as error:
        raise KnowledgeError(f"{_FILE.name}, violations: {error!r}") from error


@cache
def caveat_cues() -> Mapping[str, tuple[CaveatCue, ...]]:
    """Words of reservation by lemma."""
    found: dict[str, list[CaveatCue]] = {}
    try:
        for row in _table()["caveats"]:
            cue = CaveatCue(row["kind"], tuple(frozenset(choice) for choice in row["company"]))
            for word in row["words"]:
                found.setdefault(word, []).append(cue)
    except (KeyError, TypeError) as error:
        raise KnowledgeError(f"{_FILE.name}, caveats: {error!r}") from error
    return {word: tuple(cues) for word, cues in found.items()}


def _table() -> Any:
    return yaml.safe_load(_FILE.read_text(encoding="utf-8"))
