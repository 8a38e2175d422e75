"""What "the three districts" and "both towns" stand for: the list of that many places that the report names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from khabar.knowledge.gazetteer.typewords import ACCEPTED
from khabar.records import PlaceEntry, Reading
from khabar.resolve.places.toponyms import Toponym, joined

_BACK, _AHEAD = 12, 3  # sentences to the list
_FEWEST = 2
_MOST = 12  # lists on either side that are looked at


def listed(
    toponyms: Sequence[Toponym], found_runs: Sequence[tuple[int, ...]], entries: Mapping[int, PlaceEntry]
) -> dict[int, tuple[int, ...]]:
    """Index of a plural pointer → the toponyms that it stands for: the last run before it that fits, else the first after it."""
    lists = [run for run in found_runs if len(run) >= _FEWEST and all(i in entries for i in run)]
    starts = [run[0] for run in lists]
    found: dict[int, tuple[int, ...]] = {}
    for i, pointer in enumerate(toponyms):
        if pointer.several is None:
            continue
        at = bisect_left(starts, i)
        before = [r for r in lists[max(0, at - _MOST) : at] if pointer.sentence - toponyms[r[0]].sentence <= _BACK]
        after = [r for r in lists[at : at + _MOST] if toponyms[r[0]].sentence - pointer.sentence <= _AHEAD] if pointer.several else []
        fitting = (run for run in (*reversed(before), *after) if _fits(pointer, [entries[j] for j in run]))
        run = next(fitting, None)
        if run is not None:
            found[i] = run
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
