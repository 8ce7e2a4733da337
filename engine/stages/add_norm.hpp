#pragma once

#include "engine/stages/stages.hpp"

namespace glass {

/// Layer normalisation of every row: `(x - mean) / sqrt(variance + 1e-5) * gamma + beta`, the variance divided by
/// d_model.
/// @param x  T x d_model
/// @return T x d_model
/// @throws std::invalid_argument naming the weight and both widths if they differ
/// @source Ba et al. (2016), equation 4; the 1e-5 inside the root is PyTorch's default, which checkpoints assume.
[[nodiscard]] Mat norm(const Mat& x, const LayerNorm& norm);

/// The end of every sub-layer: `LayerNorm(x + output)`. Records residual, norm.
/// @param x       T x d_model, what the sub-layer read
/// @param output  T x d_model, what it answered
/// @return T x d_model
/// @throws std::invalid_argument naming both shapes if they differ
/// @source Vaswani et al. (2017), section 3.1 (post-norm).
[[nodiscard]] Mat add_norm(const Stages& stage, const Mat& x,
                           const Mat& output, const LayerNorm& weights,
                           const Seam& trace);

}  // namespace glass
