"""One name with its province and country, as a list of events or a form gives them, to one place: or to the province, and why.

A name inside a known province is either that of one place there, or it answers the province. It is never pulled to a namesake beyond.
"""

from __future__ import annotations

import re  # on 200 characters, without repeats inside repeats: the build has no re2
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from khabar.knowledge.gazetteer.countries import countries
from khabar.knowledge.gazetteer.distance import apart
from khabar.knowledge.gazetteer.folding import fold
from khabar.knowledge.gazetteer.index import CompiledGazetteer
from khabar.knowledge.gazetteer.sheets import sheet
from khabar.knowledge.gazetteer.sources import FIRST
from khabar.knowledge.gazetteer.typewords import core_of, strip_type
from khabar.knowledge.gazetteer.units import iso3_of
from khabar.records import PlaceEntry, PlacePrecision

# Entries closer than this are one place written twice (a town and its district, GeoNames' row and ours): no choice to be made.
_SAME_KM = 20.0
# Of namesakes in one province the largest is meant where it is a town that a country knows and no other is a tenth of it.
_TOWN, _TIMES = 20_000, 10
_UNITS: tuple[PlacePrecision, ...] = ("province", "region", "district")  # what may be called a first-level unit
_REACH_KM = {"province": 120.0, "region": 150.0, "district": 50.0}  # of a unit, where no entry says that it lies in it
_SEAT = 30_000  # people of a town that a unit is called after
_ALIKE = 0.8  # of another spelling, in a province that is known: letters in common
_FITS: dict[PlacePrecision | None, tuple[PlacePrecision, ...]] = {
    None: ("town", "site", "district", "region", "province"),
    "town": ("town", "site"),
    "site": ("site", "town"),
    "district": ("district",),
    "region": ("region", "site"),
    "province": ("province",),
    "country": ("country",),
}


_UNIT_ALONE = "the province is all that is named"
ELSEWHERE = "only a namesake elsewhere, or one of another kind"
MISSING = "no place of that name in the gazetteer"


@dataclass(frozen=True, slots=True)
class Located:
    """What a name was taken for. `rule` is name, spelling, border, province, country or none; `reason` says why it is no more exact.

    `near` is whether the words say that the place is by the one named and not in it.
    """

    entry: PlaceEntry | None
    rule: str
    reason: str | None = None
    near: bool = False


def locate(name: str, *, country: str | None = None, admin1: str | None = None, places: CompiledGazetteer | None = None) -> Located:
    """The place that a name stands for in a country (a name or an ISO 3166 code) and a first-level unit, both as evidence.

    `places` is the gazetteer asked, khabar's own unless given. Never raises over what is written.
    """
    if places is None:
        from khabar.knowledge.gazetteer import gazetteer

        places = gazetteer()
    state = _state(country, places)
    unit = _unit(admin1, state, places)
    return _Search(places, state, unit).of(name)


@dataclass(frozen=True, slots=True)
class _Search:
    places: CompiledGazetteer
    state: PlaceEntry | None
    unit: PlaceEntry | None

    def of(self, name: str) -> Located:
        plain, near, line = _plain(name)
        border = next((e for e in self.places.lookup(name) if "border-" in e.id), None)
        if border is not None:
            return Located(border, "border")
        reason = "a stretch between places, which no one point stands for" if line else "blank"
        for written in () if line else plain:
            found = self._named(written, near)
            if found.entry is not None:
                return found
            reason = found.reason or reason
        return self._fallen_back(reason)

    def _named(self, written: str, near: bool) -> Located:
        core, kind = strip_type(fold(written))
        if self.state is not None and core in {fold(self.state.name)} and kind in (None, "country"):
            return Located(self.state, "country", "the country is all that is named")
        if self.unit is not None and kind in (None, "province") and _same_unit(self.unit, core) and not self._towns(core):
            return Located(self.unit, "province", _UNIT_ALONE)
        fitting = [e for e in self.places.lookup(written) if e.kind in _FITS[kind] and self._holds(e)]
        if not fitting:
            fitting, rule = self._respelt(written, kind), "spelling"
        else:
            rule = "name"
        if not fitting:
            return Located(None, "none", self._missing(written))
        mine = [e for e in fitting if e.kind != "country" and self.places.prominence(e) >= FIRST]
        best = _best(mine or fitting, kind)
        if best is None:
            return Located(None, "none", f"{len(fitting)} places of that name there")
        if best.kind == "province":
            return Located(best, "province", _UNIT_ALONE)
        return Located(best, rule, near=near)

    def _towns(self, core: str) -> bool:
        return any(e.kind == "town" and self._holds(e) for e in self.places.lookup(core))

    def _holds(self, entry: PlaceEntry) -> bool:
        """Whether an entry may be meant: in the unit where one is known, else in the country."""
        if self.state is None:
            return True
        if entry.country is None or entry.country not in {self.state.country, self.unit.country if self.unit else None}:
            return False
        if self.unit is None or entry.id == self.unit.id:
            return True
        if self.unit.kind == "country":
            return entry.country == self.unit.country
        if self.unit.kind != "province":
            return self.unit.name in (entry.admin1, entry.admin2) or apart(entry, self.unit) < _REACH_KM[self.unit.kind]
        if entry.admin1 is not None:
            return _same_unit(self.unit, core_of(entry.admin1))
        return entry.kind == "region" or apart(entry, self.unit) < _REACH_KM["province"]

    def _respelt(self, written: str, kind: PlacePrecision | None) -> list[PlaceEntry]:
        if self.unit is None or self.state is None:
            return []
        found = self.places.respelt(written, [self.state.country or ""], alike=_ALIKE)
        return [e for e in found if e.kind in _FITS[kind] and e.admin1 is not None and self._holds(e)]

    def _missing(self, written: str) -> str:
        if any(self.state is None or e.country == self.state.country for e in self.places.lookup(written)):
            return ELSEWHERE
        return MISSING

    def _fallen_back(self, reason: str) -> Located:
        if self.unit is not None:
            return Located(self.unit, "province", reason)
        return Located(self.state, "country" if self.state else "none", reason)


def _best(fitting: Sequence[PlaceEntry], kind: PlacePrecision | None) -> PlaceEntry | None:
    """The one that is meant; None where it cannot be told. Of one place written twice the kind that is asked for."""
    order = {k: i for i, k in enumerate(_FITS[kind])}
    best = min(fitting, key=lambda e: (-e.population, order[e.kind], e.id))
    rivals = [e for e in fitting if apart(e, best) > _SAME_KM]
    if not rivals:
        return min(fitting, key=lambda e: (order[e.kind], -e.population, e.id))
    clear = best.population >= _TOWN and best.population >= _TIMES * max(e.population for e in rivals)
    return best if clear else None


def _plain(name: str) -> tuple[list[str], bool, bool]:
    """The names within a writing ("X/Y village (Z)"), whether it is near them, whether it is a line between them."""
    text = " ".join(re.sub(r"\([^)]*\)", " ", name[:200]).split())
    folded = f" {fold(text)} "
    near = line = False
    for words, what in _vague().items():
        if f" {words} " in folded:
            near, line = near or what == "near", line or what == "line"
            if what != "line" and f" {words} " in f" {text.lower()} ":
                text = f" {text} "[f" {text.lower()} ".index(f" {words} ") + len(words) + 2 :].strip()
    parts = [part.strip() for part in re.split(r"\s*/\s*", text) if part.strip()]
    kind_word = parts[-1].rpartition(" ")[2] if parts else ""
    typed = len(parts) > 1 and strip_type(fold(parts[-1]))[1] is not None
    return [f"{p} {kind_word}" if typed and p is not parts[-1] and strip_type(fold(p))[1] is None else p for p in parts], near, line


@cache
def _vague() -> dict[str, str]:
    return {words: what for _, (words, what) in sheet("vaguewords.tsv", columns=2)}


def _state(country: str | None, places: CompiledGazetteer) -> PlaceEntry | None:
    if not country:
        return None
    iso3 = iso3_of().get(country.upper())
    for written in _alternatives(country):
        found = next((e for e in places.lookup(written) if e.kind == "country"), None)
        if found is not None and iso3 in (None, found.country):
            return found
    return next((e for e in places.lookup(countries()[iso3].name) if e.kind == "country" and e.country == iso3), None) if iso3 else None


def _alternatives(written: str) -> Iterable[str]:
    """Read "DR Congo (Zaire)" as either, "Macedonia, FYR" and "Kingdom of X" without what stands beside."""
    yield written
    outer, _, inner = written.partition("(")
    yield outer.strip()
    yield inner.rstrip(") ")
    yield written.partition(",")[0]
    yield outer.strip().rpartition(" of ")[2]


def _unit(admin1: str | None, state: PlaceEntry | None, places: CompiledGazetteer) -> PlaceEntry | None:
    """The unit of that name: in the country, or in one that the country's lists count as theirs (Gaza, Kosovo).

    A unit that the gazetteer knows under another name is told by the town that it is called after: "Kharkiv oblast" holds Kharkiv.
    """
    if not admin1:
        return None
    core, kind = strip_type(fold(admin1))
    names = [core, core.rpartition(" ")[0]] if kind is None and admin1.rpartition(" ")[2].islower() else [core]
    found = [e for written in (admin1, *names) for e in places.lookup(written)]
    here = [e for e in found if state is None or e.country == state.country]
    units = sorted((e for e in here if e.kind in _UNITS), key=lambda e: (_UNITS.index(e.kind), e.source == "khabar"))
    if not units or units[0].kind != "province":
        units = [*_renamed(core, names, here, state, places), *units]
    if units:
        return units[0]
    other = [e for e in found if e.kind in ("province", "region", "country") and fold(e.name) in names]
    return other[0] if len({e.country for e in other}) == 1 else None


def _renamed(
    core: str, names: Sequence[str], here: Sequence[PlaceEntry], state: PlaceEntry | None, places: CompiledGazetteer
) -> list[PlaceEntry]:
    """A province under another spelling, or under another name than that of its seat."""
    if state is None:
        return []
    respelt = [e for e in places.respelt(f"{core} province", [state.country or ""], alike=_ALIKE) if e.kind == "province"]
    if len({e.name for e in respelt}) == 1:
        return respelt[:1]
    seat = next((e for e in here if e.kind == "town" and e.population >= _SEAT and fold(e.name) in names), None)
    if seat is None or seat.admin1 is None:
        return []
    return [e for e in places.lookup(seat.admin1) if e.kind == "province" and e.country == seat.country][:1]


def _same_unit(unit: PlaceEntry, core: str) -> bool:
    return core_of(unit.name) == core
