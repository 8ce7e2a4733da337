#pragma once

#include "engine/trace/recompute.hpp"

namespace glass {

/// The arithmetic of the contract's operations, cell by cell, from strided views: plain sums in the order written,
/// which share nothing with the stages that they check. Arguments are the operands in the contract's order.
namespace operation {

/// `E[id]`: row ids(i) of the table. @throws std::runtime_error if the id is outside the table
[[nodiscard]] Cell lookup(const MatrixView& ids, const MatrixView& table, std::size_t i, std::size_t j);

/// sin(p / 10000^(2j/d)) for j < ceil(d/2), then cos of the same; rounded to float32 as the checkpoint format has it.
[[nodiscard]] Cell position(std::size_t p, std::size_t j, std::size_t d_model);

/// `sum_k x(i, k) w(j, k)`: row i of x with row j of w (a weight is stored [out, in])
[[nodiscard]] Cell dot(const MatrixView& x, std::size_t i, const MatrixView& w, std::size_t j);

/// `sum_k weights(i, k) value(k, j)`
[[nodiscard]] Cell mix(const MatrixView& weights, const MatrixView& value, std::size_t i, std::size_t j);

[[nodiscard]] Cell softmax(const MatrixView& x, std::size_t i, std::size_t j);

/// log(sum_k exp(x(i, k))), the largest taken out first
[[nodiscard]] double log_sum_exp(const MatrixView& x, std::size_t i);

/// `(x - mean) / sqrt(variance + 1e-5) * gamma + beta`, the variance divided by d_model. @source Ba et al. (2016)
[[nodiscard]] Cell layer_norm(const MatrixView& x, const MatrixView& gamma, const MatrixView& beta, std::size_t i,
                              std::size_t j);

}  // namespace operation
}  // namespace glass
