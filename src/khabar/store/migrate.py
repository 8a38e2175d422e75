"""The store's schema, step by step: numbered SQL files, each run once in a transaction of its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from khabar.errors import MigrationError, StoreError

APPLICATION = 0x6B686272  # "khbr", in the file's header: this is a store of khabar
FOLDER = "migrations"


@cache
def steps() -> tuple[str, ...]:
    """The SQL of every step, in order; step n brings a store to version n."""
    found = sorted((p for p in files("khabar.store").joinpath(FOLDER).iterdir() if p.name.endswith(".sql")), key=lambda p: p.name)
    return tuple(p.read_text(encoding="utf-8") for p in found)


def migrate(connection: sqlite3.Connection, where: str) -> None:
    """Bring a store up to this khabar's schema. `connection` must be in autocommit mode (isolation_level None).

    Raises MigrationError where the store is newer or a step fails, StoreError where it is someone else's database.
    """
    connection.execute("BEGIN")  # one moment of the file: another process may be making it
    try:
        check_ours(connection, where)
    finally:
        connection.execute("ROLLBACK")
    for number, step in enumerate(steps(), 1):
        if version(connection) < number:
            _take(connection, number, step, where)


def version(connection: sqlite3.Connection) -> int:
    """The number of the last step taken; 0 for an empty file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check_ours(connection: sqlite3.Connection, where: str) -> None:
    """Refuse a database that khabar did not make, or that a newer khabar made."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != APPLICATION:
        filled = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if application or filled:
            raise StoreError(f"{where}: an SQLite database, but no store of khabar; name another file")
    if (there := version(connection)) > len(steps()):
        raise MigrationError(
            f"{where}: written by a newer khabar (schema {there}, this one knows {len(steps())}); upgrade khabar to open it"
        )


def _take(connection: sqlite3.Connection, number: int, step: str, where: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if version(connection) < number:  # another process may have been faster
            for statement in statements_of(step):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise MigrationError(f"{where}: step {number} of the schema failed and was undone: {error}") from error


def statements_of(script: str) -> Iterator[str]:
    """The statements of an SQL script, triggers whole."""
    held: list[str] = []
    for line in script.splitlines():
        held.append(line)
        if sqlite3.complete_statement("\n".join(held)):
            yield "\n".join(held)
            held = []
