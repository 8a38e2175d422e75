"""khabar.toml → frozen settings. What the file does not say keeps its default; what it says wrongly is an error."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, is_dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from khabar.errors import SettingsError

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on hostile input."""

    blob_bytes: int = 64 * 1024 * 1024
    document_chars: int = 10_000_000
    read_chars: int = 200_000  # what of one document is annotated; the rest is kept and a problem says so
    statements: int = 2_000


@dataclass(frozen=True, slots=True)
class OwnGazetteers:
    """Where the user's gazetteers are; `khabar-gazetteer` in the working folder, if there is one, unless it is said."""

    folder: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """How khabar runs. `stages` are names of plug-ins in order; `newsreader` names one of `khabar.newsreaders`, a
    spaCy package or folder with Universal Dependencies, or "stanza:en"."""

    newsreader: str = "khabar"
    stages: tuple[str, ...] = ("extract", "times", "actors", "places")
    store: str = "khabar.db"
    actors_file: str | None = None
    gazetteer: OwnGazetteers = field(default_factory=OwnGazetteers)
    limits: Limits = field(default_factory=Limits)


def load(path: Path | None = None) -> Settings:
    """Read settings from `path`, or from khabar.toml in the working folder where there is one.

    Raises SettingsError naming the file and the key.
    """
    found = path or Path("khabar.toml")
    if not found.is_file():
        if path is not None:
            raise SettingsError(f"{path}: no such settings file")
        return Settings()
    try:
        table = tomllib.loads(found.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{found}: not valid TOML: {error}") from error
    return _fill(Settings(), table, str(found))


def _fill(settings: S, table: dict[str, Any], where: str) -> S:
    known = {f.name: getattr(settings, f.name) for f in fields(settings)}  # type: ignore[arg-type]
    changes: dict[str, Any] = {}
    for key, given in table.items():
        if key not in known:
            raise SettingsError(f"{where}: unknown setting {key!r}; there are: {', '.join(known)}")
        default = known[key]
        if is_dataclass(default):
            if not isinstance(given, dict):
                raise SettingsError(f"{where}: [{key}] must be a table")
            changes[key] = _fill(default, given, f"{where} [{key}]")
        else:
            changes[key] = _checked(key, given, default, where)
    return replace(settings, **changes)  # type: ignore[type-var]


def _checked(key: str, given: Any, default: Any, where: str) -> Any:
    if isinstance(default, tuple):
        if isinstance(given, list) and all(isinstance(g, str) for g in given):
            return tuple(given)
        raise SettingsError(f"{where}: {key} must be a list of names")
    wanted = str if default is None else type(default)
    if type(given) is not wanted:
        raise SettingsError(f"{where}: {key} must be {wanted.__name__}, not {type(given).__name__}")
    if isinstance(given, int) and given <= 0:
        raise SettingsError(f"{where}: {key} must be above 0, not {given}")
    return given
