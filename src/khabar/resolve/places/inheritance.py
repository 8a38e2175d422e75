"""Where a statement happened whose own words name no place: the places that its report names, weighed.

What a place has to speak for it (named in the lead, in the same paragraph, the place of the statement before …) is added up by
weights that were fitted to coded reports (`training/inheritance.py`; conditional logit, McFadden 1974). That no place is meant is one of
the choices. The features are the ones that `inheritance.yaml` names; a weight there is in units of log odds.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log

import yaml

from khabar.errors import KnowledgeError
from khabar.knowledge.gazetteer import capital_of
from khabar.knowledge.gazetteer.sheets import FOLDER
from khabar.records import PlaceEntry, Reading, Sentence, Statement
from khabar.resolve.places.evidence import Evidence
from khabar.resolve.places.toponyms import Toponym
from khabar.resolve.places.words import ELSEWHERE_TYPES

Features = dict[str, float]
Point = tuple[float, float]

_FILE = "inheritance.yaml"
_BACK, _AHEAD, _FIRST = 40, 6, 12  # names before a statement, after it, and of the report's beginning that are weighed
_LEAD = 2  # sentences
_FAR = 4.0  # in place of the logarithm of a distance that there is none of


@dataclass(frozen=True, slots=True)
class Named:
    """A place as the report names it once."""

    toponym: Toponym
    entry: PlaceEntry


@cache
def weights() -> Mapping[str, float]:
    """Feature → weight. Raises KnowledgeError where the file is missing or holds anything but numbers."""
    path = FOLDER / _FILE
    try:
        return {str(name): float(weight) for name, weight in yaml.safe_load(path.read_text(encoding="utf-8")).items()}
    except (OSError, yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
        raise KnowledgeError(f"{path}: must be a table of numbers: {error}") from error


class Inheritance:
    """The places that one report names, weighed for one statement after the other.

    `told` are start, type and point of the statements that name theirs.
    """

    def __init__(self, reading: Reading, named: Sequence[Named], evidence: Evidence, told: Sequence[tuple[int, str, Point]]) -> None:
        self._reading, self._named, self._evidence = reading, named, evidence
        self._starts = [n.toponym.span.start for n in named]
        self._told = sorted(told)
        self._types = {(kind, point) for _, kind, point in told}
        self._times = Counter(point for *_, point in told)
        self._opening = {n.entry.id for n in named if n.toponym.sentence <= _LEAD}
        self._headline = {n.entry.id for n in named if n.toponym.sentence == 0}

    def choose(self, statement: Statement, handed: frozenset[Point]) -> tuple[PlaceEntry | None, float]:
        """The likeliest place, None where none is likelier, and its share of all likelihood. `handed`: where the statement before it is."""
        options = list(self.options(statement, handed))
        scores = [sum(weights().get(name, 0.0) * value for name, value in features.items()) for _, features in options]
        best = max(range(len(options)), key=lambda i: (scores[i], -i))
        top = scores[best]
        return options[best][0], round(1 / sum(exp(score - top) for score in scores), 2)

    def options(self, statement: Statement, handed: frozenset[Point]) -> Iterator[tuple[PlaceEntry | None, Features]]:
        """Every choice with what speaks for it; last of all, that no place is meant."""
        sentence = self._reading.sentence_at(statement.trigger.start)
        groups: dict[str, list[Named]] = {}
        for named in self._near(statement.trigger.start):
            groups.setdefault(named.entry.id, []).append(named)
        for group in groups.values():
            if sentence is not None:
                yield group[0].entry, self._features(statement, sentence, group, handed)
        told = statement.told_as.value in ("planned", "conditional", "possible")
        elsewhere = statement.type.value in ELSEWHERE_TYPES
        flags = {"nowhere-planned": told, "nowhere-claimed": bool(statement.sources.items), "nowhere-by-type": elsewhere,
                 "nowhere-counted": bool(statement.quantities.items)}  # fmt: skip
        yield None, {"nowhere": 1.0, **{name: 1.0 for name, holds in flags.items() if holds}}

    def _near(self, start: int) -> list[Named]:
        here = bisect_left(self._starts, start)
        first = max(0, here - _BACK)
        return [*self._named[: min(_FIRST, first)], *self._named[first : here + _AHEAD]]

    def _recent(self, start: int) -> list[Point]:
        """The last place that a statement before this one names, and the one before that."""
        found: list[Point] = []
        here = bisect_left(self._told, (start,))
        for *_, point in reversed(self._told[max(0, here - _BACK) : here]):
            if point not in found:
                found.append(point)
        return found[:2]

    def _features(self, statement: Statement, sentence: Sentence, group: Sequence[Named], handed: frozenset[Point]) -> Features:
        entry, start, here = group[0].entry, statement.trigger.start, sentence.index
        point = place_point(entry.lat, entry.lon)
        before = [n.toponym for n in group if n.toponym.span.start < start]
        after = [n.toponym for n in group if n.toponym.span.start >= start]
        back = min((here - t.sentence for t in before), default=None)
        ahead = min((t.sentence - here for t in after), default=None)
        recent = self._recent(start)
        flags = {
            f"kind-{entry.kind}": True,
            "capital": capital_of(entry.name) is not None,
            "dateline-only": all(n.toponym.dateline for n in group),
            "headline": entry.id in self._headline,
            "lead": entry.id in self._opening,
            "same-sentence-after": ahead == 0,
            "same-paragraph": any(self._reading.sentences[t.sentence].paragraph == sentence.paragraph for t in before),
            "sentence-before": back is not None and back <= 1,
            "sentence-after": ahead is not None and ahead <= 1,
            "handed": point in handed,
            "told-last": recent[:1] == [point],
            "told-before-last": recent[1:] == [point],
            "same-type-there": (statement.type.value or "", point) in self._types,
            "home": entry.country is not None and entry.country == self._evidence.home,
            "background-told-last": bool(statement.background.value) and recent[:1] == [point],
        }
        features = {name: 1.0 for name, holds in flags.items() if holds}
        features["distance-back"] = _FAR if back is None else log(1 + back)
        features["country"] = self._evidence.of(entry.country) if entry.country else 0.4
        features["told-there"] = log(1 + self._times[point])
        return features


def place_point(lat: float, lon: float) -> Point:
    """A point that two readings of one place share."""
    return round(lat, 2), round(lon, 2)
