#pragma once

#include <vector>

#include "engine/reference/decoder.hpp"
#include "engine/reference/model.hpp"
#include "engine/search/rules.hpp"
#include "engine/stages/stages.hpp"

namespace glass {

/// Everything about a run that a lesson, an exercise or a mistake can change; weights never change. As it is made, it
/// changes nothing. (The inputs, ids and visible, pass the seam too: an edit by name reaches them.)
struct Experiment {
  Stages stages = paper_stages();  ///< how each step computes
  search::Rules rules;             ///< how the search chooses
  text::Segmenter segmenter;       ///< how pieces are merged; empty: the model's own way
  std::vector<Edit> edits;         ///< changes by name, at the seam
};

/// The teacher-forced pass: encodes the source, reads `read` and proposes a next token after each of its ids.
/// @param read   the start token, then the target without its closing end-of-sentence
/// @param trace  stands at the root: `Seam(recording)`, where `Recording{.edits = experiment.edits}` carries the
///               experiment's edits. A run that throws keeps what it recorded.
/// @return logits, T_tgt x vocab_size
/// @source Vaswani et al. (2017), section 3.1; by causality these are the numbers that generation sees.
Mat run(const Weights& weights, const Stages& stage, const Source& source, const Ids& read, const Seam& trace);

/// `sum_i log_softmax(logits)(i, target_i)`: how probable the model finds the target, as a natural logarithm.
/// @param logits  T x vocab_size
/// @param target  T ids, closed by end-of-sentence
[[nodiscard]] double log_probability(const Mat& logits, const Ids& target);

}  // namespace glass
