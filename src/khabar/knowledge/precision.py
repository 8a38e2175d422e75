"""How exact a place or a date is, in the codes of the two event data sets that analysts know best.

The codes are those of the UCDP GED codebook (where_prec, date_prec; version 23.1) and of the ACLED codebook (geo_precision,
time_precision; 2023). They follow from the record: nobody sets them.
"""

from __future__ import annotations

from khabar.records import Place, When

_NEARBY_KM = 25.0  # UCDP's bound between a place that is known about and an area that is not
_WEEK, _MONTH = 7, 31  # days


def where_prec(place: Place) -> int | None:
    """UCDP: 1 the place itself, 2 within some 25 km of a place, 3 a district, 4 a first-level unit, 5 a line or an area without borders,
    6 a country, 7 waters and skies of no country; None where the place was not located."""
    if place.lat is None or place.precision is None:
        return None
    if place.precision in ("site", "town"):
        return 1 if place.entry is not None else 2  # without an entry of its own it was put where its company is
    if place.precision == "near":
        return 2 if place.area is None or place.area.radius_km <= _NEARBY_KM else 5
    if place.precision == "region" and place.country is None:
        return 7
    return {"district": 3, "province": 4, "region": 5, "country": 6}[place.precision]


def geo_precision(place: Place) -> int | None:
    """ACLED: 1 a town, 2 near a town or a small part of a region, 3 a larger region; None where the place was not located."""
    code = where_prec(place)
    return None if code is None else {1: 1, 2: 2, 3: 2}.get(code, 3)


def date_prec(when: When | None) -> int | None:
    """UCDP: 1 the day, 2 two to six days, 3 a week, 4 a month, 5 longer than that, or days that a convention set; None for no days."""
    if when is None:
        return None
    if when.basis == "convention":
        return 5
    days = (when.end - when.start).days + 1
    if days == 1:
        return 1
    if days < _WEEK:
        return 2
    return 3 if days == _WEEK else 4 if days <= _MONTH else 5


def time_precision(when: When | None) -> int | None:
    """ACLED: 1 the day, 2 a week, 3 a month or longer, or days that a convention set; None for no days."""
    code = date_prec(when)
    return None if code is None else {1: 1, 2: 2, 3: 2}.get(code, 3)
