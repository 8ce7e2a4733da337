#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace glass::search {

using Ids = std::vector<std::int64_t>;

/// When beam search stops once it has as many finished translations as beams.
enum class EarlyStopping {
  no,    ///< when no running beam can improve on them at its present length
  yes,   ///< at once
  never  ///< when no running beam can improve on them at any length
};

/// Which releases' beam search is followed; they differ in when they stop.
enum class BeamRelease {
  hf_4_50,  ///< from 4.50.0: looks at the best beam that goes on
  hf_4_49   ///< up to 4.49: looks at the best candidate, one that has just ended included
};

/// What to search for. Lengths count the start token and the closing end token.
struct Settings {
  std::size_t num_beams = 1;  ///< 1 is greedy
  std::size_t max_length = 21;
  std::size_t min_length = 0;
  double length_penalty = 1.0;
  EarlyStopping early_stopping = EarlyStopping::no;
  std::size_t no_repeat_ngram_size = 0;  ///< 0 is off
  double repetition_penalty = 1.0;       ///< 1 is off
  std::vector<Ids> bad_words_ids = {};
  std::optional<std::int64_t> forced_bos_id = {};
  Ids forced_eos_ids = {};  ///< empty is off
  bool renormalize_logits = false;
  std::int64_t start_id = 0;
  Ids eos_ids = {0};
  BeamRelease release = BeamRelease::hf_4_50;
};

/// A translation found by search.
struct Hypothesis {
  Ids ids;             ///< without the start token; the closing end token included, unless max_length cut it off
  double score = 0.0;  ///< sum of the tokens' log-probabilities, after the changes, by the length rule
};

/// @throws std::invalid_argument with one sentence naming the setting, what it must be and what it is
void check(const Settings& settings);

}  // namespace glass::search
