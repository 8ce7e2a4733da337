"""The goldens' computation against what Hugging Face's code computed from another checkpoint, in float32."""

import numpy as np

from common.checkpoint import Checkpoint
from common.npz import write_npz

HIDDEN, WEIGHTS, LOGITS = 2e-5, 1e-5, 1e-4  # what float32 meets (tests/data/oracle/README.md)


def compare_with_oracle(folder, golden, keep):
    """Prints the largest difference of every kind of array; returns 1 if one is beyond its tolerance.

    @param golden  (checkpoint, source ids, visible, target ids) -> {name: array}
    @param keep    the case whose whole trace is written to folder/trace/CASE.npz: a golden of another shape
    """
    largest = {}
    for expected in sorted((folder / "expected").iterdir()):
        checkpoint = Checkpoint(folder / "models" / expected.name)
        for case in sorted(expected.glob("c[0-9]*")):
            source, target = (np.load(case / f"{name}.npy").tolist() for name in ("input_ids", "decoder_input_ids"))
            trace = golden(checkpoint, source, [1] * len(source), target)
            _compare(case, _arrays(checkpoint, trace), largest)
            if case.name == keep:
                (folder / "trace").mkdir(exist_ok=True)
                write_npz(folder / "trace" / f"{case.name}.npz", trace)
        for ids in sorted((expected / "batch").glob("*_input_ids.npy")):
            if "decoder" not in ids.name:
                _compare_padded(checkpoint, ids, golden, largest)
    bad = [name for name, (worst, tolerance, _) in largest.items() if not worst <= tolerance]
    for name, (worst, tolerance, count) in largest.items():
        print(f"{name:20} {count:3} arrays  largest difference {worst:.1e}, allowed {tolerance:.0e}")
    return 1 if bad or not largest else 0


def _arrays(checkpoint, trace):
    """{file: (our array in Hugging Face's shape, tolerance)}"""

    def hidden(side):
        layers = range(checkpoint.layers(side))
        names = [f"{side}.embed.sum", *(f"{side}.layers.{layer}.feed_forward.norm" for layer in layers)]
        return np.stack([trace[name] for name in names]), HIDDEN

    def weights(side, kind):
        heads = range(checkpoint.heads(side))
        return np.stack([[trace[f"{side}.layers.{layer}.{kind}.head.{head}.weights"] for head in heads]
                         for layer in range(checkpoint.layers(side))]), WEIGHTS

    return {"encoder_last_hidden": (trace["encoder.memory"], HIDDEN), "encoder_hidden": hidden("encoder"),
            "encoder_attn": weights("encoder", "self_attn"), "decoder_hidden": hidden("decoder"),
            "decoder_attn": weights("decoder", "self_attn"), "cross_attn": weights("decoder", "encoder_attn"),
            "logits": (trace["decoder.logits"], LOGITS)}


def _compare(case, arrays, largest):
    for name, (ours, tolerance) in arrays.items():
        if (case / f"{name}.npy").exists():
            _note(largest, name, ours, np.load(case / f"{name}.npy"), tolerance)


def _compare_padded(checkpoint, path, golden, largest):
    """A padded batch, sentence by sentence; the rows of padding mean nothing there."""
    batch = path.name.split("_")[0]
    ids, mask, expected = (np.load(path.with_name(f"{batch}_{name}.npy"))
                           for name in ("input_ids", "attention_mask", "encoder_last_hidden"))
    for source, visible, theirs in zip(ids, mask, expected):
        ours = golden(checkpoint, source.tolist(), visible.tolist(), [checkpoint.start])["encoder.memory"]
        _note(largest, "padded memory", ours[visible == 1], theirs[visible == 1], HIDDEN)


def _note(largest, name, ours, theirs, tolerance):
    if ours.shape != theirs.shape:
        raise ValueError(f"{name} is {ours.shape} here and {theirs.shape} in the oracle")
    worst, _, count = largest.get(name, (0.0, tolerance, 0))
    largest[name] = (max(worst, float(np.abs(ours - theirs).max())), tolerance, count + 1)
