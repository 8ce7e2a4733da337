#pragma once

#include <vector>

#include "engine/lesson/session.hpp"
#include "engine/reference/weights.hpp"
#include "engine/stages/stages.hpp"

namespace glass::lesson {

/// One of the model's attentions as it was recorded: what asks, what is asked, and who may see whom.
struct Site {
  Name query;  ///< "decoder.layers.1.encoder_attn.query", which stands for the place
  const AttentionWeights& weights;
  Mat x, memory;
  Visible visible;

  [[nodiscard]] Question question() const { return {x, memory, visible}; }
};

/// Every attention of the model, in the order of computation.
/// @param stage  makes the masks
[[nodiscard]] std::vector<Site> attention_sites(const Session& session, const Pass& pass, const Stages& stage);

/// The weights at a place of attention, or at a name within it.
[[nodiscard]] const AttentionWeights& attention_weights(const Weights& weights, Name name);

/// Lets the stages attend at a site, from its x and memory, and records every name there.
[[nodiscard]] Trace attend_at(const Site& site, const Stages& stage);

}  // namespace glass::lesson
