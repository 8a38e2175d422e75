"""Places by name: GeoNames, units of the first and second level, our own overlay and the user's gazetteers, mapped into memory."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

from khabar.knowledge.gazetteer.countries import Country, capital_of, countries
from khabar.knowledge.gazetteer.demonyms import country_of_demonym
from khabar.knowledge.gazetteer.folding import fold
from khabar.knowledge.gazetteer.index import CompiledGazetteer
from khabar.knowledge.gazetteer.locating import Located, locate

__all__ = [
    "CompiledGazetteer",
    "Country",
    "Located",
    "capital_of",
    "countries",
    "country_of_demonym",
    "fold",
    "gazetteer",
    "locate",
]


def gazetteer(folder: Path | None = None) -> CompiledGazetteer:
    """The compiled gazetteer of this installation, behind the user's of `folder` where one is given; opened once.

    Raises KnowledgeError, with what to run, where one is missing or damaged.
    """
    if folder is None:
        return _built_in()
    from khabar.knowledge.gazetteer import own  # late: only who has gazetteers of their own needs it

    stamp = own.stamp(folder)
    return _with_own(folder.resolve(), stamp) if stamp else _built_in()


@cache
def _built_in() -> CompiledGazetteer:
    return CompiledGazetteer()


@lru_cache(maxsize=4)
def _with_own(folder: Path, stamp: tuple[tuple[str, int], ...]) -> CompiledGazetteer:
    from khabar.knowledge.gazetteer import own

    return CompiledGazetteer(own=own.layers(folder))
