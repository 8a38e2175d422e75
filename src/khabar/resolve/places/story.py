"""What a statement without a place of its own takes over from the report's story."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from khabar.records import Place, Reading, Sentence, Statement, Value
from khabar.resolve.places.evidence import Evidence
from khabar.resolve.places.inheritance import Inheritance, Point, place_point
from khabar.resolve.places.placing import weighed_place
from khabar.resolve.places.words import MOVING_TYPES, SPEECH_TYPES, WIDE_CUES, WIDE_NOUNS

Places = tuple[Value[Place], ...]
_HOME = 0.5


def hand_down(
    reading: Reading, own: Mapping[str, Places], pointed: Container[str], nation: Value[Place] | None, evidence: Evidence,
    labels: Mapping[int, Value[Place]], report: Inheritance,
) -> dict[str, Places]:  # fmt: skip
    """Statement id → places, those of its own or those inherited.

    What speaks for a place is weighed (`inheritance`), among it that the statement before is there or that the passage is headed by it
    (`labels`, by sentence). What is told of a whole war takes the country that the report is about, unless its words point back
    (`pointed`: "the war there"). Acts of speech take over nothing.
    """
    final: dict[str, Places] = {}
    last: Places = ()
    section: Value[Place] | None = None
    for statement in sorted(reading.statements, key=lambda s: (s.trigger.start, s.ordinal)):
        places = own[statement.id]
        sentence = reading.sentence_at(statement.trigger.start)
        label = labels.get(sentence.index) if sentence is not None else None
        if label is not section and label is not None:
            last = inherited((label,))
        section = label
        if statement.type.value in SPEECH_TYPES:
            final[statement.id] = places
            continue
        if not places and nation is not None and statement.id not in pointed and is_wide(reading, statement):
            final[statement.id] = (nation,)
            continue
        final[statement.id] = places = places or _weighed(report, statement, last)
        known = tuple(p for p in places if _lasts(p, evidence))
        if known and not (last and _passing(statement)):
            last = known
    return final


def told(reading: Reading, own: Mapping[str, Places]) -> list[tuple[int, str, Point]]:
    """Start, type and point of every statement that names its place."""
    return [(s.trigger.start, s.type.value or "", point) for s in reading.statements for point in _points(own[s.id])]


def _weighed(report: Inheritance, statement: Statement, last: Places) -> Places:
    """The likeliest place of the report; all those of the statement before where one of them is it."""
    handed = frozenset(_points(last))
    entry, share = report.choose(statement, handed)
    if entry is None:
        return ()
    if place_point(entry.lat, entry.lon) in handed:
        return inherited(last)
    return (weighed_place(entry, share),)


def _points(places: Places) -> Iterator[Point]:
    for place in places:
        if place.value is not None and place.value.lat is not None and place.value.lon is not None:
            yield place_point(place.value.lat, place.value.lon)


def _passing(statement: Statement) -> bool:
    """Whether its places are not where the story goes on: where people fled to, where something is only planned or feared."""
    return statement.type.value in MOVING_TYPES or statement.told_as.value in ("planned", "conditional", "possible")


def is_wide(reading: Reading, statement: Statement) -> bool:
    """Whether a statement is told of a whole war or of years ("thousands have died since 2012"), not of one happening."""
    if statement.scale.value in ("campaign", "war"):
        return True
    sentence = reading.sentence_at(statement.trigger.start)
    trigger = sentence.at(statement.trigger.start) if sentence else None
    if sentence is None or trigger is None:
        return False
    return trigger.lemma in WIDE_NOUNS or _since(sentence)


def _since(sentence: Sentence) -> bool:
    words = [t.lower for t in sentence.tokens]
    joined = f" {' '.join(words)} "
    if any(f" {cue} " in joined for cue in WIDE_CUES):
        return True
    after = [words[i + 1 : i + 3] for i, word in enumerate(words) if word == "since"]
    return any(len(word) == 4 and word.isdigit() for pair in after for word in pair)


def inherited(places: Iterable[Value[Place]]) -> Places:
    """The same places without a span, since nothing is written here."""
    return tuple(
        replace(v, span=None, because="places.inherited", confidence=round(v.confidence * 0.7, 2), value=replace(v.value, span=None))
        for v in places
        if v.value is not None
    )


def _lasts(place: Value[Place], evidence: Evidence) -> bool:
    """Whether a place is one that later statements may take over: resolved, and in a country that the report is about."""
    value = place.value
    return value is not None and value.lat is not None and (value.country is None or evidence.of(value.country) >= _HOME)
