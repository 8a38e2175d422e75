"""The newsreader: words of a sentence to tags, features, a tree and names.

An encoder of 22 million parameters (all-MiniLM-L6-v2, fine-tuned, static 8-bit integers) runs in ONNX Runtime; numpy
turns its scores into trees. Sentences are batched by length, and none is ever cut short: what is longer than the
encoder's window is read in overlapping pieces (`khabar.annotate.windows`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from khabar.annotate import weights
from khabar.annotate.tree import best_tree
from khabar.annotate.windows import Piece, pieces, stitch
from khabar.annotate.wordpiece import WordPieces
from khabar.errors import ModelError

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

# Sentences are padded to a multiple of `_STEP` sub-tokens and read with others of that size alone, so that what is read of
# a sentence never depends on its company. Of 8, 16, 32 and 48 sentences a batch, 8 was the fastest on one core.
_STEP = 8
_BATCH_SENTENCES = 8
_BARRED = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Parse:
    """What the model says of one sentence, as label numbers, a row per word. `heads` counts words from 1, 0 is the root."""

    pos: Ints
    tags: Ints
    morphs: Ints
    heads: Ints
    relations: Ints
    names: Ints


class Newsmodel:
    """The weights, ready to read. One thread by default: several processes do better than several threads."""

    def __init__(self, folder: Path = weights.FOLDER, *, threads: int = 1) -> None:
        self.digest = weights.verify(folder)
        self.labels = weights.labels(folder)
        self._pieces = WordPieces(folder / weights.VOCABULARY)
        self._session = _session(folder / weights.ENCODER, threads)
        with np.load(folder / weights.RELATIONS) as tensor:
            core = tensor["W"].astype(np.float32)  # relation × dependent × head
            self._dependent, self._governor = tensor["P"].astype(np.float32), tensor["Q"].astype(np.float32)
        self._relations, _, self._rank = core.shape
        self._core = np.ascontiguousarray(core.transpose(1, 0, 2).reshape(core.shape[1], -1))
        self._root, self._parataxis = (self.labels.relation.index(name) for name in ("root", "parataxis"))

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Parse]:
        """One parse for each sentence (its words), in their order; batches do not change what is read."""
        cut = [pieces(words, [len(self._pieces(word)[0]) for word in words]) for words in sentences]
        flat = [(words[piece.start : piece.end]) for words, parts in zip(sentences, cut, strict=True) for piece in parts]
        read = self._read_pieces(flat)
        found, at = [], 0
        for words, parts in zip(sentences, cut, strict=True):
            found.append(self._joined(len(words), parts, read[at : at + len(parts)]))
            at += len(parts)
        return found

    def _joined(self, length: int, parts: Sequence[Piece], read: Sequence[Parse]) -> Parse:
        if len(parts) == 1:
            return read[0]
        owned = [slice(p.owns_from - p.start, p.owns_to - p.start) for p in parts]
        heads, relations = stitch(length, parts, [r.heads for r in read], [r.relations for r in read], self._root, self._parataxis)

        def joined(row: str) -> Ints:
            return np.concatenate([getattr(r, row)[own] for r, own in zip(read, owned, strict=True)])

        return Parse(joined("pos"), joined("tags"), joined("morphs"), heads, relations, joined("names"))

    def _read_pieces(self, sentences: Sequence[Sequence[str]]) -> list[Parse]:
        encoded = [self._encode(words) for words in sentences]
        found: dict[int, Parse] = {}
        for batch in _batches([len(numbers) for numbers, _, _ in encoded]):
            lengths = np.array([len(sentences[k]) for k in batch])
            found.update(zip(batch, self._decode(lengths, self._run([encoded[k] for k in batch])), strict=True))
        return [found[k] for k in range(len(sentences))]

    def _encode(self, words: Sequence[str]) -> tuple[list[int], list[int], list[int]]:
        """Sub-token numbers, case classes, and the position of each word's first sub-token; the start mark is the root's."""
        numbers, shapes, first = [self._pieces.start], [0], [0]
        for word in words:
            first.append(len(numbers))
            of_word, shape = self._pieces(word)
            numbers += of_word
            shapes += shape
        return [*numbers, self._pieces.end], [*shapes, 0], first

    def _run(self, encoded: Sequence[tuple[list[int], list[int], list[int]]]) -> list[Any]:
        size, longest = len(encoded), _padded(max(len(numbers) for numbers, _, _ in encoded))
        numbers, shapes = np.zeros((size, longest), np.int64), np.zeros((size, longest), np.int64)
        mask, first = np.zeros((size, longest), np.float32), np.zeros((size, max(len(f) for _, _, f in encoded)), np.int64)
        for row, (n, s, f) in enumerate(encoded):
            numbers[row, : len(n)], shapes[row, : len(s)], mask[row, : len(n)], first[row, : len(f)] = n, s, 1, f
        return list(self._session.run(None, {"ids": numbers, "case": shapes, "mask": mask, "first": first}))

    def _decode(self, lengths: Ints, scores: list[Any]) -> Iterator[Parse]:
        """`scores`: tags, governors (sentence × dependent × governor), dependents, governors (vectors), names."""
        tags, arcs, dependents, governors, names = scores
        width = arcs.shape[1]
        valid = np.arange(width)[None] <= lengths[:, None]
        real = valid[:, 1:]
        heads = _trees(arcs, valid, lengths)
        flat_heads = heads[:, 1:][real]
        rows = np.repeat(np.arange(len(lengths)), lengths)
        relations = self._relate(dependents[:, 1:][real], governors[rows, flat_heads], flat_heads == 0)
        flat, n_pos, n_tag = tags[:, 1:][real], len(self.labels.pos), len(self.labels.tag)
        columns = (
            flat[:, :n_pos].argmax(1),
            flat[:, n_pos : n_pos + n_tag].argmax(1),
            flat[:, n_pos + n_tag :].argmax(1),
            flat_heads,
            relations,
            names[:, 1:][real].argmax(1),
        )
        for start, end in pairwise([0, *np.cumsum(lengths)]):
            yield Parse(*(column[start:end] for column in columns))

    def _relate(self, dependents: Floats, governors: Floats, roots: NDArray[np.bool_]) -> Ints:
        """The best relation of each word to its governor; "root" for the root and for no other."""
        low, high = dependents @ self._dependent, governors @ self._governor
        scores = np.matmul((low @ self._core).reshape(len(low), self._relations, self._rank), high[:, :, None])[:, :, 0]
        scores[:, self._root] = np.where(roots, np.inf, -np.inf)
        return np.asarray(scores.argmax(1), np.int64)


def _session(path: Path, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except (RuntimeError, ValueError) as error:
        raise ModelError(f"{path}: ONNX Runtime {onnxruntime.__version__} cannot load the newsreader: {error}") from error


def _padded(size: int) -> int:
    return -(-size // _STEP) * _STEP


def _batches(sizes: Sequence[int]) -> Iterable[list[int]]:
    """Indices in batches of one padded size each, the shortest first."""
    batch: list[int] = []
    for k in sorted(range(len(sizes)), key=sizes.__getitem__):
        if batch and (len(batch) >= _BATCH_SENTENCES or _padded(sizes[k]) != _padded(sizes[batch[0]])):
            yield batch
            batch = []
        batch.append(k)
    if batch:
        yield batch


def _trees(arcs: Floats, valid: NDArray[np.bool_], lengths: Ints) -> Ints:
    """Governors for a batch: the best of each word where that makes a tree with one root, else the best tree."""
    arcs = arcs + np.where(valid, np.float32(0), _BARRED)[:, None, :]
    width = arcs.shape[1]
    diagonal = np.arange(width)
    arcs[:, diagonal, diagonal] = _BARRED
    heads = arcs.argmax(-1)
    heads[:, 0] = 0
    heads[~valid] = 0
    reached = heads
    for _ in range(max(1, int(np.ceil(np.log2(width))))):
        reached = np.take_along_axis(reached, reached, 1)
    faulty = (reached != 0).any(1) | (((heads == 0) & valid)[:, 1:].sum(1) != 1)
    for row in np.flatnonzero(faulty):
        n = lengths[row]
        heads[row, 1 : n + 1] = best_tree(arcs[row, : n + 1, : n + 1])
    return np.asarray(heads, np.int64)
