"""The register of actors: its own soundness, look-ups under every way of writing, bodies at a date, offices, a user's own file."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khabar.errors import KnowledgeError
from khabar.knowledge.actors import Register, check, fold, party_words, register, titles
from khabar.knowledge.actors.folding import singular, slug
from khabar.knowledge.actors.groups import groups_of
from khabar.knowledge.actors.states import read_states
from khabar.records import Actor, Membership, Tenure
from khabar.seams import ActorRegister

LEAST = {"armed-group": 350, "militia": 80, "media": 200, "person": 300, "international": 100, "state": 195, "people": 90, "aid": 60}


def own_register(*actors: Actor, own: tuple[Actor, ...] = ()) -> Register:
    return Register(own, actors, read_states(), "test")


def test_ours_is_sound() -> None:
    assert check(register()) == []


def test_it_fills_the_seam_and_is_read_once() -> None:
    assert isinstance(register(), ActorRegister)
    assert register() is register()
    assert len(register().digest) == 64


def test_it_is_as_large_as_it_says() -> None:
    counted = Counter(actor.kind for actor in register().actors)
    assert {kind: counted[kind] for kind, least in LEAST.items() if counted[kind] < least} == {}


def test_every_name_finds_its_actor() -> None:
    ours = register()
    assert [actor.name for actor in ours.actors if actor not in ours.lookup(actor.name)] == []


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Taliban", "Taliban"),
        ("the Taliban", "Taliban"),
        ("TALIBAN", "Taliban"),
        ("Taleban", "Taliban"),
        ("ISIL", "Islamic State"),
        ("Da’esh", "Islamic State"),
        ("Dae'sh", "Islamic State"),
        ("so-called Islamic State", "Islamic State"),
        ("al Qaida", "al-Qaeda"),
        ("Al-Qaïda", "al-Qaeda"),
        ("Houthi", "Houthis"),
        ("Hizballah", "Hezbollah"),
        ("M23", "March 23 Movement"),
        ("FARC", "Revolutionary Armed Forces of Colombia"),
        ("Sendero Luminoso", "Shining Path"),
        ("Medecins Sans Frontieres", "Médecins Sans Frontières"),
        ("Doctors without borders", "Médecins Sans Frontières"),
        ("U.N.", "United Nations"),
        ("United Nations Organisation", "United Nations"),
        ("Unicef", "UNICEF"),
        ("Afghan Army", "Afghan National Army"),
        ("IDF", "Israel Defense Forces"),
        ("Israel Defence Forces", "Israel Defense Forces"),
        ("Israeli army", "Israel Defense Forces"),
        ("Israel's military", "Israel Defense Forces"),
        ("Philippine military", "Armed Forces of the Philippines"),
        ("Ministry of Defence of Syria", "Syrian Ministry of Defence"),
        ("Syria's Defense Ministry", "Syrian Ministry of Defence"),
        ("government of the Democratic Republic of the Congo", "Government of the Democratic Republic of the Congo"),
        ("Kiev", "Ukraine"),
        ("the Kremlin", "Russia"),
        ("Polish border guards", "Polish Border Guard"),
        ("Zambian police", "Zambian police"),
        ("Zelenskyy", "Volodymyr Zelensky"),
        ("Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"),
        ("Rohingyas", "Rohingya"),
        ("Agence France Presse", "Agence France-Presse"),
    ],
)
def test_look_ups(written: str, name: str) -> None:
    assert name in [actor.name for actor in register().lookup(written)]


@pytest.mark.parametrize(
    "word", ["", "   ", "us", "is", "who", "care", "car", "Car", "dawn", "sana", "aa", "republic", "map", "residents", "—"]
)
def test_common_words_are_no_names(word: str) -> None:
    assert list(register().lookup(word)) == []


@pytest.mark.parametrize(
    "acronym", ["SDF", "NRF", "Northern Alliance", "ADF", "ELN", "PLA", "UPC", "RSF", "National Liberation Army", "coalition"]
)
def test_ambiguous_names_give_several_or_the_only_one(acronym: str) -> None:
    found = register().lookup(acronym)
    assert found
    assert len({actor.id for actor in found}) == len(found)


def test_the_northern_alliance_is_three() -> None:
    assert {a.country for a in register().lookup("Northern Alliance")} == {"AFG", "MMR"}
    assert len(register().lookup("Northern Alliance")) == 3


@pytest.mark.parametrize(
    ("title", "country", "on", "holder"),
    [
        ("defence minister", "RUS", date(2022, 3, 1), "Sergei Shoigu"),
        ("Minister of Defense", "RUS", date(2024, 9, 1), "Andrei Belousov"),
        ("secretary of state", "USA", date(2003, 2, 5), "Colin Powell"),
        ("prime minister", "GBR", date(2016, 7, 13), "Theresa May"),
        ("president", "AFG", date(2021, 8, 15), "Ashraf Ghani"),
        ("president", "AFG", date(2021, 8, 16), None),
        ("president", "ATL", date(2020, 1, 1), None),
        ("keeper of seals", "FRA", date(2020, 1, 1), None),
    ],
)
def test_offices_at_a_date(title: str, country: str, on: date, holder: str | None) -> None:
    found = register().holder(title, country=country, on=on)
    assert (found.name if found else None) == holder


def test_offices_of_a_body() -> None:
    day = date(2022, 1, 1)
    assert getattr(register().holder("secretary-general", body="United Nations", on=day), "name", None) == "António Guterres"
    assert register().holder("secretary-general", body="no such body", on=day) is None
    assert register().holder("secretary-general", on=day) is None


@given(st.text(max_size=40))
def test_folding_is_idempotent(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(max_size=60))
def test_any_text_can_be_looked_up(name: str) -> None:
    for actor in register().lookup(name):
        assert register().actor(actor.id) == actor


@given(
    st.sampled_from(["Front", "Army of Hope", "Sons of the River", "MLN"]),
    st.sampled_from(["the ", "The ", ""]),
    st.sampled_from(["", "'s", "’s"]),
)
def test_articles_and_possessives_do_not_count(name: str, article: str, ending: str) -> None:
    assert fold(f"{article}{name}{ending}") == fold(name)


@pytest.mark.parametrize(
    ("plural", "one"),
    [("houthis", "houthi"), ("militias", "militia"), ("families", "family"), ("gunmen", "gunman"), ("women", "women"), ("press", "press")],
)
def test_singulars(plural: str, one: str) -> None:
    assert singular(plural) == one


FAULTS = [
    ("Front\tarmed-group\tAFG\t1990\n", "line 1: a row has 6 columns"),
    ("# a comment\n\nFront\tarmed-gang\tAFG\t\t\t\n", "line 3: no kind is called 'armed-gang'"),
    ("Front\tarmed-group\tAFG\t1990-13\t\t\n", "'1990-13' is no day"),
    ("Front\tarmed-group\tAFG\t1990\t1980\t\n", "ends (1980) before it begins (1990)"),
    ("\tarmed-group\tAFG\t1990\t\t\n", "the first column must not be empty"),
]


@pytest.mark.parametrize(("content", "message"), FAULTS)
def test_a_faulty_file_names_file_and_line(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        list(groups_of(path))
    assert message in str(caught.value)
    assert "own.tsv" in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"none\.tsv"):
        register(str(tmp_path / "none.tsv"))


def test_years_take_in_all_their_days(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("Front\tarmed-group\tAFG\t1990\t1992-02\tPF|People's Front\n", encoding="utf-8")
    (actor,) = groups_of(path)
    assert actor == Actor("front", "Front", "armed-group", "AFG", ("PF", "People's Front"), Tenure(date(1990, 1, 1), date(1992, 2, 29)))


def test_a_users_own_file_wins(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("Taliban\tpolitical\tAFG\t\t\tSDF\nRiver Guard\tmilitia\tCOD\t\t\t\n", encoding="utf-8")
    mine = register(str(path))
    assert [a.kind for a in mine.lookup("Taliban")] == ["political"]
    assert [a.name for a in mine.lookup("SDF")] == ["Taliban"]
    assert [a.name for a in mine.lookup("river guard")] == ["River Guard"]
    assert [a.name for a in mine.lookup("Syrian Democratic Forces")] == ["Syrian Democratic Forces"]
    assert mine.digest != register().digest


DOUBTFUL = [
    ([Actor("a", "Front", "militia", "AFG"), Actor("b", "The Front", "militia", "AFG")], "have one name"),
    ([Actor("a", "Front", "militia", "AFG"), Actor("a", "Army", "militia", "AFG")], "2 actors have this id"),
    ([Actor("a", "Front", "militia", "AFG", ("PF", "PF"))], "given twice"),
    ([Actor("a", "Front", "militia", "AFG", ("PF",)), Actor("b", "Army", "militia", "AFG", ("P.F.",))], "alias of both a and b"),
    ([Actor("a", "Front", "militia", exists=Tenure(date(2990, 1, 1)))], "cannot be"),
    ([Actor("a", "Front", "militia", exists=Tenure(date(1990, 1, 1), date(1980, 1, 1)))], "before it begins"),
    ([Actor("a", "Front", "militia", memberships=(Membership("none"),))], "which is no actor"),
    (
        [Actor("a", "Front", "militia", memberships=(Membership("b"),)), Actor("b", "Wing", "militia", memberships=(Membership("a"),))],
        "part of itself",
    ),
    ([Actor("a", "Front", "militia", aliases=("Riverfolk",)), Actor("people.r", "Riverfolk", "people")], "may not name a"),
]


@pytest.mark.parametrize(("actors", "fault"), DOUBTFUL)
def test_check_finds(actors: list[Actor], fault: str) -> None:
    assert any(fault in found for found in check(own_register(*actors)))


def test_check_lets_country_and_years_decide() -> None:
    past, present = Tenure(None, date(1999, 12, 31)), Tenure(date(2000, 1, 1))
    assert check(own_register(Actor("a", "F", "militia", "AFG", ("PF",), past), Actor("b", "G", "militia", "AFG", ("PF",), present))) == []
    assert check(own_register(Actor("a", "F", "militia", "AFG", ("PF",)), Actor("b", "G", "militia", "MLI", ("PF",)))) == []


def test_peoples_are_never_belligerents() -> None:
    peoples = {fold(name) for a in register().actors if a.kind == "people" for name in (a.name, *a.aliases)}
    armed = [a for a in register().actors if a.kind in {"armed-group", "militia", "military"}]
    assert [name for a in armed for name in (a.name, *a.aliases) if fold(name) in peoples] == []


def test_titles_and_words() -> None:
    role = titles().role(fold("defense ministers"))
    assert role is not None
    assert (role.name, role.body) == ("defence minister", "state")
    assert titles().find(["former", "prime", "minister"]) == (1, 3, titles().role("prime minister"))
    assert party_words().kind(["aid", "workers"]) == "aid"
    assert party_words().kind(["farm", "workers"]) == "civilians"
    assert party_words().kind(["boats"]) == "unknown"


def test_slugs_are_ids() -> None:
    assert slug("Jama'at Nusrat al-Islam wal-Muslimin") == "jamaat-nusrat-al-islam-wal-muslimin"
