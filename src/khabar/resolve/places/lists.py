"""What "the three districts" and "both towns" stand for: the list of that many places that the report names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from khabar.knowledge.gazetteer.typewords import ACCEPTED
from khabar.records import PlaceEntry, Reading
from khabar.resolve.places.contradictions import joined
from khabar.resolve.places.toponyms import Toponym

_BACK, _AHEAD = 12, 3  # sentences to the list
_FEWEST = 2


def listed(reading: Reading, toponyms: Sequence[Toponym], entries: Mapping[int, PlaceEntry]) -> dict[int, tuple[int, ...]]:
    """Index of a plural pointer → the toponyms that it stands for: the last list before it that fits, else the first after it."""
    lists = [run for run in runs(reading, toponyms) if len(run) >= _FEWEST and all(i in entries for i in run)]
    found: dict[int, tuple[int, ...]] = {}
    for i, pointer in enumerate(toponyms):
        if pointer.several is None:
            continue
        fitting = [run for run in lists if _fits(pointer, [entries[j] for j in run])]
        before = [r for r in fitting if r[-1] < i and pointer.sentence - toponyms[r[0]].sentence <= _BACK]
        after = [r for r in fitting if r[0] > i and toponyms[r[0]].sentence - pointer.sentence <= _AHEAD] if pointer.several else []
        if before or after:
            found[i] = before[-1] if before else after[0]
    return found


def runs(reading: Reading, toponyms: Sequence[Toponym]) -> list[tuple[int, ...]]:
    """Runs of names with nothing but commas and "and" between them."""
    found: list[list[int]] = []
    for i, toponym in enumerate(toponyms):
        if toponym.origin == "pointer":
            continue
        last = toponyms[found[-1][-1]] if found else None
        if last is not None and last.sentence == toponym.sentence and joined(reading.sentences[toponym.sentence], last, toponym):
            found[-1].append(i)
        else:
            found.append([i])
    return [tuple(run) for run in found]


def _fits(pointer: Toponym, places: Sequence[PlaceEntry]) -> bool:
    if pointer.several and pointer.several != len(places):
        return False
    wanted = ACCEPTED[pointer.kind] if pointer.kind else ("town", "district", "province", "site", "region")
    small = {"district": ("town",), "province": (), "town": ("district",)}.get(pointer.kind or "", ())
    return all(place.kind in (*wanted, *small) for place in places)
