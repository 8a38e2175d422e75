"""The scores are those of the CoNLL 2018 shared task, checked on two sentences that are counted by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc
from test_corpus import CONLLU
from training.measure import f1, raw

from khabar.annotate.pipeline import STRETCHES, NewsTokenizer


class FourthWordGoverns:
    """Hangs every word of a sentence on its fourth as an object."""

    def pipe(self, docs: Iterable[Doc]) -> Iterator[Doc]:
        for doc in docs:
            for stretch in doc.user_data[STRETCHES]:
                top = doc[stretch.first + 3]
                for token in doc[stretch.first : stretch.last]:
                    token.head, token.dep_ = top, "root" if token.i == top.i else "obj"
            yield doc


def test_figures_from_raw_text(tmp_path: Path) -> None:
    path = tmp_path / "gold.conllu"
    path.write_text(CONLLU, "utf-8")
    figures = raw(FourthWordGoverns(), NewsTokenizer(spacy.blank("en").vocab), path)
    assert (figures["words"], figures["sentences"], figures["upos"]) == (100, 100, 0)
    assert figures["uas"] == f1(4 + 6, 15, 15)
    assert figures["las"] == f1(2 + 2, 15, 15)


def test_f1() -> None:
    assert f1(1, 2, 2) == 50
    assert f1(0, 0, 0) == 0
