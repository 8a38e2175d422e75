"""How well the newsreader reads: trees with gold words and from raw text, names, on files that it never saw."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path
from typing import Protocol

import numpy as np
from spacy import blank
from spacy.tokens import Doc

from khabar.annotate import weights
from khabar.annotate.model import Newsmodel, Parse
from khabar.annotate.pipeline import STRETCHES, Newscomponent, NewsTokenizer
from khabar.annotate.sentences import stretches
from khabar.annotate.words import is_word
from training.corpus import Sentence, spans, text_of, treebank
from training.data import RE3D_HELD
from training.names import HELD_DOCUMENTS, conll, docred, re3d, wikigold

Figures = dict[str, float]
_PASSAGE_WORDS = 5_000


def f1(right: int, found: int, there: int) -> float:
    """Balanced F in per cent."""
    return round(200 * right / (found + there), 2) if found + there else 0.0


def read_gold(model: Newsmodel, sentences: Sequence[Sentence]) -> list[Parse]:
    """Sentences with their words and borders given, those of a document after one another, as reports are read."""
    documents = [list(group) for _, group in groupby(sentences, key=lambda s: s.document)]
    never = np.float32(-np.inf)
    borders = []
    for document in documents:
        prior = np.full(sum(len(s.words) for s in document), never, np.float32)
        prior[np.cumsum([0, *(len(s.words) for s in document[:-1])])] = np.inf
        borders.append(prior)
    return [parse for found in model.read([[s.words for s in d] for d in documents], borders) for parse in found]


def trees(model: Newsmodel, sentences: Sequence[Sentence]) -> Figures:
    """UPOS, features, unlabelled and labelled attachment with gold words, in per cent of all words."""
    right: Counter[str] = Counter()
    labels = model.labels
    for sentence, parse in zip(sentences, read_gold(model, sentences), strict=True):
        assert sentence.tree is not None
        assert len(parse) == len(sentence.words)
        tree = sentence.tree
        for i in range(len(parse)):
            attached = parse.heads[i] == tree.heads[i]
            right["upos"] += labels.pos[parse.pos[i]] == tree.pos[i]
            right["xpos"] += labels.tag[parse.tags[i]] == tree.tags[i]
            right["feats"] += labels.morph[parse.morphs[i]] == tree.morphs[i]
            right["uas"] += attached
            right["las"] += attached and labels.relation[parse.relations[i]] == tree.relations[i]
    total = sum(len(s.words) for s in sentences)
    return {name: round(100 * right[name] / total, 2) for name in ("upos", "xpos", "feats", "uas", "las")}


def names(model: Newsmodel, sentences: Sequence[Sentence], kinds: Sequence[str]) -> Figures:
    """F of names by span and kind with gold words, over `kinds`; "spans" without kinds; then by kind."""
    counts: Counter[tuple[str, str]] = Counter()
    for sentence, parse in zip(sentences, read_gold(model, sentences), strict=True):
        found = {s for s in spans([model.labels.name[k] for k in parse.names]) if s[2] in kinds}
        there = {s for s in spans(sentence.names or []) if s[2] in kinds}
        for row, said in (("found", found), ("there", there), ("right", found & there)):
            counts["all", row] += len(said)
            for _, _, kind in said:
                counts[kind, row] += 1
        counts["spans", "found"] += len(found)
        counts["spans", "there"] += len(there)
        counts["spans", "right"] += len({s[:2] for s in found} & {s[:2] for s in there})
    return {k: f1(counts[k, "right"], counts[k, "found"], counts[k, "there"]) for k in ("all", "spans", *kinds)}


class Annotates(Protocol):
    """A component that annotates Docs and puts its own sentences in the place of those in their `user_data`."""

    def pipe(self, docs: Iterable[Doc], /) -> Iterator[Doc]: ...


@dataclass(slots=True)
class _Gold:
    """A document in raw text, with its words and sentences as offsets."""

    text: str = ""
    words: list[tuple[int, int]] = field(default_factory=list)
    rows: list[tuple[str, str, str, int, str]] = field(
        default_factory=list
    )  # lemma, pos, tag, governor (of all words; -1 a root), relation
    sentences: list[tuple[int, int]] = field(default_factory=list)


def raw(component: Annotates, tokenizer: NewsTokenizer, path: Path) -> Figures:
    """Scores from raw text, after those of the CoNLL 2018 shared task: words, sentences, UPOS, lemmas, UAS and LAS as F1.

    Relations are compared with their subtypes, which the shared task left out: so LAS is a little lower than its own, and
    comparable with the one on gold words. A word that stands in no sentence of ours is found, and attached to nothing.
    """
    counts: Counter[str] = Counter()
    for gold in _documents(path):
        doc = tokenizer(gold.text)
        spans = [(t.idx, t.idx + len(t)) for t in doc if is_word(t.text)]
        doc.user_data[STRETCHES] = stretches(gold.text, (), spans)
        doc = next(component.pipe([doc]))
        tokens = [t for t in doc if is_word(t.text)]
        inside = {tokens[k].i for s in doc.user_data[STRETCHES] for k in range(s.first, s.last)}
        place = {(t.idx, t.idx + len(t)): t for t in tokens}
        at = {span: k for k, span in enumerate(gold.words)}
        counts["words there"] += len(gold.words)
        counts["words found"] += len(tokens)
        said = {(tokens[s.first].idx, tokens[s.last - 1].idx + len(tokens[s.last - 1])) for s in doc.user_data[STRETCHES]}
        counts["sentences there"] += len(gold.sentences)
        counts["sentences found"] += len(said)
        counts["sentences"] += len(said & set(gold.sentences))
        for span, k in at.items():
            token = place.get(span)
            if token is None:
                continue
            lemma, pos, _, governor, relation = gold.rows[k]
            counts["words"] += 1
            if token.i not in inside:
                continue
            above = at.get((token.head.idx, token.head.idx + len(token.head)), -2) if token.head.i != token.i else -1
            counts["upos"] += token.pos_ == pos
            counts["lemmas"] += lemma in ("_", token.lemma_)
            counts["uas"] += above == governor
            counts["las"] += above == governor and token.dep_ == relation
    figures = {name: f1(counts[name], counts["words found"], counts["words there"]) for name in ("words", "upos", "lemmas", "uas", "las")}
    return {"sentences": f1(counts["sentences"], counts["sentences found"], counts["sentences there"]), **figures}


def _documents(path: Path) -> Iterator[_Gold]:
    """The documents of a CoNLL-U file as raw text: sentences parted by a space, paragraphs by a blank line."""
    gold = _Gold()
    for block in text_of(path).split("\n\n"):
        lines = block.splitlines()
        comments = [line for line in lines if line.startswith("#")]
        if any(line.startswith("# newdoc") for line in comments) and gold.words:
            yield gold
            gold = _Gold()
        text = next((line[9:] for line in comments if line.startswith("# text =")), "")
        if not text:
            continue
        if gold.text and any(line.startswith(("# newpar", "# newdoc")) for line in comments):
            gold.text = gold.text.rstrip(" ") + "\n\n"
        at = len(gold.text)
        gold.text += text
        base = len(gold.words)
        parts: list[tuple[int, int]] = []
        until = 0
        for cells in (line.split("\t") for line in lines if line and line[0].isdigit()):
            if "-" in cells[0]:
                first, last = map(int, cells[0].split("-"))
                begin = gold.text.index(cells[1], at)
                at = begin + len(cells[1])
                parts, until = _parts(lines, cells[1], begin, first, last), last
            elif cells[0].isdigit():
                if int(cells[0]) <= until:
                    gold.words.append(parts.pop(0))
                else:
                    begin = gold.text.index(cells[1], at)
                    at = begin + len(cells[1])
                    gold.words.append((begin, at))
                head = int(cells[6])
                gold.rows.append((cells[2], cells[3], cells[4], base + head - 1 if head else -1, cells[7]))
        gold.sentences.append((gold.words[base][0], gold.words[-1][1]))
        if not any("SpaceAfter=No" in line for line in lines[-1:]):
            gold.text += " "
    if gold.words:
        yield gold


def _parts(lines: list[str], surface: str, begin: int, first: int, last: int) -> list[tuple[int, int]]:
    """Where the words of a contraction stand, if their forms make up its surface; else each has its whole span."""
    forms = [c[1] for c in (line.split("\t") for line in lines) if c[0].isdigit() and first <= int(c[0]) <= last]
    if "".join(forms) != surface:
        return [(begin, begin + len(surface))] * len(forms)
    edges = np.cumsum([begin, *map(len, forms)]).tolist()
    return list(pairwise(edges))


def tests(data: Path) -> tuple[dict[str, list[Sentence]], dict[str, tuple[list[Sentence], tuple[str, ...]]]]:
    """What nothing was trained on: sets with trees, and sets with names and the kinds that they mark."""
    three, five = ("PERSON", "ORG", "LOC"), ("PERSON", "ORG", "LOC", "NORP", "MISC")
    gum = treebank(data / "treebanks/gum_open/en_gum-ud-test.conllu.xz", names=True)
    held = [s for document in list(docred(data / "names/redocred/test_revised.json.xz"))[-HELD_DOCUMENTS:] for s in document]
    reports = [s for source in RE3D_HELD for document in re3d(data / "entities/re3d" / source).values() for s in document]
    return (
        {
            "EWT": treebank(data / "treebanks/ewt/en_ewt-ud-test.conllu.xz"),
            "GUM": gum,
            "PUD": treebank(data / "treebanks/pud/en_pud-ud-test.conllu.xz"),
        },
        {
            "UNER PUD": (conll(data / "names/uner_pud/en_pud-ud-test.iob2", word=1, tag=2, together=8), three),
            "UNER EWT": (conll(data / "names/uner_ewt/en_ewt-ud-test.iob2", word=1, tag=2, together=1), three),
            "GUM": (gum, three),
            "Re-DocRED": (held, five),
            "wikigold": (wikigold(data / "names/wikigold/wikigold.conll.txt")[1], five),
            "re3d": (reports, ("ORG", "LOC", "NORP")),
        },
    )


def everything(folder: Path, data: Path, encoder: str = weights.ENCODER) -> dict[str, dict[str, Figures]]:
    """All figures of one set of files, by kind of measure and test."""
    model = Newsmodel(folder, encoder=encoder)
    with_trees, with_names = tests(data)
    nlp = blank("en")
    component, tokenizer = Newscomponent(nlp, model), NewsTokenizer(nlp.vocab)
    files = {"EWT": "ewt/en_ewt-ud-test", "GUM": "gum_open/en_gum-ud-test", "PUD": "pud/en_pud-ud-test"}
    return {
        "gold words": {name: trees(model, sentences) for name, sentences in with_trees.items()},
        "raw text": {name: raw(component, tokenizer, data / "treebanks" / f"{file}.conllu.xz") for name, file in files.items()},
        "names": {name: names(model, sentences, kinds) for name, (sentences, kinds) in with_names.items()},
    }
