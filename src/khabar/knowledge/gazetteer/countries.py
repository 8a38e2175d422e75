"""Countries: their box on the globe, their capital, their names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from khabar.knowledge.gazetteer.folding import fold
from khabar.knowledge.gazetteer.sheets import sheet


@dataclass(frozen=True, slots=True)
class Country:
    """A row of `countries.tsv`: middle and box in degrees (the box may reach over the date line: then west is above east)."""

    iso3: str
    name: str
    lat: float
    lon: float
    south: float
    west: float
    north: float
    east: float
    capital: str


@cache
def countries() -> MappingProxyType[str, Country]:
    """ISO 3166 alpha-3 → country."""
    found = {}
    for _, (iso3, _iso2, _number, name, *figures, _people, capital, _others) in sheet("countries.tsv", columns=13, optional=2):
        lat, lon, south, west, north, east = (float(f) for f in figures)
        found[iso3] = Country(iso3, name, lat, lon, south, west, north, east, capital)
    return MappingProxyType(found)


@cache
def _capitals() -> MappingProxyType[str, str]:
    return MappingProxyType({fold(c.capital): c.iso3 for c in countries().values() if c.capital})


def capital_of(name: str) -> str | None:
    """The country whose capital bears that name, as ISO 3166 alpha-3; None for any other name."""
    return _capitals().get(fold(name))
