"""The JSON schemas, made from the records: never edited by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from khabar.records.codec import SCHEMA_VERSION, Envelope
from khabar.records.schema.line import LINE_VERSION
from khabar.records.schema.shapes import ReportLine

FOLDER = Path(__file__).parent
DIALECT = "https://json-schema.org/draft/2020-12/schema"
PUBLISHED = {f"reading-{SCHEMA_VERSION}.json": Envelope, f"report-{LINE_VERSION}.json": ReportLine}


def schema_of(shape: Any) -> str:
    """The JSON schema of a shape, as text."""
    schema = {"$schema": DIALECT, **msgspec.json.schema(shape)}
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def stale(folder: Path = FOLDER) -> list[str]:
    """The names of published schemas that no longer say what the records are."""
    return [
        name
        for name, shape in PUBLISHED.items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != schema_of(shape)
    ]


def write(folder: Path = FOLDER) -> None:
    """Write every published schema anew."""
    for name, shape in PUBLISHED.items():
        (folder / name).write_text(schema_of(shape), encoding="utf-8")
