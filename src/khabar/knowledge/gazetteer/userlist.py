"""A user's own list of places: CSV with a header. `name`, `lat` and `lon` are needed; the rest may be left out, or blank."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from khabar.knowledge.gazetteer.folding import fold
from khabar.knowledge.gazetteer.rows import Where, decoded, named, nowhere, people, point
from khabar.knowledge.gazetteer.sources import FIRST, Row, prominence
from khabar.knowledge.gazetteer.typewords import KINDS
from khabar.knowledge.gazetteer.units import Units, iso3_of

NEEDED = ("name", "lat", "lon")
OPTIONAL = ("country", "kind", "admin1", "population", "other_names", "id")
LIST_KINDS = tuple(k for k in KINDS if k not in ("near", "country"))
_BY_PEOPLE = 10  # among a user's own, a town of a million is 16 steps above a hamlet


def first(population: int) -> int:
    """The prominence of an entry that is to come before those of khabar."""
    return FIRST + prominence(population) // _BY_PEOPLE


def header(line: str, where: Where) -> list[str]:
    """The columns of a list. Raises KnowledgeError for a missing or an unknown one."""
    columns = [cell.strip().lower() for cell in next(csv.reader([line]), [])]
    where.line = 1
    if missing := [c for c in NEEDED if c not in columns]:
        raise where.fault(f"its header has no column {', '.join(missing)}", f"a list needs the columns {', '.join(NEEDED)}")
    known = (*NEEDED, *OPTIONAL)
    if unknown := [c for c in columns if c not in known]:
        raise where.fault(f"a column is called {unknown[0][:40]!r}", f"the columns may be {', '.join(known)}")
    if doubled := [c for c in columns if columns.count(c) > 1]:
        raise where.fault(f"the column {doubled[0]} stands twice", "take one of them out")
    return columns


def places(lines: Iterable[bytes], where: Where, units: Units, list_name: str) -> Iterator[Row]:
    """The entries of a list, one at a time. Raises KnowledgeError naming file and line of a bad row."""
    text = decoded(lines, where)
    columns = header(next(text, ""), where)
    seen: dict[str, int] = {}
    try:
        for cells in csv.reader(text, strict=True):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(columns):
                raise where.fault(f"{len(cells)} cells where the header has {len(columns)}", "give every row a cell for every column")
            row = _row(dict(zip(columns, (cell.strip() for cell in cells), strict=True)), where, units, list_name)
            if row.id in seen:
                raise where.fault(f"{row.id} stands in line {seen[row.id]} already", "give each place an id of its own, or take one out")
            seen[row.id] = where.line
            yield row
    except csv.Error as error:
        raise where.fault(f"it cannot be read as CSV ({error})", "check its commas and quotation marks") from error


def _row(cells: dict[str, str], where: Where, units: Units, list_name: str) -> Row:
    name = named(cells["name"], where)
    if len(fold(name)) < 2:
        raise where.fault(f"the name {name!r} has no two letters or digits", "write it in full")
    place = point(cells["lat"], cells["lon"], where)
    if nowhere(place):
        raise where.fault("0, 0 is no place, and stands for one that is not known", "give the place its point, or take it out")
    country = _country(cells.get("country", ""), where)
    kind = cells.get("kind", "").lower() or "town"
    if kind not in LIST_KINDS:
        raise where.fault(f"{kind[:40]!r} is no kind of place", f"there are {', '.join(LIST_KINDS)}")
    count = people(cells.get("population", ""), where)
    others = tuple(named(n, where) for n in cells.get("other_names", "").split("|") if n.strip())
    id_ = cells.get("id") or f"{fold(name).replace(' ', '-')}@{place[0]:.4f},{place[1]:.4f}"
    return Row(
        f"{list_name}:{named(id_, where)}", name, kind, country, *place, list_name, first(count), count,
        units.code_of(country, named(cells["admin1"], where) if cells.get("admin1") else ""), others=others,
    )  # fmt: skip


def _country(written: str, where: Where) -> str:
    if not written:
        return ""
    found = iso3_of().get(written.upper())
    if found is None:
        raise where.fault(f"there is no country {written[:40]!r}", "write ISO 3166 codes: AFG or AF")
    return found


def is_list(line: str) -> bool:
    """Whether a first line may be the header of a list."""
    try:
        columns = [cell.strip().lower() for cell in next(csv.reader([line]), [])]
    except csv.Error:
        return False
    return "name" in columns or {"lat", "lon"} <= set(columns)
