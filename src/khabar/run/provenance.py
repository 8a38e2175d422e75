"""What a run was made with: the version, the newsreader's weights, and every file that khabar's knowledge comes from."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from khabar.errors import SettingsError
from khabar.knowledge.gazetteer import own as gazetteers
from khabar.knowledge.gazetteer.own import About
from khabar.records import Run, digest
from khabar.run.pipeline import assemble
from khabar.settings import Settings

KNOWLEDGE = Path(__file__).parent.parent / "knowledge" / "data"
COMPILED = "compiled"  # large, and identified by the digest that its compiler wrote
DIGITS = 12


def run_of(settings: Settings) -> Run:
    """The run that a coding with these settings belongs to.

    Settings other than the usual ones that change what is read (stages, limits) enter the version, so that two runs with
    one fingerprint say the same of the same document. Raises what `assemble` raises, SettingsError where the actors' file
    cannot be read, and KnowledgeError where a gazetteer of the user's is damaged.
    """
    newsreader = assemble(settings).newsreader
    return Run(_version(settings), f"{newsreader.name}:{newsreader.digest[:DIGITS]}", " ".join(_knowledge(settings)))


def _version(settings: Settings) -> str:
    usual = Settings()
    if (settings.stages, settings.limits) == (usual.stages, usual.limits):
        return version("khabar")
    return f"{version('khabar')}+settings.{digest(repr((settings.stages, settings.limits)).encode())[:8]}"


def _knowledge(settings: Settings) -> list[str]:
    parts = [f"{name}:{found[:DIGITS]}" for name, found in knowledge_digests().items()]
    if settings.actors_file is not None:
        try:
            own = digest(Path(settings.actors_file).read_bytes())
        except OSError as error:
            raise SettingsError(f"actors_file: {settings.actors_file}: {error.strerror or error}") from error
        parts.append(f"own-actors:{own[:DIGITS]}")
    return parts + [f"own-gazetteer-{g.name}:{g.digest[:DIGITS]}" for g in own_gazetteers(settings)]


def own_gazetteers(settings: Settings) -> tuple[About, ...]:
    """The user's gazetteers that a coding with these settings asks. Raises KnowledgeError where one is damaged."""
    folder = gazetteers.folder_of(settings.gazetteer.folder)
    return gazetteers.listed(folder)


@cache
def knowledge_digests(folder: Path = KNOWLEDGE) -> dict[str, str]:
    """SHA-256 of each kind of knowledge (actors, gazetteer, ontology, …) over the names and content of its files."""
    kinds = sorted(p for p in folder.iterdir() if p.is_dir() and not p.name.startswith(".")) if folder.is_dir() else []
    return {kind.name: _compiled(kind) if kind.name == COMPILED else _files(kind) for kind in kinds}


def _files(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        total.update(f"{path.relative_to(folder).as_posix()}\x1f{digest(path.read_bytes())}\x1e".encode())
    return total.hexdigest()


def _compiled(folder: Path) -> str:
    written = folder / "digest.txt"
    return written.read_text(encoding="ascii").split()[0] if written.is_file() else "missing"
