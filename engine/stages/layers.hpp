#pragma once

#include "engine/stages/stages.hpp"

namespace glass {

/// One encoder layer: `x = AddNorm(x, Attention(x, x))`, then `AddNorm(x, FeedForward(x))`.
/// @param x        T_src x d_model
/// @param visible  T_src x T_src, padding hidden
/// @param trace    stands at `encoder.layers.L`
/// @return T_src x d_model
/// @source Vaswani et al. (2017), section 3.1.
[[nodiscard]] Mat encoder_layer(const Stages& stage,
                                const EncoderLayerWeights& weights,
                                const Mat& x, const Visible& visible,
                                const Seam& trace);

/// One decoder layer: masked self-attention over the target, cross-attention into the memory, feed-forward; AddNorm
/// after each.
/// @param in     y: T_tgt x d_model, memory: T_src x d_model, causal: T_tgt x T_tgt, padding: T_tgt x T_src
/// @param trace  stands at `decoder.layers.L`
/// @return T_tgt x d_model
/// @source Vaswani et al. (2017), section 3.1.
[[nodiscard]] Mat decoder_layer(const Stages& stage,
                                const DecoderLayerWeights& weights,
                                const DecoderInput& in, const Seam& trace);

}  // namespace glass
