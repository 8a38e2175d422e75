"""The event types of the coding guide, with their nearest relatives in other schemes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from khabar.errors import KnowledgeError
from khabar.knowledge.ontology.files import known_keys, load_yaml

FILE = "types.yaml"
KEYS = ("name", "about", "plover", "cameo", "acled", "ucdp", "state", "speech")


@dataclass(frozen=True, slots=True)
class EventType:
    """A row of types.yaml.

    `plover` and `cameo` are the nearest type and root code of those schemes, `acled` the sub-events an exporter may
    write, `ucdp` a note on UCDP's type of violence; None or empty where there is no counterpart. `state` marks a
    state that lasts (hold, strength), `speech` a type whose event is the act of speaking.
    """

    name: str
    about: str
    plover: str | None = None
    cameo: str | None = None
    acled: tuple[str, ...] = ()
    ucdp: str | None = None
    state: bool = False
    speech: bool = False


def load_types() -> Mapping[str, EventType]:
    """Types by name, in the guide's order."""
    found: dict[str, EventType] = {}
    for number, given in enumerate(load_yaml(FILE), 1):
        where = f"{FILE}, row {number}"
        row = known_keys(given, KEYS, where)
        if not row.get("name") or not row.get("about"):
            raise KnowledgeError(f"{where}: needs a name and an about")
        if row["name"] in found:
            raise KnowledgeError(f"{where}: {row['name']!r} is there twice")
        found[row["name"]] = EventType(**{**row, "acled": tuple(row.get("acled") or ())})
    return MappingProxyType(found)
