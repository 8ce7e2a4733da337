#include "engine/reference/settings.hpp"

#include <algorithm>

namespace glass {

namespace {

search::EarlyStopping early_stopping(checkpoint::EarlyStopping rule) {
  if (rule == checkpoint::EarlyStopping::yes) return search::EarlyStopping::yes;
  return rule == checkpoint::EarlyStopping::never ? search::EarlyStopping::never : search::EarlyStopping::no;
}

}  // namespace

search::Settings settings_of(const checkpoint::Config& config, const checkpoint::Generation& generation) {
  return {.num_beams = generation.num_beams,
          .max_length = std::min(generation.max_length, config.max_positions + 1),
          .min_length = generation.min_length,
          .length_penalty = generation.length_penalty,
          .early_stopping = early_stopping(generation.early_stopping),
          .no_repeat_ngram_size = generation.no_repeat_ngram_size,
          .repetition_penalty = generation.repetition_penalty,
          .bad_words_ids = generation.bad_words_ids,
          .forced_bos_id = generation.forced_bos_id,
          .forced_eos_ids = generation.forced_eos_ids,
          .renormalize_logits = generation.renormalize_logits,
          .start_id = generation.start_id,
          .eos_ids = generation.eos_ids};
}

}  // namespace glass
