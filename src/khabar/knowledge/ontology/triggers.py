"""Trigger rules: which word, in which company, names an event of which type, and which frame finds its participants."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from khabar.errors import KnowledgeError
from khabar.knowledge.ontology.files import known_keys, load_yaml, names_below, one_of, word_list

FOLDER = "triggers"
KEYS = ("type", "pos", "frame", "words", "when", "unless")
Pos = Literal["verb", "noun", "adj"]
FRAMES: Mapping[str, frozenset[str]] = {
    "verb": frozenset({"does-to", "takes-place", "falls", "symmetric", "does", "suffers", "tells"}),
    "noun": frozenset({"noun-does-to", "noun-takes-place", "noun-symmetric", "noun-does", "noun-suffers", "noun-tells"}),
    "adj": frozenset({"suffers", "does-to", "takes-place", "tells"}),
}
FORMS = ("passive", "active", "participle", "gerund", "attributive", "singular", "plural", "bare")


@dataclass(frozen=True, slots=True)
class Conditions:
    """What must hold (`when`) or must not (`unless`) around a trigger; an empty field asks nothing.

    Values are classes of classes.yaml, `none`, `any`, `name`, or `=lemma`; each field holds where any of its values does.
    `object` looks at the object or the passive subject, `subject` at the agent, `near` at every word of the clause but the
    trigger (of the whole sentence in a rule without a type: what makes a word harmless often stands in another clause),
    `modifier` at adjectives, compound nouns and adverbs of the trigger. `with_` holds bare lemmas found anywhere in the
    clause. `prep` pairs a preposition with a value for its noun. `form` is a form of a verb; "attributive" is a participle
    before its noun ("the ruined city"); `singular` and `plural` are for nouns ("talks" are held, "talk" is heard), and
    `bare` for one with nothing about it that is no subject either: "left war behind".
    """

    object: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    modifier: frozenset[str] = frozenset()
    with_: frozenset[str] = frozenset()
    prep: frozenset[tuple[str, str]] = frozenset()
    form: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """One word, or several in order, as the name of an event. `type` is None where this use names none.

    `id` ("capture.take-over", "battle.attack-noun", "capture.take.2") is unique and stays the same while the rules of its
    word and type keep their order.
    """

    id: str
    type: str | None
    pos: Pos
    frame: str
    words: tuple[str, ...]
    when: Conditions = Conditions()
    unless: Conditions = Conditions()


def load_rules(types: Iterable[str], classes: frozenset[str]) -> tuple[TriggerRule, ...]:
    """Every rule of the folder, files in order of name, blocks and words in order of writing.

    `types` are the known event types, `classes` the known noun classes. Raises KnowledgeError naming file and block.
    """
    known = frozenset(types)
    taken: dict[str, int] = {}
    rules: list[TriggerRule] = []
    for name in names_below(FOLDER):
        for number, block in enumerate(load_yaml(name) or (), 1):
            kind = block.get("type") if isinstance(block, dict) else None
            rules.extend(_block(block, f"{name}, block {number} ({kind})", known, classes, taken))
    return tuple(rules)


def _block(block: Any, where: str, types: frozenset[str], classes: frozenset[str], taken: dict[str, int]) -> Iterator[TriggerRule]:
    row = known_keys(block, KEYS, where)
    kind = one_of(row.get("type"), ("none", *sorted(types)), "type", where)
    pos: Pos = one_of(row.get("pos"), get_args(Pos), "pos", where)  # type: ignore[assignment]
    frame = "" if kind == "none" and "frame" not in row else one_of(row.get("frame"), sorted(FRAMES[pos]), f"{pos} frame", where)
    when = _conditions(row.get("when"), f"{where}, when", classes)
    unless = _conditions(row.get("unless"), f"{where}, unless", classes)
    for word in word_list(row.get("words"), "words", where):
        for words in spellings(word):
            yield TriggerRule(_id(kind, pos, words, taken), None if kind == "none" else kind, pos, frame, words, when, unless)


def spellings(word: str) -> tuple[tuple[str, ...], ...]:
    """The sequences of lemmas that a word of the data may be: a hyphen may be one token's, a token of its own, or a space."""
    written = tuple(word.split())
    if "-" not in word:
        return (written,)
    return (written, tuple(word.replace("-", " ").split()))


def _id(kind: str, pos: str, words: tuple[str, ...], taken: dict[str, int]) -> str:
    name = f"{kind}.{'-'.join(words)}" + ("" if pos == "verb" else f"-{pos}")
    taken[name] = taken.get(name, 0) + 1
    return name if taken[name] == 1 else f"{name}.{taken[name]}"


def _conditions(given: Any, where: str, classes: frozenset[str]) -> Conditions:
    if given is None:
        return Conditions()
    row = known_keys(given, ("object", "subject", "near", "modifier", "with", "prep", "form"), where)
    values: dict[str, frozenset[Any]] = {}
    for key, value in row.items():
        words = word_list(value, key, where)
        if key == "with":
            values["with_"] = frozenset(words)
        elif key == "prep":
            values["prep"] = frozenset(_prep(word, where, classes) for word in words)
        elif key == "form":
            values["form"] = frozenset(one_of(word, FORMS, "form", where) for word in words)
        else:
            values[key] = frozenset(_value(word, where, classes) for word in words)
    return Conditions(**values)


def _value(word: str, where: str, classes: frozenset[str]) -> str:
    if not word.startswith("=") and word not in classes:
        raise KnowledgeError(
            f"{where}: unknown class {word!r}; for a plain word write {'=' + word!r}; there are: {', '.join(sorted(classes))}"
        )
    return word


def _prep(word: str, where: str, classes: frozenset[str]) -> tuple[str, str]:
    preposition, colon, value = word.partition(":")
    if not colon:
        raise KnowledgeError(f"{where}: {word!r} must be a preposition and a value, as in 'on:place'")
    return preposition, _value(value, where, classes)


def index_rules(rules: Iterable[TriggerRule]) -> dict[str, tuple[TriggerRule, ...]]:
    """Rules by the first lemma of their words: longer ones first, otherwise in order of the files."""
    found: dict[str, list[TriggerRule]] = {}
    for rule in rules:
        found.setdefault(rule.words[0], []).append(rule)
    return {word: tuple(sorted(below, key=lambda rule: -len(rule.words))) for word, below in found.items()}
