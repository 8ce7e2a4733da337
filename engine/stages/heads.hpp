#pragma once

#include "engine/stages/stages.hpp"

namespace glass {

/// A linear map of every row: `x W + b`.
/// @param x       T x d_in
/// @param linear  W: d_in x d_out, b: d_out
/// @return T x d_out
/// @throws std::invalid_argument naming the weight and both shapes if x does not have d_in columns
/// @source Vaswani et al. (2017), section 3.2.2.  @deviation the paper's projections have no bias; Marian's have
[[nodiscard]] Mat project(const Mat& x, const Linear& linear);

/// Cuts the columns into heads: head h is columns `h d_k ... (h+1) d_k - 1`.
/// @param x  T x d_model
/// @return n_heads matrices, T x d_k each, d_k = d_model / n_heads
/// @throws std::invalid_argument if n_heads does not divide d_model
/// @source Vaswani et al. (2017), section 3.2.2: one projection, cut, is h separate projections.
[[nodiscard]] std::vector<Mat> split_heads(const Mat& x,
                                           std::size_t n_heads);

/// Puts the heads' contexts side by side: `[context_0 | context_1 | ...]`.
/// @param contexts  n_heads matrices, T x d_k each
/// @return T x d_model
/// @throws std::invalid_argument if there are none or their rows differ
/// @source Vaswani et al. (2017), section 3.2.2, `Concat(head_1, ..., head_h)`.
[[nodiscard]] Mat join_heads(const std::vector<Mat>& contexts);

}  // namespace glass
