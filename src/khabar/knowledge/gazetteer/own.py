"""Gazetteers of the user's own: added from a file, listed, removed. Each is a folder of compiled files beside an `about.json`.

A gazetteer is compiled under another name and renamed when it is whole, so that no reader and no failure ever sees half of one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from khabar.errors import KnowledgeError, NotFoundError
from khabar.knowledge.gazetteer import dump, tables, userlist
from khabar.knowledge.gazetteer.layer import Layer
from khabar.knowledge.gazetteer.rows import Where, decoded
from khabar.knowledge.gazetteer.sources import Row
from khabar.knowledge.gazetteer.streaming import compile_stream, digest_of
from khabar.knowledge.gazetteer.units import Units

USUAL = Path("khabar-gazetteer")  # in the working folder, as khabar.db and khabar.toml are
ABOUT = "about.json"
_FORMAT = 1
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
_TAKEN = frozenset({"geonames", "geoboundaries", "khabar", "unit"})
_BYTES_A_SHARD = 40_000_000  # of a dump: some 300,000 rows, whose names take 150 MB to sort
_MOST_SHARDS = 200
_FILE_OF_DUMP = "a GeoNames dump (.txt, or the .zip of one) or CSV with the columns name, lat, lon"


@dataclass(frozen=True, slots=True)
class About:
    """What `about.json` says of a gazetteer. `file_digest` is the SHA-256 of the file that it was made from."""

    name: str
    kind: str  # "geonames" or "list"
    file: str
    file_digest: str
    attribution: str
    first: bool
    shards: int
    digest: str
    kinds: dict[str, int]
    format: int = _FORMAT

    @property
    def entries(self) -> int:
        return sum(self.kinds.values())


def folder_of(setting: str | None) -> Path | None:
    """The folder that the settings name, or the usual one where there is one; None for none.

    Raises KnowledgeError where the settings name a folder that is not there.
    """
    if setting is None:
        return USUAL if USUAL.is_dir() else None
    if not Path(setting).is_dir():
        raise KnowledgeError(f"[gazetteer] folder: there is no {setting}; khabar gazetteer add makes it, or take the setting out")
    return Path(setting)


def listed(folder: Path | None) -> tuple[About, ...]:
    """The gazetteers of a folder by name. Raises KnowledgeError where one is damaged, and says how to be rid of it."""
    if folder is None or not folder.is_dir():
        return ()
    return tuple(_about(path) for path in sorted(folder.iterdir()) if path.is_dir() and _NAME.fullmatch(path.name))


def layers(folder: Path | None) -> tuple[Layer, ...]:
    """The gazetteers of a folder, mapped into memory."""
    found = listed(folder)
    root = folder or USUAL
    return tuple(Layer(root / a.name, attributions=(a.attribution,), shards=a.shards, remedy=_remedy(a.name)) for a in found)


def add(file: Path, folder: Path, *, name: str | None = None, attribution: str | None = None, first: bool = False) -> About:
    """Compile a GeoNames dump or a list into a folder of its own below `folder`.

    A list's entries come before khabar's own of the same name; a dump's rank by how prominent they are, unless `first`.
    Raises KnowledgeError for a bad row (file, line, what to do), for a name that is taken, and for a file that is neither.
    """
    chosen = _free_name(name or _name_from(file), folder)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".adding-") as scratch:
        fresh = Path(scratch) / chosen
        fresh.mkdir()
        about = _compiled(file, fresh, chosen, attribution, first)
        (fresh / ABOUT).write_text(json.dumps(asdict(about), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        fresh.rename(folder / chosen)
    return about


def remove(name: str, folder: Path) -> None:
    """Take a gazetteer away. Raises NotFoundError where there is none of that name."""
    path = folder / name
    if not _NAME.fullmatch(name) or not path.is_dir():
        there = ", ".join(p.name for p in sorted(folder.iterdir()) if _NAME.fullmatch(p.name)) if folder.is_dir() else ""
        raise NotFoundError(f"no gazetteer is called {name!r} in {folder}; there {f'are: {there}' if there else 'is none'}")
    with TemporaryDirectory(dir=folder, prefix=".removing-") as scratch:
        path.rename(Path(scratch) / name)


def _compiled(file: Path, out: Path, name: str, attribution: str | None, first: bool) -> About:
    units = Units()
    with _opened(file) as (lines, where, size):
        opening = lines.readline()
        rest = _rejoined(opening, lines)
        line = _first_line(opening, where)
        shards = min(_MOST_SHARDS, 1 + size // _BYTES_A_SHARD)
        if dump.is_dump(line):
            kind, said = "geonames", attribution or dump.ATTRIBUTION
            rows = dump.places(rest, where, units)
        elif userlist.is_list(line):
            kind, first, said = "list", True, attribution or f"{file.name}, a list of the user's own ({name})."
            rows = userlist.places(rest, where, units, name)
        else:
            raise where.fault(f"{_shape(line)}, which is neither a dump nor a list", f"give {_FILE_OF_DUMP}")
        digest, kinds = compile_stream(_ahead(rows) if first else rows, units, out, shards)
    if not kinds:
        raise KnowledgeError(f"{where.file}: it names no place that khabar takes; give {_FILE_OF_DUMP}. Nothing was added")
    return About(name, kind, file.name, digest_of(file), said, first, shards, digest, dict(sorted(kinds.items())))


def _ahead(rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        row.prominence = userlist.first(row.population)
        yield row


@contextmanager
def _opened(file: Path) -> Iterator[tuple[IO[bytes], Where, int]]:
    """The lines of a file, or of the one dump within a .zip, and how many bytes there are."""
    with file.open("rb") as raw:
        if raw.read(4) != b"PK\3\4":
            raw.seek(0)
            yield raw, Where(file.name), file.stat().st_size
            return
        try:
            with ZipFile(raw) as packed:
                inner = [i for i in packed.infolist() if i.filename.endswith((".txt", ".csv")) and "readme" not in i.filename.lower()]
                if len(inner) != 1:
                    raise KnowledgeError(f"{file.name}: it holds {len(inner)} files of text where one belongs; unpack it and add the one")
                with packed.open(inner[0]) as lines:
                    yield lines, Where(f"{file.name}, {Path(inner[0].filename).name}"), inner[0].file_size
        except (BadZipFile, RuntimeError, NotImplementedError) as error:
            raise KnowledgeError(f"{file.name}: the archive cannot be read ({error}); fetch it again, or unpack it") from error


def _rejoined(opening: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield opening
    yield from rest


def _first_line(opening: bytes, where: Where) -> str:
    return next(decoded([opening], where), "")


def _shape(line: str) -> str:
    if not line.strip():
        return "the first line is blank"
    return f"the first line has {line.count(chr(9)) + 1} columns between tabs, {line.count(',') + 1} between commas"


def _free_name(name: str, folder: Path) -> str:
    if not _NAME.fullmatch(name) or name in _TAKEN:
        raise KnowledgeError(
            f"a gazetteer cannot be called {name!r}; give --name: a small letter, then small letters, digits and hyphens, 40 at most, "
            f"and none of {', '.join(sorted(_TAKEN))}"
        )
    if (folder / name).exists():
        raise KnowledgeError(
            f"there is a gazetteer {name!r} in {folder} already; khabar gazetteer remove {name} first, or give another --name"
        )
    return name


def _name_from(file: Path) -> str:
    return re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")[:40].rstrip("-")


def _about(path: Path) -> About:
    try:
        table: dict[str, Any] = json.loads((path / ABOUT).read_text(encoding="utf-8"))
        if table.get("format") != _FORMAT:
            raise KnowledgeError(f"{path}: compiled by another khabar; {_remedy(path.name)}")
        return About(**table)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise KnowledgeError(f"{path}: the gazetteer is damaged ({error}); {_remedy(path.name)}") from error


def _remedy(name: str) -> str:
    return f"run: khabar gazetteer remove {name}, and add its file again"


def stamp(folder: Path | None) -> tuple[tuple[str, int], ...]:
    """What changes when a gazetteer of the folder does: names, and when their digests were written."""
    if folder is None or not folder.is_dir():
        return ()
    found = ((p.name, p / tables.DIGEST) for p in sorted(folder.iterdir()) if _NAME.fullmatch(p.name))
    return tuple((name, path.stat().st_mtime_ns if path.is_file() else 0) for name, path in found)
