from __future__ import annotations

import pytest

from khabar.annotate.fake import FakeNewsreader, mentions_from_conllu, sentences_from_conllu, text_from_conllu
from khabar.records import Document, Reading, Span, Value, Zone
from khabar.seams import Newsreader

CONLLU = """
1 Rebels rebel NOUN NNS Number=Plur 2 nsubj _ _
2 took take VERB VBD Tense=Past 0 root _ _
3 Dela Dela PROPN NNP _ 2 obj _ Name=B-LOC|SpaceAfter=No
4 . . PUNCT . _ 2 punct _ _

# newpar
1 They they PRON PRP _ 2 nsubj _ _
2 fled flee VERB VBD _ 0 root _ SpaceAfter=No
3 . . PUNCT . _ 2 punct _ _
"""


def test_sentences_and_names_from_conllu() -> None:
    text = text_from_conllu(CONLLU)
    assert text == "Rebels took Dela.\n\nThey fled."
    first, second = sentences_from_conllu(CONLLU)
    assert [t.span.of(text) for t in first.tokens] == ["Rebels", "took", "Dela", "."]
    assert (first.root.lemma, [t.text for t in first.dependents(first.root, "nsubj")]) == ("take", ["Rebels"])
    assert first.tokens[1].has("Tense=Past")
    assert (second.span, second.index, second.paragraph) == (Span(19, 29), 1, 1)
    assert [(m.text, m.kind, m.sentence) for m in mentions_from_conllu(CONLLU)] == [("Dela", "LOC", 0)]


def test_the_fake_reads_a_document_that_holds_its_words() -> None:
    text = "date 2021-01-02 Rebels  took\nDela. They fled."
    zones = (Zone("header", Span(0, 16)), Zone("headline", Span(16, 34)))
    fake = FakeNewsreader(CONLLU)
    assert isinstance(fake, Newsreader)
    (reading,) = fake.pipe([Reading(Document("1", "one", text, Value.unknown("none"), zones))])
    assert [(s.span.of(text), s.zone) for s in reading.sentences] == [("Rebels  took\nDela.", "headline"), ("They fled.", "body")]


def test_words_that_do_not_follow_are_an_error() -> None:
    with pytest.raises(ValueError, match="Rebels"):
        sentences_from_conllu(CONLLU, "They fled.")
    with pytest.raises(ValueError, match="10 fields"):
        sentences_from_conllu("1 Rebels rebel")
