"""What the text says lies in what: "Dara district of Panjshir province", "Goma, in eastern Congo", "Iraq's Duhok province"."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from khabar.records import Reading, Sentence, Token
from khabar.resolve.places.resolution import Key, Resolved, holds
from khabar.resolve.places.toponyms import Toponym, joined

_SIZE = {"site": 0, "town": 1, "near": 1, "district": 2, "province": 3, "region": 3, "country": 4}
_LINKS = frozenset({"of", "in", "within", "inside", "the", ",", "a", "an", "at", "from", "near"})
_REACH = 9
_CLOSERS = frozenset({"and", "or", ";", "but", "while", "that", "which", "who", "where", "when", "to"})


def stated(reading: Reading, toponyms: Sequence[Toponym]) -> dict[int, int]:
    """Index of a toponym → index of the toponym that the text says it lies in."""
    found: dict[int, int] = {}
    for i in range(len(toponyms) - 1):
        inner, outer = toponyms[i], toponyms[i + 1]
        if inner.sentence != outer.sentence or inner.dateline:
            continue
        sentence = reading.sentences[inner.sentence]
        between = sentence.tokens[inner.last + 1 : outer.first]
        if _possessive(between):
            if _larger(inner, outer, strict=False):
                found[i + 1] = i
        elif _links(between) and not _listed(sentence, outer, between):
            found[i] = i + 1
    return _along_lists(reading, toponyms, found)


def checked(reading: Reading, toponyms: Sequence[Toponym], held: Mapping[int, int], resolved: Mapping[Key, Resolved]) -> dict[int, int]:
    """Without the links that a comma alone made and the gazetteer does not bear out: "A, B and C" is no address."""
    kept: dict[int, int] = {}
    for inner, outer in held.items():
        one, other = resolved.get(toponyms[inner].key), resolved.get(toponyms[outer].key)
        between = reading.sentences[toponyms[inner].sentence].tokens[toponyms[inner].last + 1 : toponyms[outer].first]
        sure = any(t.lower in ("of", "in", "within", "inside") for t in between) or inner > outer
        larger = other is not None and other.entry is not None and other.entry.kind not in ("town", "site")
        fits = one is None or one.entry is None or (other is not None and other.entry is not None and holds(other.entry, one.entry))
        if sure or (larger and fits):
            kept[inner] = outer
    return kept


def _along_lists(reading: Reading, toponyms: Sequence[Toponym], found: dict[int, int]) -> dict[int, int]:
    """Read "A, B and C in D": what holds the last of a list holds all of it."""
    for i in range(len(toponyms) - 2, -1, -1):
        one, other = toponyms[i], toponyms[i + 1]
        held = one.sentence == other.sentence and i + 1 in found and found[i + 1] > i + 1 and one.origin != "pointer"
        if held and joined(reading.sentences[one.sentence], one, other):
            found[i] = found[i + 1]
    return found


def _possessive(between: Sequence[Token]) -> bool:
    return bool(between) and between[0].text in ("'s", "’s", "'", "’") and len(between) <= 3


def _links(between: Sequence[Token]) -> bool:
    """Whether the words between two names say that the second holds the first."""
    if not between or len(between) > _REACH:
        return False
    words = [t.lower for t in between]
    if any(w in _CLOSERS for w in words) or any(t.pos in ("VERB", "AUX") and t.tag != "VBN" for t in between):
        return False
    if len(words) == 1:
        return words[0] in (",", "of", "in", "(")
    if words[:2] == ["at", "the"] and words[-1] == "of":
        return True
    opens = words[0] in (",", "of", "in", "(", "within", "inside")
    last = next((w for w in reversed(words) if w in ("of", "in", "within", "inside", "near")), None)
    return opens and (last in ("of", "in", "within", "inside") or words == [",", "the"])


def _listed(sentence: Sentence, outer: Toponym, between: Sequence[Token]) -> bool:
    """Whether the comma is that of a list: "A, B and C" is no address."""
    if [t.lower for t in between] != [","]:
        return False
    rest = sentence.tokens[outer.last + 1 : outer.last + 3]
    return any(t.lower in ("and", "or", "&") for t in rest)


def _larger(outer: Toponym, inner: Toponym, *, strict: bool) -> bool:
    if outer.kind is None or inner.kind is None:
        return not strict
    return _SIZE[outer.kind] >= _SIZE[inner.kind]


def holders(toponyms: Sequence[Toponym], held: dict[int, int]) -> dict[Key, list[Key]]:
    """The same by key, chains followed: what holds the holder holds the held."""
    found: dict[Key, list[Key]] = defaultdict(list)
    for inner, outer in held.items():
        seen = {inner}
        while outer not in seen:
            seen.add(outer)
            if toponyms[outer].origin != "pointer":
                found[toponyms[inner].key].append(toponyms[outer].key)
            if outer not in held:
                break
            outer = held[outer]
    return dict(found)
