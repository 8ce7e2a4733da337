#pragma once

#include <cstddef>
#include <string>

namespace glass {

/// The sizes of one stack of layers.
struct StackDims {
  std::size_t n_layers = 0, n_heads = 0, d_ff = 0;
};

/// What config.json decides about the matrices: their number, their widths and the two scalars in their formulas.
struct Dims {
  StackDims encoder, decoder;
  std::size_t d_model = 0, vocab_size = 0;  ///< vocab_size counts the decoder's ids
  double embedding_scale = 1;               ///< sqrt(d_model), or 1
  std::string activation = "relu";          ///< one of activation_names()
};

/// How many positions a trace has on either side; encoder positions include padding.
struct Lengths {
  std::size_t source = 0, target = 0;
};

}  // namespace glass
