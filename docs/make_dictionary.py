"""Write docs/data-dictionary.md from the records: python docs/make_dictionary.py [--check]

Types and defaults come from the dataclasses, what a field means from docs/fields.toml. A field without its words, or words without
a field, is an error: whatever is not documented fails.
"""

from __future__ import annotations

import dataclasses
import inspect
import sys
import tomllib
from pathlib import Path
from typing import Any, get_args

from khabar import records

HERE = Path(__file__).resolve().parent
TARGET = HERE / "data-dictionary.md"
ORDER = (
    "Reading", "Document", "Zone", "Sighting", "Statement", "Span", "Value", "Candidate", "Values", "Party", "Source", "Place", "Area",
    "When", "Quantity", "Flag", "Caveat", "Problem", "Sentence", "Token", "Mention", "Actor", "Membership", "Tenure", "PlaceEntry", "Run",
    "Decision",
)  # fmt: skip
CHOICES = {
    "ZoneKind": "zone.kind", "ToldAs": "told_as", "Stance": "stance", "Scale": "scale", "QuantityKind": "quantity.kind",
    "PlacePrecision": "place.precision", "TimePrecision": "when.precision", "Basis": "when.basis", "ActorKind": "actor.kind",
    "SourceKind": "source.kind", "Channel": "source.channel", "MentionKind": "mention.kind",
}  # fmt: skip
HEAD = """# Data dictionary

Made by `python docs/make_dictionary.py` from the records in `src/khabar/records/`; never edited by hand. Offsets count code points
of the document's unchanging text, half open. Every field of a statement is a `Value` (one answer) or `Values` (several): the answer,
the words it was read from, the rule or model that filled it, how sure it is, or why it is missing.
"""


def dictionary() -> str:
    """The whole page. Raises ValueError naming what is not documented, or documented and not there."""
    said: dict[str, dict[str, str]] = tomllib.loads((HERE / "fields.toml").read_text(encoding="utf-8"))
    there = {name: [f.name for f in dataclasses.fields(getattr(records, name))] for name in dataclass_names()}
    _complain(sorted(there.keys() ^ set(ORDER)), "records that ORDER and khabar.records do not share")
    _complain(sorted(there.keys() ^ said.keys()), "records that fields.toml and khabar.records do not share")
    for name, names in there.items():
        _complain(sorted(set(names) ^ said[name].keys()), f"fields that fields.toml and {name} do not share")
    parts = [HEAD, *(section(name, said[name]) for name in ORDER), choices()]
    return "\n".join(parts)


def _complain(names: list[str], what: str) -> None:
    if names:
        raise ValueError(f"{what}: {', '.join(names)}")


def dataclass_names() -> list[str]:
    return [n for n in records.__all__ if inspect.isclass(getattr(records, n)) and dataclasses.is_dataclass(getattr(records, n))]


def section(name: str, said: dict[str, str]) -> str:
    """A record: its docstring, and a row for each field."""
    record = getattr(records, name)
    lines = [
        f"## {name}",
        "",
        inspect.cleandoc(record.__doc__ or ""),
        "",
        "| field | type | if not given | what it says |",
        "| --- | --- | --- | --- |",
    ]
    for field in dataclasses.fields(record):
        kind = str(field.type).replace("|", "\\|")
        lines.append(f"| `{field.name}` | `{kind}` | {_default(field)} | {said[field.name]} |")
    return "\n".join([*lines, ""])


def _default(field: dataclasses.Field[Any]) -> str:
    """What a field holds where it is not given, in words."""
    if field.default is not dataclasses.MISSING:
        default = field.default
    elif field.default_factory is not dataclasses.MISSING:
        default = field.default_factory()
    else:
        return ""
    if default is None:
        return "none"
    if isinstance(default, records.Value):
        return f"`{default.value}`"
    return "empty" if default == () or dataclasses.is_dataclass(default) else f"`{default!r}`"


def choices() -> str:
    """The closed lists of words."""
    lines = ["## Closed lists", "", "| list | words |", "| --- | --- |"]
    for name, called in CHOICES.items():
        words = ", ".join(f"`{w}`" for w in get_args(_named(name)))
        lines.append(f"| `{called}` | {words} |")
    return "\n".join([*lines, ""])


def _named(name: str) -> Any:
    from khabar.records import actor, document, place, sentence, statement, timespan

    return next(getattr(m, name) for m in (actor, document, place, sentence, statement, timespan) if hasattr(m, name))


def main() -> int:
    page = dictionary()
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(page, encoding="utf-8")
    elif not TARGET.is_file() or TARGET.read_text(encoding="utf-8") != page:
        sys.stderr.write(f"{TARGET.name} is out of date: run python docs/make_dictionary.py and commit what it writes\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
