"""Forms to lemmas by rule, with the uneven words in data files.

The lemma is what Universal Dependencies writes: lower case save for names, "be" for every form of it, "not" for "n't".
Rules look at the part of speech and the Penn tag and so cannot tell "found" (find) from "found" (found an order): the
commoner wins.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"
_PLAIN_IN_ED = ("eed", "embed", "shred", "sled", "wed")  # "need", "succeed", "bleed"; and the other verbs that end so
_SIBILANT = ("sses", "xes", "ches", "shes", "zzes", "oes")


def lemma(form: str, pos: str, tag: str, *, cased: bool = False) -> str:
    """The dictionary form of a word, given its universal part of speech and its Penn tag.

    `cased` says that a capital means something here: the word neither opens its sentence nor stands in a line of capitals.
    """
    word = form.lower().replace("’", "'")
    if pos == "PRON" and tag == "PRP$":
        return word
    if pos == "AUX" and word == "'d":
        return "would" if tag == "MD" else "have"
    closed = _closed().get((pos, word))
    if closed is not None:
        return closed
    if pos in ("VERB", "AUX") and tag != "NNS":
        return _verb(word, tag)
    if pos == "NOUN" or tag == "NNS":
        return noun(word) if tag in ("NNS", "NNPS") else word
    if pos == "PROPN":
        return _name(form, tag)
    if pos in ("ADJ", "ADV") and tag in ("JJR", "JJS", "RBR", "RBS"):
        return _degree(word)
    if pos == "ADJ" and (tag == "NNP" or cased):
        return form
    return form if pos in ("X", "SYM", "PUNCT") else word


def noun(plural: str) -> str:
    """The singular of a plural in lower case."""
    if plural[:1].isdigit():
        return plural
    known = _nouns().get(plural)
    if known is not None:
        return known
    front, hyphen, last = plural.rpartition("-")
    if hyphen and last:
        return front + hyphen + noun(last)
    for ending, singular in (("men", "man"), ("children", "child"), ("wives", "wife")):
        if plural.endswith(ending):
            return plural.removesuffix(ending) + singular
    return plural[:-1] if plural.endswith("is") and len(plural) > 4 else _without_s(plural)


@cache
def verb_forms() -> dict[str, str]:
    """Every irregular form, with its base: `overtook` → `overtake`."""
    plain: dict[str, list[str]] = {}
    forms: dict[str, str] = {}
    for first, *rest in _rows("irregular_verbs.txt"):
        if first == "+":
            prefix, *bases = rest
            forms |= {prefix + form: prefix + base for base in bases for form in plain[base]}
            continue
        plain[first] = [form for column in rest for form in column.split("/")]
        for form in plain[first]:
            forms.setdefault(form, first)
    return forms


def _verb(word: str, tag: str) -> str:
    if tag in ("VB", "VBP") and word.endswith("s") and not word.endswith(("ss", "us", "as", "is")) and len(word) > 3:
        return _without_s(word)  # a third person with the wrong tag: headlines have them
    if tag in ("VB", "VBP") and word.endswith("ed") and len(word) > 4 and not word.endswith(_PLAIN_IN_ED):
        return _verb(word, "VBD")  # a past tense with the wrong tag
    if tag in ("VB", "VBP", "MD"):
        return word
    irregular = verb_forms().get(word)
    if irregular is not None and tag != "NNP":
        return irregular
    if tag == "VBZ":
        return _nouns().get(word, _without_s(word)) if word.endswith("uses") else _without_s(word)
    ending = "ing" if word.endswith("ing") else "ed"
    return _stem(word.removesuffix(ending), word) if word.endswith(ending) and len(word) > len(ending) + 1 else word


def _without_s(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(_SIBILANT):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _stem(left: str, word: str) -> str:
    """What -ed, -ing, -er or -est was added to; `left` is what is left without it."""
    if left.endswith("i") and not word.endswith("ing"):
        return left[:-1] + "y"
    if left.endswith("e"):
        return left if word.endswith("ing") else left + "e"
    if not any(c in "aeiouy" for c in left):
        return left if word.endswith("ing") else word
    verdict = _verdict(left)
    return left + "e" if verdict == "+" else left[:-1] if verdict == "=" else left


def _verdict(left: str) -> str:
    endings = _endings()
    whole = endings.get("^" + left)
    if whole is not None:
        return whole
    return next((endings[left[k:]] for k in range(max(0, len(left) - 5), len(left)) if left[k:] in endings), "-")


def _degree(word: str) -> str:
    for ending in ("est", "er"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return _stem(word.removesuffix(ending), word)
    return word


def _name(form: str, tag: str) -> str:
    if tag != "NNPS" or form.isupper():
        return form
    lower = form.lower()
    singular = noun(lower)
    return form[: len(singular)] if lower.startswith(singular) else singular.capitalize()


def _rows(name: str) -> Iterator[list[str]]:
    for line in (_DATA / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split()


@cache
def _closed() -> dict[tuple[str, str], str]:
    return {(pos, form): base for row in _rows("closed_words.txt") for form, base in [row[1:]] for pos in row[0].split("|")}


@cache
def _nouns() -> dict[str, str]:
    return {row[0]: row[1] for row in _rows("irregular_nouns.txt")}


@cache
def _endings() -> dict[str, str]:
    return {ending: row[0] for row in _rows("verb_endings.txt") for ending in row[1:]}
