"""Names made alike before they are compared: case, accents, points, apostrophes, articles, possessives and spellings."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import re2
from anyascii import anyascii

_POSSESSIVE = re2.compile(r"(?:'s|s')(\s|$)")
_POINTED = re2.compile(r"\b((?:[a-z]\.)+[a-z])\b\.?")
_OTHER = re2.compile(r"[^a-z0-9]+")
_ARTICLES = ("the ", "a ", "an ")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "ʻ": "'", "ʿ": "'", "ʾ": "'"})
_SPELLINGS = {
    "defense": "defence", "centre": "center", "programme": "program", "labour": "labor", "armored": "armoured", "colored": "coloured",
    "neighbor": "neighbour", "honor": "honour", "cooperation": "co operation",
}  # fmt: skip
_UNINFLECTED = ("ss", "us", "sis", "os")


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """The form under which names are compared: lower-case ASCII words with single spaces; empty where nothing is left.

    "Da'esh" and "Daesh" are one, and so are "U.S." and "US", "the Taliban" and "Taliban", "Syria's army" and "Syria army".
    """
    text = name.translate(_APOSTROPHES)
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = anyascii("".join(c for c in decomposed if not unicodedata.combining(c)))
    text = _POSSESSIVE.sub(r"\1", text.lower())
    text = _POINTED.sub(lambda m: m.group(1).replace(".", ""), text).replace("'", "")
    words = " ".join(_spelled(word) for word in _OTHER.sub(" ", text).split())
    while words.startswith(_ARTICLES):
        words = words.partition(" ")[2]
    return words


def _spelled(word: str) -> str:
    if word.endswith(("isation", "isations")):
        return word.replace("isation", "ization")
    return _SPELLINGS.get(word, word)


def singular(folded: str) -> str:
    """A folded name with its last word in the singular: "houthis" and "houthi" are one name."""
    if folded.endswith("ies") and len(folded) > 5:
        return folded[:-3] + "y"
    if folded.endswith("men") and not folded.endswith("women"):
        return folded[:-3] + "man"
    if folded.endswith("s") and len(folded) > 3 and not folded.endswith(_UNINFLECTED):
        return folded[:-1]
    return folded


def slug(name: str) -> str:
    """The identity of a row: its folded name with hyphens."""
    return fold(name).replace(" ", "-")


def is_acronym(name: str) -> bool:
    """Whether a name is written in capitals ("ISIL", "M23", "U.S."), so that the common word of the same letters is another."""
    letters = [c for c in name if c.isalpha()]
    return bool(letters) and " " not in name and all(c.isupper() for c in letters)
