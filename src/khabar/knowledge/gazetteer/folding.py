"""Names made comparable: one writing for the many spellings that reports give a place.

Two keys. The *folded* name undoes case, accents, punctuation and articles, and stays readable. The *skeleton* undoes what
transliteration does as well (Arabic articles, doubled letters, vowels, q for k): a second chance for spellings that no
source lists, to be believed only with other evidence, since unlike names share one.
"""

from __future__ import annotations

from functools import lru_cache

from anyascii import anyascii

_SILENT = str.maketrans("", "", "'`\u2018\u2019\u02bb\u02bc\u02bf\u02be\u2032")
_PLAIN = {i: c.lower() if c.isalnum() else None if c in "'`" else " " for i, c in enumerate(map(chr, range(128)))}
_ARTICLES = frozenset({"al", "el", "as", "ar", "ash", "at", "ad", "an", "az", "ath", "adh", "ul", "ur", "us", "l", "e", "i", "ye", "y"})
# What one sound becomes, longest first: digraphs, then letters.
_SOUNDS = (
    ("tch", "c"), ("sch", "s"), ("dzh", "j"), ("kh", "k"), ("gh", "g"), ("sh", "s"), ("zh", "j"), ("ch", "c"), ("th", "t"), ("dh", "d"),
    ("ph", "f"), ("ts", "s"), ("tz", "s"), ("dj", "j"), ("ck", "k"), ("q", "k"), ("x", "k"), ("z", "s"), ("v", "b"), ("f", "b"), ("p", "b"),
)  # fmt: skip
_VOWELS = frozenset("aeiouywh")
_MIN_SKELETON = 2
_MIN_LETTERS = 5


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The name in plain small letters, single spaces, without "the": "Dêrik" and "the DERIK" are both "derik"."""
    plain = name if name.isascii() else anyascii(name.translate(_SILENT))
    words = plain.translate(_PLAIN).split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join(words)


def skeleton(folded: str) -> str | None:
    """The consonants of a folded name, sounds that transliterations confuse written as one; None where too little is left.

    "pol e hesar", "puli hisar" and "bel hisar" are all "blhsr".
    """
    words = [w for w in folded.split() if w not in _ARTICLES] or folded.split()
    heads = "".join(w if w[:1] not in _VOWELS else "a" + w[1:] for w in ("".join(words),))
    for written, sound in _SOUNDS:
        heads = heads.replace(written, sound)
    if not heads:
        return None
    kept = [heads[0]]
    for letter in heads[1:]:
        if letter not in _VOWELS and letter != kept[-1]:
            kept.append(letter)
    return "".join(kept) if len(kept) >= _MIN_SKELETON and len(heads) >= _MIN_LETTERS - 1 else None


def vowels_agree(one: str, other: str) -> float:
    """How alike two folded names are letter by letter, from 0 to 1: twice the longest common subsequence over their lengths."""
    a, b = one.replace(" ", "")[:40], other.replace(" ", "")[:40]
    row = [0] * (len(b) + 1)
    for letter in a:
        diagonal = 0
        for j, rival in enumerate(b, 1):
            diagonal, row[j] = row[j], diagonal + 1 if letter == rival else max(row[j], row[j - 1])
    return 2 * row[-1] / (len(a) + len(b)) if a or b else 0.0
