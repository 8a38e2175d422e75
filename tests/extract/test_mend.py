"""Repairs of trees: whatever a parser gives, what comes out is a tree over the same words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from khabar.extract.mend import mended
from khabar.records import Sentence, Span, Token

WORDS = (
    ("rebels", "rebel", "NOUN", "NNS"),
    ("army", "army", "NOUN", "NN"),
    ("said", "say", "VERB", "VBD"),
    ("says", "say", "VERB", "VBZ"),
    ("adding", "add", "VERB", "VBG"),
    ("burned", "burn", "VERB", "VBD"),
    ("killed", "kill", "VERB", "VBN"),
    ("plan", "plan", "NOUN", "NN"),
    ("withdraw", "withdraw", "VERB", "VB"),
    ("where", "where", "ADV", "WRB"),
    ("by", "by", "ADP", "IN"),
    (",", ",", "PUNCT", ","),
    (";", ";", "PUNCT", ":"),
)
RELS = ("nsubj", "obj", "ccomp", "conj", "advcl", "acl", "parataxis", "nmod", "compound", "case", "punct", "aux:pass", "xcomp")


@st.composite
def sentences(draw: st.DrawFn) -> Sentence:
    size = draw(st.integers(2, 12))
    order = draw(st.permutations(range(size)))
    tokens: dict[int, Token] = {}
    at = 0
    heads = {order[0]: order[0]} | {order[n]: order[draw(st.integers(0, n - 1))] for n in range(1, size)}
    for i in range(size):
        text, lemma, pos, tag = draw(st.sampled_from(WORDS))
        rel = "root" if heads[i] == i else draw(st.sampled_from(RELS))
        tokens[i] = Token(i, Span(at, at + len(text)), text, lemma, pos, tag, "", heads[i], rel)
        at += len(text) + 1
    return Sentence(0, Span(0, at), tuple(tokens[i] for i in range(size)))


@given(sentences())
def test_repairs_leave_a_tree_over_the_same_words(sentence: Sentence) -> None:
    after = mended(sentence)
    assert [(t.text, t.span) for t in after.tokens] == [(t.text, t.span) for t in sentence.tokens]
    for token in after.tokens:
        seen = {token.i}
        while token.head != token.i:
            token = after.tokens[token.head]
            assert token.i not in seen
            seen.add(token.i)
