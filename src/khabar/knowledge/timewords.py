"""The words of time: names of months and days, units, counting words and words that count from another day.

They live in `data/time/*.yaml`, where an analyst can read and correct them; the grammar that joins them is
`khabar.resolve.times`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from khabar.errors import KnowledgeError

FOLDER = Path(__file__).with_name("data") / "time"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of time: `days` is its length in days, None for what is shorter; `code` its letter in a TIMEX3 duration."""

    name: str
    days: int | None
    code: str
    precision: str


@dataclass(frozen=True, slots=True)
class Season:
    """First and last month; winter's last month lies in the year after."""

    first: int
    last: int
    timex: str


@dataclass(frozen=True, slots=True)
class Part:
    """What "early" or "the first half of" leaves of a stretch, as shares of it from 0 to 1."""

    start: float
    end: float
    timex: str


@dataclass(frozen=True, slots=True)
class Feast:
    """A named day: fixed (`month`, `day`), counted from Easter Sunday, or by month and day of the Islamic year."""

    month: int | None = None
    day: int | None = None
    easter: int | None = None
    hijri: tuple[int, int] | None = None
    days: int = 1


@dataclass(frozen=True, slots=True)
class NamedEvent:
    """A war or day that carries its time in its name; `end` is None where it still goes on."""

    start: date
    end: date | None


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Everything the grammar knows of words. Keys are in lower case; a count is a pair of its lowest and highest reading; `habits` and
    `references` go to the values that TIMEX gives them."""

    months: Mapping[str, int]
    short_months: Mapping[str, int]
    careful_months: frozenset[str]
    weekdays: Mapping[str, int]
    short_weekdays: Mapping[str, int]
    seasons: Mapping[str, Season]
    parts: Mapping[str, Part]
    dayparts: Mapping[str, str]
    feasts: Mapping[str, Feast]
    hijri_months: Mapping[str, int]
    solar_months: Mapping[str, int]
    named: Mapping[str, tuple[NamedEvent, ...]]
    references: Mapping[str, str]
    units: Mapping[str, Unit]
    numbers: Mapping[str, tuple[int, int]]
    ordinals: Mapping[str, int]
    decades: Mapping[str, int]
    vague: Mapping[str, int]
    deictic: Mapping[str, tuple[int, int]]
    steps: Mapping[str, int]
    story_steps: Mapping[str, int]
    directions: Mapping[str, tuple[int, str]]
    story_words: Mapping[str, int]
    stretches: Mapping[str, tuple[int, str]]
    approximate: frozenset[str]
    bounds: Mapping[str, str]
    weekend: frozenset[str]
    running: frozenset[str]
    habits: Mapping[str, str]
    edges: frozenset[str]
    earlier: frozenset[str]
    later: frozenset[str]
    titles_after: frozenset[str]
    names_before: frozenset[str]
    words_after: frozenset[str]
    counted: frozenset[str]
    years_after: frozenset[str]
    years_inside: frozenset[str]
    months_after: frozenset[str]
    ages: frozenset[str]
    campaigns: frozenset[str]
    speech: frozenset[str]
    enacting: frozenset[str]
    courtroom: frozenset[str]
    court_openings: frozenset[str]
    ahead: frozenset[str]
    comparing: frozenset[str]
    beginning: frozenset[str]
    attempting: frozenset[str]
    digest: str


@cache
def time_words() -> TimeWords:
    """The words of `data/time`, read once. Raises KnowledgeError naming the file where one is faulty."""
    names = ("calendar", "units", "relative", "not_dates", "speech", "references")
    calendar, units, relative, traps, speech, references = (_table(name) for name in names)
    try:
        return _gather(calendar, units, relative, traps, speech, references, _read(FOLDER / "named.yaml"))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KnowledgeError(f"{FOLDER}: a row is faulty: {error!r}") from error


def _table(name: str) -> dict[str, Any]:
    table = _read(FOLDER / f"{name}.yaml")
    if not isinstance(table, dict):
        raise KnowledgeError(f"{FOLDER / name}.yaml: must be a table of lists")
    return table


def _read(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise KnowledgeError(f"{path}: cannot be read: {error}") from error


def _gather(
    calendar: dict[str, Any],
    units: dict[str, Any],
    relative: dict[str, Any],
    traps: dict[str, Any],
    speech: dict[str, Any],
    references: dict[str, Any],
    named: Any,
) -> TimeWords:
    months, weekdays = calendar["months"], calendar["weekdays"]
    return TimeWords(
        months={m["name"]: m["number"] for m in months},
        short_months={s: m["number"] for m in months for s in m.get("short", ())},
        careful_months=frozenset(m["name"] for m in months if m.get("careful")),
        weekdays={d["name"]: d["number"] for d in weekdays},
        short_weekdays={s: d["number"] for d in weekdays for s in d["short"]},
        seasons={s["name"]: Season(s["first"], s["last"], s["timex"]) for s in calendar["seasons"]},
        parts={w: Part(p["from"] / 10, p["to"] / 10, p["timex"]) for p in calendar["parts"] for w in p["words"]},
        dayparts={w: p["timex"] for p in calendar["dayparts"] for w in p["words"]},
        feasts={n: _feast(f) for f in calendar["feasts"] for n in f["names"]},
        hijri_months={n: m["number"] for m in calendar["hijri_months"] for n in m["names"]},
        solar_months={n: m["number"] for m in calendar["solar_months"] for n in m["names"]},
        named=_named(named),
        references={w: timex for timex, words in references.items() for w in words},
        units={n: Unit(u["names"][0], u["days"], u["code"], u["precision"]) for u in units["units"] for n in u["names"]},
        numbers={w: _pair(n) for w, n in units["numbers"].items()},
        ordinals=units["ordinals"],
        decades=units["decades"],
        vague=units["vague"],
        deictic={w: _pair(n) for w, n in relative["deictic"].items()},
        steps=relative["steps"],
        story_steps=relative["story_steps"],
        directions={w: (d["sign"], d["from"]) for w, d in relative["directions"].items()},
        story_words=relative["story_words"],
        stretches={w: (d["sign"], d["from"]) for w, d in relative["stretches"].items()},
        approximate=frozenset(relative["approximate"]),
        bounds=relative["bounds"],
        weekend=frozenset(relative["weekend"]),
        running=frozenset(relative["running"]),
        habits=relative["habits"],
        edges=frozenset(relative["edges"]),
        earlier=frozenset(relative["earlier"]),
        later=frozenset(relative["later"]),
        titles_after=frozenset(traps["titles_after"]),
        names_before=frozenset(traps["names_before"]),
        words_after=frozenset(traps["words_after"]),
        counted=frozenset(traps["counted"]),
        years_after=frozenset(traps["years_after"]),
        years_inside=frozenset(traps["years_inside"]),
        months_after=frozenset(traps["months_after"]),
        ages=frozenset(traps["ages"]),
        campaigns=frozenset(traps["campaigns"]),
        speech=frozenset(speech["speech"]),
        enacting=frozenset(speech["enacting"]),
        courtroom=frozenset(speech["courtroom"]),
        court_openings=frozenset(speech["court_openings"]),
        ahead=frozenset(relative["ahead"]),
        comparing=frozenset(relative["comparing"]),
        beginning=frozenset(relative["beginning"]),
        attempting=frozenset(relative["attempting"]),
        digest=_digest(),
    )


def _named(rows: list[dict[str, Any]]) -> dict[str, tuple[NamedEvent, ...]]:
    """All wars of a name, the earliest first."""
    found: dict[str, list[NamedEvent]] = {}
    for row in rows:
        event = NamedEvent(row["start"], row.get("end"))
        for name in row["names"]:
            found.setdefault(name, []).append(event)
    return {name: tuple(sorted(events, key=lambda e: e.start)) for name, events in found.items()}


def _digest() -> str:
    """Every byte of the files, so that a changed word makes another run."""
    total = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.yaml")):
        total.update(path.name.encode() + b"\x00" + path.read_bytes())
    return total.hexdigest()


def _pair(number: int | list[int]) -> tuple[int, int]:
    if isinstance(number, int):
        return number, number
    low, high = number
    return low, high


def _feast(row: dict[str, Any]) -> Feast:
    hijri = row.get("hijri")
    return Feast(row.get("month"), row.get("day"), row.get("easter"), (hijri[0], hijri[1]) if hijri else None, row.get("days", 1))
