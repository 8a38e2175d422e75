"""How well khabar reads raw news that was coded blind: python quality/blind.py DATA [--resamples N]

Reads the texts of quality/blind/gold out of the open data, has the installed khabar read them, and shows precision, recall and F1 of every
slot with 95 % intervals. Figures over all of it and nothing else: what is looked at is no test any more.

The intervals are percentiles over texts drawn with replacement (Efron 1979): statements of one text are not independent of each other.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import gate
import raw
import score

GOLD = Path(__file__).resolve().parent / "blind" / "gold"
_SEED = 11
_NAMES = ("precision", "recall", "F1")

Interval = tuple[float, float] | None


def read_texts(data: Path, golds: Mapping[str, score.Facts]) -> dict[str, list[score.Facts]]:
    """What the installed khabar reads of the coded texts. Raises ValueError where the open data lack one, RuntimeError where it fails."""
    texts = {found.id: found for found in raw.raw_texts(data) if found.id in golds}
    if missing := sorted(golds.keys() - texts.keys()):
        raise ValueError(f"{data}: no text {missing[0]}; the codings are of the open data that the README of quality/blind names")
    return gate.read_texts(texts.values())


def intervals(
    golds: Mapping[str, score.Facts], read: Mapping[str, Sequence[score.Facts]], resamples: int
) -> dict[str, tuple[Interval, Interval, Interval]]:
    """For each row of the scores the 95 % intervals of precision, recall and F1; None where too few resamples have the figure."""
    rng, names = random.Random(_SEED), sorted(golds)
    drawn: dict[str, tuple[list[float], list[float], list[float]]] = {}
    for _ in range(resamples):
        again = {f"{k} {name}": name for k, name in enumerate(rng.choices(names, k=len(names)))}
        rows = score.score({k: golds[name] for k, name in again.items()}, {k: read.get(name, ()) for k, name in again.items()}).rows()
        for row, (*figures, _) in rows.items():
            for found, figure in zip(drawn.setdefault(row, ([], [], [])), figures, strict=True):
                if figure is not None:
                    found.append(figure)
    return {row: (_middle(found[0], resamples), _middle(found[1], resamples), _middle(found[2], resamples)) for row, found in drawn.items()}


def _middle(figures: list[float], resamples: int) -> Interval:
    if len(figures) < 0.9 * resamples:
        return None
    ranked = sorted(figures)
    return ranked[int(0.025 * len(ranked))], ranked[min(len(ranked) - 1, int(0.975 * len(ranked)))]


def table(rows: Mapping[str, tuple[Any, ...]], spread: Mapping[str, tuple[Interval, Interval, Interval]]) -> str:
    """The figures as a table in Markdown."""
    lines = [f"| | {' | '.join(_NAMES)} | in gold |", "| --- | --- | --- | --- | ---: |"]
    for row, (*figures, number) in rows.items():
        cells = [
            "" if figure is None else f"{figure:.2f}" + ("" if between is None else f" ({between[0]:.2f} to {between[1]:.2f})")
            for figure, between in zip(figures, spread[row], strict=True)
        ]
        lines.append(f"| {row} | {' | '.join(cells)} | {number} |")
    return "\n".join(lines)


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("data", type=Path)
    cli.add_argument("--resamples", type=int, default=1_000)
    args = cli.parse_args()
    golds = score.read_gold(GOLD)
    try:
        read = read_texts(args.data, golds)
    except (FileNotFoundError, ValueError) as error:
        cli.error(str(error))
    sys.stdout.write(table(score.score(golds, read).rows(), intervals(golds, read, args.resamples)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
