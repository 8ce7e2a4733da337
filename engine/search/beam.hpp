#pragma once

#include <vector>

#include "engine/search/rules.hpp"
#include "engine/search/scorer.hpp"
#include "engine/search/settings.hpp"

namespace glass::search {

/// Beam search: every step scores all tokens after every running beam by `sum + log_probability`, and keeps the best
/// num_beams that go on; those that end are kept aside by the rule of `settings.release`. All sentences go together;
/// one that is done leaves the batch. Beams that have read the same tokens share a row.
/// @return for each sentence its translations, best first, at most num_beams
/// @throws std::invalid_argument for settings that contradict themselves; std::runtime_error if every token is
///         forbidden; what the scorer throws
std::vector<std::vector<Hypothesis>> beam(Scorer& scorer, const std::vector<Ids>& sentences, const Settings& settings,
                                          const Rules& rules = {});

}  // namespace glass::search
