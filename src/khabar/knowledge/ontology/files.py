"""The ontology's data files: where they are, how they are read, and the digest that identifies them in a run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from khabar.errors import KnowledgeError

FOLDER = Path(__file__).parent.parent / "data" / "ontology"


def load_yaml(name: str) -> Any:
    """The content of a data file, `name` below the ontology's folder. Raises KnowledgeError where it is missing or no YAML."""
    try:
        return yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except OSError as error:
        raise KnowledgeError(f"{name}: cannot be read: {error.strerror}") from error
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{name}: not valid YAML: {error}") from error


def names_below(folder: str) -> tuple[str, ...]:
    """The YAML files of a folder, in order of their names, as `load_yaml` takes them."""
    return tuple(f"{folder}/{path.name}" for path in sorted((FOLDER / folder).glob("*.yaml")))


def files_digest() -> str:
    """SHA-256 over every data file's name and content: two ontologies with one digest read alike."""
    total = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*.yaml")):
        total.update(path.relative_to(FOLDER).as_posix().encode() + b"\x1f" + path.read_bytes() + b"\x1e")
    return total.hexdigest()


def known_keys(row: Any, allowed: Iterable[str], where: str) -> Mapping[str, Any]:
    """The row itself, once it is sure to be a table without unknown keys."""
    if not isinstance(row, dict):
        raise KnowledgeError(f"{where}: must be a table, not {type(row).__name__}")
    allowed = tuple(allowed)
    for key in row:
        if key not in allowed:
            raise KnowledgeError(f"{where}: unknown key {key!r}; there are: {', '.join(allowed)}")
    return row


def one_of(given: Any, allowed: Iterable[str], what: str, where: str) -> str:
    """`given`, once it is sure to be one of the allowed words."""
    allowed = tuple(allowed)
    if given not in allowed:
        raise KnowledgeError(f"{where}: unknown {what} {given!r}; there are: {', '.join(allowed)}")
    return str(given)


def word_list(given: Any, what: str, where: str) -> tuple[str, ...]:
    """A list of words as lower-case strings; YAML's own readings (`no`, `on`, numbers) are refused, so quote them."""
    if not isinstance(given, list) or not given:
        raise KnowledgeError(f"{where}: {what} must be a list of words")
    for word in given:
        if not isinstance(word, str) or not word.strip():
            raise KnowledgeError(f"{where}: {what} holds {word!r}, which is no word; put it in quotes")
    return tuple(" ".join(word.lower().split()) for word in given)
