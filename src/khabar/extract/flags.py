"""Flags: grave violations and protection concerns, with the words that raise them."""

from __future__ import annotations

from collections.abc import Iterable

from khabar.extract.draft import Draft, Role
from khabar.knowledge.protection import protection
from khabar.records import Flag, Span, Value


def mark(draft: Draft) -> None:
    """Add every flag whose rule the draft meets. A flag says what the words raise, not that it is so."""
    for rule in protection():
        if draft.type not in rule.types:
            continue
        span = _hit(rule.victims, (*draft.targets, *draft.actors) if rule.either else draft.targets)
        if span is not None:
            draft.flags.append(Value(Flag(rule.kind, span), span, because=f"flags.{rule.kind}"))


def _hit(words: frozenset[str], roles: Iterable[Role]) -> Span | None:
    for role in roles:
        token = role.phrases.core(role.token)
        if token.lemma.lower() in words or token.lower in words:
            return role.phrases.span(role.token)
        for child in role.sentence.dependents(token, "compound", "amod"):
            if child.lemma.lower() in words:
                return role.phrases.span(role.token)
    return None
