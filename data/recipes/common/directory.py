"""Writes the flat parameters of a training as a MarianMT directory, under the names of Hugging Face's library."""

import json

import numpy as np

from .network import shapes

SPLIT = {"qkv_proj": ("q_proj", "k_proj", "v_proj"), "kv_proj": ("k_proj", "v_proj")}


def tensors(flat, shape):
    """{Hugging Face's name: float32 array}"""
    named, first = {}, 0
    for name, size in shapes(shape).items():
        value = flat[first : first + np.prod(size)].reshape(size)
        first += value.size
        stem, _, kind = name.rpartition(".")
        owner, _, projection = stem.rpartition(".")
        if name == "table":
            named["model.shared.weight"] = value
        elif name == "logits_bias":
            named["final_logits_bias"] = value[None]
        elif projection in SPLIT:
            parts = np.split(value, len(SPLIT[projection]))
            named |= {f"model.{owner}.{part}.{kind}": rows for part, rows in zip(SPLIT[projection], parts)}
        else:
            named[f"model.{name}"] = value
    return named


def write_safetensors(path, named):
    """Eight bytes of header size, a JSON header padded with spaces to a multiple of eight, then the rows, by name."""
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name in sorted(named):
        value = np.ascontiguousarray(named[name], "<f4")
        place = [len(data), len(data) + value.nbytes]
        header[name] = {"dtype": "F32", "shape": list(value.shape), "data_offsets": place}
        data += value.tobytes()
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(len(text).to_bytes(8, "little") + text + data)


def write_json(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def generation(shape, beams, length_penalty):
    """How to search. The start token is pad; it must be banned, and the ban counts before the softmax."""
    found = {"bad_words_ids": [[shape.pad]], "bos_token_id": 0, "decoder_start_token_id": shape.pad, "eos_token_id": 0,
             "forced_eos_token_id": 0, "max_length": shape.positions, "num_beams": beams, "pad_token_id": shape.pad,
             "renormalize_logits": True, "transformers_version": "4.50.0"}
    return found | ({"length_penalty": length_penalty} if length_penalty != 1.0 else {})


def config(shape, beams):
    """The architecture. Keys and order are those of a saved MarianConfig; many of them change nothing at inference."""
    return {
        "_name_or_path": "", "_num_labels": 3, "activation_dropout": 0.0, "activation_function": "relu",
        "add_bias_logits": False, "add_final_layer_norm": False, "architectures": ["MarianMTModel"],
        "attention_dropout": 0.0, "bad_words_ids": [[shape.pad]], "bos_token_id": 0, "classif_dropout": 0.0,
        "classifier_dropout": 0.0, "d_model": shape.d_model, "decoder_attention_heads": shape.heads,
        "decoder_ffn_dim": shape.d_ff, "decoder_layerdrop": 0.0, "decoder_layers": shape.layers,
        "decoder_start_token_id": shape.pad, "decoder_vocab_size": shape.vocab_size, "dropout": 0.1,
        "encoder_attention_heads": shape.heads, "encoder_ffn_dim": shape.d_ff, "encoder_layerdrop": 0.0,
        "encoder_layers": shape.layers, "eos_token_id": 0, "forced_eos_token_id": 0,
        "id2label": {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}, "init_std": 0.02, "is_encoder_decoder": True,
        "label2id": {"LABEL_0": 0, "LABEL_1": 1, "LABEL_2": 2}, "max_length": shape.positions,
        "max_position_embeddings": shape.positions, "model_type": "marian", "normalize_before": False,
        "normalize_embedding": False, "num_beams": beams, "num_hidden_layers": shape.layers, "pad_token_id": shape.pad,
        "scale_embedding": True, "share_encoder_decoder_embeddings": True, "static_position_embeddings": True,
        "transformers_version": "4.50.0", "use_cache": True, "vocab_size": shape.vocab_size,
    }
