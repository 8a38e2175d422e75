"""The newsreader's files: where they lie, that nobody altered them, and the labels they speak."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from khabar.errors import ModelError
from khabar.records import digest

FOLDER = Path(__file__).parent / "newsreader"
SUMS = "SHA256SUMS"
ENCODER, RELATIONS, LABELS, VOCABULARY, CANARY = FILES = (
    "encoder.onnx",
    "relations.npy",
    "labels.json",
    "tokenizer.json",
    "canary.json",
)
ABOUT = "about.json"  # how the weights were made and how they score; nothing is read by it


@dataclass(frozen=True, slots=True)
class Labels:
    """What each output of the model means, in its order."""

    pos: tuple[str, ...]
    tag: tuple[str, ...]
    morph: tuple[str, ...]
    relation: tuple[str, ...]
    name: tuple[str, ...]
    kind: tuple[str, ...]


def verify(folder: Path = FOLDER) -> str:
    """Check every file against its SHA-256; the digest of all of them together.

    Raises ModelError naming the file that is missing, not listed or altered.
    """
    try:
        sums = (folder / SUMS).read_text("utf-8")
    except OSError as error:
        raise ModelError(f"{folder / SUMS}: cannot be read; install khabar again") from error
    listed = {name: total for total, _, name in (line.partition("  ") for line in sums.splitlines())}
    for name in FILES:
        try:
            found = digest((folder / name).read_bytes())
        except OSError as error:
            raise ModelError(f"{folder / name}: a file of the newsreader cannot be read; install khabar again") from error
        if listed.get(name) != found:
            raise ModelError(f"{folder / name}: not the file that {SUMS} lists (found {found[:12]}…); install khabar again")
    return digest("\n".join(f"{listed[name]}  {name}" for name in FILES).encode())


def labels(folder: Path = FOLDER) -> Labels:
    table = json.loads((folder / LABELS).read_text("utf-8"))
    return Labels(*(tuple(table[key]) for key in ("pos", "tag", "morph", "relation", "name", "kind")))


@dataclass(frozen=True, slots=True)
class Canary:
    """Sentences with the digest of what the newsreader said of them where its weights were made."""

    sentences: tuple[tuple[str, ...], ...]
    answer: str


def canary(folder: Path = FOLDER) -> Canary:
    table = json.loads((folder / CANARY).read_text("utf-8"))
    return Canary(tuple(map(tuple, table["sentences"])), table["answer"])


def about(folder: Path = FOLDER) -> dict[str, Any]:
    """How the weights were made and how they score; ModelError where that is not told, or told of other weights."""
    try:
        found: dict[str, Any] = json.loads((folder / ABOUT).read_text("utf-8"))
        of = found["digest"]
    except (OSError, ValueError, KeyError) as error:
        raise ModelError(f"{folder / ABOUT}: cannot be read; install khabar again") from error
    if of != verify(folder):
        raise ModelError(f"{folder / ABOUT}: tells of other weights; install khabar again")
    return found
