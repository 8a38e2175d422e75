"""Names put right before they are read: the newsreader is unsure of names it never saw, the registers are not.

A lone word marked as a person or body that no register of actors knows, that is nobody's surname in the report, and that
the gazetteer has as a place, is a place. A lone word marked as a place that is set beside "a resident" or "the mayor"
is a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from khabar.knowledge.actors import register
from khabar.knowledge.gazetteer import gazetteer
from khabar.knowledge.ontology import ontology
from khabar.records import Mention, Sentence, Token

_UNSURE = frozenset({"PERSON", "ORG", "GROUP", "MISC"})


def corrected(mentions: Iterable[Mention], sentences: Sequence[Sentence] = ()) -> tuple[Mention, ...]:
    """The mentions of a report, with lone names that must be places or persons marked so."""
    mentions = tuple(mentions)
    beside = {(s.index, t.span.start) for s in sentences for t in s.tokens if _is_beside_somebody(s, t)}
    lone = (m for m in mentions if m.kind in {"GPE", "LOC"} and " " not in m.text)
    somebody = {m.text for m in lone if (m.sentence, m.span.start) in beside}
    mentions = tuple(replace(m, kind="PERSON") if m.text in somebody else m for m in mentions)
    surnames = {part for m in mentions if m.kind == "PERSON" for part in m.text.split()[1:]}
    first_names = {m.text.split()[0] for m in mentions if m.kind == "PERSON" and " " in m.text}
    places = {m.text for m in mentions if m.kind in {"LOC", "GPE", "FAC"}}
    return tuple(_corrected(m, surnames | first_names | somebody, places) for m in mentions)


def _is_beside_somebody(sentence: Sentence, token: Token) -> bool:
    """ "A resident, Karim, said": set beside a word for a person."""
    above = sentence.head(token)
    return token.rel == "appos" and above.pos == "NOUN" and bool(ontology().classes_of(above.lemma.lower()) & _PEOPLE)


_PEOPLE = frozenset({"person", "officials", "civilians", "someone", "armed", "police"})


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
