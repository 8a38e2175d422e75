"""The newsreader's files: where they lie, that nobody altered them, and the labels they speak."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from khabar.errors import ModelError
from khabar.records import digest

FOLDER = Path(__file__).parent / "newsreader"
_SUMS = "SHA256SUMS"
ENCODER, RELATIONS, LABELS, VOCABULARY = _FILES = ("int8s.onnx", "rel48.npz", "labels.json", "tokenizer.json")


@dataclass(frozen=True, slots=True)
class Labels:
    """What each output of the model means, in its order."""

    pos: tuple[str, ...]
    tag: tuple[str, ...]
    morph: tuple[str, ...]
    relation: tuple[str, ...]
    name: tuple[str, ...]


def verify(folder: Path = FOLDER) -> str:
    """Check every file against its SHA-256; the digest of all of them together.

    Raises ModelError naming the file that is missing, not listed or altered.
    """
    try:
        sums = (folder / _SUMS).read_text("utf-8")
    except OSError as error:
        raise ModelError(f"{folder / _SUMS}: cannot be read; install khabar again") from error
    listed = {name: total for total, _, name in (line.partition("  ") for line in sums.splitlines())}
    for name in _FILES:
        try:
            found = digest((folder / name).read_bytes())
        except OSError as error:
            raise ModelError(f"{folder / name}: a file of the newsreader cannot be read; install khabar again") from error
        if listed.get(name) != found:
            raise ModelError(f"{folder / name}: not the file that {_SUMS} lists (found {found[:12]}…); install khabar again")
    return digest("\n".join(f"{listed[name]}  {name}" for name in _FILES).encode())


def labels(folder: Path = FOLDER) -> Labels:
    table = json.loads((folder / LABELS).read_text("utf-8"))
    return Labels(*(tuple(table[key]) for key in ("upos", "xpos", "feats", "dep", "ner")))
