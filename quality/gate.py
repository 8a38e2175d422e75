"""The quality gate: python quality/gate.py [--raise | --lower REASON] [--only SET]

Reads every set of reports that is there with the installed khabar, scores it, and fails where a figure is below its floor in floors.json
(or, for promotions, above its ceiling), or where a set's reports or gold are not the ones that the floors were set on. The sample in
this repository is always scored; sets beside it are scored where a checkout has them.

--raise         move floors up to what is reached now (less a slack for other processors' arithmetic), never down; new sets are pinned
--lower REASON  set floors to what is reached now, up or down, and keep the reason in floors.json
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import raw
import score

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FLOORS = HERE / "floors.json"
# Figures that have a floor; promotions have a ceiling. The other slots are scored over the statements found alone: finding more of them can
# lower a slot without anything having become worse, and what did become worse shows in `overall`.
FLOORED = ("overall", "statements", "whole", "source")
CEILED = ("promotions",)
# 8-bit arithmetic differs between processors in the last place: a tag may turn, a figure move by a few thousandths.
SLACK = 0.005
SECONDS = 600


@dataclass(frozen=True)
class Corpus:
    """A set of reports with its gold. `always` ones must be there."""

    name: str
    gold: Path
    reports: Path
    always: bool = False

    @property
    def there(self) -> bool:
        return self.gold.is_dir() and self.reports.is_dir()

    def digest(self) -> str:
        """SHA-256 over the names and bytes of gold and of the reports that it codes."""
        found = hashlib.sha256()
        for path in sorted(self.gold.glob("*.json")):
            for part in (path, self.reports / f"{path.stem}.txt"):
                content = part.read_bytes() if part.is_file() else b""
                found.update(f"{part.name}\x1f{len(content)}\x1f".encode() + content)
        return found.hexdigest()


SHARED = ROOT.parent / "shared"
CORPORA = (
    Corpus("sample/panjshir", ROOT / "sample/panjshir/gold", ROOT / "sample/panjshir/reports", always=True),
    Corpus("gold/dev", SHARED / "gold/dev", SHARED / "reports"),
    Corpus("gold/train", SHARED / "gold/train/gold", SHARED / "gold/train/reports"),
    Corpus("gold/kept", SHARED / "gold/kept/gold", SHARED / "gold/kept/reports"),
)


def read_reports(given: Path) -> dict[str, list[dict[str, Any]]]:
    """What the installed khabar reads out of a folder or file. Raises RuntimeError where it fails, or reads no report."""
    command = [sys.executable, "-m", "khabar", "code", "--format", "jsonl", "--no-store", str(given)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS, check=False)
    if done.returncode not in (0, 1) or not done.stdout.strip():  # 1: read, with problems beside
        raise RuntimeError(f"khabar code {given} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return score.read_predictions(done.stdout, "khabar code")


def read_texts(texts: Iterable[raw.RawText]) -> dict[str, list[dict[str, Any]]]:
    """What the installed khabar reads out of texts of the open news, by their ids; raises as `read_reports` does."""
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder) / "texts.jsonl"
        lines = ({"name": t.id, "text": t.text, "published": t.published.isoformat()} for t in texts)
        given.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        return read_reports(given)


def figures(corpus: Corpus) -> dict[str, float]:
    scores = score.score(score.read_gold(corpus.gold), read_reports(corpus.reports))
    rows = scores.rows()
    return {name: rows[name][2] or 0.0 for name in (*FLOORED, *CEILED) if name in rows and rows[name][2] is not None}


def broken(reached: dict[str, float], floors: dict[str, float]) -> list[str]:
    """What fell: a line for each figure under its floor or over its ceiling."""
    fell = []
    for name, floor in floors.items():
        figure = reached.get(name)
        if figure is None:
            fell.append(f"{name} is not there any more (floor {floor:.3f})")
        elif name in CEILED and figure > floor:
            fell.append(f"{name} is {figure:.4f}, above its ceiling of {floor:.4f}")
        elif name not in CEILED and figure < floor:
            fell.append(f"{name} is {figure:.4f}, below its floor of {floor:.4f}")
    return fell


def moved(reached: dict[str, float], floors: dict[str, float], *, down: bool) -> dict[str, float]:
    """New floors: what is reached less the slack; where `down` is not allowed, never worse than the old ones."""
    new = {}
    for name, figure in reached.items():
        at = min(1.0, figure + SLACK) if name in CEILED else max(0.0, figure - SLACK)
        old = floors.get(name)
        if old is not None and not down:
            at = min(at, old) if name in CEILED else max(at, old)
        new[name] = round(at, 4)
    return {**({} if down else floors), **new}


def judge(corpus: Corpus, entry: dict[str, Any], args: argparse.Namespace) -> tuple[list[str], dict[str, Any]]:
    """What is wrong with one set, and its entry in floors.json as it should be."""
    digest = corpus.digest()
    pinned = entry.get("sha256")
    if pinned is not None and pinned != digest and not args.lower:
        return [f"its reports or gold changed (sha256 {digest[:12]}…, pinned {pinned[:12]}…): --lower REASON sets floors anew"], entry
    if pinned is None and not (args.up or args.lower):
        return ["it has no floors yet: --raise pins them"], entry
    reached = figures(corpus)
    shown = "  ".join(f"{name} {reached[name]:.3f}" for name in ("overall", "statements", "whole", "promotions") if name in reached)
    sys.stdout.write(f"{corpus.name:16} {shown}\n")
    if args.up or args.lower:
        new = {"sha256": digest, "floors": moved(reached, entry.get("floors", {}), down=bool(args.lower))}
        said = [*entry.get("lowered", ()), *([f"{date.today()}: {args.lower}"] if args.lower and pinned else [])]
        return [], new | ({"lowered": said} if said else {})
    return broken(reached, entry["floors"]), entry


def main() -> int:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    way = cli.add_mutually_exclusive_group()
    way.add_argument("--raise", dest="up", action="store_true", help="move floors up to what is reached")
    way.add_argument("--lower", metavar="REASON", help="set floors to what is reached, even below the old ones")
    cli.add_argument("--only", metavar="SET", choices=[c.name for c in CORPORA], help="score one set")
    args = cli.parse_args()
    if args.lower is not None and len(args.lower.split()) < 3:
        cli.error("--lower takes a reason that a reader will understand")
    entries: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    failed = False
    for corpus in CORPORA:
        if args.only not in (None, corpus.name):
            continue
        if not corpus.there:
            failed |= corpus.always
            sys.stdout.write(f"{corpus.name:16} {'MISSING' if corpus.always else 'not here'}\n")
            continue
        wrong, entries[corpus.name] = judge(corpus, entries.get(corpus.name, {}), args)
        failed |= bool(wrong)
        sys.stdout.writelines(f"{corpus.name:16} FAILED: {line}\n" for line in wrong)
    if args.up or args.lower:
        FLOORS.write_text(json.dumps({k: v for k, v in entries.items() if v}, indent=1) + "\n", encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
