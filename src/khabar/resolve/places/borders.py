"""Borders: "the Kyrgyz-Tajik border" by name, "the border with Chad" by the country that the report is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from khabar.knowledge.gazetteer import CompiledGazetteer
from khabar.records import PlaceEntry, Reading, Sentence
from khabar.resolve.places.evidence import Evidence
from khabar.resolve.places.resolution import Resolved
from khabar.resolve.places.toponyms import Toponym
from khabar.resolve.places.words import BORDERS

_LINKS = frozenset({"with", "from", "to", "of", "into"})


def bordering(
    reading: Reading, toponyms: Sequence[Toponym], entries: Mapping[int, PlaceEntry], evidence: Evidence, gazetteer: CompiledGazetteer
) -> dict[int, Resolved]:
    """Index of a country that is named to say which border ("the border with Chad") → that border."""
    found: dict[int, Resolved] = {}
    for i, toponym in enumerate(toponyms):
        entry = entries.get(i)
        if entry is None or entry.kind != "country" or not _after_border(reading.sentences[toponym.sentence], toponym):
            continue
        homes = sorted(evidence.weights, key=lambda c: (-evidence.weights[c], c))
        for home in homes[:3]:
            border = gazetteer.entry(f"khabar:border-{'-'.join(sorted((home.lower(), (entry.country or '').lower())))}")
            if border is not None and home != entry.country:
                found[i] = Resolved(border, 0.6, "places.border")
                break
    return found


def _after_border(sentence: Sentence, toponym: Toponym) -> bool:
    before = [t.lower for t in sentence.tokens[max(0, toponym.first - 3) : toponym.first] if t.lower != "the"]
    return len(before) >= 2 and before[-1] in _LINKS and before[-2] in BORDERS
