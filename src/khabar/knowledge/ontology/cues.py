"""Cues around a trigger: light verbs that carry it, voices that report it, words that say how it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal, Protocol, TypeVar, get_args

from khabar.errors import KnowledgeError
from khabar.knowledge.ontology.files import known_keys, load_yaml, one_of, word_list
from khabar.knowledge.ontology.triggers import spellings
from khabar.records import Channel, SourceKind, Stance, ToldAs

Side = Literal["actor", "target"]
Phase = Literal["start", "go-on", "end"]
Governs = Literal["complement", "modal", "mark", "determiner", "modifier", "prep", "clause"]
Kind = Literal[
    "say", "claim", "confirm", "admit", "announce", "allege", "accuse", "deny", "reject", "doubt", "dispute", "retract", "warn",
    "predict", "believe", "learn", "show", "quote", "hearsay",
]  # fmt: skip
Where = Literal["subject", "object", "by", "reports", "carrier"]


class Worded(Protocol):
    """Anything that is found by its words."""

    @property
    def words(self) -> tuple[str, ...]: ...


C = TypeVar("C", bound=Worded)


@dataclass(frozen=True, slots=True)
class LightVerb:
    """A verb that lends a noun trigger its participants: is its subject the one who acts, or the one it is done to?

    `told_as` is set where the verb itself puts the event off ("order an offensive"), `phase` where it says that the
    event began, went on or ended.
    """

    words: tuple[str, ...]
    subject: Side
    told_as: ToldAs | None = None
    phase: Phase | None = None


@dataclass(frozen=True, slots=True)
class ReportingCue:
    """A word of saying. `source` tells where the voice stands: the subject, the object ("according to X"), a by-phrase,
    nowhere ("reports": reportedly), or in the carrier ("a video showed").

    `told_as` is what the cue makes of what is said (None: nothing), `alleged` whether parties named in it are suspects.
    """

    words: tuple[str, ...]
    kind: Kind
    source: Where = "subject"
    stance: Stance = "asserts"
    told_as: ToldAs | None = None
    alleged: bool = False
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class SourceNoun:
    """A noun that can be a voice, or carry one: its kind of source and the channel that it implies."""

    words: tuple[str, ...]
    kind: SourceKind
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Reporting:
    """Voices, each mapping by the first lemma, longer phrases first.

    `passives` are participles of impersonal passives and raising verbs ("is said to", "is believed to", "appear to").
    """

    verbs: Mapping[str, tuple[ReportingCue, ...]]
    phrases: Mapping[str, tuple[ReportingCue, ...]]
    adverbs: Mapping[str, tuple[ReportingCue, ...]]
    passives: Mapping[str, tuple[ReportingCue, ...]]
    nouns: Mapping[str, tuple[ReportingCue, ...]]
    evidence: Mapping[str, tuple[SourceNoun, ...]]
    speakers: Mapping[str, tuple[SourceNoun, ...]]
    media: Mapping[str, tuple[SourceNoun, ...]]


@dataclass(frozen=True, slots=True)
class TellingCue:
    """A word that says how an event is told. `told_as` holds where the cue stands plain, `negated` where the cue is itself
    negated ("did not manage to"); None leaves the event as it was. `background` marks history and habit.
    """

    words: tuple[str, ...]
    governs: Governs
    told_as: ToldAs | None
    negated: ToldAs | None = None
    background: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """Cues of telling by the first lemma, longer phrases first."""

    by_word: Mapping[str, tuple[TellingCue, ...]]

    def of(self, lemma: str, *governs: Governs) -> tuple[TellingCue, ...]:
        """The cues that start with a lemma, of the given ways of governing if any are given."""
        found = self.by_word.get(lemma.lower(), ())
        return tuple(cue for cue in found if cue.governs in governs) if governs else found


def by_first_word(cues: Iterable[C]) -> Mapping[str, tuple[C, ...]]:
    found: dict[str, list[C]] = {}
    for cue in cues:
        found.setdefault(cue.words[0], []).append(cue)
    return MappingProxyType({word: tuple(sorted(below, key=lambda cue: -len(cue.words))) for word, below in found.items()})


def load_light_verbs() -> Mapping[str, LightVerb]:
    """Light verbs by their words joined by a space ("carry out")."""
    found: dict[str, LightVerb] = {}
    for row, where in _rows("light_verbs.yaml", load_yaml("light_verbs.yaml"), ("subject", "told_as", "phase")):
        side: Side = one_of(row.get("subject"), get_args(Side), "subject", where)  # type: ignore[assignment]
        for words in _words(row, where):
            name = " ".join(words)
            if name in found:
                raise KnowledgeError(f"{where}: {name!r} is there twice")
            found[name] = LightVerb(words, side, _told(row, "told_as", where), _maybe(row, "phase", get_args(Phase), where))
    return MappingProxyType(found)


def load_reporting() -> Reporting:
    cues = ("verbs", "phrases", "adverbs", "passives", "nouns")
    nouns = ("evidence", "speakers", "media")
    content = known_keys(load_yaml("reporting.yaml"), cues + nouns, "reporting.yaml")
    spoken = {section: by_first_word(_reporting_cues(content[section], section)) for section in cues}
    named = {section: by_first_word(_source_nouns(content[section], section)) for section in nouns}
    return Reporting(**spoken, evidence=named["evidence"], speakers=named["speakers"], media=named["media"])


def _reporting_cues(rows: Any, section: str) -> Iterator[ReportingCue]:
    for row, where in _rows(f"reporting.yaml, {section}", rows, ("kind", "source", "stance", "told_as", "alleged", "channel")):
        kind: Kind = one_of(row.get("kind"), get_args(Kind), "kind", where)  # type: ignore[assignment]
        source: Where = one_of(row.get("source", "subject"), get_args(Where), "source", where)  # type: ignore[assignment]
        stance: Stance = one_of(row.get("stance", "asserts"), get_args(Stance), "stance", where)  # type: ignore[assignment]
        channel = _maybe(row, "channel", get_args(Channel), where)
        for words in _words(row, where):
            yield ReportingCue(words, kind, source, stance, _told(row, "told_as", where), bool(row.get("alleged", False)), channel)


def _source_nouns(rows: Any, section: str) -> Iterator[SourceNoun]:
    for row, where in _rows(f"reporting.yaml, {section}", rows, ("kind", "channel")):
        kind: SourceKind = one_of(row.get("kind"), get_args(SourceKind), "kind", where)  # type: ignore[assignment]
        for words in _words(row, where):
            yield SourceNoun(words, kind, _maybe(row, "channel", get_args(Channel), where))


def load_telling() -> Telling:
    return Telling(by_first_word(_telling_cues()))


def _telling_cues() -> Iterator[TellingCue]:
    for row, where in _rows("telling.yaml", load_yaml("telling.yaml"), ("governs", "told_as", "negated", "background")):
        governs: Governs = one_of(row.get("governs"), get_args(Governs), "governs", where)  # type: ignore[assignment]
        told, negated, past = _told(row, "told_as", where), _told(row, "negated", where), bool(row.get("background", False))
        for words in _words(row, where):
            yield TellingCue(words, governs, told, negated, past)


def _rows(name: str, rows: Any, keys: tuple[str, ...]) -> Iterator[tuple[Mapping[str, Any], str]]:
    if not isinstance(rows, list):
        raise KnowledgeError(f"{name}: must be a list of blocks")
    for number, row in enumerate(rows, 1):
        where = f"{name}, block {number}"
        yield known_keys(row, ("words", *keys), where), where


def _words(row: Mapping[str, Any], where: str) -> Iterator[tuple[str, ...]]:
    for word in word_list(row.get("words"), "words", where):
        yield from spellings(word)


def _told(row: Mapping[str, Any], key: str, where: str) -> ToldAs | None:
    told: ToldAs | None = _maybe(row, key, get_args(ToldAs), where)
    return told


def _maybe(row: Mapping[str, Any], key: str, allowed: tuple[str, ...], where: str) -> Any:
    return None if row.get(key) is None else one_of(row[key], allowed, key, where)
