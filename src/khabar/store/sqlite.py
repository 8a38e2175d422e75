"""The default store: one SQLite file, open to any SQLite tool.

Durable when `save` and `decide` return: write-ahead log, `synchronous=FULL`, one transaction a reading.
"""

from __future__ import annotations

import sqlite3
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from khabar.errors import InputError, MigrationError, NotFoundError, StoreError
from khabar.records import Decision, Document, Reading, Run, Sighting, Span, digest
from khabar.records.codec import decode, encode
from khabar.seams import StoredReading, Tally
from khabar.store.content import called, content_digest, seen_also
from khabar.store.migrate import migrate
from khabar.store.rows import Row, day, plain, rows_of

PATIENCE_S = 30.0  # how long a writer waits for another
PAUSE_S = 0.01  # between two tries
PAGE = 256  # names fetched at once
READING = "SELECT r.id, r.document, r.payload, d.text FROM readings r JOIN documents d ON d.id = r.document "


class SqliteStore:
    """A store in the file `path` (":memory:" for none), made where there is none. Threads may share it; processes may too.

    Raises StoreError where it cannot be opened or is no store, MigrationError where a newer khabar wrote it.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = str(path)
        self._lock = threading.RLock()
        with self._speaking():
            self._db = sqlite3.connect(self.path, timeout=PATIENCE_S, isolation_level=None, check_same_thread=False)
        try:
            with self._speaking():
                migrate(self._db, self.path)
                log_ahead(self._db)
                for pragma in ("synchronous = FULL", "foreign_keys = ON"):
                    self._db.execute(f"PRAGMA {pragma}")
        except StoreError:
            self._db.close()
            raise

    def __enter__(self) -> SqliteStore:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        with self._speaking():
            self._db.close()

    def save(self, reading: Reading, run: Run) -> StoredReading:
        """Keep a reading; durable when it returns.

        "unchanged": the current reading of the document says the same under the same run. "superseded": the document, or
        another version of the report under this name, was read before; what that said is kept. "new" otherwise.
        """
        document, content = reading.document, content_digest(reading)
        with self._writing():
            self._keep_document(document)
            self._keep_run(run)
            earlier = self._one("SELECT document FROM reports WHERE name = ?", key(document.name))
            standing = self._one("SELECT id, run, digest FROM readings WHERE document = ? AND until IS NULL", document.id)
            same = standing is not None and standing["run"] == run.fingerprint and standing["digest"] == content
            current = standing["id"] if standing and same else self._supersede(standing, reading, run, content)
            moved = earlier is not None and earlier["document"] != document.id
            self._name(document, earlier["document"] if earlier and moved else None, current)
        if same and not moved:
            return StoredReading(document.id, "unchanged")
        return StoredReading(document.id, "superseded" if standing or moved else "new")

    def reading(self, report: str, *, run: str | None = None) -> Reading:
        """The current reading by name or document id, or the latest one of the run with that fingerprint; NotFoundError."""
        named = self._one("SELECT document FROM reports WHERE name = ?", key(report))
        if run is not None:
            row = self._one(f"{READING} WHERE r.name = ? AND r.run = ? ORDER BY r.id DESC LIMIT 1", key(report), run) or self._one(
                f"{READING} WHERE r.document = ? AND r.run = ? ORDER BY r.id DESC LIMIT 1", named["document"] if named else report, run
            )
        else:
            row = self._one(f"{READING} WHERE r.document = ? ORDER BY r.id DESC LIMIT 1", named["document"] if named else report)
        if row is None:
            of_run = f" as run {run} read it" if run else ""
            raise NotFoundError(f"{self.path} holds no report {report!r}{of_run}")
        return called(self._whole(row), report) if named else self._whole(row)

    def readings(self) -> Iterator[Reading]:
        """Every current reading, in order of name, one at a time; a document of several names comes once, under the first."""
        last = ""
        while page := self._all(
            "SELECT name, document FROM reports r WHERE name > ? AND NOT EXISTS"
            " (SELECT 1 FROM reports e WHERE e.document = r.document AND e.name < r.name) ORDER BY name LIMIT ?",
            last,
            PAGE,
        ):
            for name, document in page:
                row = self._one(f"{READING} WHERE r.document = ? AND r.until IS NULL", document)
                if row is not None:
                    reading = self._whole(row)
                    yield reading if key(reading.document.name) == name else called(reading, name)
            last = page[-1]["name"]

    def statement(self, id: str) -> Reading:
        """The reading that holds a statement, by its id or any unambiguous beginning of it, the current one first; NotFoundError."""
        found = self._all("SELECT DISTINCT id FROM statement_rows WHERE id >= ? AND id < ? ORDER BY id LIMIT 3", id, id + "\U0010ffff")
        ids = [row["id"] for row in found]
        if not id or not ids:
            raise NotFoundError(f"{self.path} holds no statement {id!r}")
        if id not in ids and len(ids) > 1:
            raise NotFoundError(f"{id!r} begins several statements ({', '.join(ids)}): give more of the id")
        row = self._one(
            f"{READING} WHERE r.id IN (SELECT reading FROM statement_rows WHERE id = ?) ORDER BY r.until IS NULL DESC, r.id DESC LIMIT 1",
            id if id in ids else ids[0],
        )
        if row is None:
            raise StoreError(f"{self.path}: statement {ids[0]} belongs to no reading; the store is damaged")
        return self._whole(row)

    def decide(self, decision: Decision) -> None:
        """Append a decision; durable when it returns. NotFoundError where the document is not in the store."""
        if self._one("SELECT 1 FROM documents WHERE id = ?", decision.document) is None:
            raise NotFoundError(f"{self.path} holds no document {decision.document!r}: a decision needs the words it is about")
        row = {
            "document": decision.document,
            "trigger_start": decision.trigger.start,
            "trigger_end": decision.trigger.end,
            "field": decision.field,
            "decided": decision.decided,
            "decided_by": decision.by,
            "at": decision.at.isoformat(),
            "reason": decision.reason,
        }
        with self._writing():
            self._insert("decisions", row)

    def decisions(self, document: str | None = None) -> Iterator[Decision]:
        """Decisions in the order they were made, of one document or of all."""
        where, given = ("WHERE document = ?", (document,)) if document is not None else ("", ())
        for row in self._all(f"SELECT * FROM decisions {where} ORDER BY seq", *given):
            trigger = Span(row["trigger_start"], row["trigger_end"])
            at = datetime.fromisoformat(row["at"])
            yield Decision(row["document"], trigger, row["field"], row["decided"], row["decided_by"], at, row["reason"])

    def tally(self) -> Tally:
        """How much stands now; `by` counts statements by type."""
        by = {row[0]: row[1] for row in self._all("SELECT ifnull(type, 'unknown'), count(*) FROM statements GROUP BY 1 ORDER BY 1")}
        documents = self._all("SELECT count(*) FROM current_readings")[0][0]
        return Tally(documents, sum(by.values()), self._all("SELECT count(*) FROM problems")[0][0], by)

    def _keep_document(self, document: Document) -> None:
        sha256 = digest(document.text.encode("utf-8", "surrogatepass"))
        row = {"id": document.id, "sha256": sha256, "text": document.text, "blob": document.blob}
        self._insert("documents", row | {"record": document.record, "extractor": document.extractor}, "OR IGNORE")
        for sighting in document.sightings:
            retrieved = sighting.retrieved and sighting.retrieved.isoformat()
            seen = {"publisher": sighting.publisher, "url": sighting.url, "retrieved": retrieved}
            self._insert("sightings", {"document": document.id} | seen, "OR IGNORE")

    def _keep_run(self, run: Run) -> None:
        parts = {"khabar": run.khabar, "newsreader": run.newsreader, "knowledge": run.knowledge}
        self._insert("runs", {"fingerprint": run.fingerprint, "began": now()} | parts, "OR IGNORE")

    def _supersede(self, standing: sqlite3.Row | None, reading: Reading, run: Run, content: str) -> int:
        """Write a reading in the place of the one that stands, if one does; the new one's number."""
        moment, document = now(), reading.document
        if standing is not None:
            self._db.execute("UPDATE readings SET until = ? WHERE id = ?", (moment, standing["id"]))
        row = {
            "document": document.id,
            "name": key(document.name),
            "published": day(document.published.value),
            "title": document.title,
            "run": run.fingerprint,
            "since": moment,
            "digest": content,
            "payload": packed(reading),
        }
        number = self._insert("readings", row)
        if standing is not None:
            self._db.execute("UPDATE readings SET superseded_by = ? WHERE id = ?", (number, standing["id"]))
        tables: dict[str, list[Row]] = {}
        for table, answer in rows_of(reading):
            tables.setdefault(table, []).append({"reading": number} | answer)
        for table, answers in tables.items():
            self._db.executemany(insertion(table, answers[0]), [tuple(map(plain, a.values())) for a in answers])
        return number

    def _name(self, document: Document, earlier: str | None, current: int) -> None:
        """Let the report's name mean this document; `earlier` is the one that it meant, which stands no more if no name is left to it."""
        self._db.execute(
            "INSERT INTO reports (name, document) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET document = excluded.document",
            (key(document.name), document.id),
        )
        if earlier is not None:
            self._db.execute(
                "UPDATE readings SET until = ?, superseded_by = ? WHERE document = ? AND until IS NULL"
                " AND NOT EXISTS (SELECT 1 FROM reports WHERE document = readings.document)",
                (now(), current, earlier),
            )

    def _whole(self, row: sqlite3.Row) -> Reading:
        rows = self._all("SELECT publisher, url, retrieved FROM sightings WHERE document = ? ORDER BY rowid", row["document"])
        seen = [Sighting(publisher, url, retrieved and datetime.fromisoformat(retrieved)) for publisher, url, retrieved in rows]
        return seen_also(unpacked(row["payload"], row["text"]), seen)

    def _insert(self, table: str, row: Row, otherwise: str = "") -> int:
        cursor = self._db.execute(insertion(table, row, otherwise), tuple(map(plain, row.values())))
        return cursor.lastrowid or 0

    def _one(self, query: str, *given: Any) -> sqlite3.Row | None:
        rows = self._all(query, *given)
        return rows[0] if rows else None

    def _all(self, query: str, *given: Any) -> list[sqlite3.Row]:
        with self._speaking():
            cursor = self._db.execute(query, given)
            cursor.row_factory = sqlite3.Row
            return cursor.fetchall()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction: all of it is kept when this ends, or none."""
        with self._speaking():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """One thread at a time, and SQLite's errors as our own."""
        with self._lock:
            try:
                yield
            except sqlite3.Error as error:
                raise StoreError(f"{self.path}: {error}") from error


def log_ahead(connection: sqlite3.Connection) -> None:
    """Turn the write-ahead log on. SQLite asks nobody to wait while it changes the journal's mode, so waiting is ours.

    https://www.sqlite.org/wal.html, "Sometimes Queries Return SQLITE_BUSY In WAL Mode". Raises sqlite3.OperationalError
    where others held the file for all of PATIENCE_S.
    """
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(PAUSE_S)


def insertion(table: str, row: Row, otherwise: str = "") -> str:
    """The SQL that inserts a row; names of columns are our own, values are bound."""
    return f"INSERT {otherwise} INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"


def packed(reading: Reading) -> bytes:
    """A reading as the store keeps it: without its text, which stands in `documents`, unless no UTF-8 can hold it."""
    document = reading.document
    bare = replace(reading, document=replace(document, text="")) if plain(document.text) == document.text else reading
    return zlib.compress(encode(bare), 6)


def unpacked(payload: bytes, text: str) -> Reading:
    """The reading that `packed` was given; `text` is its document's. Raises MigrationError where a newer khabar packed it."""
    try:
        reading = decode(zlib.decompress(payload))
    except InputError as error:
        raise MigrationError(str(error)) from error
    except zlib.error as error:
        raise StoreError(f"a reading is damaged: {error}") from error
    return reading if reading.document.text else replace(reading, document=replace(reading.document, text=text))


def key(name: str) -> str:
    """A report's name as SQLite can hold it: bytes of a file's name that are no UTF-8 are written as escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def now() -> str:
    """The moment, in UTC, as the store writes it."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
