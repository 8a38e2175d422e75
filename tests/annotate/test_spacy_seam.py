"""Another spaCy pipeline in the newsreader's place."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from khabar.annotate.pipeline import build
from khabar.annotate.stage import SpacyNewsreader, foreign_newsreader, khabar_newsreader, spacy_newsreader
from khabar.errors import ModelError
from khabar.records import Document, Reading, Value
from khabar.run.pipeline import assemble
from khabar.settings import Settings


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
    with pytest.raises(ModelError, match="no newsreader is called 'no_such_package'"):
        spacy_newsreader("no_such_package")
    spacy.blank("en").to_disk(tmp_path / "blank")  # type: ignore[operator]
    with pytest.raises(ModelError, match="Universal Dependencies"):
        spacy_newsreader(str(tmp_path / "blank"))  # type: ignore[operator]


def test_our_own_is_a_spacy_pipeline_like_any_other(tmp_path: Path) -> None:
    nlp = build()
    nlp.to_disk(tmp_path / "saved")
    loaded = spacy.load(tmp_path / "saved")
    text = "They left Dela. Rebels of the Dela Front seized the town of Anba on Monday."
    ours, again = nlp(text), loaded(text)
    assert [(t.text, t.pos_, t.lemma_, t.dep_, t.head.i, t.ent_type_) for t in ours] == [
        (t.text, t.pos_, t.lemma_, t.dep_, t.head.i, t.ent_type_) for t in again
    ]
    assert [sentence.text for sentence in ours.sents] == ["They left Dela.", "Rebels of the Dela Front seized the town of Anba on Monday."]


def test_a_saved_pipeline_serves_by_its_folder(tmp_path: Path) -> None:
    nlp = build()
    nlp.to_disk(tmp_path / "saved")
    reader = assemble(Settings(newsreader=str(tmp_path / "saved"))).newsreader
    reading = reader(Reading(Document("1", "one", "They left Dela.", Value.unknown("none"))))
    assert [s.root.text for s in reading.sentences] == ["left"]
    assert (reader.name, reader.digest) == ("saved", khabar_newsreader().digest)
    (tmp_path / "saved" / "meta.json").write_text("{}", "utf-8")
    with pytest.raises(ModelError, match="no pipeline that spaCy can load"):
        foreign_newsreader(str(tmp_path / "saved"))


def test_a_foreign_pipeline_is_known_by_its_content(tmp_path: Path) -> None:
    for folder, relation in (("one", "nsubj"), ("other", "nsubj:pass")):
        nlp = spacy.blank("en")
        parser = nlp.add_pipe("parser")
        for label in ("nsubj", "obl", "nmod", relation):
            parser.add_label(label)  # type: ignore[attr-defined]
        nlp.initialize()
        nlp.to_disk(tmp_path / folder)
    one, other = (foreign_newsreader(str(tmp_path / folder)).digest for folder in ("one", "other"))
    assert one != other
    assert foreign_newsreader(str(tmp_path / "one")).digest == one


class ParsesWhileItCuts:
    """A tokenizer that answers with a parsed Doc, as Stanza's does."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        forms = text.split(" ")
        heads = [max(0, k - 1) for k in range(len(forms))]
        return Doc(self.vocab, words=forms, heads=heads, deps=["root" if k == 0 else "obj" for k in range(len(forms))])


def test_a_tokenizer_that_parses_is_taken_at_its_word() -> None:
    nlp = spacy.blank("en")
    nlp.tokenizer = ParsesWhileItCuts(nlp.vocab)
    found = SpacyNewsreader(nlp, name="parses", digest="1")(Reading(Document("1", "one", "They left . We fled .", Value.unknown("none"))))
    assert [[(t.text, t.rel) for t in s.tokens] for s in found.sentences] == [
        [("They", "root"), ("left", "obj"), (".", "obj")], [("We", "root"), ("fled", "obj"), (".", "obj")],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "told"),
    [("stanza:en", "pip install spacy-stanza"), ("nobody", "none of the plug-ins"), ("rich", "no installed spaCy pipeline")],
)
def test_what_is_not_installed_is_said(name: str, told: str) -> None:
    with pytest.raises(ModelError, match=told):
        assemble(Settings(newsreader=name))
