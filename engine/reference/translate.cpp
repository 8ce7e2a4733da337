#include "engine/reference/translate.hpp"

#include <stdexcept>

namespace glass {

std::vector<Translation> translate(const Model& model, const Experiment& experiment, search::Scorer& scorer,
                                   const search::Settings& settings, const std::string& text) {
  const Ids source = model.source_ids(text, experiment.segmenter);
  std::vector<std::vector<search::Hypothesis>> found = search::search(scorer, {source}, settings, experiment.rules);
  if (found.front().empty()) {
    throw std::runtime_error("the search found no translation: every score is infinitely bad; see length_penalty " +
                             std::to_string(settings.length_penalty) + " in the model's generation settings");
  }
  std::vector<Translation> translations;
  for (search::Hypothesis& hypothesis : found.front()) {
    std::string target = model.tokenizer.decode(hypothesis.ids);
    translations.push_back({std::move(target), std::move(hypothesis)});
  }
  return translations;
}

}  // namespace glass
