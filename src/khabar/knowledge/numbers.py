"""Numbers as words: what they mean as bounds, by a named policy."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import re2
import yaml

from khabar.errors import KnowledgeError

_FILE = Path(__file__).parent / "data" / "language" / "numbers.yaml"
_FIGURE = re2.compile(r"^\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$")
_FIGURE_UNIT = re2.compile(r"^(\d[\d,.]*)(k|m|mn)$")


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most a number may mean, both included; None is open."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """The policy's words. `digest` identifies the file's content."""

    policy: str
    exact: Mapping[str, int]
    multipliers: Mapping[str, int]
    vague: Mapping[str, Bounds]
    at_least: tuple[tuple[str, ...], ...]
    at_most: tuple[tuple[str, ...], ...]
    about: tuple[tuple[str, ...], ...]
    rates: tuple[tuple[str, ...], ...]
    shares: tuple[tuple[str, ...], ...]
    kind_of_trigger: Mapping[str, str]
    kind_of_type: Mapping[str, str]
    kind_of_class: Mapping[str, str]
    digest: str

    def is_number(self, word: str) -> bool:
        """Whether a lower-case word is part of a number."""
        return (
            word in self.exact
            or word in self.multipliers
            or word in self.vague
            or figure(word) is not None
            or all(p in self.exact for p in word.split("-"))
        )

    def read(self, words: Sequence[str]) -> Bounds | None:
        """The bounds of a number's words ("twenty", "-", "three", "thousand"), qualifiers apart; None where they make no number."""
        phrase = " ".join(words)
        if phrase in self.vague:
            return self.vague[phrase]
        total: float = 0
        current: float | None = None
        for word in words:
            if word in {"and", "-", "a", "an", "of"}:
                continue
            known = self._one(word)
            if word in self.multipliers:
                factor = self.multipliers[word]
                current = (1 if current is None else current) * factor
                if factor >= 1000:
                    total, current = total + current, None
            elif word in self.vague:
                return self.vague[word]
            elif word == "half":
                current = 0.5
            elif known is not None:
                current = known if current is None else current + known
            else:
                return None
        total += current or 0
        number = int(total)
        return Bounds(number, number)

    def _one(self, word: str) -> float | None:
        value = figure(word)
        if value is not None:
            return value
        if word in self.exact:
            return self.exact[word]
        parts = word.split("-")
        if len(parts) == 2 and all(p in self.exact for p in parts):
            return self.exact[parts[0]] + self.exact[parts[1]]
        return None


def figure(word: str) -> float | None:
    """A number in figures ("1,200", "2.5", "20k"); None for anything else, and for what is longer than any count."""
    if not word[:1].isdigit() or len(word) > 15 or not word.isascii():
        return None
    if _FIGURE.match(word):
        return float(word.replace(",", "").replace(" ", ""))
    unit = _FIGURE_UNIT.match(word)
    if unit and _FIGURE.match(unit.group(1)):
        return float(unit.group(1).replace(",", "")) * {"k": 1_000, "m": 1_000_000, "mn": 1_000_000}[unit.group(2)]
    return None


@cache
def numbers() -> Numbers:
    """The number words of the data file, read once."""
    raw = _FILE.read_bytes()
    table = yaml.safe_load(raw)
    try:
        return Numbers(
            policy=table["policy"],
            exact=table["exact"],
            multipliers=table["multipliers"],
            vague={k: Bounds(*v) for k, v in table["vague"].items()},
            at_least=_phrases(table["at_least"]),
            at_most=_phrases(table["at_most"]),
            about=_phrases(table["about"]),
            rates=_phrases(table["rates"]),
            shares=_phrases(table["shares"]),
            kind_of_trigger={word: kind for kind, words in table["kinds_by_trigger"].items() for word in words},
            kind_of_type=table["kinds_by_type"],
            kind_of_class=table["kinds_by_class"],
            digest=hashlib.sha256(raw).hexdigest(),
        )
    except (KeyError, TypeError) as error:
        raise KnowledgeError(f"{_FILE.name}: {error!r}") from error


def _phrases(rows: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(row.split()) for row in rows), key=len, reverse=True))
