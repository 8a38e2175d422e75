"""How often a named place is found, and how near the point is, on places that nobody of khabar chose: those of UCDP's event data.

    python quality/places.py DATA [--worst N] [--own FOLDER]

Each distinct country, first-level unit and place name of the UCDP Georeferenced Event Dataset (Syria 2016 to 2019, and a sample of the
world) is looked up as a report would give it, country and unit beside the name (`khabar.knowledge.gazetteer.locate`). No row of it is
in the gazetteer. UCDP says how its point lies to the place (where_prec): 1, the place itself; 2, within some 25 km of it; 3, the middle of
a district; 4, of a first-level unit; 5, a line or an area without borders; 6, a country; 7, seas and skies. Only 1 and 2 can tell whether
a point is right, so only they count for the bar: of the answers more exact than the province, 95 % lie within 25 km. A triple
counts under the most exact where_prec that its events have. Where khabar has no such place it answers the province, and why.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import lookups

from khabar.knowledge.gazetteer import CompiledGazetteer, Located, locate, own, units
from khabar.knowledge.gazetteer.distance import kilometres
from khabar.knowledge.gazetteer.locating import ELSEWHERE, MISSING

FOLDER = Path("events/ucdp_ged")
FILES = (("Syria", "data4ds4da/data/ucdp_syria_df.rda"), ("world", "uncertainUCDP/data/ucdpged.rda"))
COLUMNS = ("country", "adm_1", "where_coordinates", "where_prec", "latitude", "longitude")
SAMPLE = Path(__file__).resolve().parent.parent / "sample" / "gazetteer" / "villages.txt"
BAR_KM, BAR = 25.0, 0.95
COUNTED = (1, 2)
WIDE = ("province", "country", "none")  # rules of `locate` whose answers are no more exact than the province


@dataclass(frozen=True, slots=True)
class Place:
    """A distinct place of a file; the point is that of its most exact events, the middle one where they differ."""

    country: str
    admin1: str
    name: str
    precision: int
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What khabar answers to a place, and how far that lies from UCDP's point."""

    place: Place
    found: Located

    @property
    def exact(self) -> bool:
        return self.found.rule not in WIDE

    @property
    def km(self) -> float:
        entry = self.found.entry
        return kilometres(entry.lat, entry.lon, self.place.lat, self.place.lon) if entry else float("inf")

    @property
    def right(self) -> bool:
        return self.exact and self.km <= BAR_KM


def places(path: Path) -> list[Place]:
    """The distinct places of a file in alphabetical order, whatever the order of its rows."""
    rows: dict[tuple[str, str, str], dict[int, list[tuple[float, float]]]] = {}
    for country, admin1, name, precision, lat, lon in _rows(path):
        rows.setdefault((country, admin1, name), {}).setdefault(precision, []).append((lat, lon))
    return [_place(triple, points) for triple, points in sorted(rows.items())]


def _place(triple: tuple[str, str, str], points: dict[int, list[tuple[float, float]]]) -> Place:
    best = min(points)
    return Place(*triple, best, median(lat for lat, _ in points[best]), median(lon for _, lon in points[best]))


def _rows(path: Path) -> Iterator[tuple[str, str, str, int, float, float]]:
    """The columns that matter of an R data file. Raises SystemExit, with what to install, where nothing can read it."""
    try:
        import rdata
    except ImportError as error:
        raise SystemExit(f"{path}: needs {error.name}: pip install rdata") from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # over columns that are not needed
        (table,) = rdata.read_rda(path).values()
    columns = [table[name] for name in COLUMNS]
    for country, admin1, name, precision, lat, lon in zip(*columns, strict=True):
        yield _text(country), _text(admin1), _text(name), int(precision), float(lat), float(lon)


def _text(cell: object) -> str:
    return cell if isinstance(cell, str) else ""


def answered(found: Iterable[Place], gazetteer: CompiledGazetteer) -> list[Answer]:
    return [Answer(p, locate(p.name, country=p.country, admin1=p.admin1, places=gazetteer)) for p in found]


def share(answers: Iterable[Answer]) -> float:
    """Of the answers that count and are more exact than the province, the share near UCDP's point."""
    exact = [a for a in answers if a.exact and a.place.precision in COUNTED]
    return sum(a.right for a in exact) / max(1, len(exact))


def summary(name: str, answers: Sequence[Answer]) -> str:
    """One line: how many are answered more exactly than the province, and how many of them rightly, of those that count."""
    counted = [a for a in answers if a.place.precision in COUNTED]
    exact = [a for a in counted if a.exact]
    right = sum(a.right for a in exact)
    return (
        f"{name}: {len(answers)} places, {len(counted)} of them with a point of their own (where_prec 1 or 2); {len(exact)} answered more"
        f" exactly than the province ({len(exact) / max(1, len(counted)):.1%}), {right} of these within {BAR_KM:.0f} km"
        f" ({share(answers):.1%}, bar {BAR:.0%})"
    )


def by_precision(answers: Sequence[Answer]) -> Iterator[str]:
    yield "where_prec   places   exact  within 25 km   province   country   none"
    for precision in sorted({a.place.precision for a in answers}):
        here = [a for a in answers if a.place.precision == precision]
        rules = Counter(a.found.rule for a in here)
        exact = sum(a.exact for a in here)
        right = sum(a.right for a in here)
        yield f"{precision:>10} {len(here):>8} {exact:>7} {right:>13} {rules['province']:>10} {rules['country']:>9} {rules['none']:>6}"


def by_source(answers: Sequence[Answer]) -> Iterator[str]:
    """Where exact answers come from, of the places that count."""
    found: Counter[tuple[str, str, str]] = Counter()
    right: Counter[tuple[str, str, str]] = Counter()
    for answer in answers:
        if answer.exact and answer.place.precision in COUNTED and answer.found.entry is not None:
            key = (_source(answer), answer.found.entry.kind, answer.found.rule)
            found[key] += 1
            right[key] += answer.right
    for (source, kind, rule), count in sorted(found.items(), key=lambda f: (-f[1], f[0])):
        yield f"{count:>6} by {rule:<9} from {source}, {kind}: {right[source, kind, rule]} within {BAR_KM:.0f} km"


def _source(answer: Answer) -> str:
    entry = answer.found.entry
    source = entry.source if entry else ""
    return {"geonames": "GeoNames", "khabar": "khabar's overlay", "geoboundaries": "geoBoundaries"}.get(source, source)


def fallbacks(answers: Sequence[Answer]) -> Iterator[str]:
    reasons = Counter((a.found.rule, a.found.reason or "?") for a in answers if not a.exact)
    for (rule, reason), count in sorted(reasons.items(), key=lambda r: (-r[1], r[0])):
        yield f"{count:>6} {rule}: {reason}"


def worst(answers: Sequence[Answer], most: int) -> Iterator[str]:
    wrong = sorted((a for a in answers if a.exact and a.place.precision in COUNTED), key=lambda a: (-a.km, a.place.name))[:most]
    for answer in wrong:
        entry = answer.found.entry
        if entry is not None and not answer.right:
            yield f"{answer.km:>6.0f} km  {answer.place.name}, {answer.place.admin1}, {answer.place.country} → {entry.name} ({entry.id})"


def with_dump(dump: Path = SAMPLE) -> str:
    """What adding the sample's dump of invented villages does: how long it takes, how many are found then and were not before."""
    with TemporaryDirectory() as folder:
        start = time.process_time()
        about = own.add(dump, Path(folder), name="dump")
        seconds = time.process_time() - start
        asked = CompiledGazetteer(own=own.layers(Path(folder)))
        rows = [line.split("\t") for line in dump.read_text(encoding="utf-8").splitlines()]
        before = sum(_found(row, CompiledGazetteer()) for row in rows)
        after = sum(_found(row, asked) for row in rows)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    return (
        f"a user's own GeoNames dump, tried on a small one: {len(rows)} rows, {about.entries} of them places that reports name,"
        f" compiled in {seconds:.2f} s to {size / 1e3:.0f} kB; {before} were located before it was added, {after} after"
    )


def _found(row: Sequence[str], places: CompiledGazetteer) -> bool:
    """Whether a row of a dump is located by name, country and unit, near its own point."""
    name, lat, lon, country, unit = row[1], float(row[4]), float(row[5]), row[8], units.Units().name(f"{row[8]}.{row[10]}")
    found = locate(name, country=country, admin1=unit, places=places)
    near = found.entry is not None and kilometres(found.entry.lat, found.entry.lon, lat, lon) <= BAR_KM
    return near and found.rule not in WIDE


def ceiling(answers: Sequence[Answer]) -> str:
    """How much a dump could add at most: the places that count and that fall back for want of their name."""
    counted = [a for a in answers if a.place.precision in COUNTED]
    exact = sum(a.exact for a in counted)
    missing = sum(a.found.reason in (MISSING, ELSEWHERE) for a in counted)
    return (
        f"{missing} of {len(counted)} fall back because no entry there bears the name: a dump of the country, which lists villages,"
        f" could raise the share answered from {exact / max(1, len(counted)):.1%} to {(exact + missing) / max(1, len(counted)):.1%} at most"
    )


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("data", type=Path)
    cli.add_argument("--worst", type=int, default=20, metavar="N", help="how many of the answers that lie furthest off to show")
    cli.add_argument("--own", type=Path, metavar="FOLDER", help="gazetteers of your own to ask too, as khabar gazetteer add makes them")
    args = cli.parse_args()
    asked = CompiledGazetteer(own=own.layers(args.own) if args.own else ())
    everything: list[Answer] = []
    kept = True
    for name, file in FILES:
        answers = answered(places(args.data / FOLDER / file), asked)
        everything += answers
        kept = share(answers) >= BAR and kept
        _print(summary(name, answers), *by_precision(answers), ceiling(answers), "")
    _print(
        "Exact answers, of the places that count:", *by_source(everything), "", "No more exact than the province:", *fallbacks(everything)
    )
    _print("", "The worst exact answers, of the places that count:", *worst(everything, args.worst), "", *lookups.figures(), with_dump())
    return 0 if kept else 1


def _print(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())
