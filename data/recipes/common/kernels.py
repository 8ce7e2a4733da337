"""kernels.c as differentiable functions on packed sentences.

Packed: the tokens of all sentences stand in one matrix, N x d_model, without padding; `start` says where each sentence
begins. Every product is then one large matrix product, and only attention needs to know the sentences.
"""

import ctypes
import subprocess
from pathlib import Path

import numpy as np
import torch

from .paths import TRAINING

SOURCE = Path(__file__).with_name("kernels.c")


def _library():
    target = TRAINING / "kernels.so"
    if not target.exists() or target.stat().st_mtime < SOURCE.stat().st_mtime:
        TRAINING.mkdir(parents=True, exist_ok=True)
        fresh = target.with_suffix(".new")  # a training that runs keeps the old file
        subprocess.run(["gcc", "-O3", "-march=native", "-mprefer-vector-width=512", "-ffast-math", "-shared", "-fPIC",
                        str(SOURCE), "-o", str(fresh), "-lmvec", "-lm"], check=True)
        fresh.replace(target)
    return ctypes.CDLL(str(target))


_C = _library()
_long, _float, _seed = ctypes.c_int64, ctypes.c_float, ctypes.c_uint32


class Layout(ctypes.Structure):
    """Mirrors Layout in kernels.c, and keeps the arrays it points to alive."""

    _fields_ = [(name, _long) for name in ("n", "heads", "causal", "ld_q", "ld_kv", "ld_out")] + [
        (name, ctypes.c_void_p) for name in ("q_start", "k_start", "cell_start")]

    def __init__(self, q_start, k_start, heads, causal):
        cells = np.diff(q_start) * np.diff(k_start)
        self.arrays = (q_start, k_start, np.concatenate([[0], np.cumsum(cells)]).astype(np.int64))
        self.cells = int(self.arrays[2][-1])
        pointers = [a.ctypes.data for a in self.arrays]
        super().__init__(len(q_start) - 1, heads, causal, 0, 0, 0, *pointers)


def _at(tensor, columns=0):
    return ctypes.c_void_p(tensor.data_ptr() + 4 * columns)


class Attention(torch.autograd.Function):
    """context = softmax(Q K^T / sqrt(d_k)) V for every head of every sentence; also returns the weights, packed.

    q: N_q x ld_q with the query in its first d columns; kv: N_k x ld_kv with key and value from column `key` on
    (self-attention passes the same q | k | v matrix twice, and only its second gradient is filled).
    """

    @staticmethod
    def forward(ctx, q, kv, key, d, layout, guide, guide_scale):
        layout.ld_q, layout.ld_kv, layout.ld_out = q.shape[1], kv.shape[1], d
        weights = torch.empty(layout.heads * layout.cells)
        out = torch.empty(q.shape[0], d)
        _C.attention_forward(ctypes.byref(layout), _at(q), _at(kv, key), _at(kv, key + d), _at(weights), _at(out))
        ctx.save_for_backward(q, kv, weights)
        ctx.rest = key, d, layout, guide, guide_scale
        ctx.mark_non_differentiable(weights)
        return out, weights

    @staticmethod
    def backward(ctx, dout, _):
        q, kv, weights = ctx.saved_tensors
        key, d, layout, guide, guide_scale = ctx.rest
        layout.ld_q, layout.ld_kv, layout.ld_out = q.shape[1], kv.shape[1], d
        dkv = torch.zeros_like(kv)
        dq = dkv if key else torch.empty_like(q)
        _C.attention_backward(ctypes.byref(layout), _at(q), _at(kv, key), _at(kv, key + d), _at(weights),
                              _at(dout.contiguous()), _at(dq), _at(dkv, key), _at(dkv, key + d),
                              None if guide is None else _at(guide), _long(0), _float(guide_scale))
        return None if key else dq, dkv, None, None, None, None, None


class AddNorm(torch.autograd.Function):
    """LayerNorm(x + dropout(y)) * gain + bias."""

    @staticmethod
    def forward(ctx, x, y, gain, bias, drop, seed):
        standard, out, inverse = torch.empty_like(x), torch.empty_like(x), torch.empty(x.shape[0])
        ctx.rest = _long(x.shape[0]), _long(x.shape[1]), _float(drop), _seed(seed)
        _C.add_norm_forward(_at(x), _at(y), _at(gain), _at(bias), *ctx.rest, _at(standard), _at(inverse), _at(out))
        ctx.save_for_backward(standard, inverse, gain)
        return out

    @staticmethod
    def backward(ctx, dout):
        standard, inverse, gain = ctx.saved_tensors
        dx, dy = torch.empty_like(standard), torch.empty_like(standard)
        dgain, dbias = torch.zeros_like(gain), torch.zeros_like(gain)
        _C.add_norm_backward(_at(dout.contiguous()), _at(standard), _at(inverse), _at(gain), *ctx.rest,
                             _at(dx), _at(dy), _at(dgain), _at(dbias))
        return dx, dy, dgain, dbias, None, None


class Dropout(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, drop, seed):
        out = torch.empty_like(x)
        ctx.rest = _long(x.numel()), _float(drop), _seed(seed)
        _C.dropout(_at(x), _at(out), *ctx.rest)
        return out

    @staticmethod
    def backward(ctx, dout):
        dx = torch.empty_like(dout)
        _C.dropout(_at(dout.contiguous()), _at(dx), *ctx.rest)
        return dx, None, None


class FeedForward(torch.autograd.Function):
    """relu(x W_1^T + b_1) W_2^T + b_2, rectified in place in both directions."""

    @staticmethod
    def forward(ctx, x, w1, b1, w2, b2):
        activation = torch.addmm(b1, x, w1.t()).clamp_(min=0)
        ctx.save_for_backward(x, w1, activation, w2)
        return torch.addmm(b2, activation, w2.t())

    @staticmethod
    def backward(ctx, dout):
        x, w1, activation, w2 = ctx.saved_tensors
        dhidden = dout.mm(w2)
        _C.relu_backward(_at(activation), _at(dhidden), _long(dhidden.numel()))
        return dhidden.mm(w1), dhidden.t().mm(x), dhidden.sum(0), dout.t().mm(activation), dout.sum(0)


class OutputLoss(torch.autograd.Function):
    """Mean smoothed cross entropy of y table^T + bias, a few rows at a time: the N x V logits never exist as a whole.

    All three gradients are made on the way forward. `sums` (two doubles) receives the smoothed and the plain loss.
    """

    ROWS = 256

    @staticmethod
    def forward(ctx, y, table, bias, labels, pad, smooth, sums):
        dy, dtable, dbias = torch.empty_like(y), torch.zeros_like(table), torch.zeros_like(bias)
        buffer = torch.empty(OutputLoss.ROWS, len(table))
        for first in range(0, len(y), OutputLoss.ROWS):
            rows = y[first : first + OutputLoss.ROWS]
            logits = torch.mm(rows, table.t(), out=buffer[: len(rows)])
            _C.cross_entropy(_at(logits), _at(bias), ctypes.c_void_p(labels.data_ptr() + 8 * first), _long(len(rows)),
                             _long(len(table)), _long(pad), _float(smooth), _float(1 / len(y)), _at(dbias),
                             ctypes.c_void_p(sums.ctypes.data))
            torch.mm(logits, table, out=dy[first : first + len(rows)])
            dtable.addmm_(logits.t(), rows)
        ctx.save_for_backward(dy, dtable, dbias)
        return y.new_tensor(sums[0] / len(y))

    @staticmethod
    def backward(ctx, _):
        return (*ctx.saved_tensors, None, None, None, None)
