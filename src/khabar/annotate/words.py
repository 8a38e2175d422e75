"""Text to words, the way Universal Dependencies cuts English.

The newsreader was trained on the word borders of EWT and GUM: clitics are words of their own ("do|n't", "Taliban|'s"),
hyphens too ("32|-|year|-|old") save after a prefix ("anti-Taliban"), and a stop belongs to its abbreviation ("U.S.").
The text is split at white space, and each chunk by one pass of RE2: linear, whatever the text. What only the words
around a chunk can tell (whether "etc." ends a sentence, whether "its" stands for "it's") is looked at last.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any, Literal

import re2

Abbreviation = Literal["title", "number", "date", "any", "inner"]
Offsets = tuple[tuple[int, int], ...]

_DATA = Path(__file__).parent / "data"
# Marks that draw: however many stand together, of whatever kind, they are one word (----, ->, *~*).
_DRAWN = r"[-=|+*~^\\]"
_QUOTES = "'’`´‘"
_STRAIGHT = str.maketrans(dict.fromkeys(_QUOTES, "'"))


@cache
def _rows(name: str) -> list[list[str]]:
    """The lines of a list of `data/word_cuts.txt`."""
    rows = (line.split() for line in (_DATA / "word_cuts.txt").read_text("utf-8").splitlines())
    return [row[1:] for row in rows if row[:1] == [name]]


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(word for row in _rows(name) for word in row)


def _any_of(name: str) -> str:
    """A pattern of the words of a list, the longest first; none goes on in letters that are not the word's."""
    ordered = sorted(_list(name), key=lambda word: (-len(word), word))
    return "|".join(re2.escape(word) + (r"\b" if name == "whole" and word[-1].isalpha() else "") for word in ordered)


def _addresses(letter: str, digit: str, edge: str) -> str:
    """Addresses of pages and people, names of sites, files and newsgroups."""
    name, host, path = rf"[{letter}{digit}_-]+", rf"[{letter}{digit}-]+", rf"[^\s<>\"“”]*[{letter}{digit}/]"
    return (
        rf"(?:https?|ftp)://{path}|www\.{path}|doi:{path}"
        rf"|(?:mailto:)?[{letter}{digit}._%+-]+@(?:[{letter}][{letter}{digit}_-]*|{host}\.{host})(?:\.{host})*"
        rf"|@[{digit}]*[{letter}_][{letter}{digit}_]*(?:\.[{letter}{digit}_]+)*|#[{digit}]*[{letter}_][{letter}{digit}_]*"
        rf"|(?i:{name}(?:\.{name})*\.(?:{_any_of('domain')})(?-i:\.[a-z]{{2}})?\b(?:/{path})?)"
        rf"|(?i:(?:{name}(?:[.#]{name})*|{edge})\.(?:{_any_of('file')})\b)"
        r"|[a-z]{2,}(?:\.[a-z][a-z-]+){2,}"
    )


def _numbers(digit: str, edge: str) -> str:
    """Numbers and what is written as one: ordinals, decades, dates, telephones, models. Units are words of their own."""
    return (
        rf"[{digit}]+(?:,[{digit}]{{3}})*(?i:st|nd|rd|th|s)\b|(?:1[{digit}])?[{digit}]0['’]s\b"  # 3rd, 1990s, 80's
        rf"|{edge}['’](?:0[{digit}]|[5-9][1-9]|[{digit}]0s)\b"  # '05, '72, '60s
        rf"|[{digit}]+(?:-[{digit}]+){{2,}}|{edge}\+[{digit}]+(?:-[{digit}]+)*"  # 2021-08-24, +44
        rf"|(?:[{digit}]{{3}}/)?[{digit}]{{3}}-[{digit}]{{2}}(?:[{digit}][1-9]|[1-9]0)\b|[{digit}]{{5}}-[{digit}]{{4}}\b"
        rf"|(?:{_any_of('sign')})[{digit}]+(?:[.,][{digit}]+)*"
        rf"|[{digit}]+[AP]\.M\b\.?"  # cut in two later
        rf"|[{digit}]+(?:[ADEGHIJNOPQRSUXYZ]\b|[A-Z]+[{digit}][A-Z{digit}]*)"  # 4G, 9M133
        rf"|[{digit}]+(?:[.:/٫٬][{digit}]+|,[{digit}]{{3}})*|{edge}\.[{digit}]+"  # 1,500, 9/11, .223
    )


def _rules(letter: str, digit: str, capital: str, mark: str, joiner: str, edge: str) -> Any:
    """The pattern of a word over classes of characters; a mark goes on with a word but starts none, a joiner stands within.

    At an `edge` no letter stands before a mark. RE2 tells that of ASCII alone; else the start of the chunk must do.
    """
    inner = rf"(?:[{letter}{digit}{mark}]|[{joiner}]+[{letter}{digit}{mark}])*"
    options = re2.Options()
    options.max_mem = 256 << 20  # a bound; with less, odd scripts thrash its cache, and news uses a tenth
    return re2.compile(
        rf"(?i:{_any_of('whole')})|{_addresses(letter, digit, edge)}"
        rf"|(?:[{letter}]\.){{2,}}(?:[{letter}]\b)?|[{letter}]\.[{letter}]\b"  # U.S., a.k.a, U.N
        rf"|[{capital}]{{1,3}}\$|[{capital}]+&[{capital}]+\b|\b[a-z]&[a-z]\b"  # US$, AT&T
        rf"|\b(?:(?i:{_any_of('prefix')})|[uU]n)[-‐‑][{letter}{digit}]+|\b[eE]-(?:{_any_of('electronic')})\b"
        rf"|{_numbers(digit, edge)}"
        rf"|(?i:[{_QUOTES}](?:s|re|ve|ll|d|m)\b)|(?i:{edge}['’](?:em|til)\b)"
        rf"|[{letter}][{letter}{digit}]*-(?i:{_any_of('suffix')})\b|\b[{letter}]\*{{2,}}|[{letter}]+\*+[{letter}]+"
        rf"|^(?i:[{letter}]|[b-df-hj-np-tv-xz]{{2,3}})-$"  # w-, th-: broken off
        rf"|[{letter}]{inner}(?:['’ʼ‘`´][{letter}]{inner})*"
        r"|^[:;=]-?(?:[()]+|[DPpO]\b)|:-\)|^\(:$|>:\(|[\^-]_+[\^-]"  # faces
        r"|\.{2,}|\.[!?]+|[!?]+|…[.…]*|'{2}|`{2}|‘[‘’]|’’"
        rf"|[<>]*{_DRAWN}(?:{_DRAWN}|[<>])*|<{{2,}}|>{{2,}}|_+|#{{2,}}|\${{2,}}|,{{2,}}"
        r"|\p{So}[\p{So}\p{Sk}\pM\p{Cf}]*"  # one emoji, however it is put together
        r"|[^\s\p{Z}\p{C}]",
        options,
    )


@cache
def _ascii_rules() -> Any:
    return _rules("A-Za-z", "0-9", "A-Z", "", "_", r"\B")


@cache
def _unicode_rules() -> Any:
    return _rules(r"\pL", r"\pN", r"\p{Lu}", r"\pM", r"_\p{Cf}", "^")


# Names such as Sa'd or Mas'ud are no contractions, so these need a word that can bear them.
_WITH_D = frozenset({
    "i", "you", "he", "she", "it", "we", "they", "who", "that", "there", "what", "how", "where", "which", "everyone",
    "nobody",
})  # fmt: skip
_CLITICS = ("'s", "'re", "'ve", "'ll")
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_NO_STARTS = frozenset(",;")  # no sentence starts with these
_INSIDE = frozenset(",;:)]-–—&/(")
_CLOSING = ".,;:!?)]"
_SHORT = 5  # letters of a word that is taken for an abbreviation since a comma follows its stop
_NEXT_CHARS = 24  # characters looked through for the next word
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
    rows = (line.split() for line in (_DATA / "abbreviations.txt").read_text("utf-8").splitlines())
    return {row[0]: row[1] for row in rows if row and not row[0].startswith("#")}  # type: ignore[misc]


def is_word(form: str) -> bool:
    """Whether a token is one of `words`, rather than what lies between them."""
    return form.isalnum() or any(c.isprintable() and not c.isspace() for c in form)


def words(text: str) -> list[tuple[int, int]]:
    """The words of a text as half-open offsets, in order, never overlapping; white space and control characters are none.

    The text must be `encodable`.
    """
    found: list[tuple[int, int]] = []
    loose = _loose()
    end = 0
    for chunk in text.split():
        start = text.index(chunk, end)
        end = start + len(chunk)
        rows = _split_known(chunk) if len(chunk) <= _CACHED_CHARS else _split_long(chunk)
        if len(rows) == 1:
            found.append((start + rows[0][0], start + rows[0][1]))
            if chunk in loose and loose[chunk].cuts_before(text[end : end + _NEXT_CHARS]):
                found[-1:] = [(start, start + loose[chunk].at), (start + loose[chunk].at, end)]
            continue
        found += [(start + a, start + b) for a, b in rows]
        if chunk[-1] == "." and len(rows) > 1 and rows[-1][1] - rows[-1][0] == 1 and _owns_stop(text, *found[-2]):
            found[-2:] = [(found[-2][0], end)]
    return found


def _split(chunk: str) -> Offsets:
    """The words of a text without white space."""
    plain = _plain(chunk)
    if plain:
        return plain
    rules = _ascii_rules() if chunk.isascii() else _unicode_rules()
    found: list[tuple[int, int]] = []
    for match in rules.finditer(chunk):
        start, end = match.span()
        word = chunk[start:end]
        if word[0] == "." and word[:3] != "..." and found and found[-1][1] == start and _owns_stop(chunk, *found[-1]):
            start += 1
            found[-1] = (found[-1][0], start)
            if start == end:
                continue
        for cut in _cuts(word) if len(word) > 1 else ():
            found.append((start, match.start() + cut))
            start = match.start() + cut
        found.append((start, end))
    return tuple(found)


def _plain(chunk: str) -> Offsets:
    """The words of a chunk of letters with at most one mark after them, as most are; none where it takes more to tell."""
    end = len(chunk)
    stem = chunk[:-1] if chunk[-1] in _CLOSING else chunk
    if not (stem.isascii() and stem.isalpha()) or stem.lower() in _fixed():
        return ()
    if len(stem) == end:
        return ((0, end),)
    return () if chunk[-1] == "." and stem in abbreviations() else ((0, end - 1), (end - 1, end))


def _split_long(chunk: str) -> Offsets:
    starts = range(0, len(chunk), _LONGEST_CHARS)
    return tuple((start + a, start + b) for start in starts for a, b in _split(chunk[start : start + _LONGEST_CHARS]))


_split_known = lru_cache(maxsize=100_000)(_split)


def _cuts(word: str) -> tuple[int, ...]:
    """Where a contraction is cut, or a sign from its number."""
    if word[-1].isdigit() and word[0].isalpha():
        sign = word.rstrip("0123456789.,")
        return (len(sign),) if sign in _list("sign") else ()
    lower = word.lower().translate(_STRAIGHT)
    if word[0].isdigit() and lower.rstrip(".").endswith(".m"):
        return (len(word.rstrip("APM.")),)
    if len(lower) != len(word) or not word[0].isalpha():
        return ()
    if lower in _fixed():
        return _fixed()[lower]
    if "'" not in lower:
        return ()
    if lower.endswith("n't") and len(lower) > 3:
        return (len(word) - 3,)
    stem, _, _ = lower.rpartition("'")
    if lower.endswith(_CLITICS) or (lower.endswith("'d") and stem in _WITH_D) or lower == "i'm":
        return (len(stem),)
    return ()


@cache
def _fixed() -> dict[str, tuple[int, ...]]:
    """Words that are cut wherever they stand, in small letters, with where."""
    parts = [entry.split("|") for entry in _list("cut")]
    return {"".join(cut): tuple(accumulate(map(len, cut[:-1]))) for cut in parts}


@dataclass(frozen=True, slots=True)
class _Loose:
    """A word that is cut only before some words, or only before others than some."""

    at: int
    words: frozenset[str]
    unless: bool

    def cuts_before(self, after: str) -> bool:
        following = _first_word(after)
        return following.islower() and ("*" in self.words or (following in self.words) != self.unless)


@cache
def _loose() -> dict[str, _Loose]:
    found: dict[str, _Loose] = {}
    for name in ("before", "unless"):
        for entry, *listed in _rows(name):
            word = entry.replace("|", "")
            known = found[word].words if word in found else frozenset()
            loose = _Loose(entry.index("|"), known | frozenset(listed), name == "unless")
            found[word] = found[word.capitalize()] = loose
    return found


def _first_word(text: str) -> str:
    """The first word of a text, without the marks after it."""
    return next(iter(text.split(None, 1)), "").rstrip(_CLOSING)


def _owns_stop(text: str, start: int, end: int) -> bool:
    """Whether the stop at `end` belongs to the word before it."""
    word = text[start:end]
    after = text[end + 1 : end + 3]
    if after[:1] in _NO_STARTS and len(word) <= _SHORT and word.isalpha():
        return True
    if len(word) == 1 and word.isupper():
        return not text[start - 1 : start].isdigit() and (after[:1] == "-" or after.lstrip()[:1].isalpha())
    kind = abbreviations().get(word)
    following = after.lstrip()[:1]
    if kind == "number":
        return following.isdigit()
    if kind == "date":
        counts = text[max(0, start - 2) : start].rstrip()[-1:].isdigit()  # 5 m. is a length
        return not counts and (following.isdigit() or _first_word(text[end + 1 : end + _NEXT_CHARS]) in _list("month"))
    if kind == "inner":
        return following.islower() or following in _INSIDE
    return kind is not None
