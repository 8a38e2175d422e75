"""The gazetteer's own figures: how long it takes to open, how many names it answers a second, how large it is.

Look-ups are of one process and of names drawn from the gazetteer, every second one with its letters shuffled so that hardly any is a place.
*Cold* asks each name for the first time, *warm* asks the same ones again.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from khabar.knowledge.gazetteer import CompiledGazetteer, folding, tables
from khabar.knowledge.gazetteer.layer import trie_of
from khabar.knowledge.gazetteer.sheets import COMPILED

NAMES = 50_000
ROUNDS = 5
OPEN_MS, A_SECOND = 5.0, 100_000


def figures() -> Iterator[str]:
    """Lines to print."""
    yield f"opens in {opening() * 1000:.1f} ms (bar {OPEN_MS:.0f})"
    asked = mixed(NAMES)
    cold, warm = speeds(asked)
    yield f"look-ups a second on one core: {cold:,.0f} cold, {warm:,.0f} warm (bar {A_SECOND:,}), half of {len(asked):,} names being places"
    places = CompiledGazetteer()
    size = sum(path.stat().st_size for path in COMPILED.iterdir() if path.is_file())
    yield f"{len(places):,} entries under {len(trie_of(COMPILED / tables.NAMES)):,} names, {size / 1e6:.1f} MB compiled"


def opening() -> float:
    """Seconds to open, the middle of several, the files being in the system's cache."""
    taken = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        CompiledGazetteer()
        taken.append(time.perf_counter() - start)
    return sorted(taken)[ROUNDS // 2]


def mixed(count: int, folder: Path = COMPILED) -> list[str]:
    """Names of places and as many that are none, the same ones every time."""
    keys, draw = trie_of(folder / tables.NAMES), Random(7)
    names: list[str] = []
    for number in draw.sample(range(len(keys)), count):
        name = str(keys.restore_key(number)).title()
        names += [name, "".join(draw.sample(name, len(name)))]
    return names


def speeds(asked: Sequence[str]) -> tuple[float, float]:
    """Look-ups a CPU second, cold and warm."""
    places = CompiledGazetteer()
    folding.fold.cache_clear()
    start = time.process_time()
    for name in asked:
        places.lookup(name)
    cold = len(asked) / (time.process_time() - start)
    again = asked[-8_000:]  # as many as the cache surely holds
    start = time.process_time()
    for _ in range(ROUNDS):
        for name in again:
            places.lookup(name)
    return cold, ROUNDS * len(again) / max(1e-9, time.process_time() - start)
