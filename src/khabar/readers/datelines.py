"""Datelines: "KABUL, Aug 25 (Reuters) -", "CAIRO, August 31.", "MAPUTO —", "Bogota: "."""

from __future__ import annotations

from typing import Any

import re2

from khabar.readers.days import MONTH
from khabar.readers.furniture import UPPER, furniture
from khabar.readers.lines import Line

_DAY = rf"(?:(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH})(?:,? \d{{4}})?)"
_LETTER = r"[A-Za-zÀ-ÖØ-öø-žḀ-ỿ.'’-]"
_LINK = r"(?:de|del|da|do|du|la|le|el|of|al)"
_CAPITALS = rf"{UPPER}(?:{UPPER}|[\d.'’-])+(?: (?:{UPPER}(?:{UPPER}|[.'’-])*|{_LINK}))*"
_TITLED = rf"{UPPER}{_LETTER}+(?:[ -](?:{_LINK}[ -])?{UPPER}{_LETTER}+){{0,2}}"
_AREA = rf"(?:[,/] ?{UPPER}{_LETTER}*(?: (?:of |the |and )*{UPPER}{_LETTER}*)*){{0,2}}"
_AGENCY = rf"(?: ?\((?P<agency>{UPPER}[^()]{{1,30}})\))"
_DASH = r"(?: ?(?:-{1,2}|–|—) ?|: )"

# A place in capitals, then a dash or colon; a date or an agency may stand between.
_PLAIN = re2.compile(rf"^(?P<place>{_CAPITALS})(?P<area>{_AREA})(?:,? \(?(?P<day>{_DAY})\)?)?{_AGENCY}?(?P<mark>{_DASH})")
# "CAIRO, August 31." and "CAIRO, August 31. /TASS/.": the date alone marks it.
_DATED = re2.compile(
    rf"^(?P<place>{_CAPITALS}|{_TITLED})(?P<area>{_AREA}),? (?P<day>{_DAY})\.? ?(?:/(?P<agency>[^/]+)/)?"
    r"(?P<mark>\. |: | ?(?:-{1,2}|–|—) )"
)
# A place in ordinary letters needs a spaced dash or a colon, and stands in the first paragraph alone.
_ORDINARY = re2.compile(rf"^(?P<place>{_TITLED})(?P<area>{_AREA})(?:,? \(?(?P<day>{_DAY})\)?)?{_AGENCY}?(?P<mark> (?:-{{1,2}}|–|—) |: )")
# A line that holds nothing but a place and an agency.
_ALONE = re2.compile(
    rf"^(?P<place>{_CAPITALS}|{_TITLED})(?P<area>{_AREA})(?:,? (?P<day>{_DAY}))?{_AGENCY}(?P<mark>\s*(?:-{{1,2}}|–|—)?\s*)$"
)
# The place was named before: "(Reuters) - …", "Aug 25 (Reuters) - …".
_PLACELESS = re2.compile(rf"^(?P<place>)(?P<area>)(?P<day>{_DAY})?{_AGENCY}(?P<mark> (?:-{{1,2}}|–|—) )")
# Words in capitals as short as this are more often acronyms ("NATO:", "HRW -") than towns.
_ACRONYM, _INITIALS = 5, 3
_TOWN = 15_000  # people: a correspondent's town is at least that large


def dateline(line: Line, *, first: bool, repeated: frozenset[str] = frozenset()) -> int:
    """How many characters of a line its dateline fills, the dash and the space behind it included; 0 where it has none.

    In the first paragraph (`first`) any form will do; further down, where digests set new ones, only one in capitals with its
    date or agency. `repeated` holds labels that open several lines, as the speakers of an interview do: no places.
    """
    if not first and not (line.words[0].isupper() and line.words[1:2].isupper()):
        return 0
    forms = (_ALONE, _PLAIN, _DATED, _ORDINARY, _PLACELESS) if first else (_PLAIN, _DATED)
    for form in forms:
        if found := form.search(line.head):
            return found.end() if _is_dateline(found, line, first, repeated) else 0
    return 0


def _is_dateline(found: Any, line: Line, first: bool, repeated: frozenset[str]) -> bool:
    place, mark = found["place"], found["mark"]
    if place.casefold() in furniture().labels or (place in repeated and mark == ": "):
        return False
    capitals = place.upper() == place
    if found["day"] or found["agency"]:
        return first or capitals
    if not first or mark == "-":  # a hyphen within a word ("AL-SHABAAB fighters") is no dash
        return False
    opens = line.words[found.end() : found.end() + 1]
    if opens in "\"“'‘":
        if mark == ": ":  # a speaker: "Doe: “We left.”"
            return False
    elif not (opens.isupper() or opens.isdigit()):
        return False
    return bool(found["area"]) or (capitals and len(place) > _ACRONYM) or _known(place, spoken=mark == ": ")


def _known(place: str, *, spoken: bool) -> bool:
    """Whether the gazetteer knows a place of some standing by that name; a country before a colon is a voice, not a place."""
    from khabar.knowledge.gazetteer import gazetteer  # late: few reports ask

    if len(place) <= _INITIALS:
        return False
    for entry in gazetteer().lookup(place):
        if entry.kind == "country":
            if not spoken:
                return True
        elif entry.kind in ("province", "region", "district") or entry.population >= _TOWN:
            return True
    return False


def speakers(found: tuple[Line, ...]) -> frozenset[str]:
    """Labels with a colon that open more than one line ("RT: …")."""
    seen: set[str] = set()
    twice: set[str] = set()
    for line in found:
        label, colon, _ = line.head[:40].partition(": ")
        if colon:
            (twice if label in seen else seen).add(label)
    return frozenset(twice)
