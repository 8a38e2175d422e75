"""Places by name: GeoNames, units of the first and second level, and our own overlay, in one memory-mapped index."""

from __future__ import annotations

from functools import cache

from khabar.knowledge.gazetteer.countries import Country, capital_of, countries
from khabar.knowledge.gazetteer.demonyms import country_of_demonym
from khabar.knowledge.gazetteer.folding import fold
from khabar.knowledge.gazetteer.index import CompiledGazetteer

__all__ = ["CompiledGazetteer", "Country", "capital_of", "countries", "country_of_demonym", "fold", "gazetteer"]


@cache
def gazetteer() -> CompiledGazetteer:
    """The compiled gazetteer of this installation, opened once. Raises KnowledgeError, with what to run, where it is missing."""
    return CompiledGazetteer()
