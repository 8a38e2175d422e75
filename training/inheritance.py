"""Fit the weights by which a statement takes over a place from its report: python -m training.inheritance GOLD REPORTS [GOLD REPORTS ...]

GOLD holds one coding a report, REPORTS the texts. Every statement that khabar finds, and that names no place itself, is a choice among the
places of its report and none; the coding says which was right. Fitted is a conditional logit (McFadden 1974) with a penalty on the squares,
by plain gradient ascent: some thirty weights. Prints them as YAML, after how often the choice is right in reports that it was not
fitted to.

One of the features is what the statement before took over, so that the weights depend on those that khabar has: fit twice.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from khabar.knowledge.gazetteer.distance import kilometres
from khabar.readers.text import TextReader
from khabar.records import PlaceEntry, Reading, Statement
from khabar.resolve.places import PlaceStage
from khabar.resolve.places.inheritance import Features, Inheritance, Point
from khabar.run.pipeline import Pipeline, assemble
from khabar.seams import Blob
from khabar.settings import Settings

_REACH_KM = {"site": 15, "town": 15, "district": 30, "near": 40, "province": 120, "region": 120}  # as the scorer of the coding guide has it
_PENALTY, _ROUNDS, _STEP, _FOLDS = 0.02, 400, 0.5, 10


@dataclass(frozen=True, slots=True)
class Choice:
    """What one statement may take over, each with its features, and which of it is right."""

    report: str
    options: tuple[Features, ...]
    right: tuple[bool, ...]


@dataclass(slots=True)
class Notebook:
    """Fills up with what was asked of the reports as they are read."""

    asked: list[tuple[Reading, Statement, list[tuple[PlaceEntry | None, Features]]]] = field(default_factory=list)

    def keeping(self) -> type[Inheritance]:
        """An Inheritance that notes its options before it chooses."""
        notes = self.asked

        class Noted(Inheritance):
            def choose(self, statement: Statement, handed: frozenset[Point]) -> tuple[PlaceEntry | None, float]:
                notes.append((self._reading, statement, list(self.options(statement, handed))))
                return super().choose(statement, handed)

        return Noted


def choices(gold: Path, reports: Path) -> Iterator[Choice]:
    """The choices of all coded reports. Raises FileNotFoundError where a text is missing."""
    notes = Notebook()
    pipeline = _noting(notes)
    codings = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(gold.glob("*.json"))}
    read = [TextReader().read(Blob((reports / f"{n}.txt").read_bytes(), n, reports / f"{n}.txt")).documents[0] for n in sorted(codings)]
    for _ in pipeline.pipe([Reading(document) for document in read]):
        pass
    for reading, statement, options in notes.asked:
        coded = _coded(codings[reading.document.name], statement)
        if coded is not None:
            right = tuple(not coded if entry is None else any(_same(place, entry) for place in coded) for entry, _ in options)
            yield Choice(reading.document.name, tuple(features for _, features in options), right)


def _noting(notes: Notebook) -> Pipeline:
    made = assemble(Settings())
    return replace(made, stages=tuple(PlaceStage(inheritance=notes.keeping()) if isinstance(s, PlaceStage) else s for s in made.stages))


def _coded(coding: dict[str, Any], statement: Statement) -> list[dict[str, Any]] | None:
    """The places that the coding gives the statement; None where it has no such statement."""
    for gold in coding["statements"]:
        if gold["trigger"]["start"] == statement.trigger.start and gold["type"] == statement.type.value:
            return list(gold.get("places") or [])
    return None


def _same(place: dict[str, Any], entry: PlaceEntry) -> bool:
    if place["precision"] == "country":
        return bool(entry.kind == "country" and place["country"] == entry.country)
    return kilometres(place["lat"], place["lon"], entry.lat, entry.lon) <= _REACH_KM[place["precision"]]


def fit(data: Sequence[Choice]) -> dict[str, float]:
    """The weights under which what is right is likeliest; a choice without a right option, or with right ones alone, tells nothing."""
    names = sorted({name for choice in data for features in choice.options for name in features})
    telling = [c for c in data if any(c.right) and not all(c.right)]
    tables = [(np.array([[f.get(n, 0.0) for n in names] for f in c.options]), np.array(c.right, dtype=float)) for c in telling]
    weights = np.zeros(len(names))
    for _ in range(_ROUNDS):
        slope = np.zeros(len(names))
        for table, right in tables:
            scores = table @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            wanted = shares * right / (shares * right).sum()
            slope += table.T @ (wanted - shares)
        weights += _STEP * (slope / len(tables) - _PENALTY * weights)
    return dict(zip(names, (round(float(w), 2) for w in weights), strict=True))


def rightly(data: Sequence[Choice], weights: dict[str, float]) -> int:
    """How many of the choices come out right."""
    right = 0
    for choice in data:
        scores = [sum(weights.get(name, 0.0) * value for name, value in features.items()) for features in choice.options]
        right += choice.right[scores.index(max(scores))]
    return right


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("folders", type=Path, nargs="+", metavar="GOLD REPORTS")
    folders = cli.parse_args().folders
    if len(folders) % 2:
        cli.error("give a folder of codings and one of reports, in turn")
    data = [choice for gold, reports in zip(folders[::2], folders[1::2], strict=True) for choice in choices(gold, reports)]
    names = sorted({choice.report for choice in data})
    right = 0
    for fold in range(_FOLDS):
        held = set(names[fold::_FOLDS])
        right += rightly([c for c in data if c.report in held], fit([c for c in data if c.report not in held]))
    sys.stdout.write("# How much speaks for a place that a statement takes over from its report, in log odds: what the features are says\n")
    sys.stdout.write("# khabar.resolve.places.inheritance; fitted by `python -m training.inheritance`, never edited by hand.\n")
    sys.stdout.write(f"# {len(data)} choices in {len(names)} reports; right where not fitted: {right}\n")
    for name, weight in sorted(fit(data).items()):
        sys.stdout.write(f"{name}: {weight}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
