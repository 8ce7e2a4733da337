#pragma once

#include <string>
#include <vector>

#include "engine/trace/contract.hpp"

namespace glass::cli {

/// A checkpoint tensor under the letter that the formulas give it, at the place where they use it.
struct WeightName {
  std::string name;    ///< "encoder.layers.0.self_attn.W_Q"
  std::string tensor;  ///< "model.encoder.layers.0.self_attn.q_proj.weight"
  bool transposed;     ///< stored [out, in], W is in x out
};

/// The weights that a matrix is computed from, so that `y = x W + b` holds as it is written:
/// `W_Q b_Q`, `W_K b_K`, `W_V b_V`, `W_O b_O` and `gamma beta` at an attention; `W_1 b_1`, `W_2 b_2` and `gamma beta`
/// at a feed-forward network; `E` (a row an id) and `P` (a row a position) at an embedding; `decoder.W` and `decoder.b`
/// for the logits. None for a matrix that needs no weights.
[[nodiscard]] std::vector<WeightName> weights_of(Name name, const Dims& dims);

}  // namespace glass::cli
