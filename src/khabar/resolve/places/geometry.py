"""Distances and shifts on the globe, in degrees and kilometres."""

from __future__ import annotations

from math import cos, radians

from khabar.knowledge.gazetteer import countries
from khabar.knowledge.gazetteer.distance import kilometres
from khabar.records import PlaceEntry, PlacePrecision

_DEGREE_KM = 111.2
# How far from its point a place of each kind may reach, in kilometres: the radius of the area that is given with it.
REACH_KM: dict[PlacePrecision, float] = {"site": 3, "town": 6, "district": 25, "province": 90, "region": 120, "country": 400, "near": 20}


def moved(lat: float, lon: float, north_km: float, east_km: float) -> tuple[float, float]:
    """A point that lies so far north and east of another."""
    there = lat + north_km / _DEGREE_KM
    return max(-89.9, min(89.9, there)), lon + east_km / (_DEGREE_KM * max(0.05, cos(radians(lat))))


def part_of(entry: PlaceEntry, north: float, east: float) -> tuple[float, float, float]:
    """The middle and radius (km) of a side of a country, province or region: "northern Iraq" lies 0.55 of the way to the border.

    0.55 was chosen so that sides of twenty countries fall where maps of their conflicts label them.
    """
    country = countries().get(entry.country or "") if entry.kind == "country" else None
    if country is None:
        radius = REACH_KM[entry.kind]
        lat, lon = moved(entry.lat, entry.lon, north * radius * 0.5, east * radius * 0.5)
        return lat, lon, radius * 0.6
    edge_lat = country.north if north > 0 else country.south
    edge_lon = country.east if east > 0 else country.west
    lat = entry.lat + abs(north) * 0.55 * (edge_lat - entry.lat)
    lon = entry.lon + abs(east) * 0.55 * (edge_lon - entry.lon)
    height = kilometres(country.south, entry.lon, country.north, entry.lon)
    width = kilometres(entry.lat, country.west, entry.lat, country.east)
    return lat, lon, max(20.0, 0.3 * min(height, width))
