"""Where a report puts a place in a unit that the gazetteer says it does not lie in. The true place is kept; the mark says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from khabar.knowledge.gazetteer import CompiledGazetteer
from khabar.knowledge.gazetteer.typewords import core_of, kind_of_word
from khabar.records import Flag, PlaceEntry, Reading, Sentence, Span
from khabar.resolve.places.resolution import holds
from khabar.resolve.places.toponyms import Toponym, joined
from khabar.resolve.places.words import COUNTS

_UNITS = ("province", "district", "region", "country")
_SENTENCES = 3  # how far on a list may follow the count that announces it
_LOOK = 40  # places


def contradictions(
    reading: Reading,
    toponyms: Sequence[Toponym],
    held: Mapping[int, int],
    entries: Mapping[int, PlaceEntry],
    gazetteer: CompiledGazetteer,
) -> dict[int, Flag]:
    """Index of a toponym → the mark on it: said to lie where it does not, in its own phrase or by an announced list."""
    found: dict[int, Flag] = {}
    units = {i: _unit(entry, gazetteer) for i, entry in entries.items()}
    for inner, outer in held.items():
        if not _plainly(reading, toponyms[inner], toponyms[outer]):
            continue
        span = _hull(toponyms[inner].span, toponyms[outer].span)
        _mark(found, inner, outer, units, span)
    for outer, count, listed in _announced(reading, toponyms, entries):
        for inner in listed:
            _mark(found, inner, outer, units, toponyms[inner].span, f"one of {count} said to be in")
    return found


def _unit(entry: PlaceEntry, gazetteer: CompiledGazetteer) -> PlaceEntry:
    """The province that a region is named for ("Panjshir Valley"), else the entry itself."""
    if entry.kind != "region":
        return entry
    core = core_of(entry.name)
    return next((e for e in gazetteer.lookup(core) if e.kind == "province" and e.country == entry.country), entry)


def _plainly(reading: Reading, inner: Toponym, outer: Toponym) -> bool:
    """Whether nothing but "of" or "in" stands between the two: an enumeration is no claim."""
    between = reading.sentences[inner.sentence].tokens[inner.last + 1 : outer.first]
    return bool(between) and all(t.lower in ("of", "in", "the") for t in between)


def _mark(
    found: dict[int, Flag], inner: int, outer: int, entries: Mapping[int, PlaceEntry], span: Span, said: str = "said to be in"
) -> None:
    one, other = entries.get(inner), entries.get(outer)
    if one is None or other is None or one.id == other.id or inner in found or other.kind not in _UNITS:
        return
    if one.kind in ("region", "country") or one.admin1 is None or holds(other, one) or other.country not in (one.country, None):
        return
    found[inner] = Flag("contradiction", span, f"{one.name} lies in {one.admin1}; it is {said} {other.name}")


def _announced(reading: Reading, toponyms: Sequence[Toponym], entries: Mapping[int, PlaceEntry]) -> list[tuple[int, int, tuple[int, ...]]]:
    """Find "three districts in X", and soon after a list of three places: (X, 3, the list)."""
    found = []
    for outer, toponym in enumerate(toponyms):
        if toponym.origin == "pointer" or outer not in entries:
            continue
        count = _count_before(reading.sentences[toponym.sentence], toponym)
        listed = _list_after(reading, toponyms, outer, count) if count else ()
        if count and listed:
            found.append((outer, count, listed))
    return found


def _count_before(sentence: Sentence, toponym: Toponym) -> int | None:
    """The number in "three districts in X"."""
    before = [t.lower for t in sentence.tokens[max(0, toponym.first - 5) : toponym.first] if t.lower != "the"]
    if len(before) < 3 or before[-1] not in ("in", "of") or not before[-2].endswith("s") or kind_of_word(before[-2]) is None:
        return None
    word = before[-3]
    return COUNTS.get(word) or (int(word) if word.isdigit() and 1 < int(word) < 20 else None)


def _list_after(reading: Reading, toponyms: Sequence[Toponym], outer: int, count: int) -> tuple[int, ...]:
    sentence = toponyms[outer].sentence
    for later in range(sentence, min(len(reading.sentences), sentence + _SENTENCES + 1)):
        after = range(outer + 1, min(len(toponyms), outer + 1 + _LOOK))
        listed = tuple(i for i in after if toponyms[i].sentence == later and toponyms[i].origin != "pointer")
        if len(listed) == count and all(joined(reading.sentences[later], toponyms[a], toponyms[b]) for a, b in pairwise(listed)):
            return listed
    return ()


def _hull(one: Span, other: Span) -> Span:
    return Span(min(one.start, other.start), max(one.end, other.end))
