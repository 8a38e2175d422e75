"""The network: a small encoder with heads for tags, borders of sentences, trees and names.

The encoder is all-MiniLM-L6-v2 (Wang et al. 2020; 6 layers of 384), to whose input the shape of each word is added, since its
vocabulary knows no capitals. The parser is the biaffine one of Dozat and Manning (2017).
"""

from __future__ import annotations

import math
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, LAYERS, ATTENTION_HEADS, INNER, VOCABULARY, POSITIONS = 384, 6, 12, 1536, 30522, 512
SHAPES = 16
ARC, RELATION, NAME = 256, 48, 192


class Dropout:
    """Dropout out of a pool of masks: on a processor, drawing a fresh mask costs as much as a layer."""

    def __init__(self, seed: int, size: int = 1 << 23) -> None:
        self._draw = torch.Generator().manual_seed(seed)
        self._size = size
        self._pools: dict[float, Tensor] = {}

    def __call__(self, x: Tensor, p: float) -> Tensor:
        n = x.numel()
        pool = self._pools.get(p)
        if pool is None or pool.numel() < 2 * n:
            kept = torch.rand(max(self._size, 2 * n), generator=self._draw) >= p
            pool = self._pools[p] = (kept / (1 - p)).to(torch.bfloat16)
        start = int(torch.randint(0, pool.numel() - n, (1,), generator=self._draw))
        return x * pool[start : start + n].view(x.shape)


class Layer(nn.Module):
    """One layer of the encoder."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.o = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.ln1, self.ln2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.f1, self.f2 = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.drop: Dropout | None = None

    def _dropped(self, x: Tensor) -> Tensor:
        return self.drop(x, 0.1) if self.training and self.drop else x

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        size = WIDTH // ATTENTION_HEADS
        q, k, v = self.qkv(x).view(batch, length, 3, ATTENTION_HEADS, size).permute(2, 0, 3, 1, 4).unbind(0)
        # Written out: the fused attention of torch 2.13 takes nine times as long backwards on a processor.
        scores = (q * (1 / math.sqrt(size))) @ k.transpose(-1, -2) + mask
        a = (scores.softmax(-1, dtype=torch.float32).to(v.dtype) @ v).transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.ln1(x + self._dropped(self.o(a)))
        return self.ln2(x + self._dropped(self.f2(functional.gelu(self.f1(x)))))


class Network(nn.Module):
    """Sub-tokens to scores. `sizes`: number of labels of pos, tag, morph, relation, name, kind."""

    def __init__(self, sizes: dict[str, int]) -> None:
        super().__init__()
        self.sizes = sizes
        self.emb, self.pos = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.typ, self.case, self.eln = nn.Parameter(torch.zeros(WIDTH)), nn.Embedding(SHAPES, WIDTH), nn.LayerNorm(WIDTH, 1e-12)
        nn.init.normal_(self.case.weight, std=0.01)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.tag = nn.Linear(WIDTH, sizes["pos"] + sizes["tag"] + sizes["morph"] + 1)
        self.arc_dependent, self.arc_governor = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.rel_dependent, self.rel_governor = nn.Linear(WIDTH, RELATION), nn.Linear(WIDTH, RELATION)
        self.arc = nn.Parameter(torch.randn(ARC + 1, ARC) * 0.01)
        self.rel = nn.Parameter(torch.randn(sizes["relation"], RELATION + 1, RELATION + 1) * 0.01)
        self.name_hidden, self.name = nn.Linear(WIDTH, NAME), nn.Linear(NAME, sizes["name"] + sizes["kind"])
        self.drop: Dropout | None = None

    def share_dropout(self, drop: Dropout) -> None:
        self.drop = drop
        for layer in self.layers:
            layer.drop = drop

    def _dropped(self, x: Tensor, p: float) -> Tensor:
        return self.drop(x, p) if self.training and self.drop else x

    def words(self, numbers: Tensor, shapes: Tensor, mask: Tensor, first: Tensor) -> Tensor:
        """A vector for each word (its first sub-token), the root first. `first`: window × word."""
        x = self.emb(numbers) + self.pos.weight[: numbers.shape[1]] + self.typ + self.case(shapes)
        x = self._dropped(self.eln(x), 0.1)
        barred = ((1.0 - mask) * -1e4)[:, None, None, :].to(x.dtype)
        for layer in self.layers:
            x = layer(x, barred)
        return x.gather(1, first[:, :, None].expand(-1, -1, WIDTH))

    def tags(self, words: Tensor) -> Tensor:
        """Scores of pos, tag, morph and of a sentence's start, side by side."""
        return self.tag(self._dropped(words, 0.2))

    def parse(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of governors (window × dependent × governor), and vectors of dependents and governors for relations."""

        def part(layer: nn.Module) -> Tensor:
            return self._dropped(functional.leaky_relu(layer(words), 0.1), 0.33)

        dependent, governor = part(self.arc_dependent), part(self.arc_governor)
        one = torch.ones_like(dependent[..., :1])
        arcs = torch.cat([dependent, one], -1) @ self.arc.to(dependent.dtype) @ governor.transpose(1, 2)
        return arcs, torch.cat([part(self.rel_dependent), one], -1), torch.cat([part(self.rel_governor), one], -1)

    def names(self, words: Tensor) -> Tensor:
        """Scores of name tags, then of finer kinds."""
        return self.name(self._dropped(functional.gelu(self.name_hidden(self._dropped(words, 0.2))), 0.1))

    def forward(self, ids: Tensor, case: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        """What ships: tags, governors, vectors of dependents and governors, names."""
        words = self.words(ids, case, mask, first)
        return (self.tags(words), *self.parse(words), self.names(words))


def load_encoder(network: Network, weights: Path) -> None:
    """Fill the encoder with the weights of all-MiniLM-L6-v2 (a safetensors file)."""
    from safetensors.torch import load_file

    source = load_file(str(weights))

    def copy(target: Tensor, *names: str) -> None:
        target.copy_(torch.cat([source[name] for name in names]) if len(names) > 1 else source[names[0]])

    with torch.no_grad():
        copy(network.emb.weight, "embeddings.word_embeddings.weight")
        copy(network.pos.weight, "embeddings.position_embeddings.weight")
        network.typ.copy_(source["embeddings.token_type_embeddings.weight"][0])
        for part in ("weight", "bias"):
            copy(getattr(network.eln, part), f"embeddings.LayerNorm.{part}")
            for i, layer in enumerate(network.layers):
                at = f"encoder.layer.{i}"
                copy(getattr(layer.qkv, part), *(f"{at}.attention.self.{x}.{part}" for x in ("query", "key", "value")))
                copy(getattr(layer.o, part), f"{at}.attention.output.dense.{part}")
                copy(getattr(layer.ln1, part), f"{at}.attention.output.LayerNorm.{part}")
                copy(getattr(layer.f1, part), f"{at}.intermediate.dense.{part}")
                copy(getattr(layer.f2, part), f"{at}.output.dense.{part}")
                copy(getattr(layer.ln2, part), f"{at}.output.LayerNorm.{part}")
