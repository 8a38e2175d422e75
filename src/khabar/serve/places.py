"""`khabar gazetteer`: places of the user's own added, listed, taken away."""

from __future__ import annotations

from pathlib import Path

from rich.table import Table

from khabar import settings as settings_file
from khabar.knowledge.gazetteer import CompiledGazetteer, own
from khabar.serve.console import printer
from khabar.serve.safe import shown_in_line
from khabar.serve.slots import counted

_DIGITS = 12


def add(file: Path, name: str | None, attribution: str | None, first: bool, settings: Path | None) -> None:
    """Compile a file into the folder that the settings name. Raises KnowledgeError for a row or a file that cannot be taken."""
    folder = _folder(settings)
    about = own.add(file, folder, name=name, attribution=attribution, first=first)
    _say(f"added {about.name} to {folder}: {_counts(about.kinds)}")


def info(settings: Path | None) -> None:
    """What is asked, in the order in which it is asked, and the attributions."""
    folder = own.folder_of(settings_file.load(settings).gazetteer.folder)
    places = CompiledGazetteer(own=own.layers(folder))
    table = Table(box=None, pad_edge=False)
    for column, side in (("gazetteer", "left"), ("places", "right"), ("of them", "left"), ("ranks", "left"), ("digest", "left")):
        table.add_column(column, justify="right" if side == "right" else "left", overflow="fold")
    for about in own.listed(folder):
        rank = "first" if about.first else "by size"
        table.add_row(about.name, f"{about.entries:,}", _counts(about.kinds, short=True), rank, about.digest[:_DIGITS])
    built_in = CompiledGazetteer()
    table.add_row("khabar", f"{len(built_in):,}", _counts(built_in.kinds(), short=True), "by size", built_in.digest[:_DIGITS])
    printer().print(table)
    for line in places.attributions():
        _say(f"- {shown_in_line(line)}")


def remove(name: str, settings: Path | None) -> None:
    """Raises NotFoundError where there is none of that name."""
    folder = _folder(settings)
    own.remove(name, folder)
    _say(f"removed {name} from {folder}")


def _folder(settings: Path | None) -> Path:
    return Path(settings_file.load(settings).gazetteer.folder or own.USUAL)


def _counts(kinds: dict[str, int], *, short: bool = False) -> str:
    said = ", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items(), key=lambda k: (-k[1], k[0])))
    return said if short else f"{counted(sum(kinds.values()), 'place')} ({said})"


def _say(line: str) -> None:
    printer().print(line, highlight=False, soft_wrap=True, markup=False)
