"""Who a party turned out to be."""

from __future__ import annotations

from dataclasses import dataclass

from khabar.records import Actor, ActorKind, Candidate


@dataclass(frozen=True, slots=True)
class Named:
    """Who a party is: its canonical name, or its own words where the register does not know it, and by which rule."""

    name: str
    actor: Actor | None
    kind: ActorKind
    because: str
    candidates: tuple[Candidate, ...] = ()


def of_actor(actor: Actor, because: str, candidates: tuple[Candidate, ...] = ()) -> Named:
    return Named(actor.name, actor, actor.kind, because, candidates)
