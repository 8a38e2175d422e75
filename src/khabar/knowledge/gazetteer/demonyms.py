"""Words for the people and things of a country: "Afghan" is AFG."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from khabar.knowledge.gazetteer.folding import fold
from khabar.knowledge.gazetteer.sheets import sheet


@cache
def demonyms() -> MappingProxyType[str, str]:
    """Folded word ("afghan", "south korean") → ISO 3166 alpha-3."""
    return MappingProxyType({fold(word): country for _, (word, country) in sheet("demonyms.tsv", columns=2)})


def country_of_demonym(word: str) -> str | None:
    """The country that "Afghan", "Syrians" or "South Korean" is of, as ISO 3166 alpha-3; None for any other word."""
    return demonyms().get(fold(word))
