"""What a report says of the countries it is about, without any place resolved yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from khabar.knowledge.actors import register
from khabar.knowledge.gazetteer import CompiledGazetteer, capital_of, country_of_demonym
from khabar.records import Reading
from khabar.resolve.places.toponyms import Toponym

# A country's own name counts for two of the words for its people; a dateline tells where the reporter sat, which is often elsewhere.
_NAMED, _DEMONYM, _DATELINE, _PLACE, _CAPITAL, _ACTOR = 2.0, 1.0, 0.5, 0.7, 1.2, 0.8
_ACTORS = frozenset({"armed-group", "militia", "political", "person"})
# A name shared by places of several countries tells something only of the one that most of its weight lies in.
_TELLING = 0.6
_SOME = 0.1
_FEW = 3.0  # less than this in all is a hint and no more: one "American" does not make an American story
_WELL_KNOWN = 100  # a town of some ten thousand people; less is told by smaller ones, which every country has some of by any name
_OPENS, _OPENING = 1, 2.0  # the headline and the sentence after it


@dataclass(frozen=True, slots=True)
class Evidence:
    """Weights of countries, each name's own share kept apart so that no name speaks for itself."""

    weights: Mapping[str, float]
    shares: Mapping[str, Mapping[str, float]]
    heaviest: float

    def of(self, country: str | None, *, besides: str = "") -> float:
        """How much speaks for a country, from 0 to 1 for the heaviest of the report; `besides` is a folded name to leave out."""
        if not country or not self.heaviest:
            return 0.0
        own = self.shares.get(besides, {}).get(country, 0.0)
        return max(0.0, self.weights.get(country, 0.0) - own) / self.heaviest

    def speaks(self, *, besides: str) -> bool:
        """Whether anything but the name itself tells of any country."""
        return any(self.of(country, besides=besides) >= _SOME for country in self.weights)

    def at_least(self, share: float) -> list[str]:
        """The countries with that much evidence or more, in alphabetical order."""
        return sorted(c for c in self.weights if self.of(c) >= share)

    @property
    def home(self) -> str | None:
        """The country that the report is about."""
        return max(sorted(self.weights), key=lambda c: self.weights[c], default=None)


def country_evidence(reading: Reading, toponyms: Sequence[Toponym], gazetteer: CompiledGazetteer) -> Evidence:
    """Countries named, words for their people, and the countries that the candidates of the other names share."""
    weights: dict[str, float] = defaultdict(float)
    shares: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for toponym in toponyms:
        if toponym.origin != "pointer":
            for country, weight in _of_name(toponym, gazetteer).items():
                weights[country] += weight * _lead(toponym.sentence)
                shares[toponym.key[0]][country] += weight * _lead(toponym.sentence)
    for sentence in reading.sentences:
        words = [t.text for t in sentence.tokens]
        for i, word in enumerate(words):
            if word[:1].isupper():
                pair = f"{word} {words[i + 1]}" if i + 1 < len(words) else word
                demonym = country_of_demonym(pair) or country_of_demonym(word)
                if demonym:
                    weights[demonym] += _DEMONYM * _lead(sentence.index)
    for mention in reading.mentions:
        if mention.kind in ("ORG", "GROUP", "PERSON", "MISC"):
            for home in {a.country for a in register().listed(mention.text)[:2] if a.kind in _ACTORS and a.country}:
                weights[home] += _ACTOR * _lead(mention.sentence)
    return Evidence(dict(weights), shares, max(_FEW, max(weights.values(), default=0.0)) if weights else 0.0)


def _lead(sentence: int) -> float:
    """What a report opens with tells more of where it is about than what it comes to."""
    return _OPENING if sentence <= _OPENS else 1.0


def _of_name(toponym: Toponym, gazetteer: CompiledGazetteer) -> dict[str, float]:
    entries = gazetteer.lookup(toponym.name)
    if not entries:
        return {}
    weight = _DATELINE if toponym.dateline else 1.0
    if entries[0].kind == "country" and toponym.kind in (None, "country"):
        return {entries[0].country or "": _NAMED * weight}
    owners: dict[str, float] = {}
    for entry in entries[:12]:
        if entry.country:
            owners[entry.country] = max(owners.get(entry.country, 0.0), (1.0 + gazetteer.prominence(entry)) ** 2)
    total = sum(owners.values())
    seat = capital_of(toponym.name)
    if seat and owners.get(seat) == max(owners.values()) and toponym.kind in (None, "town"):
        return {seat: _CAPITAL * weight}
    weight *= min(1.0, gazetteer.prominence(entries[0]) / _WELL_KNOWN)
    return {country: _PLACE * weight * share / total for country, share in owners.items() if share / total >= _TELLING}
