"""The words of each type of event, from wording.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from khabar.errors import KnowledgeError

_FILE = Path(__file__).with_name("wording.toml")


@dataclass(frozen=True, slots=True)
class Wording:
    """How one type is said; the fields are described in wording.toml. `*_alone` stand where there is no target."""

    did: str
    do: str
    noun: str
    did_alone: str
    do_alone: str
    target: str = ""
    place: str = "in"
    place_alone: str = "in"
    noun_target: str = "of"
    noun_place: str = "in"
    loser: str | None = None


@cache
def wordings() -> Mapping[str, Wording]:
    """Every type that has words of its own. Raises KnowledgeError where the file is faulty."""
    table = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {kind: _wording(kind, row) for kind, row in table.items()}


def wording_of(kind: str) -> Wording:
    """The words of a type; those of a type without any (a plug-in's) are made from its name."""
    plain = kind.replace("-", " ")
    return wordings().get(kind) or Wording(f"{plain}:", f"do: {plain}:", plain, f"{plain}", f"do: {plain}")


def _wording(kind: str, row: dict[str, Any]) -> Wording:
    try:
        alone = row.pop("alone", None) or [row["did"], row["do"]]
        return Wording(did_alone=alone[0], do_alone=alone[1], **{"place_alone": row.get("place", "in"), **row})
    except (KeyError, TypeError, IndexError) as error:
        raise KnowledgeError(f"{_FILE.name}, [{kind}]: {error}; the fields are described at its head") from error
