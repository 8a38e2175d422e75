"""The land between two places: "on the road between Goma and Sake"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from khabar.knowledge.gazetteer.distance import apart
from khabar.records import Area, Place, PlaceEntry, Reading, Span, Value
from khabar.resolve.places.toponyms import Toponym
from khabar.resolve.places.words import ROADS

_FURTHEST_KM = 400.0  # ends that lie further apart name two happenings, or two parties, and no stretch of land


def spans_between(reading: Reading, toponyms: Sequence[Toponym], entries: Mapping[int, PlaceEntry]) -> dict[int, int]:
    """Index of the first place of "between A and B", "the A-B road" → index of the second; countries are parties there, not ends."""
    found: dict[int, int] = {}
    for i in range(len(toponyms) - 1):
        one, other = toponyms[i], toponyms[i + 1]
        if one.sentence != other.sentence or i not in entries or i + 1 not in entries:
            continue
        tokens = reading.sentences[one.sentence].tokens
        before = [t.lower for t in tokens[max(0, one.first - 2) : one.first] if t.lower != "the"]
        joined = [t.lower for t in tokens[one.last + 1 : other.first] if t.lower != "the"]
        small = not {entries[i].kind, entries[i + 1].kind} & {"country", "region"}
        after = [t.lower for t in tokens[other.last : other.last + 2]]  # the road may be taken for the second name's type
        road = joined in (["-"], ["–"], ["—"], ["/"]) and bool(ROADS.intersection(after))
        linked = road or (before[-1:] == ["between"] and joined == ["and"])
        if linked and small and apart(entries[i], entries[i + 1]) <= _FURTHEST_KM:
            found[i] = i + 1
    return found


def midway(one: Value[Place], ends: tuple[PlaceEntry, PlaceEntry], span: Span) -> Value[Place]:
    """The place half way, with an area that reaches both ends."""
    first, second = ends
    lat, lon = round((first.lat + second.lat) / 2, 4), round((first.lon + second.lon) / 2, 4)
    name = f"between {first.name} and {second.name}"
    place = Place(span, name, None, first.country, lat, lon, Area(lat, lon, round(apart(first, second) / 2 + 5, 1)), "near")
    return replace(one, value=place, span=span)
