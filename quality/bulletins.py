"""Where and when, on short news that nobody wrote for khabar: python quality/bulletins.py DATA [--worst N]

Bulletins of Wikipedia's Current Events portal, whose places and dates were coded by hand before khabar had read them (quality/bulletins).
Compared are, bulletin by bulletin, the distinct places of what it tells, and the distinct dates that its words give; what type of
event khabar takes a thing for plays no part. A place is right by where it is, a date by its days, as `quality/score.py` has it. Beside the
dates stands the baseline that puts all on the day of publication.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import gate
import raw
import score

FOLDER = Path(__file__).resolve().parent / "bulletins"
_NOWHERE = 20_000.0  # km, more than any two points are apart


@dataclass(frozen=True, slots=True)
class Bulletin:
    """A coded bulletin with its text; `given` are the distinct facts coded, `told` those that khabar gives."""

    id: str
    text: str
    given: list[score.Facts]
    told: list[score.Facts]


def bulletins(data: Path, kind: str) -> list[Bulletin]:
    """The bulletins of places or dates, read by the installed khabar.

    Raises ValueError where the open data hold another text than was coded.
    """
    coded = [json.loads(line) for line in (FOLDER / f"{kind}.jsonl").read_text("utf-8").splitlines()]
    texts = {found.id: found for found in raw.raw_texts(data)}
    for row in coded:
        found = texts.get(row["doc"])
        if found is None or sha256(found.text.encode()).hexdigest() != row["text_sha256"]:
            raise ValueError(f"{data}: {row['doc']} is not the text that was coded")
    read = gate.read_texts(texts[row["doc"]] for row in coded)
    facts = places_of if kind == "places" else dates_of
    return [Bulletin(r["doc"], texts[r["doc"]].text, facts(r["events"]), facts(read.get(r["doc"], []))) for r in coded]


def places_of(events: Sequence[score.Facts]) -> list[score.Facts]:
    """The distinct places of some events or statements."""
    found = {(p.get("is") or p.get("name"), p.get("precision"), _rounded(p)): p for e in events for p in e.get("places") or ()}
    return list(found.values())


def _rounded(place: score.Facts) -> Any:
    return None if place.get("lat") is None else (round(place["lat"], 1), round(place["lon"], 1))


def dates_of(events: Sequence[score.Facts]) -> list[score.Facts]:
    """The distinct dates that words give, in the clause or elsewhere."""
    found = {(e["when"]["start"], e["when"]["end"]): e["when"] for e in events if e.get("when") and e["when"].get("basis") != "convention"}
    return list(found.values())


def figures(read: Sequence[Bulletin], same: Any) -> tuple[float, float, float, int]:
    """Precision, recall, F1, and how many were coded."""
    hits = sum(score.matched(b.given, b.told, same) for b in read)
    given, told = sum(len(b.given) for b in read), sum(len(b.told) for b in read)
    return hits / max(1, told), hits / max(1, given), 2 * hits / max(1, given + told), given


def by_publication(read: Sequence[Bulletin]) -> list[Bulletin]:
    """The same bulletins with all that they tell put on their own day."""
    days = {b.id: b.id.removeprefix("portal-")[:10] for b in read}
    return [Bulletin(b.id, b.text, b.given, [{"start": days[b.id], "end": days[b.id]}] if b.given else []) for b in read]


def missed(read: Sequence[Bulletin]) -> Iterator[tuple[float, str]]:
    """Coded places that khabar does not give, with how far off the nearest is that it gives; the furthest first."""
    found = []
    for bulletin in read:
        for place in bulletin.given:
            if not any(score.same_place(place, other) for other in bulletin.told):
                distances = [(score.kilometres(place, o), str(o.get("name"))) for o in bulletin.told if o.get("lat") is not None]
                km, name = min(distances, default=(_NOWHERE, "nothing"))
                found.append((km, f"{bulletin.id}: {place['is']} ({place['precision']}), khabar: {name}"))
    return iter(sorted(found, key=lambda f: (-f[0], f[1])))


def missed_dates(read: Sequence[Bulletin]) -> Iterator[str]:
    for bulletin in read:
        for when in bulletin.given:
            if not any(score.same_when(when, other) for other in bulletin.told):
                told = ", ".join(f"{w['start']}/{w['end']}" for w in bulletin.told) or "nothing"
                words = bulletin.text[when["start_char"] : when["end_char"]] if when.get("start_char") is not None else ""
                yield f"{bulletin.id}: {words or 'inherited'} = {when['start']}/{when['end']}, khabar: {told}"


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("data", type=Path)
    cli.add_argument("--worst", type=int, default=20, metavar="N", help="how many of the misses to show")
    args = cli.parse_args()
    try:
        where, when = bulletins(args.data, "places"), bulletins(args.data, "dates")
    except (FileNotFoundError, ValueError) as error:
        cli.error(str(error))
    rows: Mapping[str, tuple[float, float, float, int]] = {
        "places": figures(where, score.same_place),
        "dates": figures(when, score.same_when),
        "dates, all on the day of publication": figures(by_publication(when), score.same_when),
    }
    sys.stdout.write("| | precision | recall | F1 | coded |\n| --- | ---: | ---: | ---: | ---: |\n")
    for name, (precision, recall, f1, coded) in rows.items():
        sys.stdout.write(f"| {name} | {precision:.2f} | {recall:.2f} | {f1:.2f} | {coded} |\n")
    sys.stdout.write("\nPlaces missed, those furthest off first (20,000 km: no place at all):\n")
    for km, line in list(missed(where))[: args.worst]:
        sys.stdout.write(f"{km:>7.0f} km  {line}\n")
    sys.stdout.write("\nDates missed:\n")
    for line in list(missed_dates(when))[: args.worst]:
        sys.stdout.write(f"  {line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
