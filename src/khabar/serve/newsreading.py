"""`khabar newsreader`: which language model reads, how well, and whether it is sound."""

from __future__ import annotations

from typing import Any

from rich.table import Table

from khabar.serve.console import printer

_DIGITS = 12


def info() -> None:
    """Version, digest, make and scores of khabar's own newsreader. Raises ModelError where its files are not sound."""
    from khabar.annotate import weights

    console = printer()
    digest, found = weights.verify(), weights.about()
    console.print(f"khabar newsreader {found['version']}, digest {digest[:_DIGITS]}", highlight=False)
    for line in (found["encoder"], f"made by {found['command']}", f"licence {found['licence']}"):
        console.print(line, highlight=False, soft_wrap=True)
    for kind, sets in found["figures"].items():
        console.print(_scores(kind, sets))


def _scores(kind: str, sets: dict[str, dict[str, Any]]) -> Table:
    columns = list(dict.fromkeys(name for figures in sets.values() for name in figures))
    table = Table(title=kind, title_justify="left", box=None, pad_edge=False)
    table.add_column("set")
    for column in columns:
        table.add_column(column, justify="right")
    for name, figures in sets.items():
        table.add_row(name, *(f"{figures[column]:.1f}" if column in figures else "" for column in columns))
    return table


def check() -> bool:
    """Whether the files are those that were made, and whether they answer here as they did there; says so.

    Raises ModelError naming the file that is missing or altered.
    """
    from khabar.annotate.model import Newsmodel

    console = printer()
    model = Newsmodel()
    console.print(f"the files are those that were made: digest {model.digest[:_DIGITS]}", highlight=False)
    if model.faithful():
        console.print("this machine reads as the one did where they were made", highlight=False)
        return True
    console.print(
        "this machine reads the canary otherwise than the one did where the files were made: its 8-bit arithmetic differs."
        " Readings made here say so, and the scores may not hold",
        highlight=False,
        soft_wrap=True,
    )
    return False
