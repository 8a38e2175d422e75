"""From a draft to the frozen record: names for phrases, spans for every field, reasons for what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from khabar.extract.draft import Draft, Role
from khabar.extract.reference import Reference, first_person, is_reference
from khabar.records import Document, Party, Place, Quantity, Statement, Token, Value, Values, When, statement_id


def statement(draft: Draft, document: Document, reference: Reference, ordinal: int) -> Statement:
    """The record of a draft. Times and coordinates are unknown here, and say that the next stages read them."""
    when: Value[When] = Value.unknown("no time was read yet", because="extract")
    return Statement(
        id=statement_id(document.id, draft.span, ordinal),
        document=document.id,
        trigger=draft.span,
        ordinal=ordinal,
        evidence=draft.sentence.span,
        type=Value(draft.type, draft.type_span or draft.span, because=draft.type_because),
        actors=_parties(draft, "actors", document, reference, "nobody is named as doing it"),
        targets=_parties(draft, "targets", document, reference, "nobody is named as undergoing it"),
        places=_places(draft, document),
        when=when,
        told_as=draft.told_as,
        background=draft.background,
        sources=Values(tuple(draft.sources), None if draft.sources else "told in the report's own voice"),
        stance=draft.stance,
        quantities=Values(tuple(_with_words(q, document) for q in draft.quantities)),
        flags=Values(tuple(draft.flags)),
    )


def _parties(draft: Draft, side: Literal["actors", "targets"], document: Document, reference: Reference, missing: str) -> Values[Party]:
    items = []
    for role in getattr(draft, side):
        name, why = _name(draft, role, document, reference)
        span = role.phrases.span(role.token)
        items.append(Value(Party(span, name, alleged=role.alleged), span, because=f"roles.{draft.rule.frame}: {role.because}{why}"))
    earlier = draft.inherited
    if earlier is not None and side == "actors" and not items:
        for role in getattr(earlier, side):
            name, _ = _name(earlier, role, document, reference)
            because = f"reference.event: “{draft.head.text}” refers back to “{earlier.head.text}”"
            items.append(Value(Party(None, name, alleged=role.alleged), None, because=because, confidence=0.6))
    return Values(tuple(items), None if items else missing)


def _name(draft: Draft, role: Role, document: Document, reference: Reference) -> tuple[str, str]:
    """What a party is called: its own words, or those of whom a pronoun stands for, also where it only owns ("its forces")."""
    known = _stands_for(draft, role, role.token, reference)
    if known is not None:
        return known
    owner = next(iter(role.sentence.dependents(role.token, "nmod:poss")), None)
    if owner is not None and "armed" in role.phrases.classes(role.token):
        known = _stands_for(draft, role, owner, reference)
        if known is not None:
            name, why = known
            return f"{name} {role.token.text}", why
    return role.phrases.words(role.token, document.text), ""


def _stands_for(draft: Draft, role: Role, token: Token, reference: Reference) -> tuple[str, str] | None:
    """Whom a pronoun or a description stands for, and why; None where the word is no reference or its antecedent is not near."""
    if first_person(token) and draft.sources:
        speaker = draft.sources[0].value
        if speaker is not None:
            return speaker.affiliation or speaker.name, f"; “{token.text}” is the speaker's party"
    entity = reference.resolve(role.phrases, token) if is_reference(token) else None
    return (entity.name, f"; reference.nearest: “{token.text}” stands for “{entity.name}”") if entity is not None else None


def _places(draft: Draft, document: Document) -> Values[Place]:
    items = []
    for role in draft.places:
        mention = role.phrases.mention(role.token)
        span = mention.span if mention is not None else role.phrases.span(role.token)
        name = " ".join(span.of(document.text).split())
        items.append(Value(Place(span, name), span, because=f"roles.{draft.rule.frame}: {role.because}"))
    return Values(tuple(items), None if items else "no place is named in its clause")


def _with_words(value: Value[Quantity], document: Document) -> Value[Quantity]:
    quantity = value.value
    if quantity is None or quantity.span is None:
        return value
    return replace(value, value=replace(quantity, words=quantity.span.of(document.text)))
