"""Another spaCy pipeline in the newsreader's place."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from khabar.annotate.stage import SpacyNewsreader, spacy_newsreader
from khabar.errors import ModelError
from khabar.records import Document, Reading, Value


@Language.component("tests_chain_parser")
def chain_parser(doc: Doc) -> Doc:
    """Each word hangs on the one before it, across sentences too; every capital is the name of a place, every number a sum."""
    starts = {token.i for token in doc if token.is_sent_start}
    for token in doc:
        token.head, token.dep_ = doc[max(0, token.i - 1)], "nsubj"
        token.lemma_ = "start" if token.i in starts else "go on"
    doc.ents = [Span(doc, t.i, t.i + 1, "GPE" if t.is_title else "MONEY") for t in doc if t.is_title or t.is_digit]
    return doc


@pytest.fixture
def foreign() -> SpacyNewsreader:
    nlp = spacy.blank("en")
    nlp.add_pipe("tests_chain_parser")
    return SpacyNewsreader(nlp, name="chain", digest="1")


def test_its_trees_are_cut_at_our_borders(foreign: SpacyNewsreader) -> None:
    text = "They left  Dela.\n\nWe fled 5 miles."
    found = foreign(Reading(Document("1", "one", text, Value.unknown("none"))))
    assert [s.span.of(text) for s in found.sentences] == ["They left  Dela.", "We fled 5 miles."]
    first = found.sentences[0]
    assert [(t.text, t.lemma, t.head, t.rel) for t in first.tokens] == [
        ("They", "start", 0, "root"), ("left", "go on", 0, "nsubj"), ("Dela", "go on", 0, "parataxis"), (".", "go on", 2, "nsubj"),
    ]  # fmt: skip
    assert [(m.text, m.kind, m.sentence) for m in found.mentions] == [("They", "GPE", 0), ("Dela", "GPE", 0), ("We", "GPE", 1)]


def test_packages_that_cannot_serve_are_refused(tmp_path: object) -> None:
    with pytest.raises(ModelError, match="pip install no_such_package"):
        spacy_newsreader("no_such_package")
    spacy.blank("en").to_disk(tmp_path / "blank")  # type: ignore[operator]
    with pytest.raises(ModelError, match="Universal Dependencies"):
        spacy_newsreader(str(tmp_path / "blank"))  # type: ignore[operator]
