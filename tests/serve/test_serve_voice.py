from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings_by_hand import Desk, velmar

from khabar.knowledge.ontology.types import load_types
from khabar.records import Basis, Place, Quantity, Source, Statement, Value, Values, When
from khabar.serve.slots import place_in_words, quantity_in_words, when_in_brief, when_in_words
from khabar.serve.voice import STANDINGS, attribution_of, label_of, sentence_of, source_in_words, telling_of
from khabar.serve.wording import wording_of, wordings

TOLD = ("happened", "not-happened", "planned", "conditional", "possible")

# trigger, sentence with its voice, attribution, standing
VELMAR = [
    ("entered", "Tarn Post, own voice: Northern Front mobilized in Velmar", "own voice", "narrated"),
    ("shelling", "Tarn Post, own voice: shelling in Velmar", "own voice", "narrated"),
    (
        "captured",
        "Northern Front (Odran Keel, spokesman, tweet), in Tarn Post: took Velmar from Karsa Army",
        "claimed by Northern Front (Odran Keel, spokesman, tweet)",
        "claimed",
    ),
    (
        "killed",
        "Northern Front (Odran Keel, spokesman, tweet), in Tarn Post: attacked soldiers: 24–99 killed (“dozens”)",
        "claimed by Northern Front (Odran Keel, spokesman, tweet)",
        "claimed",
    ),
    ("fallen", "Karsa Army, in Tarn Post, in denial: no capture of Velmar", "denied by Karsa Army", "denied"),
    ("send reinforcements", "colonel, in Tarn Post: Karsa Army would mobilize, if a condition is met", "said by colonel", "conditional"),
    ("besieged", "Tarn Post, own voice: siege of Velmar", "own voice", "narrated"),
]


@pytest.mark.parametrize(("trigger", "sentence", "attribution", "standing"), VELMAR)
def test_a_statement_is_worded_with_its_voice(trigger: str, sentence: str, attribution: str, standing: str) -> None:
    reading = velmar()
    statement = next(s for s in reading.statements if s.trigger.of(reading.document.text) == trigger)
    assert sentence_of(statement, outlet="Tarn Post") == sentence
    assert attribution_of(statement) == attribution
    assert telling_of(statement).standing == standing


# how it is told, slots, what is said of it (own voice)
WORDS: list[tuple[str, dict[str, Any], str]] = [
    ("happened", {"actors": ["Northern Front"], "places": ["Velmar"]}, "Northern Front took Velmar"),
    ("planned", {"actors": ["Northern Front"], "places": ["Velmar"]}, "Northern Front to take Velmar"),
    ("possible", {"actors": ["Northern Front"], "places": ["Velmar"]}, "Northern Front may take Velmar"),
    ("not-happened", {"actors": ["Northern Front"], "places": ["Velmar"]}, "Northern Front did not take Velmar"),
    ("conditional", {"places": ["Velmar"]}, "capture of Velmar, if a condition is met"),
    ("planned", {"places": ["Velmar"]}, "planned capture of Velmar"),
    ("possible", {}, "possible capture"),
    ("not-happened", {"places": ["Velmar"]}, "no capture of Velmar"),
    ("happened", {"actors": ["Northern Front", "Karsa Army"]}, "Northern Front and Karsa Army took"),
    (None, {"places": ["Velmar"]}, "(telling unclear) capture of Velmar"),
]


@pytest.mark.parametrize(("told", "slots", "words"), WORDS)
def test_the_telling_is_in_the_words(told: str | None, slots: dict[str, list[str]], words: str) -> None:
    desk = Desk()
    made = {field: [desk.place(n) if field == "places" else desk.party(n) for n in names] for field, names in slots.items()}
    assert sentence_of(desk.state("capture", "captured", told=told, **made)) == f"own voice: {words}"


def test_an_alleged_actor_is_never_an_actor_plain() -> None:
    desk = Desk()
    attack = desk.state("attack", "killed", actors=[desk.party("Karsa Army", alleged=True)], sources=[desk.source("Karsa Army")])
    assert "Karsa Army (alleged)" in sentence_of(attack)


def test_a_claim_of_a_claim_names_both_voices_innermost_first() -> None:
    desk = Desk()
    inner, outer = desk.source("Karsa Army"), desk.source(None, "state television", channel="broadcast", kind="carrier")
    assert attribution_of(desk.state("attack", "killed", sources=[inner, outer])) == "said by Karsa Army, via state television (broadcast)"


VOICES = [
    (
        Source(None, "Odran Keel", affiliation="Northern Front", role="spokesman", channel="tweet"),
        "Northern Front (Odran Keel, spokesman, tweet)",
    ),
    (Source(None, "Odran Keel", role="mayor"), "Odran Keel (mayor)"),
    (Source(None, "Northern Front", affiliation="Northern Front", channel="statement"), "Northern Front (statement)"),
    (Source(None, "two witnesses", channel="witness", kind="witness"), "two witnesses"),
    (Source(None, "footage", channel="footage", kind="record"), "footage"),
    (Source(None, ""), "unnamed source"),
]


@pytest.mark.parametrize(("source", "words"), VOICES)
def test_a_voice_is_named_by_whom_it_speaks_for_and_says_nothing_twice(source: Source, words: str) -> None:
    assert source_in_words(source) == words


@pytest.mark.parametrize(
    ("kind", "verb"), [("speaker", "said by"), ("witness", "witnessed by"), ("record", "recorded by"), ("carrier", "reported by")]
)
def test_the_verb_says_what_kind_of_voice_it_is(kind: str, verb: str) -> None:
    desk = Desk()
    assert attribution_of(desk.state("attack", "killed", sources=[desk.source(None, "someone", kind=kind)])) == f"{verb} someone"


def test_a_source_that_nobody_could_name_is_still_a_source() -> None:
    unnamed = Value[Source].unknown("the speaker is written with a pronoun that points nowhere", because="sources.pronoun")
    made = Desk().state("attack", "killed", sources=[unnamed])
    assert telling_of(made).standing == "claimed"
    assert attribution_of(made) == "said by unknown source"


@given(
    told=st.sampled_from([*TOLD, None]),
    stance=st.sampled_from(["asserts", "denies"]),
    voices=st.lists(st.text(min_size=1), max_size=2),
)
def test_only_the_reports_own_word_is_narrated(told: str | None, stance: str, voices: list[str]) -> None:
    made = _statement(told, stance, voices)
    telling = telling_of(made)
    assert (telling.standing == "narrated") == (told == "happened" and stance == "asserts" and not voices)
    assert (telling.label == "happened") == (telling.standing == "narrated")
    assert sentence_of(made).startswith("own voice") == (not voices)
    assert telling.standing in STANDINGS


def _statement(told: str | None, stance: str, voices: list[str]) -> Statement:
    made = Desk().state("capture", "captured", told=told, stance=stance)
    sources = tuple(Value(Source(None, f"voice {name}")) for name in voices)
    return replace(made, sources=Values(sources, None if sources else "none is written"))


def test_every_type_of_the_ontology_has_words() -> None:
    assert set(load_types()) == set(wordings())


def test_a_type_without_words_is_called_by_its_name() -> None:
    assert wording_of("cyber-attack").noun == "cyber attack"


def test_every_standing_has_a_label_of_its_own() -> None:
    assert len({label_of(s) for s in STANDINGS}) == len(STANDINGS)


BRIEF = [
    (date(2031, 5, 2), date(2031, 5, 2), "text", "2031-05-02"),
    (date(2031, 5, 2), date(2031, 5, 4), "text", "2031-05-02–04"),
    (date(2031, 5, 30), date(2031, 6, 2), "inherited", "(2031-05-30–06-02)"),
    (date(2030, 12, 30), date(2031, 1, 2), "text", "2030-12-30–2031-01-02"),
    (date(2031, 5, 2), date(2031, 5, 4), "convention", "undated"),
]


@pytest.mark.parametrize(("start", "end", "basis", "words"), BRIEF)
def test_days_in_brief_keep_their_basis(start: date, end: date, basis: Basis, words: str) -> None:
    assert when_in_brief(Value(When(start, end, "days", basis))) == words


DAYS = [
    (When(date(2031, 5, 2), date(2031, 5, 2), "day", "text"), "2031-05-02"),
    (When(date(2031, 5, 2), date(2031, 5, 4), "days", "text"), "2031-05-02 to 2031-05-04"),
    (When(date(2031, 5, 1), date(2031, 5, 31), "month", "text"), "2031-05"),
    (When(date(1987, 1, 1), date(1987, 12, 31), "year", "text"), "1987"),
    (When(date(1980, 1, 1), date(1985, 12, 31), "years", "text"), "1980 to 1985"),
    (When(date(2031, 5, 2), date(2031, 5, 2), "day", "inherited"), "2031-05-02 (from context)"),
    (When(date(2031, 4, 26), date(2031, 5, 3), "week", "convention"), "undated (taken as 2031-04-26 to 2031-05-03)"),
]


@pytest.mark.parametrize(("when", "words"), DAYS)
def test_a_day_is_said_to_the_precision_it_has(when: When, words: str) -> None:
    assert when_in_words(Value(when)) == words


NUMBERS = [
    (("killed", "12", 12, 12), {}, "12 killed"),
    (("killed", "more than 6,000", 6000, None), {}, "6,000 or more killed"),
    (("killed", "up to 40", None, 40), {}, "up to 40 killed"),
    (("injured", "dozens", 24, 99), {}, "24–99 injured (“dozens”)"),
    (("killed", "five", 5, 5), {"whose": "civilians"}, "5 civilians killed"),
    (("fighters", "30", 30, 30), {"whose": "foreign fighters"}, "30 foreign fighters"),
    (("places", "three", 3, 3), {"whose": "districts"}, "3 districts"),
    (("places", "three", 3, 3), {}, "3 places"),
    (("killed", "900", 900, 900), {"scope": "cumulative"}, "900 killed in all"),
    (("displaced", "1,000 a day", 1000, 1000), {"scope": "rate"}, "1,000 displaced (a rate)"),
    (("killed", "countless", None, None), {}, "an unknown number killed (“countless”)"),
    (("other", "three trucks", 3, 3), {}, "three trucks"),
    (("other", "several trucks", 3, 9), {}, "several trucks (3–9)"),
]


@pytest.mark.parametrize(("slots", "about", "words"), NUMBERS)
def test_a_number_keeps_its_bounds_and_its_words(slots: tuple[Any, ...], about: dict[str, Any], words: str) -> None:
    kind, said, low, high = slots
    assert quantity_in_words(Quantity(None, kind, said, low, high, **about)) == words


PLACES = [
    ({}, "Velmar"),
    ({"precision": "near"}, "near Velmar"),
    ({"part": "three of its districts"}, "three of its districts in Velmar"),
    ({"part": "outskirts"}, "outskirts of Velmar"),
    ({"part": "125km (78 miles) north", "precision": "near"}, "125km (78 miles) north of Velmar"),
    ({"part": "southern"}, "southern Velmar"),
    ({"part": "western Velmar"}, "western Velmar"),
]


@pytest.mark.parametrize(("about", "words"), PLACES)
def test_a_part_never_stands_for_the_whole(about: dict[str, Any], words: str) -> None:
    assert place_in_words(Place(None, "Velmar", **about)) == words
