"""What the newsreader learns from: sentences with trees, with names, or with both, in the order of their documents."""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

#: The kinds of name that every tag tells apart; `training.kinds` divides places and bodies further.
COARSE = ("PERSON", "ORG", "LOC", "NORP", "MISC")


@dataclass(slots=True)
class Tree:
    """Universal Dependencies of one sentence, a value per word; governors count from 1, 0 is the root."""

    pos: list[str]
    tags: list[str]
    morphs: list[str]
    heads: list[int]
    relations: list[str]


@dataclass(slots=True)
class Sentence:
    """A sentence and what its source says of it.

    `names` are BIO tags over COARSE; "?" where the source says nothing of a word, "?-" with B or I where it says that a name
    stands there but not of which kind. `unmarked` are the kinds that the source does not mark, so that "O" may be one of
    them. `kinds` are finer kinds by word ("" where not known). `fresh` says that a paragraph starts here, `silver` that nobody
    marked the names by hand. `marks` are name tags as a treebank has them in its last column ("Name=").
    """

    words: list[str]
    document: str
    fresh: bool = False
    tree: Tree | None = None
    names: list[str] | None = None
    unmarked: frozenset[str] = frozenset()
    kinds: list[str] = field(default_factory=list)
    silver: bool = False
    marks: tuple[str, ...] = ()


def text_of(path: Path) -> str:
    """The text of a file, unpacked where it is packed."""
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8").read()
    return path.read_text("utf-8")


def treebank(path: Path, *, names: bool = False) -> list[Sentence]:
    """The sentences of a CoNLL-U file; with `names`, those of GUM's entities too (see `training.gum`)."""
    from training.gum import Brackets

    found: list[Sentence] = []
    document, fresh, brackets = "", True, Brackets()
    for block in text_of(path).split("\n\n"):
        comments = [line for line in block.splitlines() if line.startswith("#")]
        rows = [line.split("\t") for line in block.splitlines() if line and line[0].isdigit()]
        rows = [row for row in rows if row[0].isdigit()]
        for line in comments:
            if line.startswith("# newdoc"):
                document, fresh, brackets = line.partition("=")[2].strip(), True, Brackets()
            elif line.startswith("# newpar"):
                fresh = True
        if not rows:
            continue
        # A space inside a word ("2 000") is one that never breaks.
        words = [row[1].replace(" ", "\u00a0") for row in rows]
        tree = Tree([r[3] for r in rows], [r[4] for r in rows], [r[5] for r in rows], [int(r[6]) for r in rows], [r[7] for r in rows])
        marks = tuple(next((part[5:] for part in r[9].split("|") if part.startswith("Name=")), "O") for r in rows)
        sentence = Sentence(words, document, fresh, tree, marks=marks)
        if names:
            brackets.mark(sentence, [row[9] for row in rows])
        found.append(sentence)
        fresh = False
    return found


def columns(path: Path, *, word: int, tag: int, separator: str | None = "\t") -> Iterator[tuple[list[str], list[str]]]:
    """Words and tags of a file with one word a line and blank lines between sentences."""
    words: list[str] = []
    tags: list[str] = []
    for line in [*text_of(path).splitlines(), ""]:
        cells = line.split(separator)
        if line.strip() and len(cells) > max(word, tag) and not line.startswith("# "):
            words.append(cells[word])
            tags.append(cells[tag])
        elif not line.strip():
            if words:
                yield words, tags
            words, tags = [], []


def spans(tags: list[str]) -> set[tuple[int, int, str]]:
    """The names of BIO tags: first word, last word (exclusive), kind. An inside tag after another kind starts a name."""
    found, start, kind = set(), 0, ""
    for i, tag in enumerate([*tags, "O"]):
        if kind and (not tag.startswith("I") or tag[2:] != kind):
            found.add((start, i, kind))
            kind = ""
        if tag[0] in "BI" and not kind:
            start, kind = i, tag[2:]
    return found


def tagged(length: int, found: set[tuple[int, int, str]] | list[tuple[int, int, str]]) -> list[str]:
    """BIO tags of names that do not overlap."""
    tags = ["O"] * length
    for start, end, kind in found:
        tags[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    return tags
