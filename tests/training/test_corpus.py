"""What the newsreader is trained on, as it comes out of the files; none of the data is needed here."""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import yaml
from training.bullets import bulletins
from training.corpus import Sentence, spans, tagged, treebank
from training.kinds import add_kinds, kind_of
from training.names import apart, conll, unified
from training.own import side_by_side, with_names, with_trees
from training.windows import IGNORED, Labels, Windows, batches, padded_size

from khabar.annotate import weights
from khabar.annotate.wordpiece import WordPieces
from khabar.annotate.words import words

CONLLU = """# newdoc id = one
# newpar
# text = President Amin Toru left the United Isles.
1\tPresident\tPresident\tPROPN\tNNP\t_\t2\tnmod:desc\t_\tEntity=(1-person-new-nnnnn-cf1-2-sgl
2\tAmin\tAmin\tPROPN\tNNP\t_\t4\tnsubj\t_\t_
3\tToru\tToru\tPROPN\tNNP\t_\t2\tflat\t_\tEntity=1)
4\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
5\tthe\tthe\tDET\tDT\t_\t7\tdet\t_\tEntity=(2-place-new-nnnnn-cf2-3-sgl
6\tUnited\tunited\tADJ\tNNP\t_\t7\tamod\t_\t_
7\tIsles\tIsles\tPROPN\tNNPS\t_\t4\tobj\t_\tEntity=2)|SpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = They didn't pay the ministry.
1\tThey\tthey\tPRON\tPRP\t_\t4\tnsubj\t_\tEntity=(3-person-giv-nnnnn-cf1-1-sgl)
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tpay\tpay\tVERB\tVB\t_\t0\troot\t_\t_
5\tthe\tthe\tDET\tDT\t_\t6\tdet\t_\tEntity=(4-organization-new-nnnnn-cf1-1-sgl
6\tministry\tministry\tNOUN\tNN\t_\t4\tobj\t_\tEntity=4)|SpaceAfter=No
7\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

"""


@pytest.fixture
def gum(tmp_path: Path) -> list[Sentence]:
    path = tmp_path / "gum.conllu"
    path.write_text(CONLLU, "utf-8")
    return treebank(path, names=True)


def test_a_treebank_gives_words_trees_paragraphs_and_names(gum: list[Sentence]) -> None:
    first, second = gum
    assert (first.document, first.fresh, second.document, second.fresh) == ("one", True, "one", False)
    assert second.words == ["They", "did", "n't", "pay", "the", "ministry", "."]
    assert second.tree is not None
    assert second.tree.heads == [4, 4, 4, 0, 6, 4, 4]
    assert spans(first.names or []) == {(1, 3, "PERSON"), (5, 7, "LOC")}
    assert spans(second.names or []) == set(), "a common noun is no name"
    assert first.unmarked == {"NORP", "MISC"}


def test_tags_go_to_names_and_back() -> None:
    found = {(0, 2, "ORG"), (2, 3, "LOC")}
    assert spans(tagged(4, found)) == found
    assert spans(["I-ORG", "I-ORG", "I-LOC"]) == {(0, 2, "ORG"), (2, 3, "LOC")}, "IOB1, where a name may start with I"
    assert apart([(0, 2, "LOC"), (1, 2, "LOC"), (3, 4, "ORG")]) == [(0, 2, "LOC"), (3, 4, "ORG")]


@pytest.mark.parametrize(
    ("words", "tags", "expected"),
    [
        ("the Syrian army", ["O", "I-MISC", "O"], ["O", "B-NORP", "O"]),
        ("Loud Tour", ["B-creative-work", "I-creative-work"], ["B-MISC", "I-MISC"]),
        ("in Norway", ["O", "B-country"], ["O", "B-LOC"]),
        ("on Monday", ["O", "B-TIME"], ["O", "O"]),
    ],
)
def test_the_sets_speak_one_scheme(words: str, tags: list[str], expected: list[str]) -> None:
    assert unified(words.split(), tags) == expected


def test_a_file_of_one_word_a_line(tmp_path: Path) -> None:
    path = tmp_path / "set.conll"
    path.write_text("Toru\tB-PER\nleft\tO\n\nDela\tB-LOC\n", "utf-8")
    first, second = conll(path, ["NORP"])
    assert (first.words, first.names, second.names) == (["Toru", "left"], ["B-PERSON", "O"], ["B-LOC"])
    assert first.document != second.document


@pytest.mark.parametrize(
    ("name", "coarse", "kind"),
    [
        ("Kenya", "LOC", "GPE"),
        ("Helmand Province", "LOC", "GPE"),
        ("Kor River", "LOC", "LOC"),
        ("Dela Airport", "LOC", "FAC"),
        ("Ministry of Dela", "ORG", "ORG"),
        ("Dela Liberation Front", "ORG", "GROUP"),
        ("Boko Haram", "ORG", "GROUP"),
        ("Qwxyz", "LOC", ""),
        ("Toru", "PERSON", ""),
    ],
)
def test_finer_kinds(name: str, coarse: str, kind: str) -> None:
    assert kind_of(name.split(), coarse) == kind


def test_bulletins_mark_what_their_links_tell(tmp_path: Path) -> None:
    posts = tmp_path / "_posts"
    posts.mkdir()
    link = '[{0}](https://en.wikipedia.org/wiki/{1} "{1}")'
    body = (
        f"* Gunmen of {link.format('Boko Haram', 'Boko_Haram')} attack the {link.format('Nigerian', 'Nigeria')} town of "
        f"{link.format('Qwxyz', 'Qwxyz_(town)')}, says Amin Toru. [(BBC)](https://example.org/x)"
    )
    (posts / "2025-01-02-index.md").write_text(body + "\n", "utf-8")
    (posts / "2027-12-05-index.md").write_text(body + "\n", "utf-8")
    (sentence,) = bulletins(tmp_path)
    told = dict(zip(sentence.words, sentence.names or [], strict=True))
    assert (told["Boko"], told["Haram"], told["Nigerian"], told["town"]) == ("B-ORG", "I-ORG", "B-NORP", "O")
    assert (told["Qwxyz"], told["Amin"], told["Toru"]) == ("?-B", "?", "?"), "of an unknown kind; not known to be a name"


@pytest.fixture
def windows(gum: list[Sentence]) -> Windows:
    made = Windows(WordPieces(weights.FOLDER / weights.VOCABULARY), Labels.of([*gum, *gum]), seed=1)
    made.learn_names(gum)
    return made


def test_a_window_holds_the_sentences_of_a_document(windows: Windows, gum: list[Sentence]) -> None:
    (window,) = windows.pass_over(gum, plain=True, longest=100)
    assert window.sentence == [0, *[1] * 8, *[2] * 7]
    assert window.heads[9:] == [4 + 8, 4 + 8, 4 + 8, 0, 6 + 8, 4 + 8, 4 + 8]
    assert [k for k, start in enumerate(window.starts) if start == 1] == [9], "that a window starts with a sentence is no news"
    assert window.starts[1] == IGNORED
    labels = windows.labels.name
    assert set(np.flatnonzero(window.allowed[2])) == {labels["B-PERSON"]}
    assert {labels["O"], labels["B-NORP"]} < set(np.flatnonzero(window.allowed[4])), "GUM marks no peoples"


def test_changed_windows_keep_their_trees(windows: Windows, gum: list[Sentence]) -> None:
    for _ in range(60):
        for window in windows.pass_over(gum):
            assert len(window.first) == len(window.heads) == len(window.allowed) == len(window.kinds)
            assert max(window.heads) < len(window.first)


def test_invented_groups_stand_where_groups_stood(windows: Windows) -> None:
    sentence = Sentence(["Boko", "Haram", "fled"], "one", names=["B-ORG", "I-ORG", "O"])
    add_kinds([sentence])
    assert sentence.kinds == ["GROUP", "GROUP", ""]
    lengths = {len(w.first) for _ in range(40) for w in windows.pass_over([sentence])}
    assert len(lengths) > 1


def test_batches_are_full_and_of_one_length(windows: Windows, gum: list[Sentence]) -> None:
    made = list(batches(windows.pass_over(gum * 20, longest=1), windows.rng, 64))
    assert sum(map(len, made)) == 40
    for batch in made:
        assert len({padded_size(len(w.numbers)) for w in batch}) == 1
        assert padded_size(len(batch[0].numbers)) * len(batch) <= 64


def test_our_own_sentences_are_whole() -> None:
    trees, names = with_trees(), with_names()
    assert len(trees) >= 250
    assert len(names) >= 450
    for sentence in trees:
        assert sentence.tree is not None
        assert sentence.tree.heads.count(0) == 1
        assert [r for r, h in zip(sentence.tree.relations, sentence.tree.heads, strict=True) if not h] == ["root"]
    groups = [s for s in (*trees, *names) if "GROUP" in s.kinds]
    assert len(groups) > 300


def test_what_measures_is_not_trained_on() -> None:
    """No sentence of the tables that measure the newsreader is among those that it learns from."""
    learnt = {" ".join(s.words) for s in (*with_trees(), *with_names())}
    here = Path(__file__).parents[1] / "annotate"
    for table in ("relations", "groups"):
        for row in yaml.safe_load((here / f"{table}.yaml").read_text("utf-8")):
            assert " ".join(row["text"][a:b] for a, b in words(row["text"])) not in learnt


def test_our_own_sentences_side_by_side() -> None:
    alone = with_trees()
    joined = side_by_side(alone, random.Random(1))
    assert sorted(s.words for s in joined) == sorted(s.words for s in alone)
    assert [s.document for s in joined[:2]] == [joined[2].document] * 2 != [s.document for s in joined[3:5]]
    for before, after in pairwise(joined):
        assert before.words[-1] != "." or not after.fresh
        assert not before.words[-1].isalpha() or after.fresh
