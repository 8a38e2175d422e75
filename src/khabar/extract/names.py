"""Names put right before they are read: the newsreader is unsure of names it never saw, the registers are not.

A lone word marked as a person or body that no register of actors knows, that is nobody's surname in the report, and that
the gazetteer has as a place, is a place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from khabar.knowledge.actors import register
from khabar.knowledge.gazetteer import gazetteer
from khabar.records import Mention

_UNSURE = frozenset({"PERSON", "ORG", "MISC"})


def corrected(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions of a report, with lone names that must be places marked so."""
    mentions = tuple(mentions)
    surnames = {part for m in mentions if m.kind == "PERSON" for part in m.text.split()[1:]}
    first_names = {m.text.split()[0] for m in mentions if m.kind == "PERSON" and " " in m.text}
    places = {m.text for m in mentions if m.kind in {"LOC", "GPE", "FAC"}}
    return tuple(_corrected(m, surnames | first_names, places) for m in mentions)


def _corrected(mention: Mention, people: set[str], places: set[str]) -> Mention:
    if mention.kind not in _UNSURE or " " in mention.text or not mention.text[:1].isupper() or mention.text.isupper():
        return mention
    if mention.text in people or register().lookup(mention.text):
        return mention
    if mention.text in places or any(
        e.population or e.kind in {"province", "district", "country"} for e in gazetteer().lookup(mention.text)
    ):
        return replace(mention, kind="LOC")
    return mention
