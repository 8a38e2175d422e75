"""GeoNames dumps: `allCountries.txt`, `AF.txt`, 19 columns between tabs and no header, of which what a report would name is taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from types import MappingProxyType

from khabar.errors import KnowledgeError
from khabar.knowledge.gazetteer.folding import fold
from khabar.knowledge.gazetteer.rows import LONGEST_NAME, Where, decoded, named, nowhere, people, point
from khabar.knowledge.gazetteer.sheets import sheet
from khabar.knowledge.gazetteer.sources import Row, prominence, readable
from khabar.knowledge.gazetteer.typewords import KINDS
from khabar.knowledge.gazetteer.units import Units, iso3_of
from khabar.records import PlacePrecision

COLUMNS = 19
ATTRIBUTION = (
    "GeoNames (https://www.geonames.org), a dump added by the user, CC BY 4.0; what reports name was selected and compiled for khabar."
)
_DUMP = "a GeoNames dump has 19 columns between tabs and no header (https://download.geonames.org/export/dump/)"


@cache
def features() -> MappingProxyType[str, tuple[PlacePrecision, int]]:
    """Feature class and code ("P.PPL") → the kind that it is here, and its prominence without people."""
    found: dict[str, tuple[PlacePrecision, int]] = {}
    for line, (code, kind, standing) in sheet("features.tsv", columns=3):
        if kind not in KINDS or not standing.isdigit() or int(standing) > 250:
            raise KnowledgeError(f"features.tsv, line {line}: a feature needs a kind ({', '.join(KINDS)}) and a prominence from 0 to 250")
        found[code] = kind, int(standing)
    return MappingProxyType(found)


def is_dump(line: str) -> bool:
    """Whether a first line may be that of a dump: so many columns, a number first."""
    cells = line.rstrip("\r\n").split("\t")
    return len(cells) == COLUMNS and cells[0].isdigit()


def places(lines: Iterable[bytes], where: Where, units: Units) -> Iterator[Row]:
    """The entries of a dump that a report would name, one at a time. Raises KnowledgeError naming file and line of a bad row."""
    taken, iso3 = features(), iso3_of()
    for line in decoded(lines, where):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) != COLUMNS:
            raise where.fault(f"{len(cells)} columns where {COLUMNS} belong", _DUMP)
        id_, name, plain, others, lat, lon, group, code, iso2, _, admin1, admin2, *_, population = cells[:15]
        feature = taken.get(f"{group}.{code}")
        if not (id_.isascii() and id_.isdigit()):
            raise where.fault(f"{id_[:40]!r} is no GeoNames id", _DUMP)
        country = iso3.get(iso2, "")
        if iso2 and not country:
            raise where.fault(f"there is no country {iso2[:40]!r}", "column 9 holds an ISO 3166 code of two letters")
        place = point(lat, lon, where)
        if feature is None or nowhere(place) or not fold(name):
            continue
        kind, standing = feature
        count = people(population, where)
        unit = f"{iso2}.{admin1}"
        yield Row(
            f"geonames:{int(id_)}", named(name, where), kind, country, *place, "geonames", max(prominence(count), standing), count,
            unit if units.name(unit) else "", f"{unit}.{admin2}" if kind != "district" and units.name(f"{unit}.{admin2}") else "",
            tuple(n for n in dict.fromkeys((plain, *others.split(","))) if n and n != name and len(n) <= LONGEST_NAME and readable(n)),
        )  # fmt: skip
