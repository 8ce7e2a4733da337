#pragma once

#include <vector>

#include "engine/search/rules.hpp"
#include "engine/search/scorer.hpp"
#include "engine/search/settings.hpp"

namespace glass::search {

/// Translates sentences: greedy search if num_beams is 1, else beam search.
/// @return for each sentence its translations, best first: one, or at most num_beams
std::vector<std::vector<Hypothesis>> search(Scorer& scorer, const std::vector<Ids>& sentences, const Settings& settings,
                                            const Rules& rules = {});

}  // namespace glass::search
