"""Every named matrix of a forward pass, from the formulas of the paper, in PyTorch float64.

Rows are positions. Matrices are stored [out, in], so a linear map is x W^T + b. The names are the trace's.
"""

import math

import torch

EPSILON = 1e-5
ACTIVATIONS = {
    "relu": lambda x: x * (x > 0),
    "swish": lambda x: x / (1 + torch.exp(-x)),
    "silu": lambda x: x / (1 + torch.exp(-x)),
    "gelu": lambda x: 0.5 * x * (1 + torch.erf(x / math.sqrt(2))),
    "gelu_new": lambda x: 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
}


def softmax(x):
    """Every row's shares; the row's maximum is subtracted first, which changes nothing but the overflow."""
    shares = torch.exp(x - x.amax(1, keepdim=True))
    return shares / shares.sum(1, keepdim=True)


def layer_norm(x, weight, bias):
    """(x - mean) / sqrt(variance + epsilon) * weight + bias; the variance divides by the number of columns."""
    centred = x - x.mean(1, keepdim=True)
    return centred / torch.sqrt((centred**2).mean(1, keepdim=True) + EPSILON) * weight + bias


class Formulas:
    """One pass over a checkpoint; `trace` holds every matrix by name, in the order of computation."""

    def __init__(self, checkpoint):
        self.checkpoint = checkpoint
        self.trace = {}

    def run(self, source, visible, target):
        """The trace of a teacher-forced pass; visible is 1 for a real source token, 0 for padding."""
        self._say("encoder.ids", torch.tensor(source))
        shown = self._say("encoder.visible", torch.tensor(visible))
        memory = self._encoder(source, (shown == 1).expand(len(source), -1))
        self._say("decoder.ids", torch.tensor(target))
        causal = torch.ones(len(target), len(target)).tril() == 1
        y = self._decoder(target, memory, causal, (shown == 1).expand(len(target), -1))
        weight, bias = map(torch.tensor, self.checkpoint.output())
        logits = self._say("decoder.logits", y @ weight.T + bias)
        self._say("decoder.log_probabilities", logits - torch.logsumexp(logits, 1, keepdim=True))
        return self.trace

    def _encoder(self, ids, visible):
        x = self._embed("encoder", "source", ids)
        for layer in range(self.checkpoint.layers("encoder")):
            name = f"encoder.layers.{layer}"
            x = self._attention(f"{name}.self_attn", x, x, visible)
            x = self._feed_forward(name, x)
        return self._say("encoder.memory", x)

    def _decoder(self, ids, memory, causal, padding):
        y = self._embed("decoder", "target", ids)
        for layer in range(self.checkpoint.layers("decoder")):
            name = f"decoder.layers.{layer}"
            y = self._attention(f"{name}.self_attn", y, y, causal)
            y = self._attention(f"{name}.encoder_attn", y, memory, padding)
            y = self._feed_forward(name, y)
        return y

    def _embed(self, side, table, ids):
        tokens = self._say(f"{side}.embed.tokens", torch.tensor(self.checkpoint.table(table)[ids]))
        scaled = self._say(f"{side}.embed.scaled", tokens * self.checkpoint.scale())
        positions = self._say(f"{side}.embed.positions", torch.tensor(self.checkpoint.positions(side, len(ids))))
        return self._say(f"{side}.embed.sum", scaled + positions)

    def _attention(self, name, x, other, visible):
        """Queries come from x, keys and values from other; then the residual and the norm."""
        query = self._linear(f"{name}.query", x, f"{name}.q_proj")
        key = self._linear(f"{name}.key", other, f"{name}.k_proj")
        value = self._linear(f"{name}.value", other, f"{name}.v_proj")
        heads = self.checkpoint.heads(name.split(".")[0])
        d_k = query.shape[1] // heads
        contexts = []
        for head in range(heads):
            part = slice(head * d_k, (head + 1) * d_k)
            contexts.append(self._head(f"{name}.head.{head}", query[:, part], key[:, part], value[:, part], visible))
        context = self._say(f"{name}.context", torch.cat(contexts, 1))
        return self._add_norm(name, x, self._linear(f"{name}.output", context, f"{name}.out_proj"),
                              f"{name}_layer_norm")

    def _head(self, name, query, key, value, visible):
        for leaf, matrix in (("query", query), ("key", key), ("value", value)):
            self._say(f"{name}.{leaf}", matrix)
        scores = self._say(f"{name}.scores", query @ key.T / math.sqrt(query.shape[1]))
        masked = self._say(f"{name}.masked_scores", torch.where(visible, scores, torch.tensor(-math.inf).double()))
        weights = self._say(f"{name}.weights", softmax(masked))
        return self._say(f"{name}.context", weights @ value)

    def _feed_forward(self, layer, x):
        name = f"{layer}.feed_forward"
        hidden = self._linear(f"{name}.hidden", x, f"{layer}.fc1")
        activation = ACTIVATIONS[self.checkpoint.config["activation_function"]]
        active = self._say(f"{name}.activation", activation(hidden))
        output = self._linear(f"{name}.output", active, f"{layer}.fc2")
        return self._add_norm(name, x, output, f"{layer}.final_layer_norm")

    def _add_norm(self, name, x, output, norm):
        residual = self._say(f"{name}.residual", x + output)
        weight, bias = map(torch.tensor, self.checkpoint.linear(f"model.{norm}"))
        return self._say(f"{name}.norm", layer_norm(residual, weight, bias))

    def _linear(self, name, x, tensor):
        weight, bias = map(torch.tensor, self.checkpoint.linear(f"model.{tensor}"))
        return self._say(name, x @ weight.T + bias)

    def _say(self, name, matrix):
        self.trace[name] = matrix
        return matrix
