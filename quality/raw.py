"""Texts out of open news, for measuring on what nobody wrote for khabar: Wikinews articles, bulletins of a Wikipedia portal.

    python quality/raw.py DATA [ID ...]

Without ids it lists them. The texts are not in the project: a coding of one keeps its id, offsets and the text's SHA-256.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_MISDATED = frozenset(["2020-12-20", "2027-12-05"])
_SECTION = "#### Armed conflicts and attacks"
_CITED = re.compile(r"\s*\[\([^\]]*\)\]\(\S*\)")
_LINK = re.compile(r"\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s\"(?:[^\"\\]|\\.)*\")?\)")
_MARKS = re.compile(r"[*_`]+|\\(?=.)")
_BLANK = re.compile(r"\s*\n\s*")
_DATED = re.compile(r"^\s*\w+day, \w+ \d+, \d{4}\s*")


@dataclass(frozen=True, slots=True)
class RawText:
    """One text: its id, the day it was published, and its words."""

    id: str
    published: date
    text: str


def raw_texts(data: Path) -> Iterator[RawText]:
    """Every text of the two sets in the folder of open data; FileNotFoundError where a set is missing."""
    yield from _bulletins(data / "raw" / "wikipedia_current_events" / "_posts")
    for year in (2019, 2020):
        yield from _articles(data / "raw" / "wikinews_2019_2020" / f"wikinews_{year}.csv", year)


def _bulletins(folder: Path) -> Iterator[RawText]:
    if not folder.is_dir():
        raise FileNotFoundError(f"{folder}: no such folder")
    for path in sorted(folder.glob("*.md")):
        day = path.name[:10]
        if day in _MISDATED:
            continue
        inside, number = False, 0
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("####"):
                inside = line.startswith(_SECTION)
            body = line.strip()
            if inside and body.startswith("* ") and "[(" in body:
                text = _MARKS.sub("", _LINK.sub(r"\1", _CITED.sub("", body[2:]))).strip()
                yield RawText(f"portal-{day}-{number:02}", date.fromisoformat(day), text + "\n")
                number += 1


def _articles(path: Path, year: int) -> Iterator[RawText]:
    with path.open(encoding="utf-8", newline="") as rows:
        for number, row in enumerate(csv.DictReader(rows)):
            body = "\n\n".join(p for p in _BLANK.sub("\n", _DATED.sub("", row["text"])).split("\n") if p.strip())
            yield RawText(f"wikinews-{year}-{number:03}", date.fromisoformat(row["date"]), f"{row['title']}\n\n{body}\n")


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("data", type=Path)
    cli.add_argument("ids", nargs="*", metavar="ID")
    args = cli.parse_args()
    try:
        texts = {found.id: found for found in raw_texts(args.data)}
    except FileNotFoundError as error:
        cli.error(f"no open news in {args.data}: {error}")
    if unknown := [id for id in args.ids if id not in texts]:
        cli.error(f"no text is called {', '.join(unknown)}; without ids they are listed")
    for found in (texts[id] for id in args.ids):
        sys.stdout.write(f"{found.id} {found.published}\n{found.text}\n")
    for found in () if args.ids else texts.values():
        sys.stdout.write(f"{found.id}\t{found.published}\t{len(found.text)}\t{found.text.splitlines()[0][:100]}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
