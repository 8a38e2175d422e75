"""Compile a gazetteer from a stream of entries of any length, in memory that does not grow with it.

Entries and strings are written as they come. The names go to spools on disk, so many that the names of one fit into memory, and each
spool becomes one shard of the index.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import ExitStack
from hashlib import sha256
from io import BufferedWriter
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory

import numpy as np

from khabar.knowledge.gazetteer import tables
from khabar.knowledge.gazetteer.compile import names_of, skeletons_of, write_index
from khabar.knowledge.gazetteer.layer import RECORD, shard_of
from khabar.knowledge.gazetteer.sources import Row
from khabar.knowledge.gazetteer.typewords import KINDS
from khabar.knowledge.gazetteer.units import Units


def compile_stream(rows: Iterable[Row], units: Units, out: Path, shards: int) -> tuple[str, Counter[str]]:
    """Write the entries into folder `out`, which is there and empty; their digest, and how many of each kind there are."""
    with TemporaryDirectory(dir=out, prefix=".spool-") as folder, ExitStack() as files:
        writer = _Writer(Path(folder), units, shards, files)
        for row in rows:
            writer.add(row)
        files.close()
        writer.finish(out)
    hashed = sha256()
    for name in sorted(p.name for p in out.iterdir() if p.is_file()):
        hashed.update(name.encode() + b"\0" + bytes.fromhex(digest_of(out / name)))
    (out / tables.DIGEST).write_text(f"{hashed.hexdigest()}\n", encoding="ascii")
    return hashed.hexdigest(), writer.kinds


def digest_of(path: Path) -> str:
    """SHA-256 of a file, a piece at a time."""
    hashed = sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            hashed.update(piece)
    return hashed.hexdigest()


class _Writer:
    def __init__(self, folder: Path, units: Units, shards: int, files: ExitStack) -> None:
        self._folder, self._units = folder, units
        self._entries = files.enter_context((folder / "entries").open("wb"))
        self._strings = files.enter_context((folder / "strings").open("wb"))
        self._spools = [[files.enter_context(_spool(folder, i, j).open("wb")) for j in range(shards)] for i in range(len(tables.INDEXES))]
        self._holders: dict[str, int] = {}
        self._count = self._written = 0
        self.kinds: Counter[str] = Counter()

    def add(self, row: Row) -> None:
        unit = -1 if row.kind in ("province", "country") else self._holder(row.unit)
        number = self._entry(row, unit, self._holder(row.within))
        self.kinds[row.kind] += 1
        names, skeletons, ids = self._spools
        for name, own in names_of(row):
            _put(names, name, number << 1 | own)
        for key in skeletons_of(row):
            _put(skeletons, key, number << 1 | 1)
        _put(ids, row.id, number << 1 | 1)

    def finish(self, out: Path) -> None:
        """The spools as an index each, and the entries under their header."""
        for i, files in enumerate(tables.INDEXES):
            for j, spool in enumerate(self._spools[i]):
                index: dict[str, list[int]] = defaultdict(list)
                with Path(spool.name).open("rb") as lines:
                    for line in lines:
                        key, _, value = line.decode().rstrip("\n").rpartition("\t")
                        index[key].append(int(value))
                if files == tables.INDEXES[-1]:
                    index = defaultdict(list, {id_: found[:1] for id_, found in index.items()})  # of a doubled id the first
                write_index(index, out, *(tables.shard(name, j, len(self._spools[i])) for name in files))
        (self._folder / "strings").replace(out / tables.STRINGS)
        with (out / tables.ENTRIES).open("wb") as file:
            header = {"descr": np.lib.format.dtype_to_descr(tables.ENTRY), "fortran_order": False, "shape": (self._count,)}
            np.lib.format.write_array_header_1_0(file, header)
            with (self._folder / "entries").open("rb") as entries:
                copyfileobj(entries, file)

    def _entry(self, row: Row, unit: int = -1, within: int = -1) -> int:
        record = (row.lat, row.lon, row.population, self._text(row.name), self._text(row.id), unit, within)
        self._entries.write(RECORD.pack(*record, row.country.encode(), KINDS.index(row.kind), row.prominence))
        self._count += 1
        return self._count - 1

    def _holder(self, code: str) -> int:
        """The row of the unit of that code: a name and nothing else, which no look-up finds."""
        name = self._units.name(code) if code else None
        if name is None:
            return -1
        if code not in self._holders:
            self._holders[code] = self._entry(Row(f"unit:{code}", name, "province", "", 0.0, 0.0, "", 0))
        return self._holders[code]

    def _text(self, text: str) -> int:
        data = text.encode() + b"\0"
        self._strings.write(data)
        self._written += len(data)
        if self._written >= 2**32:
            raise OverflowError("more than 4 GiB of names")
        return self._written - len(data)


def _spool(folder: Path, index: int, shard: int) -> Path:
    return folder / f"spool-{index}-{shard:03}"


def _put(spools: list[BufferedWriter], key: str, value: int) -> None:
    spools[shard_of(key, len(spools))].write(f"{key}\t{value}\n".encode())
