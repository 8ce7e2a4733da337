#pragma once

#include "engine/stages/stages.hpp"

namespace glass {

/// How well every query fits every key: `Q K^T / sqrt(d_k)`.
/// @param query  T_q x d_k
/// @param key    T_k x d_k
/// @return T_q x T_k
/// @throws std::invalid_argument naming both shapes if d_k differs
/// @source Vaswani et al. (2017), section 3.2.1, equation 1.
[[nodiscard]] Mat scores(const Mat& query, const Mat& key);

/// Turns every row into shares that sum to 1: `exp(x - max) / sum(exp(x - max))`; the maximum only keeps exp in range.
/// @param masked_scores  T_q x T_k, -inf where hidden; no row may be all -inf
/// @return T_q x T_k
/// @source Vaswani et al. (2017), section 3.2.1, equation 1.
[[nodiscard]] Mat softmax(const Mat& masked_scores);

/// Every query's mixture of the values: `weights V`.
/// @param weights  T_q x T_k
/// @param value    T_k x d_v
/// @return T_q x d_v
/// @throws std::invalid_argument naming both shapes if T_k differs
/// @source Vaswani et al. (2017), section 3.2.1, equation 1.
[[nodiscard]] Mat mix(const Mat& weights, const Mat& value);

/// Multi-head attention, x asking memory: per head `softmax(mask(Q K^T / sqrt(d_k))) V`, heads side by side, times W_O.
/// Records query, key, value; per head query, key, value, scores, masked_scores, weights, context; context, output.
/// @param in  x: T_q x d_model, memory: T_k x d_model, visible: T_q x T_k
/// @return T_q x d_model
/// @throws std::invalid_argument from the leaves, naming shapes
/// @source Vaswani et al. (2017), sections 3.2.1 and 3.2.2.
[[nodiscard]] Mat attention(const Stages& stage,
                            const AttentionWeights& weights,
                            const Question& in, const Seam& trace);

/// Cross-attention: the very same function; the target asks (x), the encoder's memory is asked.
/// @source Vaswani et al. (2017), section 3.2.3, "encoder-decoder attention".
[[nodiscard]] Mat cross_attention(const Stages& stage,
                                  const AttentionWeights& weights,
                                  const Question& in, const Seam& trace);

}  // namespace glass
