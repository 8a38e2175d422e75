"""The words that mark what stands around a report's own text: captions, credits, labels. They live in furniture.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import re2
import yaml

from khabar.errors import KnowledgeError

# Capitals of the Latin scripts in which English reports write names; \p{Lu} would cover scripts that none uses.
UPPER = "[A-ZÀ-ÖØ-ÞĀĆČĎĐĒĞĢĪİĶŁĻŃŅŇŌŐŘŚŞŠŢŤŪŮŰŹŻŽ]"

_KEYS = ("agencies", "caption_labels", "credit_openers", "credit_labels", "labels", "header_labels")


@dataclass(frozen=True, slots=True)
class Furniture:
    """The patterns built from furniture.yaml. `labels` and `first_words` are folded to lower case."""

    caption_line: Any
    photo_tail: Any
    credit_tail: Any
    agency_tail: Any
    credit_line: Any
    signature: Any
    byline: Any
    header_line: Any
    labels: frozenset[str]
    first_words: frozenset[str]

    def may_label(self, words: str) -> bool:
        """Whether a line's first word can open a caption or credit: cheaper to ask than the patterns."""
        first = words[:60].lstrip("[( ").split(maxsplit=1)
        return bool(first) and first[0].rstrip(":-–—").casefold() in self.first_words


@cache
def furniture() -> Furniture:
    """The compiled patterns. Raises KnowledgeError where the file lacks a list."""
    table = yaml.safe_load(files("khabar.readers").joinpath("furniture.yaml").read_text(encoding="utf-8"))
    for key in _KEYS:
        if not isinstance(table.get(key), list):
            raise KnowledgeError(f"furniture.yaml: {key} must be a list of words")
    words: dict[str, list[str]] = table
    # Agencies keep their case, or stand in capitals throughout: "AIM" is one, "aim" is not.
    desk = rf"(?:{_any([*words['agencies'], *(a.upper() for a in words['agencies'])])})(?: (?i:photos?|pictures?|images?))?"
    # A name is told by what it holds not: classes of all letters make automata that no memory holds.
    name = r"[^\s\d/()\[\],:;!?]+(?: [^\s\d/()\[\],:;!?]+){0,3}"
    photo = rf"(?:{desk}\s*/\s*{name}(?:\s*/\s*{name})?|{name}\s*/\s*{desk}|{desk})"
    slashed = rf"(?:{desk}\s*/\s*{name}|{name}\s*/\s*{desk})"
    opener, label = f"(?i:{_any(words['credit_openers'])})", f"(?i:{_any(words['credit_labels'])})"
    return Furniture(
        caption_line=re2.compile(rf"^\(?(?i:{_any(words['caption_labels'])})\s*(?::|(?:-{{1,2}}|–|—)\s)"),
        photo_tail=re2.compile(rf"(?:^|[\s(—–-])({slashed})[\s)\].]*$"),
        credit_tail=re2.compile(
            rf"((?:(?i:photo|picture|image)\s+)?(?i:credits?)\s*:|(?i:photo|picture|image)\s*:\s*{desk}"
            rf"|(?:[—–(-]\s*|\b){photo}[\s)\].]*$|\((?:{name},? )?via {desk}[\s)\].]*$)"
        ),
        agency_tail=re2.compile(rf"[.!?\"'”’]\s+((?:\({desk}\)|(?:—|–|--?)\s*{desk})[\s.]*)$"),
        credit_line=re2.compile(rf"^[\[(]?\s*(?:{opener}\s|{label}\s*:\s*\S)"),
        signature=re2.compile(rf"^[\[(—–/\s-]*{photo}[\])/\s.]*$"),
        byline=re2.compile(rf"^(?:By|BY) {UPPER}[^\s\d:;!?]*(?: (?:(?:and|AND|in|IN) )?{UPPER}[^\s\d:;!?]*){{1,7}}$"),
        header_line=re2.compile(rf"^(?i:{_any(words['header_labels'])})\s*:?\s+\S"),
        labels=frozenset(w.casefold() for w in (*words["labels"], *words["caption_labels"])),
        first_words=frozenset(w.split()[0].casefold() for key in ("caption_labels", "credit_openers", "credit_labels") for w in words[key]),
    )


def _any(words: list[str]) -> str:
    return "|".join(re2.escape(w) for w in sorted(set(words), key=len, reverse=True))
