"""The cross-attention of the running sentence, kept while the model learns."""

import os

import numpy as np
import torch

from .examples import pack
from .paths import TRAINING

RUNNING = ("Hello, how are you?", "Bonjour, comment vas-tu ?")


def running_attention(network, pieces, epoch):
    """The running pair's cross-attention weights, teacher-forced, as {epoch.E.NAME: T_q x T_k} by contract name."""
    source, target = (np.array(pieces.encode(pieces.split(text))) for text in RUNNING)
    batch = pack([(source, target, None)], network.shape.pad)
    with torch.no_grad():
        network.drop = 0.0
        memory = network.encode(batch.source, batch.source_start)
        _, crossed = network.decode(batch.target, batch.target_start, memory, batch.source_start)
    shape = (network.shape.heads, len(target), len(source))
    return {f"epoch.{epoch}.decoder.layers.{layer}.encoder_attn.head.{head}.weights": weights
            for layer, packed in enumerate(crossed) for head, weights in enumerate(packed.view(shape).numpy())}


def save(path, write):
    """Writes beside the file, then takes its place: a file is whole or absent."""
    partial = path.with_name("partial-" + path.name)
    write(partial)
    os.replace(partial, path)


def extend_history(network, pieces, epoch):
    path = TRAINING / "history.npz"
    history = dict(np.load(path)) if epoch else {}
    history |= running_attention(network, pieces, epoch)
    save(path, lambda partial: np.savez_compressed(partial, **history))
