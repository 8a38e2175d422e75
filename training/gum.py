"""Names out of GUM's entities, which are whole noun phrases in brackets of the CoNLL 2012 kind."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from training.corpus import Sentence, Tree, tagged

_KINDS = {"person": "PERSON", "organization": "ORG", "place": "LOC"}
_EVENT = re.compile(r"\([^()]+\)?|[^()]+\)")


@dataclass(slots=True)
class Brackets:
    """Entities that are open, by their group; one may run over several sentences, and is no name then."""

    open: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    sentence: int = 0

    def mark(self, sentence: Sentence, notes: list[str]) -> None:
        """Give a sentence the names that its last column (`notes`) tells of."""
        self.sentence += 1
        found: list[tuple[int, int, str]] = []
        for i, note in enumerate(notes):
            entity = next((part[7:] for part in note.split("|") if part.startswith("Entity=")), "")
            for event in _EVENT.findall(entity):
                group, _, rest = event.strip("()").partition("-")
                if event.startswith("("):
                    self.open.setdefault(group, []).append((self.sentence, i, rest.partition("-")[0]))
                if event.endswith(")") and self.open.get(group):
                    opened, start, kind = self.open[group].pop()
                    if opened == self.sentence and kind in _KINDS:
                        found.append((start, i + 1, _KINDS[kind]))
        assert sentence.tree is not None
        names = {named for phrase in found if (named := name_in(sentence.words, sentence.tree, *phrase))}
        outer = [n for n in names if not any(o != n and o[0] <= n[0] and n[1] <= o[1] for o in names)]
        sentence.names = tagged(len(sentence.words), outer)
        sentence.unmarked = frozenset(["NORP", "MISC"])


def name_in(words: list[str], tree: Tree, start: int, end: int, kind: str) -> tuple[int, int, str] | None:
    """The name that carries a noun phrase: the run of proper nouns around its head; None where its head is a common noun.

    "of" and the like join proper nouns of a place or body ("University of Oxford"); a person's titles and roles stay outside.
    """
    head = next((i for i in range(start, end) if not start < tree.heads[i] <= end), start)
    if tree.pos[head] != "PROPN":
        return None

    def proper(i: int) -> bool:
        return (
            tree.pos[i] == "PROPN"
            or tree.tags[i] in ("NNP", "NNPS")
            or (words[i][:1].isupper() and tree.pos[i] == "NOUN" and kind == "ORG")
        )

    first = last = head
    while first > start and _goes_on(words, tree, first, -1, start, end, proper, kind):
        first -= _step(words, tree, first, -1, proper)
    while last + 1 < end and _goes_on(words, tree, last, 1, start, end, proper, kind):
        last += _step(words, tree, last, 1, proper)
    while (
        kind == "PERSON" and first < head and tree.relations[first] in ("nmod:desc", "compound", "amod") and tree.heads[first] == head + 1
    ):
        first += 1
    return first, last + 1, kind


def _step(words: list[str], tree: Tree, at: int, way: int, proper: Callable[[int], bool]) -> int:
    k = 1
    while 0 <= at + way * k < len(words) and tree.pos[at + way * k] in ("ADP", "DET", "PUNCT", "CCONJ") and k < 3:
        k += 1
    return k


def _goes_on(words: list[str], tree: Tree, at: int, way: int, start: int, end: int, proper: Callable[[int], bool], kind: str) -> bool:
    k = _step(words, tree, at, way, proper)
    to = at + way * k
    if not start <= to < end or not proper(to):
        return False
    between = [words[i].lower() for i in range(min(at, to) + 1, max(at, to))]
    if not between:
        return tree.relations[max(at, to)] not in ("appos", "list") and tree.relations[min(at, to)] not in ("appos", "nmod:poss")
    if kind == "PERSON":
        return between == ["-"]
    return between in (["of"], ["of", "the"], ["for"], ["for", "the"], ["-"], ["&"], ["and"]) and not (between == ["and"] and kind == "LOC")
