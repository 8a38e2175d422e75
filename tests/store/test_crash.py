"""A writer is killed again and again: what it had acknowledged is there, whole, and once."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from reading_builders import TEXT, a_reading

from khabar.store.sqlite import SqliteStore

KILLS = 36
WRITER = """
import sys
sys.path[:0] = [{builders!r}]
from reading_builders import RUN, TEXT, a_reading
from khabar.store.sqlite import SqliteStore

store = SqliteStore(sys.argv[1])
print("ready", flush=True)
for n in range(int(sys.argv[2]), 10**9):
    store.save(a_reading(f"{{TEXT}} {{n}}", f"r{{n:06}}", triggers=("seized", "killing")), RUN)
    print(n, flush=True)
"""


def _killed_after(path: Path, first: int, lines: int) -> list[int]:
    """Write until so many are acknowledged, kill, and answer all that were."""
    script = WRITER.format(builders=str(Path(__file__).parent.parent / "records"))
    writer = subprocess.Popen([sys.executable, "-c", script, str(path), str(first)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    with writer, writer.stdout as said:
        assert said.readline() == "ready\n"
        heard = [said.readline() for _ in range(lines)]
        writer.send_signal(signal.SIGKILL)
        heard += said.readlines()
    return [int(line) for line in heard if line.endswith("\n")]


def test_nothing_acknowledged_is_lost_and_nothing_doubled(tmp_path: Path) -> None:
    path, chance, acknowledged = tmp_path / "khabar.db", random.Random(20310604), set[int]()
    for _ in range(KILLS):
        acknowledged.update(_killed_after(path, max(acknowledged, default=-1) + 1, chance.randrange(6)))
    assert len(acknowledged) > KILLS
    with SqliteStore(path) as store:
        kept = {reading.document.name: reading for reading in store.readings()}
        assert store.tally().statements == 2 * len(kept)
    for n in acknowledged:
        assert kept[f"r{n:06}"] == a_reading(f"{TEXT} {n}", f"r{n:06}", triggers=("seized", "killing"))
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        rows = connection.execute("SELECT count(*), count(DISTINCT reading) FROM statement_rows").fetchone()
        assert rows == (2 * len(kept), len(kept))
    connection.close()
