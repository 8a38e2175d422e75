"""From spaCy's Doc to khabar's own frozen records; the one place that knows both."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc
from spacy.tokens import Token as SpacyToken

from khabar.annotate.sentences import Stretch
from khabar.annotate.words import is_word
from khabar.records import Mention, MentionKind, Sentence, Span, Token

_KINDS: dict[str, MentionKind] = {
    "PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "GPE": "GPE", "LOC": "LOC", "FAC": "FAC", "NORP": "NORP",
    "GROUP": "GROUP", "MISC": "MISC", "EVENT": "MISC", "LAW": "MISC", "PRODUCT": "MISC", "WORK_OF_ART": "MISC",
}  # fmt: skip


def word_spans(doc: Doc) -> list[tuple[int, int]]:
    """Offsets of the tokens that are words, and not white space."""
    return [(t.idx, t.idx + len(t)) for t in doc if is_word(t.text)]


def mark_starts(doc: Doc, stretches: Sequence[Stretch]) -> None:
    """Set our sentence borders on a Doc before it is parsed; spaCy's parsers keep to them."""
    tokens = [t for t in doc if is_word(t.text)]
    for stretch in stretches:
        for k in range(stretch.first, stretch.last):
            tokens[k].is_sent_start = k == stretch.first


def sentences(doc: Doc, text: str, stretches: Sequence[Stretch]) -> tuple[Sentence, ...]:
    """One sentence for each stretch, with a tree of one root.

    `text` is the document's, which the Doc may hold only in part or with its unreadable characters replaced.
    """
    tokens = [t for t in doc if is_word(t.text)]
    return tuple(_sentence(index, stretch, tokens[stretch.first : stretch.last], text) for index, stretch in enumerate(stretches))


def mentions(doc: Doc, text: str, sentences: Sequence[Sentence]) -> tuple[Mention, ...]:
    """The names that lie within one sentence, of the kinds that khabar knows (dates and amounts are no names)."""
    found: list[Mention] = []
    at = 0
    for ent in doc.ents:
        kind = _KINDS.get(ent.label_)
        span = Span(ent.start_char, ent.end_char)
        while at < len(sentences) and sentences[at].span.end <= span.start:
            at += 1
        if kind is not None and at < len(sentences) and sentences[at].span.contains(span):
            found.append(Mention(span, kind, span.of(text), at))
    return tuple(found)


def _sentence(index: int, stretch: Stretch, tokens: Sequence[SpacyToken], text: str) -> Sentence:
    number = {token.i: k for k, token in enumerate(tokens)}
    heads = [number.get(token.head.i, k) for k, token in enumerate(tokens)]
    relations = [token.dep_ or "dep" for token in tokens]
    roots = [k for k, head in enumerate(heads) if head == k]
    top = next((k for k in roots if relations[k].lower() == "root"), roots[0])
    for k in roots:
        heads[k], relations[k] = (k, "root") if k == top else (top, "parataxis")
    return Sentence(
        index,
        stretch.span,
        tuple(_token(k, token, heads[k], relations[k], text) for k, token in enumerate(tokens)),
        stretch.zone,
        stretch.paragraph,
    )


def _token(i: int, token: SpacyToken, head: int, relation: str, text: str) -> Token:
    span = Span(token.idx, token.idx + len(token))
    return Token(i, span, span.of(text), token.lemma_, token.pos_, token.tag_, str(token.morph), head, relation)
