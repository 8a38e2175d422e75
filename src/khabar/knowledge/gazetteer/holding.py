"""Which first-level unit an entry of the overlay lies in: that of the towns around it, where they agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from khabar.knowledge.gazetteer.sources import Row

_TOWNS = 4  # the nearest ones, which must all lie in one unit
_REACH_KM = 60.0
_DEGREE_KM = 111.2
_KINDS = frozenset({"town", "site", "district"})


def place_in_units(rows: Sequence[Row]) -> None:
    """Fill in the unit of every town, site and district of ours whose nearest GeoNames towns all lie in one."""
    towns: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.source == "geonames" and row.kind == "town" and row.unit:
            towns[row.country].append(row)
    points = {country: np.array([(r.lat, r.lon) for r in found]) for country, found in towns.items()}
    for row in rows:
        if row.source == "khabar" and row.kind in _KINDS and not row.unit and row.country in towns:
            row.unit = _unit(row, towns[row.country], points[row.country])


def _unit(row: Row, towns: Sequence[Row], points: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> str:
    north = (points[:, 0] - row.lat) * _DEGREE_KM
    east = (points[:, 1] - row.lon) * _DEGREE_KM * np.cos(np.radians(row.lat))
    away = np.hypot(north, east)
    nearest = np.argsort(away, kind="stable")[:_TOWNS]
    units = {towns[i].unit for i in nearest}
    return units.pop() if len(units) == 1 and away[nearest[-1]] <= _REACH_KM else ""
