#pragma once

#include "engine/stages/stages.hpp"

namespace glass {

/// The non-linearity, element by element: "relu" is `max(0, x)`, "swish" `x / (1 + e^-x)`, ...
/// @param hidden  T x d_ff
/// @return T x d_ff
/// @throws std::invalid_argument naming the known functions if this one is not among them
/// @source Vaswani et al. (2017), section 3.3 (ReLU).  @deviation config.json may name another
[[nodiscard]] Mat activation(const Mat& hidden, const std::string& name);

/// The position-wise network: `act(x W_1 + b_1) W_2 + b_2`, each row alone. Records hidden, activation, output.
/// @param x  T x d_model
/// @return T x d_model
/// @throws std::invalid_argument from project, naming shapes
/// @source Vaswani et al. (2017), section 3.3, equation 2.
[[nodiscard]] Mat feed_forward(const Stages& stage,
                               const FeedForwardWeights& weights,
                               const Mat& x, const Seam& trace);

}  // namespace glass
