"""The training loop: trees and names in turn, one network, its averaged weights kept."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from training.corpus import Sentence, spans
from training.network import Dropout, Network
from training.windows import IGNORED, Labels, Window, Windows, batches, padded_size

SILVER_SHARE = 1 / 3


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train. The amount is counted in sub-tokens, so that a slow machine trains the same network."""

    seed: int = 1
    sub_tokens: int = 11_000_000
    batch: int = 1_024  # padded sub-tokens
    trees: float = 0.6  # share of the batches that have trees
    encoder_rate: float = 1.5e-4
    layer_decay: float = 1.0  # each layer below learns this much slower
    head_rate: float = 1e-3
    hold: float = 0.2  # share of the training before the rates fall, linearly
    warm_steps: int = 100
    masked: float = 0.0  # share of the words hidden
    embeddings_rate: float = 0.0  # of the sub-tokens' embeddings; 0 leaves them as they were
    average: float = 0.999  # of the weights, a step
    name_weight: float = 1.5
    tag_weight: float = 0.3
    start_weight: float = 0.3
    kind_weight: float = 0.3
    clip: float = 2.0


def sizes_of(labels: Labels) -> dict[str, int]:
    return {name: len(getattr(labels, name)) for name in ("pos", "tag", "morph", "relation", "name", "kind")}


def padded(rows: Sequence[Sequence[int]], filler: int) -> Tensor:
    """Rows of different lengths as one table."""
    longest = padded_size(max(map(len, rows)))
    return torch.tensor([[*row, *[filler] * (longest - len(row))] for row in rows])


@dataclass(slots=True)
class Batch:
    """Windows as tensors, and what is to be learnt of them."""

    numbers: Tensor
    shapes: Tensor
    mask: Tensor
    first: Tensor
    sentence: Tensor
    real: Tensor  # window × word: a word, and neither root nor padding
    windows: list[Window]

    @classmethod
    def of(cls, windows: list[Window]) -> Batch:
        numbers = padded([w.numbers for w in windows], 0)
        lengths = torch.tensor([len(w.numbers) for w in windows])
        mask = (torch.arange(numbers.shape[1])[None] < lengths[:, None]).float()
        sentence = padded([w.sentence for w in windows], -1)
        return cls(
            numbers,
            padded([w.shapes for w in windows], 0),
            mask,
            padded([w.first for w in windows], 0),
            sentence,
            sentence > 0,
            windows,
        )

    def column(self, name: str, number: int | None = None) -> Tensor:
        rows = [getattr(w, name) if number is None else getattr(w, name)[number] for w in self.windows]
        return padded(rows, IGNORED)

    def barred(self) -> Tensor:
        """Window × dependent × governor: pairs that no tree may join, since they stand in different sentences."""
        same = self.sentence[:, :, None] == self.sentence[:, None, :]
        same[:, :, 0] = True
        return ~same


def losses(network: Network, batch: Batch, recipe: Recipe) -> dict[str, Tensor]:
    """What the network has still to learn of a batch, by task, weighted."""
    n = network.sizes
    with torch.autocast("cpu", torch.bfloat16):
        words = network.words(batch.numbers, batch.shapes, batch.mask, batch.first)
        real = batch.real
        found: dict[str, Tensor] = {}
        if batch.windows[0].has_tree:
            tags = network.tags(words)[real].float()
            at = 0
            tag_loss = torch.zeros(())
            for number, name in enumerate(("pos", "tag", "morph")):
                tag_loss = tag_loss + functional.cross_entropy(
                    tags[:, at : at + n[name]], batch.column("columns", number)[real], ignore_index=IGNORED
                )
                at += n[name]
            found["tags"] = recipe.tag_weight * tag_loss
            starts = batch.column("starts")[real]
            known = starts != IGNORED
            if known.any():
                found["starts"] = recipe.start_weight * functional.binary_cross_entropy_with_logits(
                    tags[:, -1][known], starts[known].float()
                )
            arcs, dependents, governors = network.parse(words)
            arcs = arcs.float().masked_fill(batch.barred(), -1e4)
            heads = batch.column("heads")
            found["arcs"] = functional.cross_entropy(arcs[real], heads[real])
            rows = torch.arange(len(batch.windows))[:, None].expand_as(heads)[real]
            with torch.autocast("cpu", enabled=False):
                scores = torch.einsum("ni,rij,nj->nr", dependents[real].float(), network.rel, governors[rows, heads[real]].float())
            found["relations"] = functional.cross_entropy(scores, batch.column("columns", 3)[real], ignore_index=IGNORED)
        if any(w.has_names for w in batch.windows):
            scores = network.names(words)[real].float()
            allowed = torch.from_numpy(np.concatenate([w.allowed[1:] for w in batch.windows]))
            names, kinds = scores[:, : n["name"]], scores[:, n["name"] :]
            told = ~allowed.all(1)
            if told.any():
                possible = names.masked_fill(~allowed, -1e4).logsumexp(1)
                found["names"] = recipe.name_weight * (names.logsumexp(1) - possible)[told].mean()
            wanted = batch.column("kinds")[real]
            if (wanted != IGNORED).any():
                found["kinds"] = recipe.kind_weight * functional.cross_entropy(kinds, wanted, ignore_index=IGNORED)
    return found


def shuffled(sentences: Sequence[Sentence], rng: random.Random) -> list[Sentence]:
    """The documents in another order, the sentences of each in theirs."""
    runs: list[list[Sentence]] = []
    for sentence in sentences:
        if not runs or runs[-1][-1].document != sentence.document or (not sentence.document and len(runs[-1]) > 3):
            runs.append([])
        runs[-1].append(sentence)
    rng.shuffle(runs)
    return list(chain.from_iterable(runs))


def forever(windows: Windows, sentences: Sequence[Sentence], rng: random.Random, budget: int) -> Iterator[list[Window]]:
    """Batch after batch, pass after pass; of the silver sentences each pass sees a third."""
    while True:
        seen = [s for s in shuffled(sentences, rng) if not s.silver or rng.random() < SILVER_SHARE]
        yield from batches(windows.pass_over(seen), rng, budget)


def train(
    network: Network, windows: Windows, trees: Sequence[Sentence], names: Sequence[Sentence], dev: Mapping[str, Sequence[Sentence]],
    recipe: Recipe, log: Path,
) -> None:  # fmt: skip
    """Train in place; the network holds its averaged weights in the end. A line of figures now and then goes to `log`."""
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    network.share_dropout(Dropout(recipe.seed))
    network.pos.weight.requires_grad = False
    network.emb.weight.requires_grad = recipe.embeddings_rate > 0
    groups = _groups(network, recipe)
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    rates = [group["lr"] for group in optimiser.param_groups]
    learnt = [p for p in network.parameters() if p.requires_grad]
    averaged = [p.detach().clone() for p in learnt]
    turns = forever(windows, trees, rng, recipe.batch), forever(windows, names, rng, recipe.batch)
    seen = step = 0
    sums: dict[str, list[float]] = {}
    began, told = time.perf_counter(), 0
    network.train()
    while seen < recipe.sub_tokens:
        done = seen / recipe.sub_tokens
        scale = min(1.0, (step + 1) / recipe.warm_steps) * min(1.0, max(0.01, (1 - done) / (1 - recipe.hold)))
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * scale
        batch = Batch.of(next(turns[0] if rng.random() < recipe.trees else turns[1]))
        parts = losses(network, batch, recipe)
        if not parts:
            continue
        optimiser.zero_grad(set_to_none=True)
        torch.stack(list(parts.values())).sum().backward()
        torch.nn.utils.clip_grad_norm_(learnt, recipe.clip)
        optimiser.step()
        for name, part in parts.items():
            sums.setdefault(name, []).append(float(part.detach()))
        seen += int(batch.mask.sum())
        step += 1
        if step % 4 == 0:
            keep = min(recipe.average**4, 1 - 1 / (1 + step / 8))
            with torch.no_grad():
                torch._foreach_lerp_(averaged, [p.detach() for p in learnt], 1 - keep)
        if seen // 1_500_000 > told or seen >= recipe.sub_tokens:
            told = seen // 1_500_000
            current = [p.detach().clone() for p in learnt]
            _set(learnt, averaged)
            spent = time.perf_counter() - began
            line: dict[str, Any] = {"seen": seen, "steps": step, "minutes": round(spent / 60, 1)}
            line |= {name: round(float(np.mean(values)), 3) for name, values in sums.items()}
            line |= {name: figures(network, windows, sentences) for name, sentences in dev.items()}
            with log.open("a", encoding="utf-8") as out:
                out.write(json.dumps(line) + "\n")
            sums = {}
            network.train()
            if seen < recipe.sub_tokens:
                _set(learnt, current)
    network.eval()


def _groups(network: Network, recipe: Recipe) -> list[dict[str, object]]:
    """Parameters with their rates: the heads fast, the encoder slowly, and slower the lower."""
    encoder = {"layers", "eln", "typ", "emb"}
    found: list[dict[str, object]] = [
        {
            "params": [p for n, p in network.named_parameters() if n.split(".")[0] not in encoder and p.requires_grad],
            "lr": recipe.head_rate,
        },
        {"params": [*network.eln.parameters(), network.typ], "lr": recipe.encoder_rate * recipe.layer_decay ** len(network.layers)},
    ]
    for i, layer in enumerate(network.layers):
        found.append({"params": list(layer.parameters()), "lr": recipe.encoder_rate * recipe.layer_decay ** (len(network.layers) - 1 - i)})
    return found


def _set(parameters: Sequence[Tensor], values: Sequence[Tensor]) -> None:
    with torch.no_grad():
        for parameter, value in zip(parameters, values, strict=True):
            parameter.copy_(value)


def figures(network: Network, windows: Windows, sentences: Sequence[Sentence]) -> dict[str, float]:
    """Quick scores with gold words, governors taken one by one: to follow a training, not to report."""
    network.eval()
    n, labels = network.sizes, windows.labels
    right = dict.fromkeys(("pos", "uas", "las"), 0)
    total = starts_right = starts_found = starts_there = 0
    names_right = names_found = names_there = 0
    names = list(labels.name)
    made = sorted(windows.pass_over(sentences, plain=True, longest=72), key=lambda w: len(w.numbers))
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for at in range(0, len(made), 16):
            batch = Batch.of(made[at : at + 16])
            words = network.words(batch.numbers, batch.shapes, batch.mask, batch.first)
            real = batch.real
            tags, marks = network.tags(words).float(), network.names(words).float()[..., : n["name"]].argmax(-1)
            if made[at].has_tree:
                arcs, dependents, governors = network.parse(words)
                arcs = arcs.float().masked_fill(batch.barred(), -1e4)
                arcs.diagonal(dim1=1, dim2=2).fill_(-1e4)
                heads = arcs.argmax(-1)
                rows = torch.arange(len(batch.windows))[:, None].expand_as(heads)[real]
                scores = torch.einsum("ni,rij,nj->nr", dependents[real].float(), network.rel, governors[rows, heads[real]].float())
                good = heads[real] == batch.column("heads")[real]
                total += len(good)
                right["pos"] += int((tags[real][:, : n["pos"]].argmax(1) == batch.column("columns", 0)[real]).sum())
                right["uas"] += int(good.sum())
                right["las"] += int((good & (scores.argmax(1) == batch.column("columns", 3)[real])).sum())
                starts = batch.column("starts")[real]
                known = starts != IGNORED
                said = tags[real][:, -1][known] > 0
                starts_right += int((said & (starts[known] == 1)).sum())
                starts_found += int(said.sum())
                starts_there += int((starts[known] == 1).sum())
            for row, window in enumerate(batch.windows):
                if not window.has_names:
                    continue
                length = len(window.sentence)
                gold_rows = window.allowed[1:]
                # A word that may have several tags counts as outside.
                gold = [names[int(r.argmax())] if r.sum() == 1 else "O" for r in gold_rows]
                hidden = {k for k in ("NORP", "MISC") if gold_rows[:, labels.name[f"B-{k}"]].sum() > 0.5 * length}
                there = spans(gold)
                found = {s for s in spans([names[k] for k in marks[row, 1:length].tolist()]) if s[2] not in hidden}
                names_right, names_found, names_there = names_right + len(there & found), names_found + len(found), names_there + len(there)
    result = {}
    if total:
        result = {name: round(100 * value / total, 2) for name, value in right.items()}
        result["starts"] = round(200 * starts_right / max(1, starts_found + starts_there), 2)
    if names_there:
        result["names"] = round(200 * names_right / max(1, names_found + names_there), 2)
    return result
