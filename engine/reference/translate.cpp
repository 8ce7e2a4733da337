#include "engine/reference/translate.hpp"

#include <algorithm>

namespace glass {
namespace {

search::EarlyStopping early_stopping(checkpoint::EarlyStopping rule) {
  switch (rule) {
    case checkpoint::EarlyStopping::no:
      return search::EarlyStopping::no;
    case checkpoint::EarlyStopping::yes:
      return search::EarlyStopping::yes;
    case checkpoint::EarlyStopping::never:
      return search::EarlyStopping::never;
  }
  return search::EarlyStopping::no;
}

}  // namespace

search::Settings settings_of(const Model& model) {
  const checkpoint::Generation& generation = model.checkpoint.generation();
  return {.num_beams = generation.num_beams,
          .max_length = std::min(generation.max_length, model.weights->max_positions),
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

std::vector<Translation> translate(const Model& model, const Experiment& experiment, search::Scorer& scorer,
                                   const search::Settings& settings, const std::string& text) {
  const Ids source = model.source_ids(text, experiment.segmenter);
  std::vector<std::vector<search::Hypothesis>> found = search::search(scorer, {source}, settings, experiment.rules);
  std::vector<Translation> translations;
  for (search::Hypothesis& hypothesis : found.front()) {
    std::string target = model.tokenizer.decode(hypothesis.ids);
    translations.push_back({std::move(target), std::move(hypothesis)});
  }
  return translations;
}

}  // namespace glass
