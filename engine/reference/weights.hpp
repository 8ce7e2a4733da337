#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/checkpoint/checkpoint.hpp"
#include "engine/stages/weights.hpp"

namespace glass {

/// All of a checkpoint's weights, widened to double, each under its checkpoint name. A tied table is held once.
struct Weights {
  Embedding encoder_embed, decoder_embed;
  std::vector<EncoderLayerWeights> encoder;
  std::vector<DecoderLayerWeights> decoder;
  Linear lm_head;
  std::size_t max_positions = 0;
};

[[nodiscard]] std::shared_ptr<const Weights> read_weights(const checkpoint::Checkpoint& checkpoint);

/// What config.json says of the matrices' sizes.
[[nodiscard]] Dims dims_of(const checkpoint::Config& config);

/// The checkpoint's tensors as `Sources::tensor` wants them: views into the mapped file, absent where it has none.
[[nodiscard]] std::function<MatrixView(std::string_view)> tensors_of(const checkpoint::Checkpoint& checkpoint);

}  // namespace glass
