"""The event types as a table, with the nearest PLOVER type, CAMEO root code and ACLED sub-events."""

from __future__ import annotations

from collections.abc import Iterable

from rich import box
from rich.table import Table

from khabar.knowledge.ontology.types import EventType
from khabar.serve.slots import NOT_KNOWN


def type_table(types: Iterable[EventType]) -> Table:
    """A row a type, in the order of the coding guide."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column("type", style="bold", no_wrap=True)
    table.add_column("what it is", ratio=4)
    table.add_column("PLOVER", no_wrap=True)
    table.add_column("CAMEO", no_wrap=True)
    table.add_column("ACLED sub-event", ratio=3)
    table.add_column("UCDP", ratio=2)
    for kind in types:
        acled = "; ".join(kind.acled) or NOT_KNOWN
        table.add_row(kind.name, kind.about, kind.plover or NOT_KNOWN, kind.cameo or NOT_KNOWN, acled, kind.ucdp or NOT_KNOWN)
    return table
