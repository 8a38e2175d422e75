"""What the SQLite store does beyond the seam: its tables, its file, its errors."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from reading_builders import RUN, TEXT, a_document, a_reading, a_statement

from khabar.errors import MigrationError, StoreError
from khabar.records import Caveat, Decision, Flag, Party, Problem, Quantity, Reading, Run, Source, Span, Value, Values
from khabar.store.migrate import APPLICATION, statements_of, steps
from khabar.store.rows import plain
from khabar.store.sqlite import SqliteStore


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "khabar.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    with SqliteStore(path) as made:
        yield made


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_the_file_is_durable_and_says_whose_it_is(store: SqliteStore, path: Path) -> None:
    assert rows(path, "PRAGMA journal_mode") == [("wal",)]
    assert rows(path, "PRAGMA application_id") == [(APPLICATION,)]
    assert rows(path, "PRAGMA user_version") == [(len(steps()),)]
    assert store._db.execute("PRAGMA synchronous").fetchone() == (2,)


ONE = (
    ("SELECT report, published, type, told_as, stance, background, voice FROM statements",
     [("orlev", "2031-06-04", "capture", "happened", "asserts", 0, "Ilen Voss")]),
    ("SELECT trigger_words, when_start, when_end, when_precision, when_basis, when_words FROM statements",
     [("seized", "2031-06-02", "2031-06-02", "day", "text", "on Monday")]),
    ("SELECT slot, name, kind, alleged, words, because, confidence FROM parties",
     [("actor", "Dawn Column", "armed-group", 0, "The Dawn Column", "roles.subject", 0.8)]),
    ("SELECT name, lat, lon, precision FROM places", [("Orlev", 35.5, 69.25, "town")]),
    ("SELECT n, name, role, words, cue_words FROM sources", [(0, "Ilen Voss", "Captain", "Captain Ilen Voss", "said")]),
    ("SELECT kind, low, high, number, words FROM quantities", [("killed", 12, 12, "12", "12")]),
    ("SELECT because FROM field_values WHERE field = 'type'", [("triggers.verb",)]),
    ("SELECT kind, speaker, words FROM caveats", [("unverified", "Vale Radio", "ORLEV")]),
    ("SELECT stage, kind, severity FROM problems", [("read", "no-date", "note")]),
    ("SELECT s.trigger_words FROM statements s JOIN documents d ON d.id = s.document"
     " WHERE substr(d.text, s.trigger_start + 1, s.trigger_end - s.trigger_start) = s.trigger_words", [("seized",)]),
)  # fmt: skip


@pytest.mark.parametrize(("query", "answer"), ONE)
def test_a_statement_can_be_asked_for_in_any_sqlite_tool(store: SqliteStore, path: Path, query: str, answer: list[Any]) -> None:
    store.save(a_reading(caveats=(CAVEAT,), problems=(Problem("read", "no-date", "none", "note"),)), RUN)
    assert rows(path, query) == answer


CAVEAT = Caveat("unverified", Span(0, 5), Source(None, "Vale Radio"))
VIEWS = {
    "statements": "statement_rows",
    "field_values": "value_rows",
    "parties": "party_rows",
    "places": "place_rows",
    "sources": "source_rows",
    "quantities": "quantity_rows",
    "flags": "flag_rows",
    "caveats": "caveat_rows",
    "problems": "problem_rows",
}


@pytest.mark.parametrize(("view", "table"), VIEWS.items())
def test_views_hold_what_stands_and_rows_hold_all(store: SqliteStore, path: Path, view: str, table: str) -> None:
    document = a_document()
    statement = a_statement(document, flags=Values((Value(Flag("recruitment")),)))
    reading = Reading(document, statements=(statement,), caveats=(CAVEAT,), problems=(Problem("read", "x", "y"),))
    store.save(reading, RUN)
    before = rows(path, f"SELECT * FROM {view}")
    assert before
    store.save(reading, Run("later", "fake", "other"))
    after = rows(path, f"SELECT * FROM {view}")
    assert len(after) == len(before)
    assert rows(path, f"SELECT count(*) FROM {table}") == [(2 * len(before),)]


def test_history_says_which_run_said_what_and_until_when(store: SqliteStore, path: Path) -> None:
    later = Run("later", "fake", "other")
    store.save(a_reading(), RUN)
    store.save(a_reading(), later)
    [(_, run, until, by), (second, other_run, still, none)] = rows(path, "SELECT id, run, until, superseded_by FROM readings ORDER BY id")
    assert (run, other_run, by, still, none) == (RUN.fingerprint, later.fingerprint, second, None, None)
    assert rows(path, f"SELECT since FROM readings WHERE id = {second}") == [(until,)]
    assert rows(path, "SELECT khabar FROM runs ORDER BY seq") == [(RUN.khabar,), ("later",)]


def test_every_span_in_every_row_slices_back_to_its_words(store: SqliteStore, path: Path) -> None:
    store.save(a_reading(triggers=("seized", "killing")), RUN)
    found = 0
    for table in ("party_rows", "place_rows", "source_rows", "quantity_rows", "value_rows"):
        for start, end, words in rows(path, f"SELECT span_start, span_end, words FROM {table} WHERE span_start IS NOT NULL"):
            assert TEXT[start:end] == words
            found += 1
    assert found > 8


def test_an_unnamed_source_is_no_reporter(store: SqliteStore, path: Path) -> None:
    document = a_document()
    chain = Values((Value.unknown("the speaker is not named"), Value(Source(None, "Vale Radio", kind="carrier"))))
    store.save(Reading(document, statements=(a_statement(document, sources=chain),)), RUN)
    assert rows(path, "SELECT voice FROM statements") == [("unknown source",)]
    assert rows(path, "SELECT name, reason FROM sources ORDER BY n") == [(None, "the speaker is not named"), ("Vale Radio", None)]


@pytest.mark.parametrize("table", ["documents", "readings", "decisions"])
def test_nothing_is_deleted(store: SqliteStore, path: Path, table: str) -> None:
    _filled(store)
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        connection.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("change", ["documents SET text = ''", "readings SET payload = ''", "decisions SET decided = ''"])
def test_nothing_said_is_changed(store: SqliteStore, path: Path, change: str) -> None:
    _filled(store)
    with closing(sqlite3.connect(path)) as connection, pytest.raises(sqlite3.IntegrityError, match="never change"):
        connection.execute(f"UPDATE {change}")


def _filled(store: SqliteStore) -> None:
    reading = a_reading()
    store.save(reading, RUN)
    moment = datetime(2031, 6, 7, tzinfo=UTC)
    store.decide(Decision(reading.document.id, Span(1, 2), "type", "battle", "a coder", moment, "fighting is told"))


def test_a_failed_save_leaves_nothing(store: SqliteStore, path: Path) -> None:
    twice = a_reading(triggers=("seized",))
    store._db.execute("CREATE TRIGGER broken BEFORE INSERT ON quantity_rows BEGIN SELECT raise(ABORT, 'disk is broken'); END")
    with pytest.raises(StoreError, match="disk is broken"):
        store.save(twice, RUN)
    for table in ("documents", "readings", "reports", "runs", "statement_rows"):
        assert rows(path, f"SELECT count(*) FROM {table}") == [(0,)]
    store._db.execute("DROP TRIGGER broken")
    assert store.save(twice, RUN).outcome == "new"


def test_a_newer_store_is_refused(path: Path) -> None:
    SqliteStore(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {len(steps()) + 1}")
    with pytest.raises(MigrationError, match="newer khabar"):
        SqliteStore(path)


def test_a_newer_reading_is_refused_with_advice(store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khabar.records.codec.SCHEMA_VERSION", 99)
    store.save(a_reading(), RUN)
    monkeypatch.undo()
    with pytest.raises(StoreError, match="newer khabar"):
        store.reading("orlev")


def test_somebody_elses_database_is_refused_and_left_alone(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name)")
        connection.commit()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="no store of khabar"):
        SqliteStore(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"this is no database, whatever its name says. " * 40, b"SQLite format 3\x00" + b"\x01" * 4096])
def test_a_file_that_is_no_database_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"khabar\.db"):
        SqliteStore(path)
    assert path.read_bytes() == content


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nosuch"):
        SqliteStore(tmp_path / "nosuch" / "khabar.db")


def test_a_failed_step_is_undone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    SqliteStore(path).close()
    broken = (*steps(), "CREATE TABLE more (a);\nCREATE TABLE more (a);")
    monkeypatch.setattr("khabar.store.migrate.steps", lambda: broken)
    with pytest.raises(MigrationError, match="was undone"):
        SqliteStore(path)
    assert rows(path, "SELECT count(*) FROM sqlite_master WHERE name = 'more'") == [(0,)]
    monkeypatch.setattr("khabar.store.migrate.steps", lambda: (*steps.__wrapped__(), "CREATE TABLE more (a);"))
    SqliteStore(path).close()
    assert rows(path, "PRAGMA user_version") == [(len(steps.__wrapped__()) + 1,)]


def test_many_may_make_a_store_at_once(tmp_path: Path) -> None:
    failures: list[StoreError] = []

    def make(path: Path, ready: threading.Barrier) -> None:
        ready.wait()
        try:
            SqliteStore(path).close()
        except StoreError as error:
            failures.append(error)

    for n in range(40):
        ready = threading.Barrier(8)
        threads = [threading.Thread(target=make, args=(tmp_path / f"{n}.db", ready)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []


def test_many_may_open_and_write_at_once(path: Path) -> None:
    failures: list[BaseException] = []

    def write(writer: int) -> None:
        try:
            with SqliteStore(path) as own:
                for n in range(8):
                    own.save(a_reading(f"{TEXT} {writer} {n}", f"{writer}/{n}"), RUN)
        except StoreError as error:
            failures.append(error)

    threads = [threading.Thread(target=write, args=(w,)) for w in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert rows(path, "SELECT count(*) FROM statements") == [(48,)]


def test_threads_may_share_a_store(store: SqliteStore) -> None:
    found: list[int] = []

    def work(writer: int) -> None:
        for n in range(8):
            store.save(a_reading(f"{TEXT} {writer} {n}", f"{writer}/{n}"), RUN)
            found.append(len(list(store.readings())))

    threads = [threading.Thread(target=work, args=(w,)) for w in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (max(found), store.tally().documents) == (32, 32)


def test_readings_can_be_saved_while_they_are_read(store: SqliteStore) -> None:
    for n in range(5):
        store.save(a_reading(f"{TEXT} {n}", f"r{n}"), RUN)
    again = Run("later", "fake", "other")
    assert [store.save(reading, again).outcome for reading in store.readings()] == ["superseded"] * 5


def test_a_closed_store_says_so(path: Path) -> None:
    store = SqliteStore(path)
    store.close()
    with pytest.raises(StoreError, match=r"khabar\.db"):
        store.tally()


def test_half_surrogates_and_huge_numbers_stand_in_rows_and_come_back_whole(store: SqliteStore, path: Path) -> None:
    document = a_document(TEXT + " \ud83d")
    quantity = Quantity(Span(len(TEXT) + 1, len(TEXT) + 2), "other", "\ud83d", 10**30, None)
    statement = a_statement(document, actors=Values((Value(Party(None, "Côte \udc41")),)), quantities=Values((Value(quantity),)))
    store.save(Reading(document, statements=(statement,)), RUN)
    assert rows(path, "SELECT name FROM parties WHERE slot = 'actor'") == [("Côte �",)]
    assert rows(path, "SELECT low, words FROM quantities") == [(1e30, "�")]
    assert store.reading("orlev").statements == (statement,)
    assert store.reading("orlev").document.text == document.text


@pytest.mark.parametrize(
    ("given", "held"),
    [("plain", "plain"), ("a\ud800\udc00b", "a��b"), (2**63 - 1, 2**63 - 1), (2**63, 2.0**63), (-(10**400), -float("inf")), (None, None)],
)
def test_what_sqlite_can_hold(given: object, held: object) -> None:
    assert plain(given) == held


def test_scripts_are_cut_at_whole_statements() -> None:
    script = "-- one;\nCREATE TABLE a (b); -- two\nCREATE TRIGGER t BEFORE DELETE ON a BEGIN\n  SELECT 1;\nEND;\nSELECT ';';\n"
    assert len(list(statements_of(script))) == 3
