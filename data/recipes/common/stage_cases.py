"""Goldens of one stage alone, on made-up inputs that a real sentence does not give: seeded, all sizes different."""

import numpy as np
import torch

from common.formulas import layer_norm, softmax


def flat_row(checkpoint):
    """Rows that are almost constant, of variance about 1e-6: here it shows where epsilon stands and how large it is."""
    name = "encoder.layers.0.self_attn"
    random = np.random.default_rng(1)
    levels = np.array([[0.0], [1.5], [-3.0], [0.25], [0.5]])
    spread = np.array([[1e-3], [1e-3], [1.2e-3], [0.8e-3], [1.0]])  # the last row is an ordinary one
    residual = levels + spread * random.standard_normal((5, checkpoint.d_model))
    weight, bias = map(torch.tensor, checkpoint.linear(f"model.{name}_layer_norm"))
    norm = layer_norm(torch.tensor(residual), weight, bias)
    library = torch.nn.functional.layer_norm(torch.tensor(residual), [checkpoint.d_model], weight, bias)
    return _case(f"{name}.norm", norm, library, {f"{name}.residual": residual})


def huge_scores(_checkpoint):
    """Scores whose exp is beyond a double's range, on either side: a softmax must subtract the row's maximum."""
    name = "decoder.layers.0.encoder_attn.head.0"
    random = np.random.default_rng(2)
    levels = np.array([[1000.0], [-1000.0], [0.0], [720.0]])  # the third row is an ordinary one
    masked = levels + random.standard_normal((4, 6))
    masked[0, 1:4] -= [2000.0, 3.0, 400.0]
    masked[:, 5] = -np.inf  # a hidden key
    weights = softmax(torch.tensor(masked))
    library = torch.softmax(torch.tensor(masked), 1)
    return _case(f"{name}.weights", weights, library, {f"{name}.masked_scores": masked})


def _case(stage, value, library, inputs):
    difference = (value - library).abs().max().item()
    if not difference < 1e-12:
        raise ArithmeticError(f"{stage}: the formula and PyTorch's function differ by {difference}")
    return {"stage": np.array(stage), **{f"input.{name}": x for name, x in inputs.items()}, stage: value.numpy()}
