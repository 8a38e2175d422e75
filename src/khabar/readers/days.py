"""Calendar days as a report's header or dateline writes them. Only whole dates: a day without its year is no date."""

from __future__ import annotations

from datetime import date

import re2

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?"
    r"|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WHOLE = (
    re2.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:\b|T)"),
    re2.compile(rf"(?i)\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<m>{MONTH}),? (?P<y>\d{{4}})\b"),
    re2.compile(rf"(?i)\b(?P<m>{MONTH}) (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})\b"),
)
_BESIDE = re2.compile(
    r"(?i)^(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[,.]? ?)?\|(?:[,T ]+(?:at )?\d{1,2}[:.]\d{2}.{0,20})?\.?$"
)


def whole_day(words: str) -> tuple[date, int, int] | None:
    """The first whole date in some words, with where it stands; None where there is none or it is on no calendar."""
    for pattern in _WHOLE:
        if found := pattern.search(words):
            day = _day(found["y"], found["m"], found["d"])
            if day is not None:
                return day, found.start(), found.end()
    return None


def dates_only(words: str) -> bool:
    """Whether a line is a whole date and nothing else, but for its weekday and the time of day."""
    found = whole_day(words)
    return found is not None and bool(_BESIDE.search(words[: found[1]] + "|" + words[found[2] :]))


def _day(year: str, month: str, day: str) -> date | None:
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None
