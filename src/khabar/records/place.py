"""Where: a gazetteer's entries, and places as statements hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from khabar.records.value import Span

PlacePrecision = Literal["site", "town", "district", "province", "region", "country", "near"]


@dataclass(frozen=True, slots=True)
class Area:
    """A circle of uncertainty: centre in degrees, radius in kilometres."""

    lat: float
    lon: float
    radius_km: float


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A row of the gazetteer. `id` names source and row ("geonames:1138958", "khabar:andarab"); `country` is ISO 3166 alpha-3.

    `kind` is its precision when named plainly; `admin1` and `admin2` are the names of the units that hold it, where known.
    """

    id: str
    name: str
    kind: PlacePrecision
    country: str | None
    lat: float
    lon: float
    admin1: str | None = None
    admin2: str | None = None
    population: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place as a statement holds it. Coordinates are None, never 0,0, where it was not resolved.

    `part` holds the words that make it a part of what is named ("four of the seven districts", "western outskirts"):
    a part says nothing of the whole.
    """

    span: Span | None
    name: str
    entry: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    area: Area | None = None
    precision: PlacePrecision | None = None
    part: str | None = None
