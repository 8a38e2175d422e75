"""Semantic classes of nouns: what a condition such as `object: [place]` asks of a word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, get_args

from khabar.errors import KnowledgeError
from khabar.knowledge.ontology.files import known_keys, load_yaml, one_of, word_list
from khabar.records import ActorKind, MentionKind

FILE = "classes.yaml"
RESERVED = frozenset({"none", "any", "name"})
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NounClasses:
    """Classes by lemma, by kind of name and by kind of actor.

    `known` holds every class that a condition may ask for: those of the lists, those that only names and actors have
    (`state`, `organisation`, `person`, …), and `none` (nothing there), `any` (something there), `name` (a name).
    """

    by_lemma: Mapping[str, frozenset[str]]
    by_mention: Mapping[str, frozenset[str]]
    by_actor: Mapping[str, frozenset[str]]
    known: frozenset[str]

    def of(self, lemma: str) -> frozenset[str]:
        """The classes of a noun, or of two joined by a space ("car bomb"); empty where it has none."""
        return self.by_lemma.get(lemma.lower(), NOTHING)


def load_classes() -> NounClasses:
    content = known_keys(load_yaml(FILE), ("names", "actors", "classes"), FILE)
    by_mention = _by_kind(content["names"], get_args(MentionKind), "names")
    by_actor = _by_kind(content["actors"], get_args(ActorKind), "actors")
    by_lemma = _by_lemma(content["classes"])
    known = RESERVED.union(content["classes"], *by_mention.values(), *by_actor.values())
    return NounClasses(MappingProxyType(by_lemma), MappingProxyType(by_mention), MappingProxyType(by_actor), known)


def _by_kind(given: Any, kinds: tuple[str, ...], section: str) -> dict[str, frozenset[str]]:
    found = {one_of(kind, kinds, "kind", f"{FILE}, {section}"): frozenset(classes) for kind, classes in given.items()}
    for kind in kinds:
        if kind not in found:
            raise KnowledgeError(f"{FILE}, {section}: {kind!r} is missing")
    return found


def _by_lemma(given: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, words in given.items():
        if name in RESERVED:
            raise KnowledgeError(f"{FILE}, {name}: this name has a meaning of its own and cannot be a class")
        for word in word_list(words, "a class", f"{FILE}, {name}"):
            found.setdefault(word, set()).add(name)
    return {word: frozenset(classes) for word, classes in found.items()}
