#pragma once

#include "engine/stages/stages.hpp"

namespace glass {

/// Hides padding: `visible(i, j) = real(j)` for every query i.
/// @param real       T_k numbers, 1 for a real token, 0 for padding
/// @param n_queries  T_q
/// @return T_q x T_k
/// @throws std::invalid_argument if every key is padding: a query must see something
/// @source Vaswani et al. (2017) leave it unsaid; every batched implementation needs it.
[[nodiscard]] Visible padding(const Ids& real, std::size_t n_queries);

/// Hides the future: `visible(i, j) = 1` if j <= i.
/// @return n_tokens x n_tokens, lower triangle and diagonal 1
/// @source Vaswani et al. (2017), section 3.1 ("prevent positions from attending to subsequent positions").
[[nodiscard]] Visible causal(std::size_t n_tokens);

/// `scores` where visible, -inf elsewhere; exp(-inf) is exactly 0, so a hidden key gets no weight.
/// @param scores   T_q x T_k
/// @param visible  T_q x T_k, 1 where the query may look at the key
/// @return T_q x T_k
/// @throws std::invalid_argument naming both shapes if they differ, or the first row that may see nothing
/// @source Vaswani et al. (2017), section 3.2.3.  @deviation Marian adds a large negative number; we write -inf
[[nodiscard]] Mat mask(const Mat& scores, const Visible& visible);

}  // namespace glass
