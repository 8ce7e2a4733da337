#pragma once

#include "engine/reference/experiment.hpp"
#include "engine/reference/settings.hpp"
#include "engine/search/search.hpp"

namespace glass {

/// A translation as text, with the ids that it was made of.
struct Translation {
  std::string text;
  search::Hypothesis hypothesis;
};

/// Translates one text with whatever scorer (the reference, or a faster one).
/// @return the translations, best first: one, or at most num_beams
/// @throws std::runtime_error or std::invalid_argument with one sentence if the text is not valid UTF-8 or too long, or
///         nothing was found
[[nodiscard]] std::vector<Translation> translate(const Model& model, const Experiment& experiment,
                                                 search::Scorer& scorer, const search::Settings& settings,
                                                 const std::string& text);

}  // namespace glass
