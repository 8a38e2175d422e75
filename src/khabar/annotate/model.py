"""The newsreader: words of a text to sentences, tags, features, trees and names.

An encoder of 22 million parameters (all-MiniLM-L6-v2, fine-tuned, static 8-bit integers) runs in ONNX Runtime; numpy
turns its scores into trees. It reads passages: runs of sentences of one text, as many as it was trained to see at once.
None is ever cut short: a sentence longer than the encoder's window is read in overlapping pieces (`khabar.annotate.windows`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from khabar.annotate import weights
from khabar.annotate.agree import Agreement
from khabar.annotate.tree import best_tree
from khabar.annotate.windows import Piece, passages, pieces, stitch
from khabar.annotate.wordpiece import WordPieces
from khabar.errors import ModelError
from khabar.records import digest

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Passages are padded to a multiple of `_STEP` sub-tokens and read with others of that size alone, so that what is read of
# a passage never depends on its company.
_STEP = 8
_BATCH_PASSAGES = 2
# Of ONNX Runtime's fusions this one is slower than what it replaces: 18 % of all time (1.30, one core).
_SLOW = ["SkipLayerNormFusion"]
_BARRED = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Parse:
    """What the model says of one sentence, a row per word: label numbers, and scores of the finer kinds of names.

    `heads` counts words of the sentence from 1, 0 is the root.
    """

    pos: Ints
    tags: Ints
    morphs: Ints
    heads: Ints
    relations: Ints
    names: Ints
    kinds: Floats
    odds: Floats  # of the kinds of names, as `khabar.annotate.agree` has them

    def __len__(self) -> int:
        return len(self.pos)


@dataclass(frozen=True, slots=True)
class _Rows(Parse):
    """As Parse, of the words of a passage or piece, which may hold several sentences; `heads` counts from 1 over all of them."""

    starts: Flags

    def cut(self, which: slice) -> _Rows:
        return _Rows(*(getattr(self, name)[which] for name in _COLUMNS))


_COLUMNS = tuple(field.name for field in fields(_Rows))
_Encoded = tuple[list[int], list[int], list[int]]


class Newsmodel:
    """The weights, ready to read. One thread by default: several processes do better than several threads."""

    def __init__(self, folder: Path = weights.FOLDER, *, threads: int = 1, encoder: str = weights.ENCODER) -> None:
        self.digest = weights.verify(folder)
        self.labels = weights.labels(folder)
        self._pieces = WordPieces(folder / weights.VOCABULARY)
        self._session = _session(folder / encoder, threads)
        core = np.load(folder / weights.RELATIONS).astype(np.float32)  # relation × dependent × governor
        self._relations, _, self._rank = core.shape
        self._core = np.ascontiguousarray(core.transpose(1, 0, 2).reshape(core.shape[1], -1))
        self._root, self._parataxis = (self.labels.relation.index(name) for name in ("root", "parataxis"))
        self._columns = np.cumsum([len(self.labels.pos), len(self.labels.tag), len(self.labels.morph)])
        self._follows, self._outside = _may_follow(self.labels.name), self.labels.name.index("O")
        self._agreement = Agreement(self.labels.name)
        self._canary = weights.canary(folder)

    def answer(self) -> str:
        """The digest of what is read of the canary's sentences: the same wherever the processor's 8-bit arithmetic is."""
        # Its borders are left to the model.
        priors = [np.zeros(sum(map(len, self._canary.sentences)), np.float32)]
        read = self.read([self._canary.sentences], priors)[0]
        rows = [[parse.pos, parse.tags, parse.morphs, parse.heads, parse.relations, parse.names, parse.kinds.argmax(1)] for parse in read]
        return digest(json.dumps([[column.tolist() for column in row] for row in rows]).encode())

    def faithful(self) -> bool:
        """Whether this machine reads as the one did where the weights were made."""
        return self.answer() == self._canary.answer

    def read(self, texts: Sequence[Sequence[Sequence[str]]], borders: Sequence[Floats]) -> list[list[Parse]]:
        """The sentences of each text, a Parse each; together they have a row for every word.

        A text comes as its likely sentences (each a row of words), `borders` as a number a word: the log odds, before the
        model has spoken, that a sentence starts there; infinity decides. What is read of a text never depends on others.
        """
        flat: list[Sequence[str]] = []
        priors: list[Floats] = []
        owner: list[int] = []
        for text, (sentences, prior) in enumerate(zip(texts, borders, strict=True)):
            words = [word for sentence in sentences for word in sentence]
            sizes = [sum(len(self._pieces(word)[0]) for word in sentence) for sentence in sentences]
            for start, end in passages([len(sentence) for sentence in sentences], sizes):
                flat.append(words[start:end])
                priors.append(prior[start:end])
                owner.append(text)
        found: list[list[Parse]] = [[] for _ in texts]
        for text, rows in zip(owner, self._read_passages(flat, priors), strict=True):
            found[text] += _sentences(rows)
        return [self._settled([w for s in text for w in s], parses) for text, parses in zip(texts, found, strict=True)]

    def _settled(self, words: Sequence[str], parses: list[Parse]) -> list[Parse]:
        """The parses of one text with the kinds of its names in agreement."""
        if not parses:
            return parses
        borders = np.cumsum([0, *map(len, parses)]).tolist()
        tags, odds, kinds = (np.concatenate([getattr(parse, name) for parse in parses]) for name in ("names", "odds", "kinds"))
        self._agreement.settle(words, tags, odds, kinds)
        return [replace(p, names=tags[a:b], kinds=kinds[a:b]) for p, (a, b) in zip(parses, pairwise(borders), strict=True)]

    def _read_passages(self, flat: Sequence[Sequence[str]], priors: Sequence[Floats]) -> Iterator[_Rows]:
        cut = [pieces(words, [len(self._pieces(word)[0]) for word in words]) for words in flat]
        rows = iter(
            self._read_pieces(
                [words[p.start : p.end] for words, parts in zip(flat, cut, strict=True) for p in parts],
                [prior[p.start : p.end] for prior, parts in zip(priors, cut, strict=True) for p in parts],
            )
        )
        for words, parts in zip(flat, cut, strict=True):
            read = [next(rows) for _ in parts]
            yield read[0] if len(parts) == 1 else self._joined(len(words), parts, read)

    def _joined(self, length: int, parts: Sequence[Piece], read: Sequence[_Rows]) -> _Rows:
        owned = [rows.cut(slice(p.owns_from - p.start, p.owns_to - p.start)) for p, rows in zip(parts, read, strict=True)]
        columns = {name: np.concatenate([getattr(rows, name) for rows in owned]) for name in _COLUMNS}
        columns["starts"][0] = True
        heads = np.concatenate([np.where(rows.heads > 0, rows.heads + p.start, 0) for p, rows in zip(parts, owned, strict=True)])
        columns["heads"], columns["relations"] = stitch(heads, columns["relations"], columns["starts"], self._root, self._parataxis)
        return _Rows(**columns)

    def _read_pieces(self, texts: Sequence[Sequence[str]], priors: Sequence[Floats]) -> list[_Rows]:
        encoded = [self._encode(words) for words in texts]
        found: dict[int, _Rows] = {}
        for batch in _batches([len(numbers) for numbers, _, _ in encoded]):
            scores = self._run([encoded[k] for k in batch])
            found.update(zip(batch, self._decode([priors[k] for k in batch], scores), strict=True))
        return [found[k] for k in range(len(texts))]

    def _encode(self, words: Sequence[str]) -> _Encoded:
        """Sub-token numbers, case classes, and the position of each word's first sub-token; the start mark is the root's."""
        numbers, shapes, first = [self._pieces.start], [0], [0]
        for word in words:
            first.append(len(numbers))
            of_word, shape = self._pieces(word)
            numbers += of_word
            shapes += shape
        return [*numbers, self._pieces.end], [*shapes, 0], first

    def _run(self, encoded: Sequence[_Encoded]) -> list[Any]:
        size, longest = len(encoded), _padded(max(len(numbers) for numbers, _, _ in encoded))
        numbers, shapes = np.zeros((size, longest), np.int64), np.zeros((size, longest), np.int64)
        mask, first = np.zeros((size, longest), np.float32), np.zeros((size, max(len(f) for _, _, f in encoded)), np.int64)
        for row, (n, s, f) in enumerate(encoded):
            numbers[row, : len(n)], shapes[row, : len(s)], mask[row, : len(n)], first[row, : len(f)] = n, s, 1, f
        return list(self._session.run(None, {"ids": numbers, "case": shapes, "mask": mask, "first": first}))

    def _decode(self, priors: Sequence[Floats], scores: list[Any]) -> Iterator[_Rows]:
        """`scores`: tags, governors (passage × dependent × governor), dependents, governors (vectors), names and kinds."""
        tags, arcs, dependents, governors, names = scores
        lengths = np.array([len(prior) for prior in priors])
        real = np.arange(1, arcs.shape[1])[None] <= lengths[:, None]
        flat, (n_pos, n_tag, n_morph) = tags[:, 1:][real], self._columns
        starts = flat[:, n_morph] + np.concatenate(priors) > 0
        starts[np.cumsum(lengths) - lengths] = True
        sentence = np.zeros(arcs.shape[:2], np.int64)
        sentence[:, 1:][real] = np.cumsum(starts)
        opening = np.diff(sentence, axis=1) != 0
        heads = _trees(arcs, sentence)
        flat_heads = heads[:, 1:][real]
        rows = np.repeat(np.arange(len(lengths)), lengths)
        of_head = governors[rows, flat_heads]
        parts = [(slice(b - n, b), dependents[k, 1 : n + 1]) for k, (n, b) in enumerate(zip(lengths, np.cumsum(lengths), strict=True))]
        relations = np.concatenate([self._relate(own, of_head[part], flat_heads[part] == 0) for part, own in parts])
        marks, n_name = names[:, 1:], len(self.labels.name)
        columns: tuple[Any, ...] = (
            flat[:, :n_pos].argmax(1),
            flat[:, n_pos:n_tag].argmax(1),
            flat[:, n_tag:n_morph].argmax(1),
            flat_heads,
            relations,
            _best_tags(marks[:, :, :n_name], real, opening, self._follows, self._outside)[real],
            marks[real][:, n_name:],
            self._agreement.odds(marks[real][:, :n_name]),
            starts,
        )
        for start, end in pairwise([0, *np.cumsum(lengths)]):
            yield _Rows(*(column[start:end] for column in columns))

    def _relate(self, dependents: Floats, governors: Floats, roots: Flags) -> Ints:
        """The best relation of each word to its governor; "root" for the root and for no other."""
        scores = np.matmul((dependents @ self._core).reshape(len(dependents), self._relations, self._rank), governors[:, :, None])[:, :, 0]
        scores[:, self._root] = np.where(roots, np.float32(1e9), np.float32(-1e9))
        return np.asarray(scores.argmax(1), np.int64)


def _sentences(rows: _Rows) -> Iterator[Parse]:
    for start, end in pairwise([*np.flatnonzero(rows.starts), len(rows.starts)]):
        own = rows.cut(slice(start, end))
        heads = np.where(own.heads > 0, own.heads - start, 0)
        yield Parse(own.pos, own.tags, own.morphs, heads, own.relations, own.names, own.kinds, own.odds)


def _session(path: Path, threads: int) -> Any:
    import onnxruntime
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    refusals = (state.Fail, state.InvalidArgument, state.InvalidGraph, state.InvalidProtobuf, state.NoSuchFile, state.NotImplemented)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOW)
    except (*refusals, RuntimeError, ValueError) as error:
        raise ModelError(f"{path}: ONNX Runtime {onnxruntime.__version__} cannot load the newsreader: {error}") from error


def _padded(size: int) -> int:
    return -(-size // _STEP) * _STEP


def _batches(sizes: Sequence[int]) -> Iterable[list[int]]:
    """Indices in batches of one padded size each, the shortest first."""
    batch: list[int] = []
    for k in sorted(range(len(sizes)), key=sizes.__getitem__):
        if batch and (len(batch) >= _BATCH_PASSAGES or _padded(sizes[k]) != _padded(sizes[batch[0]])):
            yield batch
            batch = []
        batch.append(k)
    if batch:
        yield batch


def _trees(arcs: Floats, sentence: Ints) -> Ints:
    """Governors for a batch: the best of each word in its sentence where that makes one tree a sentence, else the best trees.

    `sentence` numbers the sentence of each word, 0 for the root's slot and for padding; the result counts words over a passage.
    """
    width = arcs.shape[1]
    apart = sentence[:, :, None] != sentence[:, None, :]
    apart[:, :, 0] = False
    arcs = np.where(apart, _BARRED, arcs)
    diagonal = np.arange(width)
    arcs[:, diagonal, diagonal] = _BARRED
    heads = arcs.argmax(-1)
    heads[sentence == 0] = 0
    reached = heads
    for _ in range(max(1, int(np.ceil(np.log2(width))))):
        reached = np.take_along_axis(reached, reached, 1)
    most = int(sentence.max()) + 1
    roots = np.bincount(sentence[(heads == 0) & (sentence > 0)], minlength=most)
    circular = np.bincount(sentence[reached != 0], minlength=most)
    for number in np.flatnonzero((roots[1:] != 1) | (circular[1:] > 0)) + 1:
        row, words = np.nonzero(sentence == number)
        block = np.concatenate([[0], words])
        above = best_tree(arcs[row[0], block[:, None], block])
        heads[row[0], words] = block[above]
    return np.asarray(heads, np.int64)


def _may_follow(labels: Sequence[str]) -> Floats:
    """What it costs a name tag (column) to follow another (row): nothing, or all where an inside tag follows no name of its kind."""
    cost = np.zeros((len(labels), len(labels)), np.float32)
    for i, before in enumerate(labels):
        for k, tag in enumerate(labels):
            if tag.startswith("I-") and before[2:] != tag[2:]:
                cost[i, k] = _BARRED
    return cost


def _best_tags(scores: Floats, real: Flags, opening: Flags, follows: Floats, outside: int) -> Ints:
    """The best row of name tags that is well formed, for each passage; zeros in the padding.

    No name goes on where a sentence opens: what stands there follows "O" (`outside`) as it were.
    """
    best = scores.argmax(-1)
    before = np.concatenate([np.full_like(best[:, :1], outside), best[:, :-1]], 1)
    broken = (follows[np.where(opening, outside, before), best] < 0) & real
    found = np.where(real, best, 0)
    for row in np.flatnonzero(broken.any(1)):
        own = real[row]
        found[row, own] = _viterbi(scores[row, own], opening[row, own], follows, outside)
    return np.asarray(found, np.int64)


def _viterbi(scores: Floats, opening: Flags, follows: Floats, outside: int) -> Ints:
    """The best well-formed row of tags of one passage (`scores`: word × tag)."""
    length, tags = scores.shape
    total = scores[0] + follows[outside]
    back = np.zeros((length, tags), np.int64)
    for k in range(1, length):
        options = total[:, None] + (follows[outside][None] if opening[k] else follows)
        back[k] = options.argmax(0)
        total = options.max(0) + scores[k]
    found = np.zeros(length, np.int64)
    found[-1] = total.argmax()
    for k in range(length - 1, 0, -1):
        found[k - 1] = back[k, found[k]]
    return found
