"""The same forward pass from PyTorch's own building blocks: what the formulas are checked against.

Only what a block returns has a name here: outputs, attention weights, norms.
"""

import torch
import torch.nn.functional as F

ACTIVATIONS = {"relu": F.relu, "swish": F.silu, "silu": F.silu, "gelu": F.gelu,
               "gelu_new": lambda x: F.gelu(x, approximate="tanh")}


class Blocks:
    """One pass over a checkpoint; `found` holds what the blocks return, under the trace's names."""

    def __init__(self, checkpoint):
        self.checkpoint = checkpoint
        self.found = {}

    def run(self, source, visible, target):
        hidden = torch.tensor(visible) == 0
        x = self._embed("encoder", "source", source)
        for layer in range(self.checkpoint.layers("encoder")):
            name = f"encoder.layers.{layer}"
            x = self._attention(f"{name}.self_attn", x, x, hidden.expand(len(source), -1))
            x = self._feed_forward(name, x)
        memory = self.found["encoder.memory"] = x
        y = self._embed("decoder", "target", target)
        future = torch.ones(len(target), len(target), dtype=torch.bool).triu(1)
        for layer in range(self.checkpoint.layers("decoder")):
            name = f"decoder.layers.{layer}"
            y = self._attention(f"{name}.self_attn", y, y, future)
            y = self._attention(f"{name}.encoder_attn", y, memory, hidden.expand(len(target), -1))
            y = self._feed_forward(name, y)
        self.found["decoder.logits"] = F.linear(y, *map(torch.tensor, self.checkpoint.output()))
        self.found["decoder.log_probabilities"] = F.log_softmax(self.found["decoder.logits"], 1)
        return self.found

    def _embed(self, side, table, ids):
        tokens = F.embedding(torch.tensor(ids), torch.tensor(self.checkpoint.table(table)))
        positions = torch.tensor(self.checkpoint.positions(side, len(ids)))
        self.found[f"{side}.embed.sum"] = tokens * self.checkpoint.scale() + positions
        return self.found[f"{side}.embed.sum"]

    def _attention(self, name, x, other, hidden):
        weights, biases = zip(*(self._linear(f"{name}.{part}_proj") for part in ("q", "k", "v", "out")))
        output, shares = F.multi_head_attention_forward(
            x[:, None], other[:, None], other[:, None], x.shape[1], self.checkpoint.heads(name.split(".")[0]),
            None, torch.cat(biases[:3]), None, None, False, 0.0, weights[3], biases[3], training=False,
            attn_mask=hidden, use_separate_proj_weight=True, q_proj_weight=weights[0], k_proj_weight=weights[1],
            v_proj_weight=weights[2], average_attn_weights=False)
        self.found[f"{name}.output"] = output[:, 0]
        for head, matrix in enumerate(shares[0]):
            self.found[f"{name}.head.{head}.weights"] = matrix
        return self._norm(f"{name}.norm", x + output[:, 0], f"{name}_layer_norm")

    def _feed_forward(self, layer, x):
        name = f"{layer}.feed_forward"
        activation = ACTIVATIONS[self.checkpoint.config["activation_function"]]
        active = self.found[f"{name}.activation"] = activation(F.linear(x, *self._linear(f"{layer}.fc1")))
        output = self.found[f"{name}.output"] = F.linear(active, *self._linear(f"{layer}.fc2"))
        return self._norm(f"{name}.norm", x + output, f"{layer}.final_layer_norm")

    def _norm(self, name, x, tensor):
        self.found[name] = F.layer_norm(x, x.shape[1:], *self._linear(tensor))
        return self.found[name]

    def _linear(self, tensor):
        return tuple(map(torch.tensor, self.checkpoint.linear(f"model.{tensor}")))
