"""Who is meant: parties and sources of invented reports, by name, acronym, body, person and office, at the day of the event."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.knowledge.actors import register
from khabar.records import Document, Mention, Party, Reading, Source, Span, Statement, Value, Values, When
from khabar.resolve.actors import ActorStage, Naming, Report
from khabar.resolve.actors.acronyms import introduced
from khabar.resolve.actors.report import without_titles
from khabar.resolve.actors.wording import counted_off, plain, without_tail
from khabar.seams import Stage


def a_report(text: str, published: date | None = date(2021, 8, 10), persons: Sequence[str] = (), groups: Sequence[str] = ()) -> Reading:
    day: Value[date] = Value.unknown("no date") if published is None else Value(published, because="test")
    mentions = []
    for kind, names in (("PERSON", persons), ("ORG", groups)):
        at = 0
        for name in names:
            at = text.index(name, at)
            mentions.append(Mention(Span(at, at + len(name)), kind, name, 0))  # type: ignore[arg-type]
            at += 1
    return Reading(Document("d" * 16, "report", text, day), mentions=tuple(mentions))


def named(reading: Reading, words: str, day: date | None = None) -> tuple[str, str | None]:
    at = reading.document.text.find(words)
    span = Span(at, at + len(words)) if at >= 0 else None
    found = Naming(Report(reading, register()), register()).name(words, day or reading.document.published.value, span)
    return found.name, found.actor.id if found.actor else None


def with_statement(
    reading: Reading, *, actors: Sequence[str] = (), targets: Sequence[str] = (), sources: Sequence[str] = (), when: When | None = None
) -> Reading:
    text = reading.document.text

    def spans(words: str) -> Span | None:
        return Span(at, at + len(words)) if (at := text.find(words)) >= 0 else None

    statement = Statement(
        id="s" * 16, document=reading.document.id, trigger=Span(0, 3), ordinal=0, evidence=Span(0, len(text)),
        type=Value("battle"), actors=Values(tuple(Value(Party(spans(w), w), because="roles.subject") for w in actors)),
        targets=Values(tuple(Value(Party(spans(w), w)) for w in targets)), places=Values(),
        when=Value(when) if when else Value.unknown("not read yet"), told_as=Value("happened"), background=Value(False),
        sources=Values(tuple(Value(Source(spans(w), w)) for w in sources)), stance=Value("asserts"),
    )  # fmt: skip
    return replace(reading, statements=(statement,))


def coded(reading: Reading) -> Statement:
    return ActorStage()(reading).statements[0]


AFGHAN = "Fighting went on in Afghanistan, where Afghan troops and the Taliban clashed near Kabul."
PHRASES = [
    ("Taliban", "Taliban"),
    ("Taliban militants", "Taliban"),
    ("at least 40 Taliban fighters", "Taliban"),
    ("Taliban forces", "Taliban"),
    ("members of the Taliban", "Taliban"),
    ("fighters of the Islamic State (IS)", "Islamic State"),
    ("the hardline Islamist group Taliban", "Taliban"),
    ("ISIL fighters", "Islamic State"),
    ("Iran-backed Houthi rebels", "Houthis"),
    ("former rebel movement Renamo", "Renamo"),
    ("paramilitary Rapid Support Forces (RSF)", "Rapid Support Forces"),
    ("the Afghan army", "Afghan National Army"),
    ("two Afghan soldiers", "Afghan National Defense and Security Forces"),
    ("Afghanistan's interior ministry", "Afghan Ministry of Interior"),
    ("the army", "Afghan National Army"),
    ("government troops", "Afghan National Defense and Security Forces"),
    ("elite government soldiers", "Afghan National Defense and Security Forces"),
    ("Afghan", "Afghanistan"),
    ("Afghan drones and artillery", "Afghan National Defense and Security Forces"),
    ("troops from Burundi", "Burundi National Defence Force"),
    ("US-led coalition", "Global Coalition Against Daesh"),
    ("Russia's Sputnik agency", "Sputnik"),
]


@pytest.mark.parametrize(("words", "name"), PHRASES)
def test_phrases_with_a_name(words: str, name: str) -> None:
    assert named(a_report(AFGHAN), words)[0] == name


PLAIN = [
    ("dozens of residents", "residents", "civilians"),
    ("at least 12 local residents", "local residents", "civilians"),
    ("Residents", "residents", "civilians"),
    ("more than 1,200 villagers who fled", "villagers", "civilians"),
    ("182 Passengers", "passengers", "civilians"),
    ("those in need", "those in need", "unknown"),
    ("gunmen in three cars", "gunmen", "armed-group"),
    ("the anti-Taliban fighters", "anti-Taliban fighters", "armed-group"),
    ("Taliban-held villages", "Taliban-held villages", "unknown"),
    ("her elder sister", "elder sister", "civilians"),
    ("Kurdish villagers", "Kurdish villagers", "civilians"),
    ("aid workers", "aid workers", "aid"),
    ("Front for Hope and Change", "Front for Hope and Change", "unknown"),
    ("two journalists", "journalists", "civilians"),
]


@pytest.mark.parametrize(("words", "name", "kind"), PLAIN)
def test_parties_without_a_name_keep_their_words(words: str, name: str, kind: str) -> None:
    reading = a_report("It was quiet.")
    found = Naming(Report(reading, register()), register()).name(words, None)
    assert (found.name, found.kind) == (name, kind)


def test_police_keep_their_words_and_get_their_country() -> None:
    reading = a_report("Police in Zambia said that Zambian schools stay shut.")
    assert named(reading, "Police") == ("police", "zmb.police")
    assert named(reading, "Zambian police") == ("Zambian police", "zmb.police")


AT_A_DAY = [
    ("Afghan army", date(2021, 8, 14), "Afghan National Army"),
    ("Afghan army", date(2023, 1, 1), "Islamic Emirate Army"),
    ("Afghan forces", date(2019, 1, 1), "Afghan National Defense and Security Forces"),
    ("Afghan forces", date(2023, 1, 1), "Islamic Emirate Armed Forces"),
    ("Afghan forces", date(1995, 1, 1), "Afghan Armed Forces"),
    ("Afghan government", date(2020, 1, 1), "Afghan government"),
    ("Afghan government", date(2022, 1, 1), "Taliban government"),
    ("Syrian government forces", date(2016, 5, 1), "Syrian Arab Army"),
    ("Syrian government forces", date(2025, 3, 1), "Syrian Armed Forces"),
    ("Rwandan troops", date(1994, 5, 1), "Rwandan Armed Forces"),
    ("Rwandan troops", date(2023, 5, 1), "Rwanda Defence Force"),
    ("coalition forces", date(2005, 11, 5), "Multi-National Force – Iraq"),
    ("Northern Alliance", date(2001, 11, 1), "Northern Alliance"),
    ("Northern Alliance", date(2021, 8, 24), "National Resistance Front"),
]


@pytest.mark.parametrize(("words", "day", "name"), AT_A_DAY)
def test_the_day_of_the_event_decides(words: str, day: date, name: str) -> None:
    reading = a_report("In Afghanistan, Syria, Iraq and Rwanda there was unrest. Iraqi schools were shut.", day)
    assert named(reading, words, day)[0] == name


BY_COUNTRY = [
    ("Northern Alliance", "Myanmar said that Burmese towns near Lashio were shelled.", date(2019, 8, 1), "northern-alliance-myanmar"),
    ("SDF", "Syria saw clashes, and Syrian towns were shelled.", date(2019, 8, 1), "syrian-democratic-forces"),
    ("ADF", "Congolese villages in Congo were raided near the Ugandan border.", date(2019, 8, 1), "allied-democratic-forces"),
    ("SLA", "Sudan said that Sudanese villages burned.", date(2005, 8, 1), "sudan-liberation-army"),
    ("SLA", "Lebanon said that Lebanese villages burned.", date(1990, 8, 1), "south-lebanon-army"),
    ("the army", "The Israeli army raided Palestinian towns, Palestinians said, in Palestinian areas.", date(2023, 6, 1), "isr.military"),
    ("Maoist rebels", "India said that Indian police had found arms.", date(2015, 6, 1), "communist-party-of-india-maoist"),
    ("Maoist rebels", "Nepal said that Nepali police had found arms.", date(2003, 6, 1), "communist-party-of-nepal-maoist"),
]


@pytest.mark.parametrize(("words", "text", "day", "id_"), BY_COUNTRY)
def test_the_country_of_the_report_decides(words: str, text: str, day: date, id_: str) -> None:
    assert (named(a_report(text, day), words)[1] or "").startswith(id_)


@pytest.mark.parametrize("words", ["NDA", "northern rebels", "communist rebels", "the army", "AA", "southern insurgents"])
def test_what_the_report_does_not_support_is_not_forced(words: str) -> None:
    reading = a_report("Norway and Peru played to a draw.", date(2021, 8, 10))
    assert named(reading, words)[1] is None


def test_acronyms_that_the_report_introduces() -> None:
    reading = a_report("The Movement for the Liberation of Orlev (MLO) said that MLO fighters left. The March 23 Movement (M23) agreed.")
    assert named(reading, "MLO") == ("Movement for the Liberation of Orlev", None)
    assert named(reading, "MLO fighters")[0] == "Movement for the Liberation of Orlev"
    assert named(reading, "M23")[1] == "march-23-movement"
    resistance = a_report("The National Resistance Front (NRF) in Afghanistan said the NRF held on.", date(2021, 9, 1))
    assert named(resistance, "NRF")[1] == "national-resistance-front"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Front for Change in Orlev (FCO) said", {"fco": "Front for Change in Orlev"}),
        ("He met the Orlev River Guard (ORG), a militia", {"org": "Orlev River Guard"}),
        ("the town of Orlev (ABC) fell", {}),
        ("the guard (OK) said", {}),
        ("", {}),
    ],
)
def test_introductions(text: str, found: dict[str, str]) -> None:
    assert introduced(text) == found


def test_short_names_are_completed_from_the_report() -> None:
    text = "Gen. Ilen Voss-Kahr spoke. Dara Melin, a teacher, listened. Voss-Kahr left. Melin stayed."
    reading = a_report(text, persons=["Ilen Voss-Kahr", "Dara Melin", "Voss-Kahr", "Melin"])
    assert named(reading, "Voss-Kahr")[0] == "Ilen Voss-Kahr"
    assert named(reading, "General Voss-Kahr")[0] == "Ilen Voss-Kahr"
    assert named(reading, "Gen. Ilen Voss-Kahr")[0] == "Ilen Voss-Kahr"
    assert named(reading, "Melin")[0] == "Dara Melin"


def test_of_two_persons_of_a_name_the_one_in_office_is_meant() -> None:
    text = "Ahmad Massoud, son of Ahmad Shah Massoud, leads the front. Massoud spoke."
    persons = ["Ahmad Massoud", "Ahmad Shah Massoud", "Massoud spoke"[:7]]
    reading = a_report(text, date(2021, 8, 24), persons=persons)
    assert named(reading, "32-year-old Massoud")[1] == "person.ahmad-massoud"


def test_a_namesake_of_a_public_figure_is_somebody_else() -> None:
    reading = a_report("Ilen Bashir, a baker, spoke in Orlev. Bashir left.", persons=["Ilen Bashir", "Bashir left"[:6]])
    assert named(reading, "Bashir") == ("Ilen Bashir", None)
    assert named(a_report("Bashir spoke in Norway.", persons=["Bashir"]), "Bashir") == ("Bashir", None)


def test_nation_and_office_before_a_name_come_off() -> None:
    reading = a_report("It was quiet.", date(2022, 3, 1))
    assert named(reading, "US President Joe Biden")[1] == "person.joe-biden"
    assert named(reading, "Peruvian Foreign Minister Ilen Voss") == ("Ilen Voss", None)


def test_offices_are_filled_at_the_day() -> None:
    reading = a_report("Russia said that Russian ministers met.")
    assert named(reading, "the defence minister", date(2022, 3, 1))[0] == "Sergei Shoigu"
    assert named(reading, "Ukraine's defence minister", date(2022, 3, 1))[0] == "Oleksii Reznikov"
    assert named(reading, "the defence minister of Ukraine", date(2022, 3, 1))[0] == "Oleksii Reznikov"
    assert named(reading, "the former defence minister", date(2022, 3, 1))[0] == "former defence minister"
    assert named(reading, "the education minister", date(2022, 3, 1))[1] is None


SPEAKERS = [
    ("Taliban spokesman Nadim Orlevi said so.", "Taliban spokesman Nadim Orlevi", "Nadim Orlevi", "spokesman", "Taliban"),
    ("Nadim Orlevi, a spokesman for the Houthis, said so.", "Nadim Orlevi", "Nadim Orlevi", "spokesman", "Houthis"),
    ("A spokesman for the Houthis, Nadim Orlevi, said so.", "Nadim Orlevi", "Nadim Orlevi", "spokesman", "Houthis"),
    ("Ugandan army spokesman Nadim Orlevi said so.", "Nadim Orlevi", "Nadim Orlevi", "military spokesman", "Uganda People's Defence Force"),
    ("Nadim Orlevi, a Peruvian police official, said so.", "Nadim Orlevi", "Nadim Orlevi", "official", "National Police of Peru"),
    (
        "Nadim Orlevi, spokesman of the 4th Infantry Brigade, said the Ugandan army won.",
        "Nadim Orlevi",
        "Nadim Orlevi",
        "spokesman",
        "Uganda People's Defence Force",
    ),
    ("Interior Minister Nadim Orlevi of Peru said so.", "Interior Minister Nadim Orlevi", "Nadim Orlevi", "interior minister", "Peru"),
    ("Nadim Orlevi, a Kenyan doctor, said so.", "Nadim Orlevi", "Nadim Orlevi", "doctor", None),
    ("UNHCR spokeswoman Nadim Orlevi said so.", "Nadim Orlevi", "Nadim Orlevi", "spokesman", "UNHCR"),
]


@pytest.mark.parametrize(("text", "words", "name", "role", "affiliation"), SPEAKERS)
def test_speakers(text: str, words: str, name: str, role: str, affiliation: str | None) -> None:
    reading = a_report(text, date(2018, 1, 1), persons=["Nadim Orlevi"])
    source = coded(with_statement(reading, sources=[words])).sources.first
    assert source is not None
    assert (source.name, source.role, source.affiliation) == (name, role, affiliation)


@pytest.mark.parametrize(
    ("words", "affiliation"),
    [
        ("the Taliban", "Taliban"),
        ("the Afghan defence ministry", "Afghanistan"),
        ("Kenyan officials", "Kenya"),
        ("Reuters", None),
        ("Human Rights Watch", None),
        ("residents", None),
        ("UNIFIL", "United Nations Interim Force in Lebanon"),
    ],
)
def test_bodies_that_speak(words: str, affiliation: str | None) -> None:
    source = coded(with_statement(a_report("It was quiet.", date(2018, 1, 1)), sources=[words])).sources.first
    assert source is not None
    assert source.affiliation == affiliation


def test_known_persons_bring_their_office() -> None:
    source = coded(with_statement(a_report("It was quiet.", date(2022, 5, 1)), sources=["Foreign Minister Sergei Lavrov"])).sources.first
    assert source is not None
    assert (source.name, source.actor, source.role, source.affiliation) == (
        "Sergey Lavrov", "person.sergey-lavrov", "foreign minister", "Russia",
    )  # fmt: skip


def test_an_anachronism_is_flagged_and_not_replaced() -> None:
    when = When(date(1950, 6, 1), date(1950, 6, 2), "day", "text")
    statement = coded(with_statement(a_report("It was quiet."), actors=["Taliban"], targets=["residents"], when=when))
    (party,) = statement.actors
    (flag,) = statement.flags
    assert (party.name, party.actor) == ("Taliban", "taliban")
    assert (flag.kind, flag.span) == ("anachronism", statement.trigger)
    assert "1994" in flag.note


@pytest.mark.parametrize(
    "when", [None, When(date(1950, 6, 1), date(1950, 6, 2), "day", "convention"), When(date(2001, 1, 1), date(2001, 1, 2), "day", "text")]
)
def test_no_flag_without_a_contradiction(when: When | None) -> None:
    assert len(coded(with_statement(a_report("It was quiet."), actors=["Taliban"], when=when)).flags) == 0


def test_the_stage_keeps_what_it_does_not_own() -> None:
    stage = ActorStage()
    assert isinstance(stage, Stage)
    reading = with_statement(a_report("Taliban fighters met residents."), actors=["Taliban fighters"], targets=["residents"])
    after = stage(reading)
    assert after.document is reading.document
    (before,), (now,) = reading.statements, after.statements
    assert (now.id, now.type, now.places, now.when) == (before.id, before.type, before.places, before.when)
    (value,) = now.actors.items
    assert value.because == "roles.subject; actors.register"
    assert value.value == Party(Span(0, 16), "Taliban", "taliban", "armed-group")
    assert reading.statements[0].actors.items[0].value == Party(Span(0, 16), "Taliban fighters")
    assert stage(a_report("Nothing.")).statements == ()
    assert pickle.loads(pickle.dumps(after)) == after


def test_candidates_are_kept_where_there_were_several() -> None:
    reading = with_statement(a_report(AFGHAN), actors=["Northern Alliance"])
    (value,) = coded(reading).actors.items
    assert {c.value for c in value.candidates} >= {"national-resistance-front", "northern-alliance"}


def test_a_users_file_reaches_the_stage(tmp_path: object) -> None:
    path = f"{tmp_path}/own.tsv"
    with open(path, "w", encoding="utf-8") as out:
        out.write("Orlev River Guard\tmilitia\tAFG\t\t\tRiver Guard|RG\n")
    reading = with_statement(a_report("It was quiet."), actors=["River Guard fighters"])
    (party,) = ActorStage(path)(reading).statements[0].actors
    assert (party.name, party.kind) == ("Orlev River Guard", "militia")
    abroad = with_statement(a_report("It was quiet in Norway."), actors=["RG"])
    assert [p.name for p in ActorStage(path)(abroad).statements[0].actors] == ["Orlev River Guard"]


@given(st.text(max_size=80))
def test_any_words_can_be_named(words: str) -> None:
    reading = with_statement(a_report(words or "x"), actors=[words], sources=[words])
    statement = coded(reading)
    assert len(statement.actors) == 1
    assert statement.actors.first is not None


@given(st.lists(st.sampled_from(["the", "dozens", "of", "12", "residents", "Orlev", "who", "fled", "and"]), min_size=1, max_size=8))
def test_trimming_never_leaves_nothing_and_comes_to_rest(tokens: list[str]) -> None:
    counted = counted_off(tokens)
    assert counted
    assert counted_off(counted) == counted
    assert without_tail(counted)
    assert plain(counted)


def test_titles_come_off_names() -> None:
    assert without_titles("Lt. Gen. Dr. Ilen Voss") == ["Ilen", "Voss"]
    assert without_titles("General") == ["General"]


def test_long_reports_are_read_in_linear_time() -> None:
    text = "Taliban fighters and Afghan soldiers clashed near Kabul (A) in Afghanistan, " * 4_000
    report = Report(a_report(text), register())
    assert report.country == "AFG"
    assert report.acronyms == {}
