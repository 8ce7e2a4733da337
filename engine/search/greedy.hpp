#pragma once

#include <vector>

#include "engine/search/rules.hpp"
#include "engine/search/scorer.hpp"
#include "engine/search/settings.hpp"

namespace glass::search {

/// Greedy search: every step takes the token that `rules.choose` picks from the changed logits, until an end token or
/// max_length. All sentences go together; one that has ended leaves the batch.
/// @return for each sentence its one translation
/// @throws std::invalid_argument for settings that contradict themselves; what the scorer throws
std::vector<Hypothesis> greedy(Scorer& scorer, const std::vector<Ids>& sentences, const Settings& settings,
                               const Rules& rules = {});

}  // namespace glass::search
