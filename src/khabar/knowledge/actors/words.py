"""Words around a party's name, and words that name nobody in particular ("residents", "gunmen"), from words.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import cast

import yaml

from khabar.errors import KnowledgeError
from khabar.knowledge.actors.folding import fold, singular
from khabar.knowledge.actors.tables import FOLDER, KINDS
from khabar.records import ActorKind

_FILE = FOLDER / "words.yaml"
_LISTS = ("common", "proper", "assets", "members", "before", "descriptors", "quantifiers", "after")


@dataclass(frozen=True, slots=True)
class PartyWords:
    """Closed lists, folded. `kinds` gives the kind of a party without a name by the noun that carries it, in the singular."""

    common: frozenset[str]
    proper: frozenset[str]
    assets: frozenset[str]
    members: frozenset[str]
    before: frozenset[str]
    descriptors: frozenset[str]
    quantifiers: frozenset[str]
    after: frozenset[str]
    kinds: Mapping[str, ActorKind]

    def kind(self, words: list[str]) -> ActorKind:
        """The kind of a party by its last words, the longest first: "aid workers" before "workers"."""
        for start in range(max(0, len(words) - 3), len(words)):
            for noun in dict.fromkeys((" ".join(words[start:]), singular(" ".join(words[start:])))):
                if noun in self.kinds:
                    return self.kinds[noun]
        return "unknown"


@cache
def party_words() -> PartyWords:
    """The lists of words.yaml. Raises KnowledgeError where one is missing, misshapen or names an unknown kind."""
    table = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    if not isinstance(table, dict) or not isinstance(table.get("kinds"), dict):
        raise KnowledgeError(f"{_FILE.name}: must be a table of lists with a table `kinds`")
    kinds: dict[str, ActorKind] = {}
    for kind, nouns in table["kinds"].items():
        if kind not in KINDS:
            raise KnowledgeError(f"{_FILE.name}: no kind is called {kind!r}; there are: {', '.join(sorted(KINDS))}")
        for noun in _strings(nouns, f"kinds: {kind}"):
            kinds.setdefault(singular(noun), cast(ActorKind, kind))
    lists = {name: frozenset(_strings(table.get(name), name)) for name in _LISTS}
    return PartyWords(kinds=kinds, **lists)


def _strings(found: object, name: str) -> list[str]:
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        raise KnowledgeError(f"{_FILE.name}: {name} must be a list of words (quote yes, no, on and off)")
    return [fold(word) or word for word in found]
