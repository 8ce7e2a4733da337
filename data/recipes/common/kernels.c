/* The parts of a training step that PyTorch does slowly on short sentences: attention over sentences packed end to end
   without padding, dropout + residual + LayerNorm in one pass, and softmax with smoothed cross entropy in place.
   Everything else is matrix products. One thread; kernels.py compiles this and gives each function its gradient. */
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { DK = 32 }; /* columns of one head */

static inline float dot(const float* a, const float* b) {
  float sum = 0;
  for (int d = 0; d < DK; ++d) sum += a[d] * b[d];
  return sum;
}

static inline void add_scaled(float* to, const float* from, float factor) {
  for (int d = 0; d < DK; ++d) to[d] += factor * from[d];
}

/* A sentence pair's rows and the place of its weights; `start` arrays hold n + 1 running sums. */
typedef struct {
  int64_t n, heads, causal, ld_q, ld_kv, ld_out;
  const int64_t *q_start, *k_start, *cell_start;
} Layout;

void attention_forward(const Layout* at, const float* q, const float* k, const float* v, float* weights, float* out) {
  const float scale = 1.0f / sqrtf(DK);
  for (int64_t b = 0; b < at->n; ++b) {
    const int64_t T_q = at->q_start[b + 1] - at->q_start[b], T_k = at->k_start[b + 1] - at->k_start[b];
    for (int64_t h = 0; h < at->heads; ++h) {
      const float* K = k + at->k_start[b] * at->ld_kv + h * DK;
      const float* V = v + at->k_start[b] * at->ld_kv + h * DK;
      for (int64_t i = 0; i < T_q; ++i) {
        const float* Q = q + (at->q_start[b] + i) * at->ld_q + h * DK;
        float* w = weights + at->cell_start[b] * at->heads + (h * T_q + i) * T_k;
        const int64_t seen = at->causal ? i + 1 : T_k;
        float top = -1e30f, sum = 0;
        for (int64_t j = 0; j < seen; ++j) {
          w[j] = scale * dot(Q, K + j * at->ld_kv);
          top = w[j] > top ? w[j] : top;
        }
        for (int64_t j = 0; j < seen; ++j) sum += w[j] = expf(w[j] - top);
        float context[DK] = {0};
        for (int64_t j = 0; j < seen; ++j) {
          w[j] /= sum;
          add_scaled(context, V + j * at->ld_kv, w[j]);
        }
        for (int64_t j = seen; j < T_k; ++j) w[j] = 0;
        memcpy(out + (at->q_start[b] + i) * at->ld_out + h * DK, context, sizeof context);
      }
    }
  }
}

/* dq has q's layout; dk and dv have k's and must arrive zeroed. Where `guide` is given (T_q x T_k a sentence, each row
   a distribution over the source or zero), guide_scale times the cross entropy of `guided_head` toward it is added. */
void attention_backward(const Layout* at, const float* q, const float* k, const float* v, const float* weights,
                        const float* dout, float* dq, float* dk, float* dv, const float* guide, int64_t guided_head,
                        float guide_scale) {
  const float scale = 1.0f / sqrtf(DK);
  float dscore[1024];
  for (int64_t b = 0; b < at->n; ++b) {
    const int64_t T_q = at->q_start[b + 1] - at->q_start[b], T_k = at->k_start[b + 1] - at->k_start[b];
    for (int64_t h = 0; h < at->heads; ++h) {
      const int64_t key_at = at->k_start[b] * at->ld_kv + h * DK;
      for (int64_t i = 0; i < T_q; ++i) {
        const int64_t query_at = (at->q_start[b] + i) * at->ld_q + h * DK;
        const float* w = weights + at->cell_start[b] * at->heads + (h * T_q + i) * T_k;
        const float* D = dout + (at->q_start[b] + i) * at->ld_out + h * DK;
        const int64_t seen = at->causal ? i + 1 : T_k;
        float mean = 0;
        for (int64_t j = 0; j < seen; ++j) {
          dscore[j] = dot(D, v + key_at + j * at->ld_kv);
          mean += dscore[j] * w[j];
        }
        for (int64_t j = 0; j < seen; ++j) dscore[j] = w[j] * (dscore[j] - mean);
        if (guide && h == guided_head) {
          const float* wanted = guide + at->cell_start[b] + i * T_k;
          float mass = 0;
          for (int64_t j = 0; j < T_k; ++j) mass += wanted[j];
          for (int64_t j = 0; j < T_k; ++j) dscore[j] += guide_scale * (mass * w[j] - wanted[j]);
        }
        float dquery[DK] = {0};
        for (int64_t j = 0; j < seen; ++j) {
          const int64_t at_j = key_at + j * at->ld_kv;
          add_scaled(dv + at_j, D, w[j]);
          add_scaled(dk + at_j, q + query_at, scale * dscore[j]);
          add_scaled(dquery, k + at_j, scale * dscore[j]);
        }
        memcpy(dq + query_at, dquery, sizeof dquery);
      }
    }
  }
}

/* 1 / keep or 0, decided by a hash of seed and index, so that the backward pass can draw the same again. */
static inline float mask(uint32_t seed, uint32_t index, uint32_t drop_below, float kept) {
  uint32_t x = index * 0x9E3779B1u ^ seed;
  x = (x ^ (x >> 16)) * 0x85EBCA6Bu;
  x = (x ^ (x >> 13)) * 0xC2B2AE35u;
  return ((x ^ (x >> 16)) >> 8) < drop_below ? 0.0f : kept;
}

/* drop is a probability; y may be x. */
void dropout(const float* x, float* y, int64_t count, float drop, uint32_t seed) {
  const uint32_t drop_below = (uint32_t)(drop * 16777216.0f);
  for (int64_t i = 0; i < count; ++i) y[i] = x[i] * mask(seed, (uint32_t)i, drop_below, 1.0f / (1.0f - drop));
}

/* What relu lets through of a gradient, in place. */
void relu_backward(const float* activation, float* grad, int64_t count) {
  for (int64_t i = 0; i < count; ++i) grad[i] = activation[i] > 0 ? grad[i] : 0;
}

/* out = LayerNorm(x + dropout(y)) * gain + bias; keeps the standardised rows and 1/sigma. */
void add_norm_forward(const float* x, const float* y, const float* gain, const float* bias, int64_t rows, int64_t d,
                      float drop, uint32_t seed, float* standard, float* inverse, float* out) {
  const uint32_t drop_below = (uint32_t)(drop * 16777216.0f);
  const float kept = 1.0f / (1.0f - drop);
  for (int64_t r = 0; r < rows; ++r) {
    float* z = standard + r * d;
    float sum = 0, squares = 0;
    for (int64_t j = 0; j < d; ++j) {
      z[j] = x[r * d + j] + y[r * d + j] * mask(seed, (uint32_t)(r * d + j), drop_below, kept);
      sum += z[j];
    }
    const float mean = sum / (float)d;
    for (int64_t j = 0; j < d; ++j) squares += (z[j] - mean) * (z[j] - mean);
    inverse[r] = 1.0f / sqrtf(squares / (float)d + 1e-5f);
    for (int64_t j = 0; j < d; ++j) {
      z[j] = (z[j] - mean) * inverse[r];
      out[r * d + j] = z[j] * gain[j] + bias[j];
    }
  }
}

/* dgain and dbias must arrive zeroed. */
void add_norm_backward(const float* dout, const float* standard, const float* inverse, const float* gain, int64_t rows,
                       int64_t d, float drop, uint32_t seed, float* dx, float* dy, float* dgain, float* dbias) {
  const uint32_t drop_below = (uint32_t)(drop * 16777216.0f);
  const float kept = 1.0f / (1.0f - drop);
  for (int64_t r = 0; r < rows; ++r) {
    const float *g = dout + r * d, *z = standard + r * d;
    float mean = 0, along = 0;
    for (int64_t j = 0; j < d; ++j) {
      mean += g[j] * gain[j];
      along += g[j] * gain[j] * z[j];
      dgain[j] += g[j] * z[j];
      dbias[j] += g[j];
    }
    mean /= (float)d, along /= (float)d;
    for (int64_t j = 0; j < d; ++j) {
      const float grad = inverse[r] * (g[j] * gain[j] - mean - z[j] * along);
      dx[r * d + j] = grad;
      dy[r * d + j] = grad * mask(seed, (uint32_t)(r * d + j), drop_below, kept);
    }
  }
}

/* Cross entropy toward (1 - smooth) on the label and smooth spread over all ids but pad. The logits become scale times
   their gradient; pad's column becomes 0, because pad's embedding and bias stay 0. Returns {smoothed, plain} sums. */
void cross_entropy(float* logits, const float* bias, const int64_t* labels, int64_t rows, int64_t vocab, int64_t pad,
                   float smooth, float scale, float* dbias, double* sums) {
  const float spread = smooth / (float)(vocab - 1);
  for (int64_t r = 0; r < rows; ++r) {
    float* x = logits + r * vocab;
    float top = -1e30f, total = 0, sum = 0;
    for (int64_t v = 0; v < vocab; ++v) {
      x[v] += bias[v];
      top = x[v] > top ? x[v] : top;
      total += x[v];
    }
    const float label = x[labels[r]];
    total -= x[pad];
    for (int64_t v = 0; v < vocab; ++v) sum += x[v] = expf(x[v] - top);
    const float log_sum = top + logf(sum), share = scale / sum, less = scale * spread;
    for (int64_t v = 0; v < vocab; ++v) x[v] = x[v] * share - less;
    x[labels[r]] -= scale * (1 - smooth);
    x[pad] = 0;
    for (int64_t v = 0; v < vocab; ++v) dbias[v] += x[v];
    sums[0] += log_sum - (1 - smooth) * label - spread * total;
    sums[1] += log_sum - label;
  }
}
