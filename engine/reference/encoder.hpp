#pragma once

#include "engine/reference/weights.hpp"
#include "engine/stages/stages.hpp"

namespace glass {

/// A source sentence: ids closed by end-of-sentence, perhaps padded; `visible` is 1 for a real token, 0 for padding.
struct Source {
  Ids ids, visible;
};

/// A sentence without padding.
[[nodiscard]] Source source_of(Ids ids);

/// What the encoder hands to every decoder layer: T_src x d_model, and which of its rows are real tokens.
struct Memory {
  Mat rows;
  Ids visible;
};

/// The encoder: embed, then every layer in turn. Records `encoder.*`.
/// @param trace  stands at the root
/// @throws std::invalid_argument if the source is empty, longer than the model's positions, or holds an unknown id
/// @source Vaswani et al. (2017), section 3.1.
[[nodiscard]] Memory encode(const Weights& weights, const Stages& stage, const Source& source, const Seam& trace);

}  // namespace glass
