#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "engine/search/scorer.hpp"

namespace glass::search {

/// The changes of one row out of a list sorted by row.
std::span<const Change> changes_of(const std::vector<Change>& changes, std::uint32_t row);

/// Applies a row's changes to its logits and picks the best: what a scorer does with each row once it has the logits.
/// @param logits   one per vocabulary entry; changed in place
/// @param changes  those of this row
/// @param best     how many candidates to return, at most
/// @throws std::runtime_error if a logit is not a number or +infinity
/// @throws std::invalid_argument if a change names an id outside the vocabulary
RowScores score_row(std::vector<double>& logits, std::span<const Change> changes, std::size_t best,
                    bool penalise_log_probabilities);

}  // namespace glass::search
