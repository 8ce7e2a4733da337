"""The Transformer in training: packed sentences, one flat vector of parameters.

Architecture of a MarianMT checkpoint: post-norm, ReLU, sinusoids (sines, then cosines), one table for encoder, decoder
and output, embeddings times sqrt(d_model), biases everywhere. pad is the last id and the decoder's start token; its row
of the table and its bias are 0 and stay so.
"""

import math
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F

from .kernels import AddNorm, Attention, Dropout, FeedForward, Layout, OutputLoss


@dataclass(frozen=True)
class Shape:
    vocab_size: int = 4000
    d_model: int = 128
    heads: int = 4
    d_ff: int = 512
    layers: int = 3
    positions: int = 512
    guided_layer: int = 1  # the decoder layer whose cross-attention head 0 is shown word alignments

    @property
    def pad(self):
        return self.vocab_size - 1


@dataclass
class Batch:
    """Packed sentences: ids end to end, and where each begins (n + 1 entries)."""

    source: torch.Tensor
    source_start: np.ndarray
    target: torch.Tensor  # what the decoder reads: start token, then the target without its end
    labels: torch.Tensor  # what it shall predict
    target_start: np.ndarray
    guide: torch.Tensor = None


def shapes(shape):
    """{name: size}; query, key and value projections that read the same matrix are one parameter."""
    d, ff = shape.d_model, shape.d_ff
    sizes = {"table": (shape.vocab_size, d), "logits_bias": (shape.vocab_size,)}
    for side, attentions in (("encoder", ("self_attn",)), ("decoder", ("self_attn", "encoder_attn"))):
        for layer in range(shape.layers):
            at = f"{side}.layers.{layer}"
            for attention in attentions:
                parts = {"qkv_proj": 3 * d} if attention == "self_attn" else {"q_proj": d, "kv_proj": 2 * d}
                for part, rows in (*parts.items(), ("out_proj", d)):
                    sizes |= {f"{at}.{attention}.{part}.weight": (rows, d), f"{at}.{attention}.{part}.bias": (rows,)}
                sizes |= {f"{at}.{attention}_layer_norm.{part}": (d,) for part in ("weight", "bias")}
            sizes |= {f"{at}.fc1.weight": (ff, d), f"{at}.fc1.bias": (ff,), f"{at}.fc2.weight": (d, ff),
                      f"{at}.fc2.bias": (d,)}
            sizes |= {f"{at}.final_layer_norm.{part}": (d,) for part in ("weight", "bias")}
    return sizes


def views(flat, shape):
    """The named parameters as views of one vector."""
    named, first = {}, 0
    for name, size in shapes(shape).items():
        named[name] = flat[first : first + math.prod(size)].view(size)
        first += math.prod(size)
    assert first == len(flat)
    return named


def initial(shape, seed):
    """Glorot's uniform for each d x d projection, 1/sqrt(d_model) for the table, 1 and 0 for the norms."""
    random = torch.Generator().manual_seed(seed)
    flat = torch.zeros(sum(math.prod(size) for size in shapes(shape).values()))
    for name, value in views(flat, shape).items():
        if name == "table":
            value.normal_(0, shape.d_model**-0.5, generator=random)
            value[shape.pad] = 0
        elif "layer_norm.weight" in name:
            value.fill_(1)
        elif name.endswith("weight"):
            rows = min(value.shape[0], shape.d_model) if "proj" in name else value.shape[0]
            limit = math.sqrt(6 / (rows + value.shape[1]))
            value.uniform_(-limit, limit, generator=random)
    return flat


def sinusoids(shape):
    """pos[p] = (sin(p / 10000^(2j/d)) for all j, then the cosines)."""
    d = shape.d_model
    angle = np.arange(shape.positions)[:, None] / 10000 ** (2 * np.arange(d // 2) / d)
    return torch.from_numpy(np.hstack([np.sin(angle), np.cos(angle)]).astype(np.float32))


class Network:
    """Parameters and their gradients are each one vector, `flat` and `gradient`; self.p are named views of them."""

    def __init__(self, shape, flat):
        self.shape = shape
        self.flat = flat
        self.gradient = torch.zeros_like(flat)
        self.p = {name: value.requires_grad_() for name, value in views(flat, shape).items()}
        for name, value in views(self.gradient, shape).items():
            self.p[name].grad = value
        self.positions = sinusoids(shape)
        self.drop, self.seed, self.guide_weight = 0.0, 0, 0.0

    def _next_seed(self):
        self.seed = (self.seed * 1664525 + 1013904223) % 2**32
        return self.seed

    def _embed(self, ids, start):
        place = np.arange(len(ids)) - np.repeat(start[:-1], np.diff(start))
        x = F.embedding(ids, self.p["table"]) * math.sqrt(self.shape.d_model) + self.positions[torch.from_numpy(place)]
        return Dropout.apply(x, self.drop, self._next_seed()) if self.drop else x

    def _linear(self, name, x):
        return F.linear(x, self.p[name + ".weight"], self.p[name + ".bias"])

    def _add_norm(self, name, x, y):
        gain, bias = self.p[name + "_layer_norm.weight"], self.p[name + "_layer_norm.bias"]
        return AddNorm.apply(x, y.contiguous(), gain, bias, self.drop, self._next_seed())

    def _self_attention(self, name, x, layout):
        qkv = self._linear(name + ".qkv_proj", x)
        context, _ = Attention.apply(qkv, qkv, self.shape.d_model, self.shape.d_model, layout, None, 0.0)
        return self._add_norm(name, x, self._linear(name + ".out_proj", context))

    def _cross_attention(self, name, x, memory, layout, guide):
        q, kv = self._linear(name + ".q_proj", x), self._linear(name + ".kv_proj", memory)
        scale = self.guide_weight / len(x)
        context, weights = Attention.apply(q, kv, 0, self.shape.d_model, layout, guide, scale)
        return self._add_norm(name, x, self._linear(name + ".out_proj", context)), weights

    def _feed_forward(self, name, x):
        weights = [self.p[f"{name}.{part}"] for part in ("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias")]
        return self._add_norm(name + ".final", x, FeedForward.apply(x, *weights))

    def encode(self, source, start):
        x = self._embed(source, start)
        layout = Layout(start, start, self.shape.heads, False)
        for layer in range(self.shape.layers):
            x = self._self_attention(f"encoder.layers.{layer}.self_attn", x, layout)
            x = self._feed_forward(f"encoder.layers.{layer}", x)
        return x

    def decode(self, target, start, memory, source_start, guide=None):
        """The last decoder layer's rows, and every layer's packed cross-attention weights."""
        x = self._embed(target, start)
        causal = Layout(start, start, self.shape.heads, True)
        cross = Layout(start, source_start, self.shape.heads, False)
        crossed = []
        for layer in range(self.shape.layers):
            at = f"decoder.layers.{layer}"
            x = self._self_attention(at + ".self_attn", x, causal)
            wanted = guide if layer == self.shape.guided_layer and self.guide_weight else None
            x, weights = self._cross_attention(at + ".encoder_attn", x, memory, cross, wanted)
            x = self._feed_forward(at, x)
            crossed.append(weights)
        return x, crossed

    def loss(self, batch, smooth, sums):
        memory = self.encode(batch.source, batch.source_start)
        y, crossed = self.decode(batch.target, batch.target_start, memory, batch.source_start, batch.guide)
        loss = OutputLoss.apply(y, self.p["table"], self.p["logits_bias"], batch.labels, self.shape.pad, smooth, sums)
        return loss, crossed

    def logits(self, y):
        return F.linear(y, self.p["table"], self.p["logits_bias"])
