"""The layout of the compiled gazetteer, which the compiler writes and the index maps into memory."""

from __future__ import annotations

import numpy as np

# One record an entry. `name` and `id` are byte offsets into the strings (each ends with a zero byte); `unit` and `within` are the rows
# of the first-level unit and of the second-level unit that hold the entry, -1 where none is known.
ENTRY = np.dtype(
    [
        ("lat", "<f4"), ("lon", "<f4"), ("population", "<u4"), ("name", "<u4"), ("id", "<u4"), ("unit", "<i4"), ("within", "<i4"),
        ("country", "S3"), ("kind", "u1"), ("prominence", "u1"),
    ]
)  # fmt: skip

ENTRIES = "entries.npy"
STRINGS = "strings.bin"
NAMES = "names.marisa"  # folded name → number of a name
NAME_STARTS = "name-starts.npy"  # number of a name → where its rows start in `NAME_ROWS`
NAME_ROWS = "name-rows.npy"  # row << 1 | whether it is the entry's own name and no other one
SKELETONS = "skeletons.marisa"
SKELETON_STARTS = "skeleton-starts.npy"
SKELETON_ROWS = "skeleton-rows.npy"
IDS = "ids.marisa"
ID_STARTS = "id-starts.npy"
ID_ROWS = "id-rows.npy"
DIGEST = "digest.txt"
INDEXES = ((NAMES, NAME_STARTS, NAME_ROWS), (SKELETONS, SKELETON_STARTS, SKELETON_ROWS), (IDS, ID_STARTS, ID_ROWS))
FILES = (ENTRIES, STRINGS, *(name for index in INDEXES for name in index))


def shard(name: str, number: int, of: int) -> str:
    """The file of one shard of an index; an index in one piece has plain names."""
    stem, _, suffix = name.partition(".")
    return name if of == 1 else f"{stem}-{number:03}.{suffix}"
