"""Acronyms that a report introduces itself: "the National Movement (NM)"."""

from __future__ import annotations

from collections.abc import Sequence

import re2

from khabar.knowledge.actors import fold

_BRACKET = re2.compile(r"\(([A-Z][A-Za-z0-9/\-]{1,9})\)")
_BEFORE = 90  # characters before a bracket in which the name that it shortens is looked for
_MOST_WORDS = 9
_SMALL = frozenset({"of", "the", "for", "and", "in", "to", "de", "la", "del", "du", "des", "al", "e"})
_BREAKS = (". ", ", ", "; ", ": ", "“", "”", '"', "(", ")", "\n")


def introduced(text: str) -> dict[str, str]:
    """Folded acronym → the name that stands before its brackets, first come first kept."""
    found: dict[str, str] = {}
    for match in _BRACKET.finditer(text):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        cut = max((place + len(mark) for mark in _BREAKS if (place := before.rfind(mark)) >= 0), default=0)
        full = _written_out(before[cut:].split()[-_MOST_WORDS:], match.group(1))
        if full:
            found.setdefault(fold(match.group(1)), full)
    return found


def _written_out(words: list[str], acronym: str) -> str:
    """The words that an acronym shortens: they begin with its first letter and hold its letters in order, and are no more than
    it needs. With figures in it ("M23") all the capitalised words count."""
    if any(c.isdigit() for c in acronym):
        run = next((i for i in range(len(words), 0, -1) if not (words[i - 1][:1].isupper() or words[i - 1].isdigit())), 0)
        return " ".join(words[run:])
    letters = [c for c in acronym.lower() if c.isalpha()]
    counts = sorted(range(1, len(words) + 1), key=lambda n: (abs(_weight(words[-n:]) - len(letters)), n))
    return next((" ".join(words[-n:]) for n in counts if words[-n][:1].isupper() and _spells(letters, words[-n:])), "")


def _weight(words: Sequence[str]) -> int:
    return sum(w.lower() not in _SMALL for w in words)


def _spells(letters: Sequence[str], words: Sequence[str]) -> bool:
    spelled = "".join(fold(w).replace(" ", "") for w in words)
    if not letters or not spelled.startswith(letters[0]):
        return False
    rest = iter(spelled)
    return all(any(c == letter for c in rest) for letter in letters) and _weight(words) <= len(letters) + 1
