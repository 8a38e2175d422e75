"""Single fields in words: places, days and numbers, each with the precision that it has and no more."""

from __future__ import annotations

from datetime import date

from khabar.records import Place, Quantity, Value, Values, When

NOT_KNOWN = "–"


def counted(number: int, noun: str) -> str:
    """ "1 report", "1,200 reports"."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def places_in_words(places: Values[Place]) -> str:
    """ "Velmar and Tarn"; a part keeps the words that make it one ("four of the seven districts in Velmar")."""
    *most, last = list(dict.fromkeys(place_in_words(p) for p in places)) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def place_in_words(place: Place) -> str:
    """ "near Velmar", "southern Velmar", "outskirts of Velmar", "four of the districts in Velmar": a part never stands for the whole."""
    part = place.part or ""
    if not part:
        return f"near {place.name}" if place.precision == "near" else place.name
    if part.casefold() in place.name.casefold() or place.name.casefold() in part.casefold():
        return max(part, place.name, key=len)
    if part.endswith(("ern", "central")):
        return f"{part} {place.name}"
    return f"{part} {'in' if ' of ' in part else 'of'} {place.name}"


def place_detail(place: Place) -> str:
    """What is known of where it lies: "town, AFG, 35.40 N 69.70 E", or that it was not located."""
    if place.lat is None or place.lon is None:
        return "not located"
    lat = f"{abs(place.lat):.2f} {'N' if place.lat >= 0 else 'S'}"
    lon = f"{abs(place.lon):.2f} {'E' if place.lon >= 0 else 'W'}"
    radius = f"within {place.area.radius_km:g} km" if place.area else None
    return ", ".join(part for part in (place.precision, place.country, f"{lat} {lon}", radius) if part)


def day_in_words(day: Value[date]) -> str:
    """The day of publication, or that it is not known."""
    return day.value.isoformat() if day.value else "date unknown"


def when_in_words(when: Value[When]) -> str:
    """The days, to the precision they have. Days set by a convention are marked: nobody wrote them."""
    found = when.value
    if found is None:
        return NOT_KNOWN
    days = _days(found)
    if found.basis == "convention":
        return f"undated (taken as {days})"
    return f"{days} (from context)" if found.basis == "inherited" else days


def when_in_brief(when: Value[When]) -> str:
    """For a narrow column: "2031-05-24–26"; in brackets where the days come from elsewhere in the report, never a convention's."""
    found = when.value
    if found is None:
        return NOT_KNOWN
    if found.basis == "convention":
        return "undated"
    days, first, last = _days(found), found.start.isoformat(), found.end.isoformat()
    if days == f"{first} to {last}":
        shared = 8 if first[:7] == last[:7] else 5 if first[:4] == last[:4] else 0
        days = f"{first}–{last[shared:]}"
    return f"({days})" if found.basis == "inherited" else days


def _days(when: When) -> str:
    first, last = when.start, when.end
    if first == last:
        return first.isoformat()
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    if whole_years:
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if when.precision == "month" and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    return f"{first.isoformat()} to {last.isoformat()}"


_DONE_TO = frozenset({"killed", "injured", "captured", "displaced"})
"""Kinds that say what was done to those who are counted; of the others "three districts" says all."""


def quantities_in_words(quantities: Values[Quantity]) -> str:
    return ", ".join(quantity_in_words(q) for q in quantities)


def quantity_in_words(quantity: Quantity) -> str:
    """ "9 or more killed", "24–99 injured (“dozens”)": bounds, and the words where they say more than the figure."""
    bounds, words = _bounds(quantity.low, quantity.high), quantity.words.strip("\"'“”‘’ ")
    if quantity.kind == "other" and not quantity.whose:
        said = words if " " in words else bounds
        return said if quantity.low == quantity.high or bounds in said else f"{said} ({bounds})"
    what = quantity.kind if quantity.kind in _DONE_TO or not quantity.whose else ""
    said = " ".join(part for part in (bounds, quantity.whose, what) if part)
    said += {"incident": "", "cumulative": " in all", "rate": " (a rate)"}[quantity.scope]
    exact = quantity.low == quantity.high is not None or any(c.isdigit() for c in words)
    return said if exact or not words else f"{said} (“{words}”)"


def _bounds(low: int | None, high: int | None) -> str:
    if low is not None and low == high:
        return f"{low:,}"
    if low is not None and high is not None:
        return f"{low:,}–{high:,}"
    if low is not None:
        return f"{low:,} or more"
    return f"up to {high:,}" if high is not None else "an unknown number"
