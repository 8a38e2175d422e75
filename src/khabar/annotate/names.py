"""Tags of names to names: broken tags mended, split names joined by the tree, edges cleaned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

_HYPHENS = frozenset("-‐‑–")
_EDGES = frozenset(["'s", "’s", "'", "’", '"', "“", "”", ",", ".", ";", ":", "(", ")", "[", "]", "-", "–", "—"])
# Particles that a hyphen ties into Arabic, Persian and Pashto names ("Pul-e-Hesar", "al-Shabaab").
_PARTICLES = frozenset({
    "al", "el", "ul", "ur", "e", "i", "ye", "as", "ad", "ar", "ash", "at", "an", "az", "bin", "ibn", "abu", "umm", "ed",
    "ez", "es", "et", "il",
})  # fmt: skip
_PROPER = frozenset(["NNP", "NNPS"])
_LINKS = frozenset(["of", "for"])


@dataclass(frozen=True, slots=True)
class Word:
    """What is known of a word when names are made: is it written onto the one before, its Penn tag, its governor
    (its own index for the root), its relation, and its name tag (BIO)."""

    form: str
    glued: bool
    tag: str
    head: int
    rel: str
    mark: str

    @property
    def proper(self) -> bool:
        """Whether it is a proper noun, or an adjective as part of one ("United")."""
        return self.tag in _PROPER and self.form[:1].isupper()


@dataclass(frozen=True, slots=True)
class Name:
    """Words `start` to `end` (exclusive) of a sentence, and the kind of name they are."""

    start: int
    end: int
    kind: str


def names(words: Sequence[Word]) -> list[Name]:
    """The names of a sentence.

    An inside tag after any name goes on with it, whatever its kind; the name takes the kind that most of its words have.
    """
    found: list[Name] = []
    for run in _runs([word.mark for word in words]):
        name = _trim(_widen(run, words), words)
        while found and _same(found[-1], name, words):
            first = found.pop()
            name = Name(first.start, name.end, first.kind)
        if name.start < name.end:
            found.append(name)
    return [_people(name, words) for name in found]


def _runs(marks: Sequence[str]) -> list[Name]:
    found: list[Name] = []
    start: int | None = None
    for i, mark in enumerate([*marks, "O"]):
        if start is not None and not mark.startswith("I"):
            kinds = Counter(m[2:] for m in marks[start:i])
            found.append(Name(start, i, kinds.most_common(1)[0][0]))
            start = None
        if mark != "O" and start is None:
            start = i
    return found


def _widen(name: Name, words: Sequence[Word]) -> Name:
    """A name with the particles and name parts that hyphens tie to it, and the proper words before that belong to its head."""
    start, end = name.start, name.end
    while _tied(start - 1, words) and words[start - 2].mark == "O" and words[start - 2].form.lower() in _PARTICLES:
        start -= 2
    while _tied(end, words) and words[end + 1].mark == "O" and _part(words[end + 1].form):
        end += 2
    while name.kind in ("ORG", "LOC") and start > 0 and _belongs(words[start - 1], start, end):
        start -= 1
    return Name(start, _behind_link(start, end, name.kind, words), name.kind)


def _behind_link(start: int, end: int, kind: str, words: Sequence[Word]) -> int:
    """The end of a name with what follows "of" or "for", where it is a kind of body so far: "Front" "for the Rebirth of Dela"."""
    while True:
        linked = words[end - 1].form.lower() in _LINKS
        body = end - 2 if linked else end - 1
        at = end if linked else end + 1
        opens = body >= start and words[body].form.lower() in _bodies().get(kind, ())
        if not opens or at >= len(words) or not (linked or words[end].form.lower() in _LINKS):
            return end
        at += words[at].form.lower() == "the"
        stop = at
        while stop < len(words) and words[stop].proper:
            stop += 1
        if stop == at:
            return end
        end = stop


def _belongs(word: Word, start: int, end: int) -> bool:
    """Whether an untagged word before a name is a part of it: "United" of "States", "43rd" of "Infantry Battalion"."""
    numbered = word.form[0].isdigit() and word.form[-2:] in ("st", "nd", "rd", "th")
    return word.mark == "O" and start <= word.head < end and word.rel in ("amod", "compound") and (word.proper or numbered)


def _tied(hyphen: int, words: Sequence[Word]) -> bool:
    """Whether word `hyphen` is one, written onto both its neighbours."""
    return 0 < hyphen < len(words) - 1 and words[hyphen].form in _HYPHENS and words[hyphen].glued and words[hyphen + 1].glued


def _part(form: str) -> bool:
    return form.lower() in _PARTICLES or (form[:1].isupper() and form.isalpha())


def _trim(name: Name, words: Sequence[Word]) -> Name:
    start, end = name.start, name.end
    while start < end and words[start].form in _EDGES:
        start += 1
    while start < end and words[end - 1].form in _EDGES:
        end -= 1
    return replace(name, start=start, end=end)


def _same(before: Name, after: Name, words: Sequence[Word]) -> bool:
    """Whether two names are halves of one.

    They share words, only a hyphen written onto both parts them ("Pul-e" and "Kor"), or the tree hangs the second on
    the last part of the first: "Ministry of Justice" and "Peace".
    """
    if after.start < before.end:
        return True
    if before.kind == after.kind and after.start == before.end + 1 and _tied(before.end, words):
        return True
    gap = [word.form.lower() for word in words[before.end : after.start]]
    links = [k for k in range(before.start, before.end) if words[k].form.lower() in _LINKS]
    last_part = bool(links) and links[-1] < words[_top(after, words)].head < before.end
    return before.kind == "ORG" and last_part and gap in (["and"], ["of"], ["of", "the"])


def _top(name: Name, words: Sequence[Word]) -> int:
    """The word of a name whose governor lies outside it."""
    return next((k for k in range(name.start, name.end) if not name.start <= words[k].head < name.end), name.start)


def _people(name: Name, words: Sequence[Word]) -> Name:
    """A plural is no person: "Syrians", "Houthis"."""
    plural = name.kind == "PERSON" and name.end == name.start + 1 and words[name.start].tag in ("NNPS", "NNS")
    return replace(name, kind="NORP") if plural else name


@cache
def _bodies() -> dict[str, frozenset[str]]:
    """Nouns that open a name, by the kind of the name; see `data/organization_nouns.txt`."""
    found: dict[str, list[str]] = {}
    kind = ""
    for line in (Path(__file__).parent / "data" / "organization_nouns.txt").read_text("utf-8").splitlines():
        if line.startswith("+"):
            kind = line.removeprefix("+").strip()
        elif not line.startswith("#"):
            found.setdefault(kind, []).extend(line.split())
    return {kind: frozenset(nouns) for kind, nouns in found.items() if kind}
