"""One suite for every implementation of the seam `Store`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from reading_builders import RUN, TEXT, a_reading, span
from reading_strategies import readings

from khabar.errors import NotFoundError
from khabar.records import Decision, Problem, Reading, Run, Sighting, Value
from khabar.seams import Store
from khabar.store.memory import MemoryStore
from khabar.store.sqlite import SqliteStore

LATER = Run("0.2.0", "fake:2", "ontology:2")
IMPLEMENTATIONS: dict[str, Callable[[Path], Store]] = {
    "sqlite": lambda folder: SqliteStore(folder / "khabar.db"),
    "sqlite in memory": lambda folder: SqliteStore(":memory:"),
    "memory": lambda folder: MemoryStore(),
}


@pytest.fixture(params=IMPLEMENTATIONS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    made = IMPLEMENTATIONS[request.param](tmp_path)
    yield made
    made.close()


def test_it_is_a_store(store: Store) -> None:
    assert isinstance(store, Store)
    assert list(store.readings()) == []
    assert store.tally().documents == 0


def test_what_was_saved_is_read_by_name_and_by_id(store: Store) -> None:
    reading = a_reading(problems=(Problem("read", "no-date", "no date", "note"),))
    answer = store.save(reading, RUN)
    assert (answer.document, answer.outcome) == (reading.document.id, "new")
    assert store.reading("orlev") == reading
    assert store.reading(reading.document.id) == reading
    assert store.reading("orlev", run=RUN.fingerprint) == reading


def test_the_same_report_twice_changes_nothing(store: Store) -> None:
    store.save(a_reading(), RUN)
    before = (store.tally(), list(store.readings()))
    assert store.save(a_reading(), RUN).outcome == "unchanged"
    assert (store.tally(), list(store.readings())) == before


def test_another_run_supersedes_and_keeps(store: Store) -> None:
    first, second = a_reading(), a_reading(triggers=("seized", "killing"))
    store.save(first, RUN)
    assert store.save(second, LATER).outcome == "superseded"
    assert store.reading("orlev") == second
    assert store.reading("orlev", run=LATER.fingerprint) == second
    assert store.reading("orlev", run=RUN.fingerprint) == first
    assert (store.tally().documents, store.tally().statements) == (1, 2)


def test_a_run_that_says_the_same_still_supersedes(store: Store) -> None:
    store.save(a_reading(), RUN)
    assert store.save(a_reading(), LATER).outcome == "superseded"
    assert store.tally().statements == 1
    assert store.save(a_reading(), LATER).outcome == "unchanged"


def test_the_same_run_that_says_something_else_supersedes(store: Store) -> None:
    store.save(a_reading(), RUN)
    told_a_date = a_reading(published=Value(date(2031, 6, 5), because="read.option"))
    assert store.save(told_a_date, RUN).outcome == "superseded"
    assert store.reading("orlev") == told_a_date
    assert store.tally().statements == 1


def test_a_new_version_under_the_same_name_supersedes_and_keeps(store: Store) -> None:
    first, second = a_reading(), a_reading(TEXT + " Corrected.")
    store.save(first, RUN)
    assert store.save(second, RUN).outcome == "superseded"
    assert list(store.readings()) == [second]
    assert store.reading(first.document.id) == first
    assert store.tally().documents == 1


def test_a_version_that_comes_back_stands_again(store: Store) -> None:
    first, second = a_reading(), a_reading(TEXT + " Corrected.")
    for reading in (first, second, first):
        store.save(reading, RUN)
    assert list(store.readings()) == [first]
    assert store.reading("orlev") == first
    assert store.save(first, RUN).outcome == "unchanged"


def test_one_document_under_two_names_is_one_document(store: Store) -> None:
    store.save(a_reading(name="b"), RUN)
    assert store.save(a_reading(name="a"), RUN).outcome == "unchanged"
    assert [r.document.name for r in store.readings()] == ["a"]
    assert [store.reading(name).document.name for name in ("a", "b")] == ["a", "b"]
    assert store.tally().statements == 1


def test_a_copy_with_a_warning_about_its_own_file_is_the_same_document(store: Store) -> None:
    for name, outcome in (("a", "new"), ("b", "unchanged")):
        warned = replace(a_reading(name=name), problems=(Problem("read", "no-date", "no date", "warning", where=f"{name}.txt"),))
        assert store.save(warned, RUN).outcome == outcome


def test_a_name_that_moves_on_leaves_the_other_name_standing(store: Store) -> None:
    store.save(a_reading(name="a"), RUN)
    store.save(a_reading(name="b"), RUN)
    store.save(a_reading(TEXT + " Corrected.", name="a"), RUN)
    assert [(r.document.name, r.document.text) for r in store.readings()] == [("a", TEXT + " Corrected."), ("b", TEXT)]
    assert store.save(a_reading(name="a"), RUN).outcome == "superseded"
    assert [(r.document.name, r.document.text) for r in store.readings()] == [("a", TEXT)]


def test_sightings_gather(store: Store) -> None:
    one, other = Sighting("Tarn Post", None, datetime(2031, 6, 4, 8, tzinfo=UTC)), Sighting("Vale Radio", "https://vale.example/2")
    store.save(a_reading(sightings=(one,)), RUN)
    assert store.save(a_reading(sightings=(other,)), RUN).outcome == "unchanged"
    store.save(a_reading(sightings=(other, one)), RUN)
    assert store.reading("orlev").document.sightings == (one, other)


def test_readings_come_in_order_of_name(store: Store) -> None:
    names = [f"{n % 7}/{n:03}" for n in range(300)] + ["Ω", "a b", "Z"]
    for name in reversed(names):
        store.save(a_reading(f"{TEXT} {name}", name, triggers=()), RUN)
    assert [r.document.name for r in store.readings()] == sorted(names)


def test_a_statement_is_found_by_the_beginning_of_its_id(store: Store) -> None:
    reading = a_reading(triggers=("seized", "killing", "denied"))
    store.save(reading, RUN)
    for statement in reading.statements:
        assert store.statement(statement.id) == reading
        assert store.statement(statement.id[:10]) == reading


@pytest.mark.parametrize("missing", ["", "zz", "%", "_", "nosuch"])
def test_what_is_not_there_is_not_found(store: Store, missing: str) -> None:
    store.save(a_reading(triggers=("seized", "killing")), RUN)
    with pytest.raises(NotFoundError):
        store.statement(missing)
    with pytest.raises(NotFoundError):
        store.reading(missing)
    with pytest.raises(NotFoundError):
        store.reading("orlev", run=missing)


def test_an_ambiguous_beginning_is_refused(store: Store) -> None:
    many = [a_reading(f"{TEXT} {n}", f"r{n}") for n in range(17)]
    for reading in many:
        store.save(reading, RUN)
    digits = [r.statements[0].id[0] for r in many]
    twice = next(d for d in digits if digits.count(d) > 1)
    with pytest.raises(NotFoundError, match="begin"):
        store.statement(twice)


def test_a_superseded_statement_is_still_found(store: Store) -> None:
    first, second = a_reading(), a_reading(triggers=("killing",))
    store.save(first, RUN)
    store.save(second, LATER)
    assert store.statement(first.statements[0].id) == first
    store.save(a_reading(triggers=("killing", "seized")), RUN)
    assert store.statement(first.statements[0].id) == a_reading(triggers=("killing", "seized"))


def _decision(document: str, field: str = "told_as") -> Decision:
    return Decision(
        document, span("seized"), field, "planned", "a coder", datetime(2031, 6, 7, 9, 30, 0, 5, UTC), "the order was not carried out"
    )


def test_decisions_come_in_order_and_by_document(store: Store) -> None:
    one, other = a_reading(), a_reading(TEXT + " More.", "other")
    store.save(one, RUN)
    store.save(other, RUN)
    made = [_decision(one.document.id), _decision(other.document.id), _decision(one.document.id, "type"), _decision(one.document.id)]
    for decision in made:
        store.decide(decision)
    assert list(store.decisions()) == made
    assert list(store.decisions(one.document.id)) == [made[0], made[2], made[3]]
    assert list(store.decisions("nosuch")) == []


def test_decisions_outlive_recoding(store: Store) -> None:
    reading = a_reading()
    store.save(reading, RUN)
    store.decide(_decision(reading.document.id))
    store.save(reading, LATER)
    assert list(store.decisions(reading.document.id)) == [_decision(reading.document.id)]


def test_a_decision_needs_its_document(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.decide(_decision("nosuch"))
    assert list(store.decisions()) == []


def test_the_tally_counts_what_stands(store: Store) -> None:
    store.save(a_reading(triggers=("seized", "killing"), problems=(Problem("read", "no-date", "none"),)), RUN)
    unknown = replace(a_reading(TEXT + " x", "x").statements[0], type=Value.unknown("two types are alike"))
    store.save(replace(a_reading(TEXT + " x", "x"), statements=(unknown,)), RUN)
    tally = store.tally()
    assert (tally.documents, tally.statements, tally.problems) == (2, 3, 1)
    assert dict(tally.by) == {"capture": 2, "unknown": 1}


@pytest.mark.parametrize("kind", ["sqlite in memory", "memory"])
@given(reading=readings)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_reading_is_kept_whole(kind: str, reading: Reading) -> None:
    store = IMPLEMENTATIONS[kind](Path())
    assert store.save(reading, RUN).outcome == "new"
    assert store.reading(reading.document.id) == reading
    assert list(store.readings()) == [reading]
    assert store.save(reading, RUN).outcome == "unchanged"
    assert store.tally().statements == len(reading.statements)
    store.close()
