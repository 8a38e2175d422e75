"""Windows: runs of sentences of one document that the encoder reads at once, as numbers, with some of their looks changed."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from khabar.annotate.wordpiece import WordPieces
from training.corpus import COARSE, Sentence
from training.kinds import FINE, with_invented_groups
from training.wordlists import word_list

IGNORED = -100
STEP = 16  # sub-tokens and words of a batch are padded to multiples of it
_SPLICED = re.compile(r"^[A-Z][a-zà-ÿ'’]{2,}$")
_KEPT = frozenset(word_list("kept"))


@dataclass(frozen=True, slots=True)
class Labels:
    """Numbers of labels, by column."""

    pos: dict[str, int]
    tag: dict[str, int]
    morph: dict[str, int]
    relation: dict[str, int]
    name: dict[str, int]
    kind: dict[str, int]

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> Labels:
        """The labels that the training sentences use; bundles of features are kept from two words on."""
        trees = [s.tree for s in sentences if s.tree]
        morphs = Counter(m for t in trees for m in t.morphs)

        def numbered(values: Sequence[str]) -> dict[str, int]:
            return {value: i for i, value in enumerate(values)}

        return cls(
            numbered(sorted({p for t in trees for p in t.pos})),
            numbered(sorted({p for t in trees for p in t.tags})),
            numbered(sorted(m for m, n in morphs.items() if n > 1)),
            numbered(sorted({p for t in trees for p in t.relations})),
            numbered([*(f"{b}-{kind}" for b in "BI" for kind in COARSE), "O"]),
            numbered(FINE),
        )


@dataclass(slots=True)
class Window:
    """One input with what is to be learnt of it, a row per word; slot 0 of the words is the root's."""

    numbers: list[int]
    shapes: list[int]
    first: list[int]
    sentence: list[int]
    starts: list[int]
    heads: list[int]
    columns: list[list[int]]  # pos, tag, morph, relation
    allowed: NDArray[np.bool_]  # word × name tag; all true where nothing is known
    kinds: list[int]
    has_tree: bool
    has_names: bool


class Windows:
    """Makes windows out of a corpus, anew in each pass: other cuts, other names, other quotation marks."""

    def __init__(self, pieces: WordPieces, labels: Labels, seed: int, *, masked: float = 0.0) -> None:
        """`masked`: the share of the words that are hidden from the encoder, so that it reads what stands around them."""
        self.pieces, self.labels, self.rng = pieces, labels, random.Random(seed)
        self._masked = masked
        (self._mask,) = pieces("[MASK]")[0]
        self._pool: list[str] = []

    def learn_names(self, sentences: Sequence[Sentence]) -> None:
        """Collect the words from whose halves unseen names are spliced."""
        for s in sentences:
            proper = [t == "PROPN" for t in s.tree.pos] if s.tree else [t[0] in "BI" for t in s.names or ()]
            self._pool += [w for w, p in zip(s.words, proper, strict=True) if p and _SPLICED.match(w) and w not in _KEPT]

    def pass_over(self, sentences: Sequence[Sentence], *, plain: bool = False, longest: int = 0) -> Iterator[Window]:
        """Every sentence once, in windows of one document; `plain` changes nothing about the words."""
        rng = self.rng
        run: list[Sentence] = []
        size = cap = 0
        for sentence in sentences:
            cost = sum(len(self.pieces(w)[0]) for w in sentence.words)
            if run and (run[-1].document != sentence.document or size + cost > cap):
                yield self.window(run, plain=plain)
                run, size = [], 0
            if not run:
                cap = longest or rng.choice((1, 1, 1, 48, 48, 72, 72, 72, 120))
            if cost > 400:
                continue
            run.append(sentence)
            size += cost
        if run:
            yield self.window(run, plain=plain)

    def window(self, run: Sequence[Sentence], *, plain: bool = False) -> Window:
        changed = run if plain else self._changed(run)
        labels, numbers, shapes, first = self.labels, [self.pieces.start], [0], [0]
        sentence, starts, heads, kinds = [0], [IGNORED], [0], [IGNORED]
        columns: list[list[int]] = [[IGNORED], [IGNORED], [IGNORED], [IGNORED]]
        words = sum(len(s.words) for s in changed)
        allowed = np.ones((words + 1, len(labels.name)), bool)
        for number, s in enumerate(changed, 1):
            base = len(first) - 1
            for word in s.words:
                first.append(len(numbers))
                of_word, shape = self.pieces(word)
                hidden = not plain and self.rng.random() < self._masked
                numbers += [self._mask] * len(of_word) if hidden else of_word
                shapes += shape
            n = len(s.words)
            sentence += [number] * n
            # A window always starts with a sentence, and a paragraph does: nothing to learn there.
            known = number > 1 and not s.fresh
            starts += [1 if known else IGNORED, *[0] * (n - 1)]
            kinds += [labels.kind.get(k, IGNORED) for k in s.kinds] if s.kinds else [IGNORED] * n
            if s.tree:
                heads += [h + base if h else 0 for h in s.tree.heads]
                for column, values, numbering in zip(
                    columns,
                    (s.tree.pos, s.tree.tags, s.tree.morphs, s.tree.relations),
                    (labels.pos, labels.tag, labels.morph, labels.relation),
                    strict=True,
                ):
                    column += [numbering.get(v, IGNORED) for v in values]
            else:
                heads += [0] * n
                for column in columns:
                    column += [IGNORED] * n
            if s.names is not None:
                allowed[base + 1 : base + 1 + n] = self._allowed(s)
        numbers.append(self.pieces.end)
        shapes.append(0)
        has_tree = all(s.tree is not None for s in run)
        if not has_tree:
            starts = [IGNORED] * len(starts)
        return Window(
            numbers, shapes, first, sentence, starts, heads, columns, allowed, kinds, has_tree, any(s.names is not None for s in run)
        )

    def _allowed(self, s: Sentence) -> NDArray[np.bool_]:
        """The name tags that each word may have by its source."""
        names = self.labels.name
        found = np.zeros((len(s.words), len(names)), bool)
        for row, tag in zip(found, s.names or (), strict=True):
            if tag == "?":
                row[:] = True
            elif tag.startswith("?-"):
                row[[names[f"{tag[2]}-{kind}"] for kind in COARSE]] = True
            else:
                row[names[tag]] = True
                if tag == "O":
                    row[[names[f"{b}-{kind}"] for b in "BI" for kind in s.unmarked]] = True
        return found

    def _changed(self, run: Sequence[Sentence]) -> list[Sentence]:
        """Copies with changed words; the number of words may change only where no tree is."""
        rng = self.rng
        found = list(run)
        if rng.random() < 0.35:
            found = [with_invented_groups(s, rng, self._splice()) if s.names and s.kinds else s for s in found]
        if rng.random() < 0.25:
            found = self._renamed(found)
        turn = rng.random()
        if turn < 0.3:
            found = [_respelt(s, _curly(s.words)) for s in found]
        elif turn < 0.33 and len(found) < 3:
            found = [_respelt(s, [w if not w.islower() or len(w) < 4 else w.capitalize() for w in s.words]) for s in found]
        elif turn < 0.34 and len(found) < 3:
            found = [_respelt(s, [w.upper() for w in s.words]) for s in found]
        return found

    def _renamed(self, run: list[Sentence]) -> list[Sentence]:
        """The same new name for the same old one, all over a window."""
        new: dict[str, str] = {}
        rng = self.rng
        found = []
        for s in run:
            proper = (
                [p == "PROPN" for p in s.tree.pos] if s.tree else [t[0] in "BI" and t[2:] not in ("NORP", "MISC") for t in s.names or ()]
            )
            words = []
            for word, p in zip(s.words, proper, strict=True):
                if p and _SPLICED.match(word) and word not in _KEPT:
                    if word not in new:
                        new[word] = self._splice() if rng.random() < 0.6 else word
                    word = new[word]
                words.append(word)
            found.append(_respelt(s, words))
        return found

    def _splice(self) -> str:
        rng = self.rng
        one, other = rng.choice(self._pool), rng.choice(self._pool)
        i = max(1, len(one) // 2 + rng.choice((-1, 0, 0, 1)))
        j = max(1, len(other) // 2 + rng.choice((-1, 0, 0, 1)))
        return one[:i] + other[j:].lower()


def _respelt(s: Sentence, words: list[str]) -> Sentence:
    return Sentence(words, s.document, s.fresh, s.tree, s.names, s.unmarked, s.kinds)


def _curly(words: Sequence[str]) -> list[str]:
    """Straight quotation marks and apostrophes as printers set them."""
    found, opened = [], False
    for word in words:
        if word in ('"', "''", "``"):
            opened = not opened
            found.append("“" if opened else "”")
        else:
            found.append(word.replace("'", "’"))
    return found


def batches(made: Iterator[Window], rng: random.Random, budget: int, pool: int = 1500) -> Iterator[list[Window]]:
    """Windows of like length together, `budget` padded sub-tokens a batch, in random order.

    Lengths are padded to multiples of STEP and batches are full (save at the end of a pass), so that few shapes occur:
    oneDNN compiles its products anew for each.
    """
    held: dict[int, list[Window]] = defaultdict(list)
    ready: list[list[Window]] = []
    waiting = 0
    for window in made:
        size = padded_size(len(window.numbers))
        held[size].append(window)
        waiting += 1
        if size * (len(held[size]) + 1) > budget:
            ready.append(held.pop(size))
        if waiting >= pool:
            rng.shuffle(ready)
            yield from ready
            ready, waiting = [], 0
    ready += held.values()
    rng.shuffle(ready)
    yield from ready


def padded_size(length: int) -> int:
    return -(-length // STEP) * STEP
