"""How fast each stage reads: python benchmarks/bench.py [PATH ...] [--rounds N] [--json]

CPU seconds of one process, after everything is loaded and one round has warmed it up. Machines differ, so the figures to compare between
versions are the shares: how much of all CPU time each stage takes, in one run on one machine. Without PATH the sample's reports are read.
Looking up the same names again is cheaper than the first time: give many different reports for figures of absolute speed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).resolve().parent.parent / "sample" / "panjshir" / "reports"


class Clock:
    """CPU seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def running(self, stage: str) -> Iterator[None]:
        start = time.process_time()
        yield
        self.seconds[stage] += time.process_time() - start


def load() -> tuple[Any, Any]:
    """The pipeline of the usual settings, and the run that its readings belong to."""
    from khabar.run.pipeline import assemble
    from khabar.run.provenance import run_of
    from khabar.settings import Settings

    settings = Settings()
    return assemble(settings), run_of(settings)


def one_round(paths: list[Path], pipeline: Any, save: Callable[[Any], object], clock: Clock) -> tuple[int, int, int]:
    """Read all reports once: how many reports, words and statements there were."""
    from khabar.readers import sniff
    from khabar.records import Reading
    from khabar.seams import Blob

    blobs = [Blob(path.read_bytes(), path.stem, path) for path in paths]
    with clock.running("read"):
        documents = [d for blob in blobs for d in sniff.read(blob).documents]
    readings = [Reading(d) for d in documents]
    with clock.running("annotate"):
        readings = list(pipeline.newsreader.pipe(readings))
    for stage in pipeline.stages:
        with clock.running(stage.name):
            readings = [stage(reading) for reading in readings]
    with clock.running("store"):
        for reading in readings:
            save(reading)
    return len(documents), sum(len(d.text.split()) for d in documents), sum(len(r.statements) for r in readings)


def measure(paths: list[Path], rounds: int) -> dict[str, Any]:
    """Seconds of CPU by stage over some rounds, and what was read in them."""
    from khabar.store.sqlite import SqliteStore

    start = time.process_time()
    pipeline, run = load()
    with tempfile.TemporaryDirectory() as folder:
        one_round(paths, pipeline, id, Clock())
        loading = time.process_time() - start
        clock = Clock()
        reports = words = statements = 0
        for number in range(rounds):
            store = SqliteStore(Path(folder) / f"{number}.db")
            found = one_round(paths, pipeline, partial(store.save, run=run), clock)
            store.close()
            reports, words, statements = reports + found[0], words + found[1], statements + found[2]
    return {
        "rounds": rounds,
        "reports": reports,
        "words": words,
        "statements": statements,
        "start": loading,
        "seconds": dict(clock.seconds),
    }


def table(found: dict[str, Any]) -> str:
    total = sum(found["seconds"].values())
    lines = [
        f"{found['reports']} reports, {found['words']} words, {found['statements']} statements; {found['start']:.1f} s of CPU to start"
    ]
    lines.append(f"{'stage':12}{'CPU s':>9}{'share':>8}{'words/s':>12}{'reports/s':>12}")
    for stage, seconds in [*found["seconds"].items(), ("all", total)]:
        rate = 1 / seconds if seconds else float("inf")
        share = seconds / total if total else 0.0
        lines.append(f"{stage:12}{seconds:9.3f}{share:8.1%}{found['words'] * rate:12,.0f}{found['reports'] * rate:12,.1f}")
    return "\n".join(lines)


def asked(about: str | None) -> tuple[list[Path], argparse.Namespace]:
    """The reports that a benchmark is to read, and its other arguments."""
    cli = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("paths", nargs="*", type=Path, default=[SAMPLE], metavar="PATH", help="files and folders of reports")
    cli.add_argument("--rounds", type=int, default=3, help="how often to read them")
    cli.add_argument("--json", action="store_true")
    args = cli.parse_args()
    paths = [p for given in args.paths for p in (sorted(given.rglob("*.txt")) if given.is_dir() else [given])]
    if not paths:
        cli.error("there are no reports to read")
    return paths, args


def main() -> int:
    paths, args = asked(__doc__)
    found = measure(paths, max(1, args.rounds))
    sys.stdout.write((json.dumps(found) if args.json else table(found)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
