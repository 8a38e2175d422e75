"""The gate: whether a text can hold a trigger at all, told in one pass and before anything is parsed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from ahocorasick_rs import AhoCorasick

from khabar.errors import KnowledgeError
from khabar.knowledge.ontology.files import load_yaml, word_list

FILE = "forms.yaml"
ENDINGS = ("e", "y")  # what an inflected form may lose: storm-ing, seiz-ing, rall-ies


class Gate:
    """Looks for the stems of trigger words anywhere in the text.

    It is generous: a stem within another word lets the text pass, and a false alarm costs a parse and no more. What it
    stops holds no word of the triggers.
    """

    def __init__(self, stems: Iterable[str]) -> None:
        self.stems = tuple(sorted(set(stems)))

    @cached_property
    def _automaton(self) -> Any:
        return AhoCorasick(list(self.stems))

    def may_hold_trigger(self, text: str) -> bool:
        """Whether any stem occurs in `text`, in whatever case; linear in its length."""
        return bool(self._automaton.find_matches_as_indexes(text.lower()))


def stems_of(words: Iterable[str], forms: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """What is sure to occur in every form of the words: the word without its ending, and its irregular forms."""
    found: set[str] = set()
    for word in words:
        found.add(word[:-1] if len(word) > 3 and word.endswith(ENDINGS) else word)
        found.update(forms.get(word, ()))
    return frozenset(found)


def load_forms() -> Mapping[str, tuple[str, ...]]:
    """Irregular forms by lemma."""
    content = load_yaml(FILE)
    if not isinstance(content, dict):
        raise KnowledgeError(f"{FILE}: must be a table of lemma and forms")
    return {str(lemma): word_list(given, "forms", f"{FILE}, {lemma}") for lemma, given in content.items()}
