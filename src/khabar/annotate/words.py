"""Text to words, the way Universal Dependencies cuts English.

The newsreader was trained on the word borders of EWT and GUM: clitics are words of their own ("do|n't", "Taliban|'s"),
hyphens too ("32|-|year|-|old") save after a prefix ("anti-Taliban"), and a stop belongs to its abbreviation ("U.S.").
The text is split at white space, and each chunk by one pass of RE2: linear, whatever the text.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal

import re2

Abbreviation = Literal["title", "number", "any"]
Offsets = tuple[tuple[int, int], ...]

_PREFIXES = (
    "anti|co|counter|cross|ex|inter|intra|macro|mega|micro|mid|mini|multi|neo|non|over|para|post|pre|pro|proto|pseudo|quasi|re|semi|socio|sub"
    "|super|trans|ultra|un|under"
)


def _rules(letter: str, digit: str, capital: str, mark: str, joiner: str) -> Any:
    """The pattern of a word over classes of characters; a mark goes on with a word but starts none, a joiner stands within."""
    inner = rf"(?:[{letter}{digit}{mark}_]|{joiner}[{letter}{digit}{mark}_])*"
    options = re2.Options()
    options.max_mem = 256 << 20  # a bound; with less, odd scripts thrash its cache, and news uses a tenth
    return re2.compile(
        rf"(?:https?|ftp)://[^\s<>\"“”]*[{letter}{digit}/]|www\.[^\s<>\"“”]*[{letter}{digit}/]"  # addresses
        rf"|[{letter}{digit}._%+-]+@[{letter}{digit}-]+(?:\.[{letter}{digit}-]+)+"
        rf"|[@#][{letter}{digit}_]+"
        rf"|(?:[{letter}]\.){{2,}}|(?:[{capital}]\.)+[{capital}]\b"  # U.S., a.m., U.N
        rf"|[{capital}]{{1,3}}\$|[{capital}]+&[{capital}]+\b"  # US$, AT&T
        rf"|(?i:\b(?:{_PREFIXES})[-‐‑]|e-(?:mail|commerce|book|gov))[{letter}{digit}]*"
        rf"|[{digit}]+(?i:st|nd|rd|th|s)\b|[{digit}]+(?:-[{digit}]+){{2,}}"  # 3rd, 1990s, 2021-08-24
        rf"|[{digit}]+(?:[.:/٫٬][{digit}]+|,[{digit}]{{3}})*"  # 1,500, 9/11
        rf"|(?i:[{letter}{digit}_-]+(?:\.[{letter}{digit}_-]+)*\.(?:com|org|net|info|edu|gov|tv|co\.uk|ru|de|fr)\b)"
        rf"|(?i:['’](?:s|re|ve|ll|d|m)\b)"
        rf"|[{letter}_]{inner}(?:['’ʼ‘`´][{letter}]{inner})*"
        r"|\.{2,}|[!?]+|-{2,}|'{2}|`{2}|\*+|=+|~+"
        r"|\p{So}[\p{So}\p{Sk}\pM\p{Cf}]*"  # one emoji, however it is put together
        r"|[^\s\p{Z}\p{C}]",
        options,
    )


@cache
def _ascii_rules() -> Any:
    return _rules("A-Za-z", "0-9", "A-Z", "", "_")


@cache
def _unicode_rules() -> Any:
    return _rules(r"\pL", r"\pN", r"\p{Lu}", r"\pM", r"\p{Cf}+")


# Names such as Sa'd or Mas'ud are no contractions, so these need a word that can bear them.
_WITH_D = frozenset({
    "i", "you", "he", "she", "it", "we", "they", "who", "that", "there", "what", "how", "where", "which", "everyone",
    "nobody",
})  # fmt: skip
_CLITICS = ("'s", "'re", "'ve", "'ll")
_TWO_WORDS = {"cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3, "lemme": 3, "dunno": 2}
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_CACHED_CHARS = 40
# Where the text has no white space for longer than this, it is cut here: a rule may look ahead as far as its chunk goes,
# so only a bound on chunks keeps the whole linear.
_LONGEST_CHARS = 1000


def encodable(text: str) -> str:
    """The text with U+FFFD for each lone surrogate, since neither RE2 nor spaCy can hold those; every offset stays."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.translate(_SURROGATES)
    return text


@cache
def abbreviations() -> dict[str, Abbreviation]:
    """Words whose full stop is their own, each with what its stop may be besides; see `data/abbreviations.txt`."""
    rows = (line.split() for line in (Path(__file__).parent / "data" / "abbreviations.txt").read_text("utf-8").splitlines())
    return {row[0]: row[1] for row in rows if row and not row[0].startswith("#")}  # type: ignore[misc]


def words(text: str) -> list[tuple[int, int]]:
    """The words of a text as half-open offsets, in order, never overlapping; white space and control characters are none.

    The text must be `encodable`.
    """
    found: list[tuple[int, int]] = []
    end = 0
    for chunk in text.split():
        start = text.index(chunk, end)
        end = start + len(chunk)
        rows = _split_known(chunk) if len(chunk) <= _CACHED_CHARS else _split_long(chunk)
        found += [(start + a, start + b) for a, b in rows]
        if chunk[-1] == "." and len(rows) > 1 and rows[-1][1] - rows[-1][0] == 1 and _owns_stop(text, *found[-2]):
            found[-2:] = [(found[-2][0], end)]
    return found


def _split(chunk: str) -> Offsets:
    """The words of a text without white space."""
    if chunk.isascii() and chunk.isalpha() and chunk.lower() not in _TWO_WORDS:
        return ((0, len(chunk)),)
    rules = _ascii_rules() if chunk.isascii() else _unicode_rules()
    found: list[tuple[int, int]] = []
    for match in rules.finditer(chunk):
        start, end = match.span()
        if chunk[start:end] == "." and found and found[-1][1] == start and _owns_stop(chunk, *found[-1]):
            found[-1] = (found[-1][0], end)
            continue
        cut = _clitic(chunk[start:end])
        if cut:
            found.append((start, start + cut))
            start += cut
        found.append((start, end))
    return tuple(found)


def _split_long(chunk: str) -> Offsets:
    starts = range(0, len(chunk), _LONGEST_CHARS)
    return tuple((start + a, start + b) for start in starts for a, b in _split(chunk[start : start + _LONGEST_CHARS]))


_split_known = lru_cache(maxsize=100_000)(_split)


def _clitic(word: str) -> int:
    """Where a contraction is cut; 0 where it is one word."""
    lower = word.lower()
    if lower in _TWO_WORDS:
        return _TWO_WORDS[lower]
    lower = lower.replace("’", "'")
    if "'" not in lower or lower[0] == "'":
        return 0
    if lower.endswith("n't"):
        return len(word) - 3
    stem, _, _ = lower.rpartition("'")
    if lower.endswith(_CLITICS) or (lower.endswith("'d") and stem in _WITH_D) or lower == "i'm":
        return len(stem)
    return 0


def _owns_stop(text: str, start: int, end: int) -> bool:
    """Whether the stop at `end` belongs to the word before it."""
    word = text[start:end]
    after = text[end + 1 : end + 3]
    if len(word) == 1 and word.isupper():
        return after[:1].isalpha() or after[:1] in ("-", ",") or (after[:1].isspace() and after[1:].isupper())
    kind = abbreviations().get(word)
    return after.lstrip()[:1].isdigit() if kind == "number" else kind is not None
