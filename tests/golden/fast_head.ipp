#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>
#include <variant>
#include <vector>

#include "tests/golden/fast_head.hpp"

namespace glass::test {

/// The rows that a fused computation would forget.
struct KeptRows {
  std::vector<float> scores, masked_scores, weights;

  static void keep(std::vector<float>& matrix, const std::vector<float>& row) {
    matrix.insert(matrix.end(), row.begin(), row.end());
  }
};

inline MatrixView float_view(const float* data, std::size_t rows, std::size_t cols, std::size_t row_stride) {
  return {data, rows, cols, static_cast<std::ptrdiff_t>(row_stride), 1, Element::f32};
}

inline float dot(const float* a, const float* b, std::size_t n) {
  float sum = 0;
  for (std::size_t k = 0; k < n; ++k) sum += a[k] * b[k];
  return sum;
}

inline void softmax_row(std::vector<float>& row) {
  const float largest = *std::max_element(row.begin(), row.end());
  float sum = 0;
  for (float& x : row) sum += x = std::exp(x - largest);
  for (float& x : row) x /= sum;
}

template <Tracer T>
void fast_head(const FusedHead& in, float* context, const T& trace) {
  const std::size_t stride = 3 * in.d_model, n = in.n_tokens;
  const float* query = in.qkv + in.head * in.d_k;
  const float* key = query + in.d_model;
  const float* value = key + in.d_model;
  const float scale = 1 / std::sqrt(static_cast<float>(in.d_k));
  [[maybe_unused]] std::conditional_t<T::enabled, KeptRows, std::monostate> kept;
  std::vector<float> row(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) row[j] = dot(query + i * stride, key + j * stride, in.d_k) * scale;
    if constexpr (T::enabled) KeptRows::keep(kept.scores, row);
    for (std::size_t j = 0; j < n; ++j) row[j] = in.visible[j] == 1 ? row[j] : -std::numeric_limits<float>::infinity();
    if constexpr (T::enabled) KeptRows::keep(kept.masked_scores, row);
    softmax_row(row);
    if constexpr (T::enabled) KeptRows::keep(kept.weights, row);
    std::fill_n(context + i * in.d_k, in.d_k, 0.0F);
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t k = 0; k < in.d_k; ++k) context[i * in.d_k + k] += row[j] * value[j * stride + k];
    }
  }
  if constexpr (T::enabled) {
    trace("query", float_view(query, n, in.d_k, stride));
    trace("key", float_view(key, n, in.d_k, stride));
    trace("value", float_view(value, n, in.d_k, stride));
    trace("scores", float_view(kept.scores.data(), n, n, n));
    trace("masked_scores", float_view(kept.masked_scores.data(), n, n, n));
    trace("weights", float_view(kept.weights.data(), n, n, n));
    trace("context", float_view(context, n, in.d_k, in.d_k));
  }
}

}  // namespace glass::test
