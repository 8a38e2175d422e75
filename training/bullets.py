"""Names in the bulletins of Wikipedia's Current Events portal, whose editors link them: silver, and close to what khabar reads.

A link says that its words name something; register, gazetteer and demonyms say of which kind. Where they do not, the kind is
left open ("?-"), and so is every capitalised word that no link covers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from khabar.annotate.words import words as words_of
from khabar.knowledge.actors import register
from khabar.knowledge.gazetteer import gazetteer
from training.corpus import Sentence
from training.names import cut, is_people
from training.wordlists import word_list

_MISDATED = frozenset(["2020-12-20", "2027-12-05"])
_LINK = re.compile(r"\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s\"(?:[^\"\\]|\\.)*\")?\)")
_CITED = re.compile(r"\s*\[\([^\]]*\)\]\(\S*\)")
_MARKS = re.compile(r"[*_`]+|\\(?=.)")
_LEADING = frozenset(["the", "a", "an", "The", "A", "An"])
_PARTY = frozenset(word_list("parties"))


def bulletins(folder: Path) -> Iterator[Sentence]:
    """Every bulletin of the portal's days as sentences."""
    for path in sorted((folder / "_posts").glob("*.md")):
        day = path.name[:10]
        if day in _MISDATED:
            continue
        for line in path.read_text("utf-8").splitlines():
            body = line.strip()
            if body.startswith("* ") and body.count(" ") > 8 and "[(" in body:
                yield from _read(_CITED.sub("", body[2:]).strip(), f"portal {day}")


def _read(body: str, document: str) -> Iterator[Sentence]:
    text, linked, at = "", [], 0
    for match in _LINK.finditer(body):
        text += _MARKS.sub("", body[at : match.start()])
        shown = _MARKS.sub("", match[1])
        linked.append((len(text), len(text) + len(shown)))
        text += shown
        at = match.end()
    text += _MARKS.sub("", body[at:])
    places = words_of(text)
    forms = [text[a:b] for a, b in places]
    tags = ["?" if form[0].isupper() or form[0].isdigit() else "O" for form in forms]
    if forms and tags[0] == "?" and len(forms) > 1 and forms[0].lower() in _OPENERS:
        tags[0] = "O"
    for begin, stop in linked:
        inside = [i for i, (a, b) in enumerate(places) if begin <= a and b <= stop]
        while inside and forms[inside[0]] in _LEADING:
            tags[inside.pop(0)] = "O"
        name = [forms[i] for i in inside]
        if not name or not name[0][0].isupper() or not all(f[0].isupper() or not f[0].isalpha() or len(f) < 4 for f in name):
            continue
        kind = _kind(name)
        for k, i in enumerate(inside):
            tags[i] = ("B-" if k == 0 else "I-") + kind if kind else ("?-B" if k == 0 else "?-I")
    yield from cut(forms, tags, document)


_OPENERS = frozenset(word_list("openers"))


def _kind(name: list[str]) -> str:
    text = " ".join(name)
    if is_people(name):
        return "NORP"
    listed, places = register().listed(text), gazetteer().lookup(text)
    if listed and all(actor.kind in _PARTY for actor in listed) and not places:
        return "ORG"
    if listed and all(actor.kind == "person" for actor in listed) and len(name) > 1:
        return "PERSON"
    if places and (not listed or all(actor.kind in ("state", "government") for actor in listed)):
        return "LOC"
    return ""
