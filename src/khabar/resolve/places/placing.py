"""From a resolved toponym to the place that a statement holds: point, area and precision, as the words around it shape them."""

from __future__ import annotations

from dataclasses import replace

from khabar.records import Area, Place, PlaceEntry, PlacePrecision, Reading, Value
from khabar.resolve.places.geometry import REACH_KM, moved, part_of
from khabar.resolve.places.resolution import Resolved
from khabar.resolve.places.shape import Shape, shape_of
from khabar.resolve.places.toponyms import Toponym


def place_of(reading: Reading, toponym: Toponym, resolved: Resolved, rule: str) -> Value[Place]:
    """The place with its evidence. A name that was not resolved keeps its words and has no coordinates."""
    text = reading.document.text
    shape = shape_of(text, reading.sentences[toponym.sentence], toponym)
    span = shape.span or toponym.span
    if resolved.entry is None:
        place = Place(span, toponym.name, part=shape.part)
        return Value(place, span, rule, 0.1, resolved.reason, resolved.candidates)
    if resolved.because in ("places.container", "places.beside"):
        near = Shape(km=0.0, near=True) if resolved.because == "places.beside" else Shape()
        held = _placed(replace(toponym, kind=None), resolved.entry, near)
        name = toponym.phrase if toponym.kind == "site" else toponym.name
        return Value(replace(held, name=name, entry=None), span, resolved.because, resolved.confidence, resolved.reason)
    return Value(_placed(toponym, resolved.entry, shape), span, rule, resolved.confidence, None, resolved.candidates)


def _placed(toponym: Toponym, entry: PlaceEntry, shape: Shape) -> Place:
    lat, lon, radius, precision = _where(toponym, entry, shape)
    name = f"{shape.part} {entry.name}" if shape.side and shape.part and precision == "region" else entry.name
    span = shape.span or toponym.span
    area = None if precision == "country" else Area(round(lat, 4), round(lon, 4), round(radius, 1))
    return Place(span, name, entry.id, entry.country, round(lat, 4), round(lon, 4), area, precision, shape.part)


def _where(toponym: Toponym, entry: PlaceEntry, shape: Shape) -> tuple[float, float, float, PlacePrecision]:
    precision: PlacePrecision = entry.kind
    if toponym.kind in ("site", "district") and entry.kind == "town":
        precision = toponym.kind
    if shape.near:
        km = shape.km or 0.0
        lat, lon = moved(entry.lat, entry.lon, shape.north * km, shape.east * km)
        return lat, lon, max(10.0, 0.3 * km) + (REACH_KM[precision] if km == 0 else 0.0), "near"
    if shape.side and entry.kind in ("country", "province", "region"):
        return *part_of(entry, shape.north, shape.east), "region"
    return entry.lat, entry.lon, REACH_KM[precision], precision


def weighed_place(entry: PlaceEntry, share: float) -> Value[Place]:
    """A place taken over from the report's story: without a span, since nothing is written where it is taken over."""
    area = None if entry.kind == "country" else Area(entry.lat, entry.lon, REACH_KM[entry.kind])
    return Value(Place(None, entry.name, entry.id, entry.country, entry.lat, entry.lon, area, entry.kind), None, "places.inherited", share)
