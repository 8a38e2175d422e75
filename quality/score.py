"""Score a reading of reports against gold: python quality/score.py GOLD PREDICTIONS.jsonl [--by-kind] [--each] [--misses] [--json]

GOLD is a folder with one NAME.json a report, coded by the guide (docs/coding.md says which rules matter here); PREDICTIONS.jsonl is what
`khabar code --format jsonl` writes. Every statement is a bag of facts: its type, each party, place, day, source and number.

overall      F1 over all facts, so that a missed statement costs all that it holds
statements   F1 of finding them: same type, and the same trigger or at least its sentence
whole        F1 of statements that are right in every slot
promotions   the share of found statements that the report attributes, denies, plans, conditions or doubts, but the reading tells
             as having happened in the reporter's own voice: the worst error, lower is better
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

Facts = dict[str, Any]

SYMMETRIC = {"battle", "negotiate", "agree"}  # guide, actors: the order of their parties does not count
SHOWN_ONLY = {"direction", "affiliation", "channel"}
DEFAULTS: dict[str, Any] = {"told_as": "happened", "background": False, "stance": "asserts"}
# How far from the gold place a place may lie and still be it, in kilometres by the gold's precision.
REACH_KM = {"site": 15, "town": 15, "district": 30, "near": 40, "province": 120, "region": 120, "country": 600}
NO_DETAIL = "kept"  # a set whose reports nobody looks at: figures over all of it and nothing else


@dataclass
class Tally:
    """Right answers, answers in gold, answers given."""

    hits: int = 0
    gold: int = 0
    given: int = 0

    def add(self, hits: int, gold: int, given: int) -> None:
        self.hits += hits
        self.gold += gold
        self.given += given

    @property
    def figures(self) -> tuple[float | None, float | None, float | None]:
        """Precision, recall, F1; None where there was nothing to find and nothing was claimed."""
        if not self.gold and not self.given:
            return None, None, None
        precision = self.hits / self.given if self.given else 0.0
        recall = self.hits / self.gold if self.gold else 0.0
        return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass
class Scores:
    """What a reading scored: every table of the report, from one pass over the statements."""

    all: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    found: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    kinds: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    whole: Tally = field(default_factory=Tally)
    promoted: Tally = field(default_factory=Tally)
    misses: list[str] = field(default_factory=list)

    def rows(self) -> dict[str, tuple[float | None, float | None, float | None, int]]:
        """Name → precision, recall, F1 and how many there are in gold."""
        overall = Tally()
        for slot, tally in self.all.items():
            if slot not in SHOWN_ONLY:
                overall.add(tally.hits, tally.gold, tally.given)
        tallies = {"overall": overall, "statements": self.all["type"], "whole": self.whole}
        tallies |= {slot: tally for slot, tally in self.found.items() if slot != "type"}
        rows = {name: (*tally.figures, tally.gold) for name, tally in tallies.items()}
        share = self.promoted.hits / self.promoted.gold if self.promoted.gold else None
        return rows | {"promotions": (None, None, share, self.promoted.gold)}

    def figure(self, name: str) -> float | None:
        """The F1 of a row, or the share of promotions."""
        return self.rows()[name][2]


def normal(name: str | None) -> str:
    """A name without case, accents, punctuation and article."""
    ascii_name = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().casefold()
    words = " ".join("".join(c if c.isalnum() else " " for c in ascii_name).split())
    return next((words[len(a) :] for a in ("the ", "a ", "an ") if words.startswith(a)), words)


def shared(a: Facts | None, b: Facts | None) -> int:
    """How many characters two spans share; a missing one shares none."""
    if not a or not b or None in (a.get("start"), a.get("end"), b.get("start"), b.get("end")):
        return 0
    return max(0, int(min(a["end"], b["end"])) - int(max(a["start"], b["start"])))


def overlaps(a: Facts | None, b: Facts | None) -> bool:
    """Spans agree where they share a third of the longer one."""
    common = shared(a, b)
    return bool(a and b and common and common * 3 >= max(a["end"] - a["start"], b["end"] - b["start"]))


def same_party(gold: Facts, given: Facts) -> bool:
    """By canonical name, or by the words: guide, actors."""
    return normal(given.get("name")) in {normal(n) for n in (gold["is"], *gold.get("also", ()))} - {""} or overlaps(gold, given)


def kilometres(a: Facts, b: Facts) -> float:
    lat_a, lat_b = math.radians(a["lat"]), math.radians(b["lat"])
    half_lon = math.sin(math.radians(b["lon"] - a["lon"]) / 2)
    h = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * half_lon**2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def same_place(gold: Facts, given: Facts) -> bool:
    """A place is right by where it is, not by what it is called; a country by being that country."""
    if not all(isinstance(given.get(k), int | float) for k in ("lat", "lon")):
        return False
    if gold["precision"] == "country":
        return bool(gold["country"] == given.get("country") and given.get("precision") == "country")
    return kilometres(gold, given) <= REACH_KM[gold["precision"]]


def days(when: Facts | None) -> tuple[int, int] | None:
    try:
        first, last = (date.fromisoformat((when or {})[k]).toordinal() for k in ("start", "end"))
    except (KeyError, TypeError, ValueError):
        return None
    return (first, last) if first <= last else None


def same_when(gold: Facts | None, given: Facts | None) -> bool:
    """Short stretches within a day at either end, longer ones by half of what they cover together."""
    g, p = days(gold), days(given)
    if not g or not p:
        return False
    if g[1] - g[0] <= 2:
        return abs(g[0] - p[0]) <= 1 and abs(g[1] - p[1]) <= 1
    common = min(g[1], p[1]) - max(g[0], p[0]) + 1
    return common / (max(g[1], p[1]) - min(g[0], p[0]) + 1) >= 0.5


def same_quantity(gold: Facts, given: Facts) -> bool:
    return all(gold.get(k) == given.get(k) for k in ("kind", "low", "high"))


def matched(golds: Sequence[Facts], given: Sequence[Facts], same: Callable[[Facts, Facts], bool]) -> int:
    """How many of the one can be paired with the other, each used once: a maximum matching."""
    partner: dict[int, int] = {}

    def settle(i: int, seen: set[int]) -> bool:
        for j, candidate in enumerate(given):
            if j not in seen and same(golds[i], candidate):
                seen.add(j)
                if j not in partner or settle(partner[j], seen):
                    partner[j] = i
                    return True
        return False

    return sum(settle(i, set()) for i in range(len(golds)))


def slots(gold: Facts, given: Facts) -> Iterator[tuple[str, int, int, int]]:
    """(slot, right, in gold, given) of a pair; either side is {} where the other has no match."""
    both = bool(gold and given)
    yield "type", int(both), int(bool(gold)), int(bool(given))
    yield from _parties(gold, given, both)
    places, theirs = gold.get("places") or [], given.get("places") or []
    yield "places", matched(places, theirs, same_place), len(places), len(theirs)
    when, guess = gold.get("when"), given.get("when")
    if not gold or (when and when.get("basis") != "convention"):  # guide, when: what a convention sets is not scored
        yield "when", int(same_when(when, guess)), int(bool(when)), int(bool(guess) and bool(gold))
    for slot, default in DEFAULTS.items():
        g, p = gold.get(slot, default), given.get(slot, default)
        yield slot, int(both and g == p != default), int(bool(gold) and g != default), int(bool(given) and p != default)
    yield from _sources(gold, given, both)
    numbers, counted = gold.get("quantities") or [], given.get("quantities") or []
    yield "quantities", matched(numbers, counted, same_quantity), len(numbers), len(counted)


def _parties(gold: Facts, given: Facts, both: bool) -> Iterator[tuple[str, int, int, int]]:
    actors, targets, guessed, aimed = (s.get(k) or [] for s in (gold, given) for k in ("actors", "targets"))
    if gold.get("type", given.get("type")) in SYMMETRIC:
        parties, theirs = actors + targets, guessed + aimed
        yield "parties", matched(parties, theirs, same_party), len(parties), len(theirs)
        if both and actors and targets and guessed:
            yield "direction", int(matched(actors, guessed, same_party) > 0), 1, 1
        return
    yield "actors", matched(actors, guessed, same_party), len(actors), len(guessed)
    yield "targets", matched(targets, aimed, same_party), len(targets), len(aimed)


def _sources(gold: Facts, given: Facts, both: bool) -> Iterator[tuple[str, int, int, int]]:
    chain, theirs = gold.get("sources") or [], given.get("sources") or []
    yield "source", matched(chain[:1], theirs[:1], same_party), len(chain[:1]), len(theirs[:1])
    yield "chain", matched(chain[1:], theirs[1:], same_party), len(chain[1:]), len(theirs[1:])
    if both and chain and theirs:
        g, p = chain[0], theirs[0]
        side, channel = g.get("affiliation"), g.get("channel")
        yield (
            "affiliation",
            int(bool(side) and normal(side) == normal(p.get("affiliation"))),
            int(bool(side)),
            int(bool(p.get("affiliation"))),
        )
        yield "channel", int(bool(channel) and channel == p.get("channel")), int(bool(channel)), int(bool(p.get("channel")))


def align(golds: Sequence[Facts], given: Sequence[Facts]) -> dict[int, int]:
    """Gold to given, one to one, best first: same type by trigger, then by sentence, ties by the facts they share."""

    def weight(g: Facts, p: Facts) -> float:
        if g["type"] != p.get("type"):
            return 0
        trigger = p.get("trigger") if (p.get("trigger") or {}).get("start") is not None else p.get("evidence")
        base = 2 if overlaps(g["trigger"], trigger) else 1 if shared(g["sentence"], trigger) else 0
        return base and base + sum(hits for _, hits, _, _ in slots(g, p)) / 100

    ranked = sorted(((weight(g, p), -i, -j) for i, g in enumerate(golds) for j, p in enumerate(given)), reverse=True)
    match: dict[int, int] = {}
    used: set[int] = set()
    for strength, i, j in ranked:
        if strength and -i not in match and -j not in used:
            match[-i] = -j
            used.add(-j)
    return match


def plain(statement: Facts) -> bool:
    """Told as having happened, in the reporter's own voice."""
    told = all(statement.get(slot, DEFAULTS[slot]) == DEFAULTS[slot] for slot in ("told_as", "stance"))
    return told and not statement.get("sources")


def score(golds: Mapping[str, Facts], predicted: Mapping[str, Sequence[Facts]]) -> Scores:
    """Score every report of the gold; one that was not read counts as read with nothing in it."""
    scores = Scores()
    for name, gold in golds.items():
        coded, given = gold["statements"], predicted.get(name, ())
        match = align(coded, given)
        pairs = [(g, given[match[i]] if i in match else {}) for i, g in enumerate(coded)]
        pairs += [({}, p) for j, p in enumerate(given) if j not in match.values()]
        scores.whole.add(0, len(coded), len(given))
        for g, p in pairs:
            _count(scores, name, g, p)
    return scores


def _count(scores: Scores, name: str, gold: Facts, given: Facts) -> None:
    wrong = []
    kind = str(gold.get("type") or given.get("type"))
    for slot, hits, in_gold, in_given in slots(gold, given):
        scores.all[slot].add(hits, in_gold, in_given)
        if gold and given:
            scores.found[slot].add(hits, in_gold, in_given)
        if slot not in SHOWN_ONLY:
            scores.kinds[f"{kind} facts"].add(hits, in_gold, in_given)
            if not hits == in_gold == in_given:
                wrong.append(slot)
    scores.kinds[kind].add(int(bool(gold and given)), int(bool(gold)), int(bool(given)))
    scores.whole.hits += bool(gold and given and not wrong)
    if gold and given and not plain(gold):
        scores.promoted.add(int(plain(given)), 1, 0)
    if wrong:
        brief = [f"{s['type']}@{(s.get('trigger') or {}).get('start')}" if s else "nothing" for s in (gold, given)]
        scores.misses.append(f"{name}: gold {brief[0]} / read {brief[1]}: {', '.join(wrong)}")


def read_gold(folder: Path) -> dict[str, Facts]:
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


def read_predictions(lines: str, where: str) -> dict[str, list[Facts]]:
    """Name → statements. Raises ValueError for a line that is no report, or a report that comes twice."""
    predicted: dict[str, list[Facts]] = {}
    for number, line in enumerate(lines.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            name = row["report"]["name"]
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise ValueError(f"{where}, line {number}: {error!r}") from error
        if name in predicted:
            raise ValueError(f"{where}, line {number}: {name} was read twice")
        predicted[name] = row.get("statements") or []
    return predicted


def table(title: str, rows: Mapping[str, tuple[float | None, float | None, float | None, int]]) -> str:
    lines = [title, f"{'':20}{'precision':>10}{'recall':>10}{'f1':>10}{'gold':>8}"]
    for name, (*figures, number) in rows.items():
        lines.append(f"{name:20}" + "".join(f"{'–' if x is None else format(x, '.3f'):>10}" for x in figures) + f"{number:8}")
    return "\n".join(lines)


def by_kind(scores: Scores) -> str:
    """For each event type: how well its statements are found, and the F1 over all their facts."""
    lines = [f"{'':20}{'precision':>10}{'recall':>10}{'f1':>10}{'facts f1':>10}{'gold':>8}{'read':>8}"]
    for kind in sorted((k for k in scores.kinds if not k.endswith(" facts")), key=lambda k: -scores.kinds[k].gold):
        tally, facts = scores.kinds[kind], scores.kinds[f"{kind} facts"].figures[2]
        shown = "".join(f"{'–' if x is None else format(x, '.3f'):>10}" for x in (*tally.figures, facts))
        lines.append(f"{kind:20}{shown}{tally.gold:8}{tally.given:8}")
    return "\n".join(lines)


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("gold", type=Path)
    cli.add_argument("predictions", type=Path)
    cli.add_argument("--by-kind", action="store_true", help="a row for each event type")
    cli.add_argument("--each", action="store_true", help="a table a report too")
    cli.add_argument("--misses", action="store_true", help="every statement that is wrong somewhere, and in what")
    cli.add_argument("--json", action="store_true", help="the table as JSON")
    args = cli.parse_args()
    golds = read_gold(args.gold)
    if not golds:
        cli.error(f"no gold in {args.gold}")
    if NO_DETAIL in args.gold.resolve().parts and (args.each or args.misses):
        cli.error("the kept reports are scored as a whole only: what is looked at is no test any more")
    predicted = read_predictions(args.predictions.read_text(encoding="utf-8"), str(args.predictions))
    unread = sorted(golds.keys() - predicted.keys())
    if unread:
        sys.stderr.write(f"score: {len(unread)} reports were not read\n")
    scores = score(golds, predicted)
    out = [json.dumps({k: dict(zip(("precision", "recall", "f1", "gold"), v, strict=True)) for k, v in scores.rows().items()})]
    if not args.json:
        out = [table(f"{len(golds)} reports", scores.rows())]
        out += [by_kind(scores)] if args.by_kind else []
        out += [table(name, score({name: golds[name]}, predicted).rows()) for name in golds] if args.each else []
        out += scores.misses if args.misses else []
    sys.stdout.write("\n\n".join(out) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
