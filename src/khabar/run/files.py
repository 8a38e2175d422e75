"""Files to read, found lazily: folders sorted, loops cut, and whatever is not a plain file said and passed over."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from khabar.errors import TooLargeError
from khabar.records import Problem
from khabar.seams import Blob


@dataclass(frozen=True, slots=True)
class Found:
    """A file on the way: its path, the name that a report takes from it, whether it was given by name, and what is wrong."""

    path: Path
    name: str
    given: bool = False
    problem: Problem | None = None


def walk(roots: Sequence[Path]) -> Iterator[Found]:
    """Every plain file in `roots`, folders in order of name, each folder once however often links lead to it.

    Names are paths below the folder given, without suffix. Hidden files and folders (".git") inside a folder are left
    out. What cannot be read is found with its problem.
    """
    seen: set[tuple[int, int]] = set()
    for root in roots:
        if root.is_dir():
            yield from _below(root, root, seen)
        else:
            yield _found(root, root.with_suffix("").name, given=True)


def _below(folder: Path, root: Path, seen: set[tuple[int, int]]) -> Iterator[Found]:
    pending = [folder]
    while pending:
        path = pending.pop()
        try:
            info = path.stat()
            if not stat.S_ISDIR(info.st_mode):
                yield _found(path, path.relative_to(root).with_suffix("").as_posix(), given=False)
                continue
            if (info.st_dev, info.st_ino) in seen:
                continue
            seen.add((info.st_dev, info.st_ino))
            names = sorted((n for n in os.listdir(path) if not n.startswith(".")), reverse=True)
        except OSError as error:
            yield _faulty(path, "unreadable", f"{path}: {error.strerror or error}")
            continue
        pending.extend(path / name for name in names)


def _found(path: Path, name: str, *, given: bool) -> Found:
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return _faulty(path, "unreadable", f"{path}: {error.strerror or error}")
    if not stat.S_ISREG(mode):
        return _faulty(path, "not-a-file", f"{path}: neither a plain file nor a folder")
    return Found(path, name, given)


def _faulty(path: Path, kind: str, message: str) -> Found:
    return Found(path, path.name, problem=Problem("read", kind, message, where=str(path)))


def blob_of(found: Found, most: int, published: date | None = None, encoding: str | None = None, *, cut: bool = False) -> Blob:
    """The bytes of a file, with what is known of them; with `cut`, the first `most` of them.

    Raises TooLargeError above `most` bytes, OSError where it cannot be read.
    """
    with found.path.open("rb") as file:
        content = file.read(most if cut else most + 1)
    if len(content) > most:
        raise TooLargeError(f"{found.path}: more than {most} bytes; raise limits.blob_bytes to read it")
    return Blob(content, found.name, found.path, published, encoding)
