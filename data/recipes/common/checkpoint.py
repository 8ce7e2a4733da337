"""A MarianMT directory read with NumPy alone (SentencePiece only where text is cut), without the engine or PyTorch."""

import json
from pathlib import Path

import numpy as np

ALIASES = {
    "source": ("model.shared.weight", "model.encoder.embed_tokens.weight", "model.decoder.embed_tokens.weight",
               "lm_head.weight"),
    "target": ("model.shared.weight", "model.decoder.embed_tokens.weight", "model.encoder.embed_tokens.weight",
               "lm_head.weight"),
}


def read_safetensors(path):
    """{name: array}: eight bytes of header size, a JSON header, then the rows; BF16 is widened to F32."""
    data = Path(path).read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    header.pop("__metadata__", None)
    return {name: _array(data[start:], entry) for name, entry in header.items()}


def _array(data, entry):
    begin, end = entry["data_offsets"]
    if entry["dtype"] == "BF16":
        wide = np.frombuffer(data[begin:end], "<u2").astype("<u4") << 16
        return wide.view("<f4").reshape(entry["shape"])
    kind = {"F16": "<f2", "F32": "<f4", "F64": "<f8"}[entry["dtype"]]
    return np.frombuffer(data[begin:end], kind).reshape(entry["shape"])


def sinusoids(rows, d_model):
    """sin in the first half of a row, cos in the second, rounded to float32 as the format has them."""
    rate = 10000.0 ** (-2.0 * np.arange((d_model + 1) // 2) / d_model)
    angle = np.arange(rows, dtype=np.float64)[:, None] * rate
    table = np.concatenate([np.sin(angle), np.cos(angle[:, : d_model // 2])], axis=1)
    return table.astype(np.float32).astype(np.float64)


class Checkpoint:
    """config.json, weights in float64, and ids: what a forward pass needs."""

    def __init__(self, directory):
        self.directory = Path(directory)
        self.config = self._json("config.json")
        self.vocabulary = self._json("vocab.json")
        self._segmenters = {}
        self.tensors = read_safetensors(self.directory / "model.safetensors")
        self.d_model = self.config["d_model"]
        self.start = self.config["decoder_start_token_id"]
        self.pad = self.config["pad_token_id"]
        self.eos = self.config["eos_token_id"]

    def _json(self, name):
        return json.loads((self.directory / name).read_text(encoding="utf-8"))

    @property
    def generation(self):
        """generation_config.json where there is one, else the same keys of config.json."""
        there = (self.directory / "generation_config.json").exists()
        return self._json("generation_config.json") if there else self.config

    def parameters(self):
        """How many trained numbers there are: the position tables, if stored, are not trained."""
        return sum(t.size for name, t in self.tensors.items() if "embed_positions" not in name)

    def layers(self, side):
        return self.config[f"{side}_layers"]

    def heads(self, side):
        return self.config[f"{side}_attention_heads"]

    def tensor(self, name):
        return self.tensors[name].astype(np.float64)

    def linear(self, name):
        """(weight [out, in], bias [out])"""
        return self.tensor(name + ".weight"), self.tensor(name + ".bias")

    def table(self, side):
        """The embedding table of "source" or "target", under whichever of its names the file has it."""
        return self.tensor(next(name for name in ALIASES[side] if name in self.tensors))

    def output(self):
        """(weight, bias) of the projection to the vocabulary: the target's table unless the file has its own."""
        weight = self.tensor("lm_head.weight") if "lm_head.weight" in self.tensors else self.table("target")
        stored = "final_logits_bias" in self.tensors
        return weight, self.tensor("final_logits_bias")[0] if stored else np.zeros(len(weight))

    def scale(self):
        return np.sqrt(self.d_model) if self.config.get("scale_embedding", False) else 1.0

    def positions(self, side, rows):
        stored = f"model.{side}.embed_positions.weight"
        return self.tensor(stored)[:rows] if stored in self.tensors else sinusoids(rows, self.d_model)

    def pieces(self, text, side):
        """The pieces of a text, as source.spm or target.spm cuts it; no special tokens."""
        return self._segmenter(side).encode(text, out_type=str)

    def ids(self, text, side):
        return [self.vocabulary.get(piece, self.vocabulary["<unk>"]) for piece in self.pieces(text, side)]

    def text(self, ids):
        """The text of target ids; special tokens are left out."""
        pieces = {number: piece for piece, number in self.vocabulary.items()}
        special = ("</s>", "<unk>", "<pad>")
        kept = [pieces[number] for number in ids if pieces[number] not in special]
        return self._segmenter("target").decode_pieces(kept).replace("\u2581", " ").strip()

    def _segmenter(self, side):
        import sentencepiece

        if side not in self._segmenters:
            model = sentencepiece.SentencePieceProcessor(model_file=str(self.directory / f"{side}.spm"))
            self._segmenters[side] = model
        return self._segmenters[side]
