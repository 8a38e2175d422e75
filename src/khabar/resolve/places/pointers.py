"""What "the village", "the Rwandan capital" or "there" point back to."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence

from khabar.knowledge.gazetteer import CompiledGazetteer, countries, country_of_demonym
from khabar.knowledge.gazetteer.typewords import ACCEPTED
from khabar.records import PlaceEntry, Reading, Sentence
from khabar.resolve.places.asides import head_of, is_aside
from khabar.resolve.places.evidence import Evidence
from khabar.resolve.places.resolution import Key, Resolved
from khabar.resolve.places.toponyms import Toponym
from khabar.resolve.places.words import DIRECTED

_HOME = 0.3
_MEMORY = 60  # places; a pointer reaches no further back
_CITY = 40_000  # people; what reports call a city and no village


def point_back(
    reading: Reading, toponyms: Sequence[Toponym], resolved: Mapping[Key, Resolved], evidence: Evidence, gazetteer: CompiledGazetteer
) -> dict[int, Resolved]:
    """Index of a pointer → what it stands for: the last place before it of a fitting kind, in a country that the report is about."""
    found: dict[int, Resolved] = {}
    seen: deque[tuple[Toponym, PlaceEntry]] = deque(maxlen=_MEMORY)
    for i, toponym in enumerate(toponyms):
        if toponym.origin != "pointer":
            entry = resolved[toponym.key].entry
            if entry is not None and evidence.of(entry.country) >= _HOME and not _passed(reading, toponym):
                seen.append((toponym, entry))
            continue
        if toponym.several is not None:  # a list, or nothing
            continue
        target = _target(toponym, tuple(seen), reading.sentences[toponym.sentence], evidence, gazetteer)
        if target is not None:
            found[i] = Resolved(target, 0.6, "places.pointer")
    return found


def _passed(reading: Reading, toponym: Toponym) -> bool:
    """Whether a place is only where somebody came from, went to or spoke ("fled to Mubi", "the ministry in Moscow said")."""
    sentence = reading.sentences[toponym.sentence]
    if toponym.first > 0 and sentence.tokens[toponym.first - 1].lower in DIRECTED:
        return True
    return is_aside(sentence, toponym, head_of(sentence, toponym), ())


def _target(
    pointer: Toponym, seen: Sequence[tuple[Toponym, PlaceEntry]], sentence: Sentence, evidence: Evidence, gazetteer: CompiledGazetteer
) -> PlaceEntry | None:
    if pointer.name in ("country", "capital"):
        return _nation(pointer, sentence, evidence, gazetteer)
    told = [(t, e) for t, e in seen if not t.dateline]
    return (
        _fitting(pointer, told)
        or _fitting(pointer, list(seen))
        or (_site_of_town(pointer, seen, gazetteer) if pointer.kind == "site" else None)
    )


def _fitting(pointer: Toponym, named: list[tuple[Toponym, PlaceEntry]]) -> PlaceEntry | None:
    """The last place of the kind that the pointer asks for, one of the very word ("island") before others."""
    if pointer.name == "city":
        named = _most_told([(t, e) for t, e in named if e.kind == "town" and (e.population >= _CITY or not e.population)]) or named
    elif pointer.name == "village":
        named = [(t, e) for t, e in named if e.population < _CITY] or named
    for toponym, entry in reversed(named):
        if pointer.name in f"{toponym.phrase} {entry.name}".lower().split():
            return entry
    for toponym, entry in reversed(named):
        if pointer.kind == "region" and entry.kind == "town":
            continue
        if pointer.kind is None:
            if entry.kind != "country":
                return entry
        elif entry.kind in ACCEPTED[pointer.kind] or toponym.kind == pointer.kind or (pointer.kind == "region" and entry.kind != "country"):
            return entry
    return None


def _most_told(named: list[tuple[Toponym, PlaceEntry]]) -> list[tuple[Toponym, PlaceEntry]]:
    """The towns named most often; "the city" of a report is its own, not the last one in passing."""
    counted = Counter(e.id for _, e in named if e.kind == "town")
    most = max(counted.values(), default=0)
    return [(t, e) for t, e in named if counted[e.id] == most]


def _nation(pointer: Toponym, sentence: Sentence, evidence: Evidence, gazetteer: CompiledGazetteer) -> PlaceEntry | None:
    """Take "the country" for the one that the report is about; "the Rwandan capital" says whose capital it is."""
    inside = sentence.tokens[pointer.first : pointer.last]
    told = next((c for t in inside if (c := country_of_demonym(t.text))), None)
    iso3 = told or evidence.home
    country = countries().get(iso3 or "")
    if country is None:
        return None
    name = country.name if pointer.name == "country" else country.capital
    wanted = "country" if pointer.name == "country" else "town"
    return next((e for e in gazetteer.lookup(name) if e.country == iso3 and e.kind == wanted), None)


def _site_of_town(pointer: Toponym, seen: Sequence[tuple[Toponym, PlaceEntry]], gazetteer: CompiledGazetteer) -> PlaceEntry | None:
    """Take "the airport" for that of the town last named: the gazetteer's where it has one, else the town itself."""
    town = next((e for _, e in reversed(seen) if e.kind == "town"), None)
    if town is None:
        return None
    sites = (e for e in gazetteer.lookup(f"{town.name} {pointer.name}") if e.kind == "site" and e.country == town.country)
    return next(sites, town)
