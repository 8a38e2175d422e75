"""From names to entries, all names of a report at once: each helps to place the others.

A name is taken in one sense throughout a report. What speaks for a candidate: the country of the report's other words, what the text
says holds it, nearness to the other places, how prominent it is. Where too little speaks for the best one, the name stays
unresolved and says why.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from khabar.knowledge.gazetteer import CompiledGazetteer, capital_of, fold
from khabar.knowledge.gazetteer.distance import apart
from khabar.knowledge.gazetteer.typewords import ACCEPTED, core_of
from khabar.records import Candidate, PlaceEntry, PlacePrecision
from khabar.resolve.places.evidence import Evidence
from khabar.resolve.places.toponyms import Toponym

Key = tuple[str, PlacePrecision | None]
_ROUNDS = 3
_CANDIDATES = 24
_ANCHORS = 40  # the names that others are measured against: the most frequent ones, so that time stays linear
# Weights, set by hand and checked on the training reports: one step of prominence is a fortieth, so that a metropolis (200) brings 5,
# the report's own country 5, a container that the text names 6, another place close by up to 2.
_PROMINENCE, _COUNTRY, _HELD, _NEAR, _KIND, _SEAT = 1 / 40, 5.0, 6.0, 2.0, 1.5, 2.5
_NEAR_KM = 200.0
_BESIDE_KM, _BEYOND_KM = 150.0, 400.0  # of the middle of what the text says holds a place
# Below this an answer is a guess: a village of no evidence but its name. A town of a million (150) passes alone, as 3.75.
_ENOUGH = 3.4
# A namesake in a country that nothing else in the report points to must be a city of a million: 160 steps.
_STRANGER = 4.6
# A village (below 90: some 8,000 people) in a country that the report merely touches needs a container or neighbours to be believed.
_OUTSHINES = 50  # five doublings of people
_LONE = 120  # some thirty thousand people
_KNOWN, _SURE = 90, 8.0
_WORLDWIDE = 150  # a city of a million: nobody's other spelling
_RESPELT_KM = 250.0  # another spelling is believed this near to a place that is spelt as listed
_NOBODYS = 0.4  # seas and lands of several states, in place of their country's evidence

_SIZE: dict[PlacePrecision, int] = {"site": 0, "near": 1, "town": 1, "district": 2, "province": 3, "region": 4, "country": 5}


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a name was taken for, or the reason why for nothing."""

    entry: PlaceEntry | None
    confidence: float = 0.0
    because: str = ""
    reason: str | None = None
    candidates: tuple[Candidate, ...] = ()


def resolve(
    toponyms: Sequence[Toponym],
    holders: Mapping[Key, Sequence[Key]],
    evidence: Evidence,
    gazetteer: CompiledGazetteer,
) -> dict[Key, Resolved]:
    """Key of a name → its entry. `holders` tells which names the text says another lies in ("Dara district of Panjshir province")."""
    pools = {t.key: _pool(t, evidence, gazetteer) for t in toponyms if t.origin != "pointer"}
    guesses = {t.key: _respelt(t, pools[t.key], evidence, gazetteer) for t in toponyms if t.origin != "pointer"}
    counted = Counter(t.key for t in toponyms if t.origin != "pointer")
    anchors = [key for key, _ in counted.most_common(_ANCHORS)]
    chosen: dict[Key, PlaceEntry] = {}
    scores: dict[Key, list[tuple[float, int, PlaceEntry]]] = {}
    for _ in range(_ROUNDS):
        before = dict(chosen)
        for key, pool in pools.items():
            held = [before[h] for h in holders.get(key, ()) if h in before]
            near = [e for e in guesses[key] if _believed(e, key, before, anchors, guesses, held)]
            scores[key] = _scored(key, (*pool, *near), before, anchors, held, evidence, gazetteer)
            if scores[key]:
                chosen[key] = scores[key][0][2]
            else:
                chosen.pop(key, None)
    return {key: _verdict(key, ranked, evidence, gazetteer) for key, ranked in scores.items()}


def _pool(toponym: Toponym, evidence: Evidence, gazetteer: CompiledGazetteer) -> tuple[PlaceEntry, ...]:
    """The candidates of a name: those of the kind that its type word asks for first."""
    home = evidence.at_least(0.3)
    written = gazetteer.lookup(toponym.phrase) or gazetteer.lookup(toponym.name)
    if toponym.kind:
        fitting = tuple(e for e in written if e.kind in ACCEPTED[toponym.kind])
        rest = () if any(e.country in home for e in fitting) else tuple(e for e in gazetteer.lookup(toponym.name) if e not in fitting)
        written = (*fitting, *rest)
    return written[:_CANDIDATES]


def _respelt(toponym: Toponym, pool: Sequence[PlaceEntry], evidence: Evidence, gazetteer: CompiledGazetteer) -> tuple[PlaceEntry, ...]:
    """Other spellings of a name in the countries of the report, where no entry there bears the name itself and no great city does."""
    home = evidence.at_least(0.3)
    if any(e.country in home or e.country is None or e.kind == "country" for e in pool):
        return ()
    if pool and gazetteer.prominence(pool[0]) >= _WORLDWIDE:
        return ()
    return gazetteer.respelt(toponym.name, home)[:_CANDIDATES]


def _believed(
    entry: PlaceEntry,
    key: Key,
    chosen: Mapping[Key, PlaceEntry],
    anchors: Sequence[Key],
    guesses: Mapping[Key, Sequence[PlaceEntry]],
    held: Sequence[PlaceEntry],
) -> bool:
    """Whether another spelling lies in what the text says holds it, or near a place that is spelt as listed."""
    if any(holds(outer, entry) for outer in held):
        return True
    listed = (chosen[k] for k in anchors if k != key and k in chosen and chosen[k] not in guesses[k])
    sure = [other for other in listed if other.kind not in ("country", "region")]
    return not sure or min(apart(entry, other) for other in sure) <= _RESPELT_KM


def _scored(
    key: Key,
    pool: Sequence[PlaceEntry],
    chosen: Mapping[Key, PlaceEntry],
    anchors: Sequence[Key],
    held: Sequence[PlaceEntry],
    evidence: Evidence,
    gazetteer: CompiledGazetteer,
) -> list[tuple[float, int, PlaceEntry]]:
    others = [chosen[other] for other in anchors if other != key and other in chosen and chosen[other].kind != "country"]
    ranked = []
    seat = capital_of(key[0])
    for order, entry in enumerate(pool):
        score = gazetteer.prominence(entry) * _PROMINENCE + _COUNTRY * (
            evidence.of(entry.country, besides=key[0]) if entry.country else _NOBODYS
        )
        score -= 0.02 * order
        if fold(entry.name) == key[0] or entry.source == "khabar":
            score += 0.7
        if key[1] and entry.kind == key[1]:
            score += _KIND
        if entry.kind == "town" and entry.country and entry.country == seat:
            score += _SEAT
        if others and entry.kind != "country":
            score += _NEAR * exp(-min(apart(entry, other) for other in others) / _NEAR_KM)
        score += max((_held(outer, entry) for outer in held), default=0.0)
        ranked.append((score, -order, entry))
    ranked.sort(key=lambda r: (r[0], r[1]), reverse=True)
    return _town_before_unit(key, ranked)


def _held(outer: PlaceEntry, entry: PlaceEntry) -> float:
    """What it weighs that the text says `outer` holds a place: for what lies there, for what lies by (reports confuse neighbouring
    provinces, seldom others), and against what lies far off."""
    if holds(outer, entry):
        return _HELD
    if outer.kind not in ("province", "district", "region") or outer.id == entry.id or _SIZE[outer.kind] <= _SIZE[entry.kind]:
        return 0.0
    if outer.country == entry.country and apart(outer, entry) <= _BESIDE_KM:
        return _HELD / 2
    return -_HELD if apart(outer, entry) > _BEYOND_KM else 0.0


def _town_before_unit(key: Key, ranked: list[tuple[float, int, PlaceEntry]]) -> list[tuple[float, int, PlaceEntry]]:
    """A bare name that a town and the unit around it share is the town: "in Kunduz"."""
    if key[1] is None and ranked and ranked[0][2].kind in ("province", "district") and core_of(ranked[0][2].name) == key[0]:
        unit = ranked[0][2]
        for i, (_, order, entry) in enumerate(ranked):
            inside = entry.kind == "town" and entry.country == unit.country and (entry.admin1 == unit.name or apart(entry, unit) < 40)
            if inside and (entry.population >= 10_000 or unit.kind == "district"):
                return [(ranked[0][0], order, entry), *ranked[:i], *ranked[i + 1 :]]
    return ranked


def holds(outer: PlaceEntry, inner: PlaceEntry) -> bool:
    """Whether an entry may lie in another, by the units that the gazetteer gives, else by distance."""
    if outer.id == inner.id or _SIZE[outer.kind] <= _SIZE[inner.kind]:
        return False
    if outer.kind == "country":
        return outer.country == inner.country
    if outer.country and inner.country and outer.country != inner.country:
        return False
    if outer.kind == "province" and inner.admin1 and outer.source == "geonames":
        return fold(inner.admin1) == fold(outer.name)
    within = {"province": 200.0, "region": 350.0, "district": 60.0, "town": 20.0, "site": 8.0, "near": 0.0, "country": 0.0}
    return apart(outer, inner) <= within[outer.kind]


def _verdict(key: Key, ranked: Sequence[tuple[float, int, PlaceEntry]], evidence: Evidence, gazetteer: CompiledGazetteer) -> Resolved:
    if not ranked:
        return Resolved(None, because="places.gazetteer", reason="no place of that name in the gazetteer")
    weighed = tuple(Candidate(e.id, round(score, 2), f"{e.name}, {e.admin1 or ''} {e.country or ''}".strip()) for score, _, e in ranked[:4])
    best, _, entry = ranked[0]
    others = max((gazetteer.prominence(e) for _, _, e in ranked if e.country != entry.country), default=0)
    lone = gazetteer.prominence(entry) >= max(_LONE, others + _OUTSHINES)  # no other country has a place of that name that is near as large
    tie = 1.0 if lone else evidence.of(entry.country, besides=key[0]) if entry.country and evidence.speaks(besides=key[0]) else 1.0
    if best < (_ENOUGH if tie >= 0.1 else _STRANGER) or (tie < 0.4 and gazetteer.prominence(entry) < _KNOWN and best < _SURE):
        return Resolved(None, because="places.joint", reason="only a namesake without any tie to the report", candidates=weighed)
    rival = next((score for score, _, e in ranked[1:] if apart(e, entry) > 30), 0.0)
    return Resolved(entry, round(min(1.0, 0.5 + (best - rival) / 12), 2), "places.joint", candidates=weighed)
