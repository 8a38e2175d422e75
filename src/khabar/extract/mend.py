"""Small repairs of trees before they are read: attachments that English grammar rules out, whatever the parser preferred.

Each repair is a rule of grammar and not of a word, and touches heads and relations only; the text and its spans stay.
"""

from __future__ import annotations

from dataclasses import replace

from khabar.records import Sentence, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_NOT_FINITE = frozenset({"VB", "VBG", "VBN"})


def mended(sentence: Sentence) -> Sentence:
    """The sentence with its impossible attachments put right; itself where there are none."""
    changes = {t.i: new for t in sentence.tokens if (new := _finite_conjunct(sentence, t)) is not None}
    if not changes:
        return sentence
    return replace(sentence, tokens=tuple(changes.get(t.i, t) for t in sentence.tokens))


def _finite_conjunct(sentence: Sentence, token: Token) -> Token | None:
    """ "urged them to surrender and blamed …": a finite verb is joined to a finite verb, not to an infinitive."""
    if token.base_rel != "conj" or token.tag not in _FINITE:
        return None
    joined = sentence.head(token)
    if joined.tag not in _NOT_FINITE or joined.pos != "VERB" or _has_finite_auxiliary(sentence, joined):
        return None
    if any(t.base_rel in {"nsubj", "aux"} for t in sentence.dependents(token)):
        return None
    finite = next((t for t in sentence.ancestors(joined) if t.tag in _FINITE or _has_finite_auxiliary(sentence, t)), None)
    return replace(token, head=finite.i) if finite is not None and finite.i < token.i else None


def _has_finite_auxiliary(sentence: Sentence, verb: Token) -> bool:
    return any(t.tag in _FINITE or t.tag == "MD" for t in sentence.dependents(verb, "aux", "aux:pass", "cop"))
