"""Kilometres between points and entries."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from khabar.records import PlaceEntry


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance."""
    one, two = radians(lat), radians(other_lat)
    across = radians(other_lon - lon)
    h = sin((two - one) / 2) ** 2 + cos(one) * cos(two) * sin(across / 2) ** 2
    return 12742 * asin(min(1.0, sqrt(h)))


def apart(one: PlaceEntry, other: PlaceEntry) -> float:
    return kilometres(one.lat, one.lon, other.lat, other.lon)
