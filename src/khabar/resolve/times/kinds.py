"""What kind of event a type is, as far as its time goes: a state that lasts, an act of speaking, or a deed."""

from __future__ import annotations

from khabar.knowledge.ontology import ontology

MEETINGS = frozenset({"CONSULT", "AGREE"})  # PLOVER types that are spoken, but are events with a day of their own


def is_state(type: str | None) -> bool:
    known = ontology().types.get(type or "")
    return known is not None and known.state


def is_speech(type: str | None) -> bool:
    """A call, threat or condemnation: said of an event, so between it and publication where no day is named."""
    known = ontology().types.get(type or "")
    return known is not None and known.speech and known.plover not in MEETINGS


def is_deed(type: str | None) -> bool:
    known = ontology().types.get(type or "")
    return known is not None and not known.state and not known.speech
