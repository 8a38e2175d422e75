"""Who: a register's entries, and parties and sources as statements hold them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from khabar.records.value import Span

ActorKind = Literal[
    "state", "military", "police", "government", "armed-group", "militia", "political", "international", "aid",
    "media", "people", "civilians", "company", "person", "unknown",
]  # fmt: skip
SourceKind = Literal["speaker", "witness", "record", "carrier"]
Channel = Literal[
    "statement", "tweet", "interview", "op-ed", "broadcast", "press conference", "media report", "document", "footage", "witness",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tenure:
    """From when to when something held; None is open or unknown."""

    start: date | None = None
    end: date | None = None

    def covers(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's place in a body, or a body's in another: `role` is the title where there is one."""

    body: str
    role: str | None = None
    tenure: Tenure = Tenure()


@dataclass(frozen=True, slots=True)
class Actor:
    """A row of the register. `country` is ISO 3166 alpha-3 of its home or main theatre; `exists` its lifetime.

    `people` (ethnic, religious) are never belligerents.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    aliases: tuple[str, ...] = ()
    exists: Tenure = Tenure()
    memberships: tuple[Membership, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """Who does it, or to whom it is done: the words, a canonical name, and the register's id where it is one of ours.

    `alleged` marks a suspected or accused party, which is never an actor plain.
    """

    span: Span | None
    name: str
    actor: str | None = None
    kind: ActorKind = "unknown"
    alleged: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A voice. `cue` is the word that marks it ("said", "according to"); `affiliation` the party it speaks for."""

    span: Span | None
    name: str
    actor: str | None = None
    role: str | None = None
    affiliation: str | None = None
    channel: Channel | None = None
    kind: SourceKind = "speaker"
    cue: Span | None = None
