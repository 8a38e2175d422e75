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
_PLAIN = re2.compile(rf"^(?P<place>{_CAPITALS}){_AREA}(?:,? (?P<day>{_DAY}))?{_AGENCY}?(?P<mark>{_DASH})")
# "CAIRO, August 31." and "CAIRO, August 31. /TASS/.": the date alone marks it.
_DATED = re2.compile(
    rf"^(?P<place>{_CAPITALS}|{_TITLED}){_AREA},? (?P<day>{_DAY})\.? ?(?:/(?P<agency>[^/]+)/)?(?P<mark>\. |: | ?(?:-{{1,2}}|–|—) )"
)
# A place in ordinary letters needs a spaced dash or a colon, and stands in the first paragraph alone.
_ORDINARY = re2.compile(rf"^(?P<place>{_TITLED}){_AREA}(?:,? (?P<day>{_DAY}))?{_AGENCY}?(?P<mark> (?:-{{1,2}}|–|—) |: )")
# A line that holds nothing but a place and an agency.
_ALONE = re2.compile(rf"^(?P<place>{_CAPITALS}|{_TITLED}){_AREA}(?:,? (?P<day>{_DAY}))?{_AGENCY}(?P<mark>\s*(?:-{{1,2}}|–|—)?\s*)$")


def dateline(line: Line, *, first: bool, repeated: frozenset[str] = frozenset()) -> int:
    """How many characters of a line its dateline fills, the dash and the space behind it included; 0 where it has none.

    In the first paragraph (`first`) any form will do; further down, where digests set new ones, only one in capitals with its
    date or agency. `repeated` holds labels that open several lines, as the speakers of an interview do: no places.
    """
    forms = (_ALONE, _PLAIN, _DATED, _ORDINARY) if first else (_PLAIN, _DATED)
    for form in forms:
        if found := form.search(line.head):
            return found.end() if _is_dateline(found, line, first, repeated) else 0
    return 0


def _is_dateline(found: Any, line: Line, first: bool, repeated: frozenset[str]) -> bool:
    place, mark = found["place"], found["mark"]
    if place.casefold() in furniture().labels or (place in repeated and mark == ": "):
        return False
    named = bool(found["day"] or found["agency"])
    if not first:
        return named and place.upper() == place
    rest = line.words[found.end() :]
    if mark.strip() == "-" and mark == "-":  # a hyphen within a word ("AL-SHABAAB fighters") is no dash
        return named
    opens = rest[:1]
    return not rest or named or opens.isupper() or opens.isdigit() or opens in "\"“'‘"


def speakers(found: tuple[Line, ...]) -> frozenset[str]:
    """Labels with a colon that open more than one line ("RT: …")."""
    seen: set[str] = set()
    twice: set[str] = set()
    for line in found:
        label, colon, _ = line.head[:40].partition(": ")
        if colon:
            (twice if label in seen else seen).add(label)
    return frozenset(twice)
