"""Names that no gazetteer lists, placed by what the report says beside them, as coarsely as that allows.

A site ("the Hayat Hotel") lies in the town that the report speaks of there; a village in the province of the places around it. Either
is a fallback: the place keeps its own name, has no entry, and says why.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from khabar.knowledge.gazetteer import CompiledGazetteer
from khabar.records import PlaceEntry, Reading, Sentence
from khabar.resolve.places.asides import head_of, is_aside
from khabar.resolve.places.resolution import Resolved
from khabar.resolve.places.toponyms import Toponym

_NEARBY = frozenset({"near", "outside", "close", "by"})
_APART = 4  # tokens between a name and what it is near
_BESIDE = 8  # names on either side that are looked at in a sentence
_MEMORY = 12  # sentences back to the town that a site is in


def placed_beside(
    reading: Reading,
    toponyms: Sequence[Toponym],
    labelled: Mapping[int, int],
    entries: Mapping[int, PlaceEntry],
    gazetteer: CompiledGazetteer,
) -> dict[int, Resolved]:
    """Index of a name without an entry → the town or province that its company gives it; left out where nothing does.

    `labelled` is what heads the passage of a digest, by sentence.
    """
    found: dict[int, Resolved] = {}
    told = [j for j in sorted(entries) if not _of_a_speaker(reading, toponyms[j])]
    towns = [j for j in told if entries[j].kind == "town"]
    small = [j for j in told if entries[j].kind in ("town", "district", "site", "province")]
    for i, toponym in enumerate(toponyms):
        if i in entries or (toponym.origin != "mention" and toponym.kind != "site"):
            continue
        near = _stated(reading.sentences[toponym.sentence], toponyms, entries, i)
        label = labelled.get(toponym.sentence, i)
        if near is not None:
            reason = f"not in the gazetteer: placed by {near.name}, which the text says is near"
            found[i] = Resolved(near, 0.4, "places.beside", reason)
        elif label in entries and entries[label].kind != "country":
            reason = f"not in the gazetteer: placed by {entries[label].name}, which the passage is headed by"
            found[i] = Resolved(entries[label], 0.3, "places.container", reason)
        elif toponym.kind == "site":
            town = _around(toponyms, towns, entries, i)
            if town is not None:
                found[i] = Resolved(town, 0.3, "places.container", f"not in the gazetteer: placed by {town.name}, the town last spoken of")
        else:
            unit = _province(_around(toponyms, small, entries, i), gazetteer)
            if unit is not None:
                reason = f"not in the gazetteer: placed by {unit.name}, where the places named beside it lie"
                found[i] = Resolved(unit, 0.2, "places.container", reason)
    return found


def _stated(sentence: Sentence, toponyms: Sequence[Toponym], entries: Mapping[int, PlaceEntry], i: int) -> PlaceEntry | None:
    """As in "Kangu Beach, near Buin": the town right behind."""
    if i + 1 not in entries or toponyms[i + 1].sentence != toponyms[i].sentence or entries[i + 1].kind not in ("town", "district", "site"):
        return None
    between = [t.lower for t in sentence.tokens[toponyms[i].last + 1 : toponyms[i + 1].first]]
    told = between in ([","], ["("]) or (between[:1] in ([","], ["("], ["near"]) and len(between) <= _APART and _NEARBY & set(between))
    return entries[i + 1] if told else None


def _of_a_speaker(reading: Reading, toponym: Toponym) -> bool:
    """Whether a place is where somebody speaks or holds an office: it says nothing of what lies beside it in the text."""
    sentence = reading.sentences[toponym.sentence]
    return toponym.origin == "pointer" or is_aside(sentence, toponym, head_of(sentence, toponym), ())


def _around(toponyms: Sequence[Toponym], told: Sequence[int], entries: Mapping[int, PlaceEntry], i: int) -> PlaceEntry | None:
    """The nearest place of some that are told: in the sentence, else before it, else the first after it."""
    here, at = toponyms[i].sentence, bisect_left(told, i)
    near = told[max(0, at - _BESIDE) : at + _BESIDE]
    same = [j for j in near if toponyms[j].sentence == here]
    if same:
        return entries[min(same, key=lambda j: (abs(j - i), j))]
    before = told[at - 1] if at else None
    if before is not None and here - toponyms[before].sentence <= _MEMORY:
        return entries[before]
    return entries[told[at]] if at < len(told) else None


def _province(entry: PlaceEntry | None, gazetteer: CompiledGazetteer) -> PlaceEntry | None:
    """The first-level unit that holds a place; the place itself where it is one."""
    if entry is None or entry.kind == "province":
        return entry
    if entry.admin1 is None:
        return None
    units = (e for e in gazetteer.lookup(entry.admin1) if e.kind == "province" and e.country == entry.country)
    return next(units, None)
