"""The cross-attention kept from training: its last entry must be that of the shipped weights."""

import numpy as np

FLOAT32 = 1e-4


def check_history(history, golden):
    """Compares the last epoch of history.npz with the golden of the running pair; returns (epoch, largest difference).

    @raises ValueError where a name, a shape or a number differs: then history.npz is of other weights
    """
    with np.load(history) as kept, np.load(golden) as case:
        last = max(int(name.split(".")[1]) for name in kept.files)
        largest = 0.0
        for name in (name for name in case.files if ".encoder_attn.head." in name and name.endswith(".weights")):
            found = kept[f"epoch.{last}.{name}"]
            if found.shape != case[name].shape:
                raise ValueError(f"{history.name}: {name} is {found.shape}, expected {case[name].shape}")
            largest = max(largest, float(np.abs(found - case[name]).max()))
    if not largest <= FLOAT32:
        raise ValueError(f"{history.name}: epoch {last} differs from the golden by {largest}")
    return last, largest
