"""One compiled gazetteer in a folder, mapped into memory: names to rows, rows to entries.

Rows are read with `struct` out of the mapped bytes: one costs two microseconds, where a record of numpy costs twenty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import Struct
from zlib import crc32

import marisa_trie
import numpy as np

from khabar.errors import KnowledgeError
from khabar.knowledge.gazetteer import tables
from khabar.knowledge.gazetteer.sheets import COMPILED
from khabar.knowledge.gazetteer.typewords import KINDS
from khabar.records import PlaceEntry, PlacePrecision

RECORD = Struct("<ffIIIii3sBB")  # `tables.ENTRY`
_SIZE = RECORD.size
_KIND, _PROMINENCE = _SIZE - 2, _SIZE - 1  # where the last two bytes of a record stand
_NAME = Struct("<I")
_NAME_AT = 12


class Layer:
    """The files that the compiler writes into `folder`, and the lines that whoever passes its places on must pass on too."""

    def __init__(self, folder: Path = COMPILED, *, attributions: Sequence[str] = (), shards: int = 1, remedy: str = "") -> None:
        """Map the files. Raises KnowledgeError, with what to run (`remedy`), where one is missing or unusable."""
        remedy = remedy or "run: python -m khabar.knowledge.gazetteer.compile"
        self.attributions = tuple(attributions)
        try:
            self.digest = (folder / tables.DIGEST).read_text(encoding="ascii").split()[0]
            entries = np.load(folder / tables.ENTRIES, mmap_mode="r")
            self._strings = _mapped(folder / tables.STRINGS)
            self.names = Index(folder, tables.NAMES, tables.NAME_STARTS, tables.NAME_ROWS, shards)
            self.skeletons = Index(folder, tables.SKELETONS, tables.SKELETON_STARTS, tables.SKELETON_ROWS, shards)
            self._ids = Index(folder, tables.IDS, tables.ID_STARTS, tables.ID_ROWS, shards)
        except (OSError, ValueError, IndexError, RuntimeError) as error:
            raise KnowledgeError(f"{folder}: the compiled gazetteer is missing or damaged ({error}); {remedy}") from error
        if entries.dtype != tables.ENTRY:
            raise KnowledgeError(f"{folder}: compiled by another version; {remedy}")
        self._records = memoryview(entries.view(np.uint8))
        self._count = len(entries)
        self.entry = lru_cache(maxsize=16384)(self._entry)

    def __len__(self) -> int:
        return self._count

    def kind(self, row: int) -> PlacePrecision:
        return KINDS[self._records[row * _SIZE + _KIND]]

    def kinds(self) -> dict[str, int]:
        """How many entries of each kind there are, units that only hold others included."""
        return {KINDS[kind]: n for kind, n in sorted(Counter(bytes(self._records[_KIND::_SIZE])).items())}

    def prominence(self, row: int) -> int:
        return self._records[row * _SIZE + _PROMINENCE]

    def row_of(self, id: str) -> int | None:
        rows = self._ids.rows(id)
        return rows[0][0] if rows else None

    def _entry(self, row: int) -> PlaceEntry:
        lat, lon, population, name, id_at, unit, within, country, kind, _ = RECORD.unpack_from(self._records, row * _SIZE)
        id_ = self._text(id_at)
        return PlaceEntry(
            id_,
            self._text(name),
            KINDS[kind],
            country.rstrip(b"\0").decode() or None,
            round(lat, 4),
            round(lon, 4),
            self._name(unit) if unit >= 0 else None,
            self._name(within) if within >= 0 else None,
            population,
            id_.partition(":")[0],
        )

    def _name(self, row: int) -> str:
        return self._text(_NAME.unpack_from(self._records, row * _SIZE + _NAME_AT)[0])

    def _text(self, offset: int) -> str:
        return self._strings[offset : self._strings.find(b"\0", offset)].decode()


class Index:
    """Keys to rows: a trie that numbers the keys, and for each number a stretch of rows. Large ones are cut into shards."""

    def __init__(self, folder: Path, trie: str, starts: str, rows: str, shards: int = 1) -> None:
        self._shards = [
            (
                trie_of(folder / tables.shard(trie, i, shards)).get,
                _numbers(folder / tables.shard(starts, i, shards)),
                _numbers(folder / tables.shard(rows, i, shards)),
            )
            for i in range(shards)
        ]

    def rows(self, key: str) -> list[tuple[int, bool]]:
        """(row, whether the key is the entry's own name) of every entry under a key."""
        number_of, starts, rows = self._shards[shard_of(key, len(self._shards))]
        number = number_of(key)
        if number is None:
            return []
        return [(value >> 1, bool(value & 1)) for value in rows[starts[number] : starts[number + 1]]]


def shard_of(key: str, shards: int) -> int:
    """Which shard holds a key: the same on every machine."""
    return crc32(key.encode()) % shards if shards > 1 else 0


def trie_of(path: Path) -> marisa_trie.Trie:
    trie = marisa_trie.Trie()
    trie.mmap(str(path))
    return trie


def _numbers(path: Path) -> memoryview:
    return memoryview(np.load(path, mmap_mode="r").astype(np.uint32, copy=False))


def _mapped(path: Path) -> mmap | bytes:
    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)
