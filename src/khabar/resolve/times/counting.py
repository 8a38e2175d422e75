"""From words of a match to numbers: counts, days, years, shares."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from khabar.knowledge.timewords import Part, time_words
from khabar.resolve.times.interval import Interval
from khabar.resolve.times.meanings import Fixed, Yearless


@lru_cache(maxsize=4096)
def folded(words: str) -> str:
    """Lower case, single blanks, plain hyphens and apostrophes: as the data files write words."""
    plain = words.lower().replace("’", "'").rstrip(".")
    for dash in "‐‑–—":
        plain = plain.replace(dash, "-")
    return " ".join(plain.split())


def count(words: str) -> tuple[int, int]:
    """The lowest and highest reading of a counting word or a number; halves are rounded up."""
    plain = folded(words)
    whole, _, half = plain.partition(" and a half")
    known = time_words().numbers.get(whole)
    if known:
        low, high = known
    else:
        low = high = -(-int(float(whole.replace(",", "")) * 10) // 10)
    return (low, high + 1) if plain != whole or half else (low, high)


def exact(words: str) -> str:
    """A count that is no whole number, as TIMEX3 writes it: "2.5" of "two and a half" and of "2.5"; empty for a whole one."""
    plain = folded(words)
    whole, _, half = plain.partition(" and a half")
    if plain != whole or half:
        return f"{count(whole)[0]}.5"
    return plain if "." in plain else ""


def month_number(word: str) -> int:
    words, plain = time_words(), folded(word)
    return words.months.get(plain) or words.short_months[plain]


def weekday_number(word: str) -> int:
    words, plain = time_words(), folded(word)
    return words.weekdays[plain] if plain in words.weekdays else words.short_weekdays[plain]


def part_of(word: str | None) -> Part | None:
    return time_words().parts[folded(word)] if word else None


def year_number(word: str | None) -> int | None:
    return int(word.split()[0]) if word else None


def end_year(first: int, word: str) -> int:
    """The second year of a range: "1992–95" ends in 1995, "1999–2001" in 2001."""
    return int(word) if len(word) > 2 else first // 100 * 100 + int(word) + (100 if int(word) < first % 100 else 0)


def shared(whole: Interval, part: Part | None) -> Fixed:
    return Fixed(whole.share(part) if part else whole)


def dated(y: int, m: int, first: int, last: int | None = None) -> Fixed | None:
    """Days of a month, or None where the calendar has no such day."""
    found = Yearless(m, first, last).in_year(y)
    return Fixed(found) if found else None


def decade_start(word: str) -> int:
    """The first year of a decade, of "1990s", "'90s" or "nineties": the last such decade that had begun by 2030."""
    plain = folded(word)
    digits = "".join(c for c in plain if c.isdigit())
    two = int(digits) if digits else time_words().decades[plain]
    if len(digits) == 4:
        return int(digits)
    return 1900 + two if two > 20 else 2000 + two


def century_number(word: str) -> int:
    plain = folded(word)
    digits = "".join(c for c in plain if c.isdigit())
    return int(digits) if digits else time_words().ordinals[plain]


def clock_of(rule: str, groups: Mapping[str, str]) -> str:
    """The hour or part of the day as a TIMEX3 value ends with it: "T05:34", "TMO"; empty where none is named."""
    if rule in ("clock", "clock-24"):
        hour, minute = int(groups["hour"]), int(groups.get("minute") or 0)
        half = folded(groups.get("half") or "").replace(".", "")
        hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
        return f"T{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""
    part = groups.get("daypart")
    return f"T{time_words().dayparts[folded(part)]}" if part else ""
