#pragma once

#include "engine/reference/encoder.hpp"

namespace glass {

/// The decoder's layers: row i has read `ids[0 ... i]` and the whole memory. Records `decoder.*` up to the last norm.
/// @param ids    T_tgt ids: the start token, then the target without its closing end-of-sentence
/// @param trace  stands at the root
/// @return T_tgt x d_model
/// @throws std::invalid_argument if there are no ids, more than the model's positions, or an unknown one
/// @source Vaswani et al. (2017), section 3.1.
[[nodiscard]] Mat decode(const Weights& weights, const Stages& stage, const Memory& memory, const Ids& ids,
                         const Seam& trace);

/// The output projection of decoder rows. Records `decoder.logits` and `decoder.log_probabilities`.
/// @param y  T x d_model
/// @return logits, T x vocab_size
[[nodiscard]] Mat propose(const Weights& weights, const Stages& stage, const Mat& y, const Seam& trace);

}  // namespace glass
