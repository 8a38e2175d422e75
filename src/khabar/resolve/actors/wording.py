"""The words of a party without what only counts or describes it: "at least 12 local residents who fled" are local residents."""

from __future__ import annotations

from collections.abc import Sequence

from khabar.knowledge.actors import fold, party_words

MARKS = "\"“”‘’'"
_QUOTES = "\"“”‘’'`«»,;:.()[] "
_WITHIN_NAMES = frozenset({"of", "the", "for", "and", "in"})
_CARRYING = frozenset({"those", "all", "others", "some", "many", "several", "one"})


def trimmed(name: str) -> str:
    """A name without the marks around it, with single spaces; a bracket that opens within it stays closed."""
    text = " ".join(name.split()).strip(_QUOTES)
    if text.count("(") > text.count(")"):
        text += ")"
    return text.removesuffix("'s").removesuffix("’s")


def counted_off(tokens: list[str]) -> list[str]:
    """Words without article, number and quantifier before them; never nothing. "dozens of residents" → "residents".

    "those in need" stays: a quantifier that carries the phrase counts nothing.
    """
    words = party_words()
    start = 0
    while start < len(tokens) - 1 and _counts(tokens[start]):
        following = tokens[start + 1]
        if tokens[start].lower() in _CARRYING and (following in words.after or following.endswith("ing")):
            break
        start += 1
    if start and fold(tokens[start - 1]) in {"and", "or"} and not any(is_number(t) for t in tokens[: start - 1]):
        start -= 1
    return tokens[start:]


def _counts(token: str) -> bool:
    return fold(token) in party_words().quantifiers or is_number(token) or token.endswith("-year-old")


def is_number(token: str) -> bool:
    """Whether a word is a figure ("12", "1,200", "20-year-old" is none)."""
    return any(c.isdigit() for c in token) and not any(c.isalpha() for c in token)


def without_tail(tokens: list[str]) -> list[str]:
    """Words up to what says more about them: "residents who fled" are residents, "the party, or PM" is the party."""
    after = party_words().after
    for place, token in enumerate(tokens[1:], 1):
        if token.islower() and token in after and (place > 1 or fold(tokens[0]) not in _CARRYING):
            return [*tokens[: place - 1], tokens[place - 1].rstrip(",")]
        if tokens[place - 1].endswith((",", ";")) and token in {"or", "also", "known"}:
            return [*tokens[: place - 1], tokens[place - 1].rstrip(",;")]
    return tokens


def plain(tokens: list[str]) -> str:
    """A party without a name, as its record keeps it: a common word at its beginning in lower case."""
    if not tokens:
        return ""
    first, rest = tokens[0], tokens[1:]
    if rest and is_name(tokens):
        return " ".join(tokens)
    if first[:1].isupper() and not any(c.isupper() for c in first[1:]) and not (rest and capitalised(rest[0])) and _is_common(first):
        first = first.lower()
    return " ".join([first, *rest])


def _is_common(word: str) -> bool:
    words, folded = party_words(), fold(word)
    if folded in words.proper:
        return False
    return folded in words.before | words.members | words.quantifiers or words.kind([folded]) != "unknown"


def is_name(tokens: Sequence[str]) -> bool:
    """Whether words after the first are written as those of a name: "Front for Change", not "Fighters of the front"."""
    return capitalised(tokens[-1]) and all(capitalised(t) or t in _WITHIN_NAMES for t in tokens[1:])


def capitalised(token: str) -> bool:
    """Whether a word is written as a name is."""
    return any(c.isupper() for c in token[:1]) or (token[:3].lower() in {"al-", "el-"} and token[3:4].isupper()) or _inner_capital(token)


def _inner_capital(token: str) -> bool:
    return token[:1].islower() and any(c.isupper() for c in token[1:3]) and "-" not in token
