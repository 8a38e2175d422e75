"""Statements in words. The one place that says how a thing is told and by whom, so that no view ever shows a claim as a fact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from khabar.records import Caveat, Document, Party, Source, Statement, Values
from khabar.serve.slots import places_in_words, quantities_in_words
from khabar.serve.wording import Wording, wording_of

OWN_VOICE = "own voice"
UNKNOWN_SOURCE = "unknown source"
Standing = Literal["narrated", "claimed", "not-happened", "denied", "planned", "conditional", "possible", "unclear"]

_LABELS: dict[Standing, tuple[str, str]] = {
    "narrated": ("✓", "happened"),
    "claimed": ("❝", "claimed"),
    "not-happened": ("✗", "did not happen"),
    "denied": ("✗", "denied"),
    "planned": ("▷", "planned"),
    "conditional": ("⑂", "conditional"),
    "possible": ("?", "possible"),
    "unclear": ("·", "telling unclear"),
}
_CAVEATS = {"unverified": "not verified", "declined": "declined to comment", "no-response": "no response"}
STANDINGS: tuple[Standing, ...] = tuple(_LABELS)


@dataclass(frozen=True, slots=True)
class Telling:
    """How a statement is told: `standing` for filters and colours, a one-character `mark`, and a `label` to read.

    Only `narrated` is the report's own word that something happened.
    """

    standing: Standing
    mark: str
    label: str


def label_of(standing: Standing) -> str:
    """What a way of telling is called, where there is no statement at hand (filters, legends)."""
    return "claimed or said" if standing == "claimed" else _LABELS[standing][1]


def mark_of(standing: Standing) -> str:
    return _LABELS[standing][0]


def telling_of(statement: Statement) -> Telling:
    """How the happening is told. What a source says is never `narrated`, nor is a telling that is not known."""
    standing = _standing(statement)
    mark, label = _LABELS[standing]
    if standing == "claimed":
        label = _saying(statement)
    return Telling(standing, mark, label)


def in_own_voice(statement: Statement) -> bool:
    """Whether the report says so itself: no source is given, not even one that nobody could name or one called "own voice"."""
    return not statement.sources.items


def voice_of(statement: Statement) -> str:
    """Who says so, innermost first: "Taliban (Mujahid, tweet), via state TV (broadcast)", or "own voice"."""
    named = (source_in_words(s.value) if s.value else UNKNOWN_SOURCE for s in statement.sources.items)
    return ", via ".join(named) or OWN_VOICE


def attribution_of(statement: Statement) -> str:
    """The voice with its verb: "claimed by Taliban (Mujahid, tweet)", "denied by …", "own voice"."""
    if in_own_voice(statement):
        return OWN_VOICE
    verb = "denied" if statement.stance.value == "denies" else _saying(statement)
    return f"{verb} by {voice_of(statement)}"


def source_in_words(source: Source) -> str:
    """A voice by the party that it speaks for: "Taliban (Mujahid, spokesman, tweet)"."""
    first = source.affiliation or source.name or "unnamed source"
    channel = None if source.channel and source.channel in source.name.casefold() else source.channel
    rest = [source.name, source.role, channel]
    inside = ", ".join(dict.fromkeys(r for r in rest if r and r.casefold() != first.casefold()))
    return f"{first} ({inside})" if inside else first


def outlet_of(document: Document) -> str | None:
    """The outlet that published the report, where it is known."""
    return next((s.publisher for s in document.sightings if s.publisher), None)


def sentence_of(statement: Statement, *, outlet: str | None = None) -> str:
    """The whole statement with its voice: "Taliban (Mujahid, tweet): took Banu".

    The outlet, where it is given, is the last voice of every chain: "…, in Tarn Post", or "Tarn Post, own voice".
    """
    if in_own_voice(statement):
        voice = f"{outlet}, {OWN_VOICE}" if outlet else OWN_VOICE
    else:
        voice = f"{voice_of(statement)}, in {outlet}" if outlet else voice_of(statement)
    if statement.stance.value == "denies":
        voice += ", in denial"
    return f"{voice}: {content_of(statement, within_voice=True)}"


def content_of(statement: Statement, *, within_voice: bool = False) -> str:
    """What is said to have happened, telling included ("to take", "may have taken", "did not take"), without its voice.

    Never show this alone. With `within_voice`, an actor who is the speaker's own party is left out, as readers expect.
    """
    wording = wording_of(statement.type.value or "event of unknown type")
    actors = party_names(statement.actors)
    verb = bool(actors)
    told = _verb_phrase(statement, wording) if verb else _noun_phrase(statement, wording)
    subject = "" if not verb or (within_voice and _speaks_of_itself(statement)) else actors
    where = _objects(statement, wording, verb=verb)
    numbers = quantities_in_words(statement.quantities)
    asked = ", if a condition is met" if statement.told_as.value == "conditional" else ""
    counted = "; number told: " if statement.told_as.value == "not-happened" else ": "
    return " ".join(part for part in (subject, told, where) if part) + asked + (f"{counted}{numbers}" if numbers else "")


def caveat_in_words(caveat: Caveat, document: Document) -> str:
    """A reservation of the report: "could not be verified: “…” (Karsa Army)"."""
    speaker = f" ({source_in_words(caveat.speaker)})" if caveat.speaker else ""
    return f"{_CAVEATS[caveat.kind]}: “{caveat.span.of(document.text)}”{speaker}"


def party_names(parties: Values[Party]) -> str:
    """ "A, B and C", an alleged party marked as such; empty where there is none."""
    return _listed(dict.fromkeys(f"{p.name} (alleged)" if p.alleged else p.name for p in parties))


def speaks_for_a_party(statement: Statement) -> bool:
    """Whether the innermost voice is, or speaks for, somebody who takes part: a party to it is no independent witness."""
    voice = statement.sources.first
    if voice is None:
        return False
    names = {n.casefold() for n in (voice.name, voice.affiliation, voice.actor) if n}
    return any(p.name.casefold() in names or (p.actor or "").casefold() in names for p in (*statement.actors, *statement.targets))


def _standing(statement: Statement) -> Standing:
    told = statement.told_as.value
    if told is None:
        return "unclear"
    if statement.stance.value == "denies":
        return "denied"
    if told == "happened":
        return "narrated" if in_own_voice(statement) else "claimed"
    return told


def _saying(statement: Statement) -> str:
    """The verb of a voice: a party to the event claims, others say, witnesses see, records and media report."""
    voice = statement.sources.first
    kind = voice.kind if voice else "speaker"
    if kind == "speaker":
        return "claimed" if speaks_for_a_party(statement) else "said"
    return {"witness": "witnessed", "record": "recorded", "carrier": "reported"}[kind]


def _speaks_of_itself(statement: Statement) -> bool:
    voice, actors = statement.sources.first, tuple(statement.actors)
    if voice is None or len(actors) != 1 or actors[0].alleged:
        return False
    return actors[0].name.casefold() == (voice.affiliation or voice.name).casefold()


def _verb_phrase(statement: Statement, wording: Wording) -> str:
    alone = not len(statement.targets)
    did, do = (wording.did_alone, wording.do_alone) if alone else (wording.did, wording.do)
    told = statement.told_as.value
    if told is None:
        return f"(telling unclear) {did}"
    return {
        "happened": did,
        "not-happened": f"did not {do}",
        "planned": f"to {do}",
        "conditional": f"would {do}",
        "possible": f"possibly {did}" if _is_dated(statement) else f"may {do}",
    }[told]


def _noun_phrase(statement: Statement, wording: Wording) -> str:
    told = statement.told_as.value
    if told is None:
        return f"(telling unclear) {wording.noun}"
    before = {"happened": "", "not-happened": "no ", "planned": "planned ", "conditional": "", "possible": "possible "}[told]
    return before + wording.noun


def _is_dated(statement: Statement) -> bool:
    when = statement.when.value
    return when is not None and when.basis != "convention"


def _objects(statement: Statement, wording: Wording, *, verb: bool) -> str:
    targets, places = party_names(statement.targets), places_in_words(statement.places)
    to_target = wording.target if verb else wording.noun_target
    to_place = wording.place if verb else wording.noun_place
    if verb and not targets:
        to_place = wording.place_alone
    if wording.loser and places and targets and all(p.kind != "unknown" for p in statement.targets):
        return _joined(wording.place_alone if verb else to_place, places, wording.loser, targets)
    if targets and not verb and to_place == to_target:
        to_place = "in"
    return _joined(to_target, targets, to_place, places)


def _joined(to_first: str, first: str, to_second: str, second: str) -> str:
    pairs = ((to_first, first), (to_second, second))
    linked = (words if link == "in" and words.startswith("near ") else f"{link} {words}".strip() for link, words in pairs if words)
    return " ".join(linked)


def _listed(names: Iterable[str]) -> str:
    *most, last = list(names) or [""]
    return f"{', '.join(most)} and {last}" if most else last
