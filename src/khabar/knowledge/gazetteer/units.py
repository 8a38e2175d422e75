"""First- and second-level units by their GeoNames code, so that an entry of the user's lies in the units that khabar knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from khabar.knowledge.gazetteer.sheets import sheet
from khabar.knowledge.gazetteer.typewords import core_of


@dataclass(slots=True)
class Units:
    """Codes of units and their names: GeoNames' ("AF.42", "AF.42.4201"), and those that a user's list names and GeoNames does not."""

    own: dict[str, str] = field(default_factory=dict)

    def name(self, code: str) -> str | None:
        return _names().get(code) or self.own.get(code)

    def code_of(self, country: str, written: str) -> str:
        """The code of a first-level unit as a list writes it: a code, a name; one of our own for a name that GeoNames lacks."""
        if not written or not country:
            return ""
        known = _codes().get((country, written)) or _codes().get((country, core_of(written)))
        if known is None:
            known = f"{country}/{core_of(written)}"
            self.own.setdefault(known, written)
        return known


@cache
def _names() -> MappingProxyType[str, str]:
    first = {cells[0]: cells[3] for _, cells in sheet("admin1.tsv", columns=7)}
    second = {cells[0]: cells[3] for _, cells in sheet("admin2.tsv", columns=8, optional=1)}
    return MappingProxyType(second | first)


@cache
def _codes() -> MappingProxyType[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for _, (code, _number, iso3, name, *_rest) in sheet("admin1.tsv", columns=7):
        found.setdefault((iso3, core_of(name)), code)
        found[iso3, code] = code
    return MappingProxyType(found)


@cache
def iso3_of() -> MappingProxyType[str, str]:
    """ISO 3166 alpha-2 and alpha-3, in capitals → alpha-3."""
    found: dict[str, str] = {}
    for _, cells in sheet("countries.tsv", columns=13, optional=2):
        found[cells[1]] = found[cells[0]] = cells[0]
    return MappingProxyType(found)
