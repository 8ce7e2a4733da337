#pragma once

#include "engine/stages/stages.hpp"

namespace glass {

/// How strongly each token of the vocabulary is proposed to come next: `y E^T + b`, with the embedding table as E.
/// Records logits.
/// @param y        T_tgt x d_model, the last decoder layer's rows
/// @param lm_head  the tied table (d_model x vocab_size) and `final_logits_bias`
/// @return T_tgt x vocab_size
/// @source Vaswani et al. (2017), section 3.4.  @deviation the paper's logits have no bias; Marian's have
[[nodiscard]] Mat logits(const Stages& stage, const Mat& y,
                         const Linear& lm_head, const Seam& trace);

/// The logarithm of each row's softmax: `x - max - log(sum(exp(x - max)))`.
/// @param logits  T x vocab_size
/// @return T x vocab_size
/// @source Vaswani et al. (2017), section 3.4 (the softmax over the vocabulary).
[[nodiscard]] Mat log_softmax(const Mat& logits);

/// What the decoder reads while it learns to say `target`: the start token, then the target without its last id.
/// @param target  T ids, closed by end-of-sentence
/// @return T ids
/// @throws std::invalid_argument if the target is empty
/// @source Vaswani et al. (2017), section 3.1 ("output embeddings are offset by one position").
[[nodiscard]] Ids shift_right(const Ids& target, std::int64_t start);

}  // namespace glass
