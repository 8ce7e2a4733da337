"""Translates with PyTorch: batches, cached keys and values, beam search as transformers >= 4.50 has it. Float32."""

import torch
import torch.nn.functional as F

ACTIVATIONS = {"relu": F.relu, "swish": F.silu, "silu": F.silu, "gelu": F.gelu}


class Decoder:
    """A checkpoint in float32. Rows are sentences x beams while decoding; caches hold one entry a decoder layer."""

    def __init__(self, checkpoint):
        self.checkpoint = checkpoint
        self.float = {name: torch.tensor(tensor).float() for name, tensor in checkpoint.tensors.items()}
        self.tables = {side: torch.tensor(checkpoint.table(side)).float() for side in ("source", "target")}
        self.positions = {side: torch.tensor(checkpoint.positions(side, checkpoint.config["max_position_embeddings"]))
                          .float() for side in ("encoder", "decoder")}
        self.output = [torch.tensor(part).float() for part in checkpoint.output()]
        self.activation = ACTIVATIONS[checkpoint.config["activation_function"]]

    def start(self, sentences):
        """Encodes lists of ids; keeps each decoder layer's keys and values of the memory."""
        longest = max(map(len, sentences))
        padded = torch.tensor([ids + [self.checkpoint.pad] * (longest - len(ids)) for ids in sentences])
        lengths = torch.tensor([len(ids) for ids in sentences])
        self.hidden = torch.where(torch.arange(longest) < lengths[:, None], 0.0, -torch.inf)[:, None, None, :]
        x = self._embed("encoder", "source", padded, 0)
        for layer in range(self.checkpoint.layers("encoder")):
            name = f"model.encoder.layers.{layer}"
            keys, values = self._keys_values(f"{name}.self_attn", x)
            x = self._attend(f"{name}.self_attn", x, keys, values, self.hidden)
            x = self._feed_forward(name, x)
        layers = range(self.checkpoint.layers("decoder"))
        self.memory = [self._keys_values(f"model.decoder.layers.{layer}.encoder_attn", x) for layer in layers]
        self.cache = [None for _ in layers]
        self.length = 0

    def step(self, tokens, parents=None):
        """Log-probabilities [sentences, beams, vocabulary] after one more token a beam; tokens [sentences, beams].

        @param parents  [sentences x beams]: the row that each row continues
        """
        sentences, beams = tokens.shape
        y = self._embed("decoder", "target", tokens.reshape(-1, 1), self.length)
        for layer in range(len(self.cache)):
            name = f"model.decoder.layers.{layer}"
            new = self._keys_values(f"{name}.self_attn", y)
            if self.cache[layer]:
                old = (part[parents] for part in self.cache[layer])
                new = tuple(torch.cat(pair, 2) for pair in zip(old, new))
            self.cache[layer] = new
            y = self._attend(f"{name}.self_attn", y, *new, 0.0)
            y = y.view(sentences, beams, -1)  # the beams of a sentence share its memory
            y = self._attend(f"{name}.encoder_attn", y, *self.memory[layer], self.hidden)
            y = self._feed_forward(name, y.view(sentences * beams, 1, -1))
        self.length += 1
        return F.log_softmax(F.linear(y, *self.output), -1).view(sentences, beams, -1)

    def _embed(self, side, table, ids, first):
        scaled = F.embedding(ids, self.tables[table]) * float(self.checkpoint.scale())
        return scaled + self.positions[side][first : first + ids.shape[1]]

    def _linear(self, name, x):
        return F.linear(x, self.float[f"{name}.weight"], self.float[f"{name}.bias"])

    def _heads(self, name, x):
        heads = self.checkpoint.heads(name.split(".")[1])
        return x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2)

    def _keys_values(self, name, x):
        return tuple(self._heads(name, self._linear(f"{name}.{part}_proj", x)) for part in "kv")

    def _attend(self, name, x, keys, values, hidden):
        queries = self._heads(name, self._linear(f"{name}.q_proj", x))
        weights = F.softmax(queries @ keys.transpose(2, 3) * queries.shape[3] ** -0.5 + hidden, -1)
        context = (weights @ values).transpose(1, 2).reshape(x.shape)
        return self._norm(f"{name}_layer_norm", x + self._linear(f"{name}.out_proj", context))

    def _feed_forward(self, name, x):
        active = self.activation(self._linear(f"{name}.fc1", x))
        return self._norm(f"{name}.final_layer_norm", x + self._linear(f"{name}.fc2", active))

    def _norm(self, name, x):
        return F.layer_norm(x, x.shape[-1:], self.float[f"{name}.weight"], self.float[f"{name}.bias"])
