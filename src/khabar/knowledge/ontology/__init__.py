"""What khabar knows of events: types, trigger rules, noun classes and the cues of telling. All of it is data, checked on loading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from types import MappingProxyType

from khabar.knowledge.ontology.classes import NounClasses, load_classes
from khabar.knowledge.ontology.cues import (
    LightVerb,
    Reporting,
    ReportingCue,
    SourceNoun,
    Telling,
    TellingCue,
    load_light_verbs,
    load_reporting,
    load_telling,
)
from khabar.knowledge.ontology.files import files_digest
from khabar.knowledge.ontology.gate import Gate, load_forms, stems_of
from khabar.knowledge.ontology.triggers import Conditions, TriggerRule, index_rules, load_rules
from khabar.knowledge.ontology.types import EventType, load_types

__all__ = [
    "Conditions", "EventType", "Gate", "LightVerb", "NounClasses", "Ontology", "Reporting", "ReportingCue", "SourceNoun", "Telling",
    "TellingCue", "TriggerRule", "ontology", "reporting", "telling",
]  # fmt: skip


@dataclass(frozen=True)
class Ontology:
    """Types, rules and classes. `by_word` finds rules by the first lemma of their words: longer ones first, then as written.

    `light` finds light verbs by their words joined by a space. `digest` is the SHA-256 of all data files, cues included.
    """

    types: Mapping[str, EventType]
    rules: tuple[TriggerRule, ...]
    by_word: Mapping[str, tuple[TriggerRule, ...]]
    classes: NounClasses
    light: Mapping[str, LightVerb]
    gate: Gate
    digest: str

    def classes_of(self, lemma: str) -> frozenset[str]:
        """The classes of a noun, or of two joined by a space ("car bomb"); empty where it has none."""
        return self.classes.of(lemma)

    def rule(self, id: str) -> TriggerRule | None:
        """The rule of an id, as `khabar why` shows it; None where there is none."""
        return self._by_id.get(id)

    @cached_property
    def _by_id(self) -> Mapping[str, TriggerRule]:
        return MappingProxyType({rule.id: rule for rule in self.rules})


@cache
def ontology() -> Ontology:
    """The ontology of the package, loaded once. Raises KnowledgeError where a data file is faulty."""
    types, classes = load_types(), load_classes()
    rules = load_rules(types, classes.known)
    by_word = index_rules(rules)
    words = {rule.words[0] for rule in rules if rule.type is not None}
    gate = Gate(stems_of(words, load_forms()))
    return Ontology(types, rules, MappingProxyType(by_word), classes, load_light_verbs(), gate, files_digest())


@cache
def reporting() -> Reporting:
    """Reporting verbs, phrases and nouns, loaded once."""
    return load_reporting()


@cache
def telling() -> Telling:
    """Cues of telling, loaded once."""
    return load_telling()
