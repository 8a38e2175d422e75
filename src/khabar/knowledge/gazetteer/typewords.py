"""What kind of place a name says it is: "Herat province", "district of Dara", "Jenin refugee camp"."""

from __future__ import annotations

from functools import cache
from typing import get_args

from khabar.errors import KnowledgeError
from khabar.knowledge.gazetteer.folding import fold
from khabar.knowledge.gazetteer.sheets import sheet
from khabar.records.place import PlacePrecision

_FILE = "typewords.tsv"
_LONGEST = 3
KINDS: tuple[PlacePrecision, ...] = get_args(PlacePrecision)

# The kinds of entry that satisfy a type word, best first: "province" and "region" are said of first- and second-level units alike.
ACCEPTED: dict[PlacePrecision, tuple[PlacePrecision, ...]] = {
    "province": ("province", "region", "district"),
    "district": ("district", "province", "region"),
    "town": ("town", "site", "district"),
    "region": ("region", "site"),
    "site": ("site",),
    "country": ("country",),
}


@cache
def _words() -> dict[tuple[str, ...], tuple[PlacePrecision, str]]:
    found: dict[tuple[str, ...], tuple[PlacePrecision, str]] = {}
    for line, (word, kind, side) in sheet(_FILE, columns=3):
        if kind not in KINDS or side not in ("before", "after", "both"):
            raise KnowledgeError(f"{_FILE}, line {line}: a type word needs a kind ({', '.join(KINDS)}) and before, after or both")
        found[tuple(word.split())] = (kind, side)
    return found


@cache
def _edges() -> frozenset[str]:
    """The words that a type word of one word or more starts or ends with: names without one, most of them, are told at once."""
    return frozenset(word for words in _words() for word in (words[0], words[-1]))


def kind_of_word(folded: str) -> PlacePrecision | None:
    """The kind that a type word alone asks for ("district", "refugee camp"); None for other words."""
    entry = _words().get(tuple(folded.split()))
    return entry[0] if entry else None


def strip_type(folded: str) -> tuple[str, PlacePrecision | None]:
    """A folded name without its type words, and the kind that they ask for: "province of herat" → ("herat", "province").

    A name that is nothing but type words is left alone.
    """
    words, known = folded.split(), _words()
    if not words or (words[-1] not in _edges() and words[0] not in _edges()):
        return folded, None
    for length in range(min(_LONGEST, len(words) - 1), 0, -1):
        entry = known.get(tuple(words[-length:]))
        if entry and entry[1] != "before":
            return " ".join(words[:-length]), entry[0]
    for length in range(min(_LONGEST, len(words) - 1), 0, -1):
        entry = known.get(tuple(words[:length]))
        rest = words[length:]
        if entry and entry[1] != "after" and rest != ["of"]:
            rest = rest[1:] if rest[0] == "of" else rest
            return " ".join(rest[1:] if len(rest) > 1 and rest[0] == "the" else rest), entry[0]
    return folded, None


def core_of(name: str) -> str:
    """A name as it is written, folded and without its type words: "Herat Province" → "herat"."""
    return strip_type(fold(name))[0]
