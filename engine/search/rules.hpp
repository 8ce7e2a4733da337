#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "engine/search/processors.hpp"
#include "engine/search/scorer.hpp"
#include "engine/search/settings.hpp"

namespace glass::search {

/// The best candidate of a row, the lower id of equal ones: greedy search's choice.
/// @throws std::runtime_error if every token is hidden
Candidate choose_best(const RowScores& scores);

/// 0 for the first beam and -1e9 for the others, so that the first step, where all beams are alike, takes n different
/// tokens instead of n times the same.
std::vector<double> first_beam_sums(std::size_t num_beams);

/// `sum / length^length_penalty`.
/// @param sum     sum of the tokens' log-probabilities
/// @param length  tokens generated: the end token counts, the start token does not
double hypothesis_score(double sum, std::size_t length, const Settings& settings);

/// What an exercise or a mistake can replace in the search.
struct Rules {
  std::function<Candidate(const RowScores&)> choose = choose_best;
  std::size_t choose_from = 1;  ///< how many of a row's candidates `choose` is shown
  std::function<std::vector<double>(std::size_t num_beams)> first_sums = first_beam_sums;
  std::function<double(double sum, std::size_t length, const Settings& settings)> score = hypothesis_score;
  std::vector<Processor> processors = all_processors();
};

/// Appends the changes of all processors for one row.
void add_changes(const Rules& rules, const Settings& settings, const Ids& prefix, std::uint32_t row,
                 std::vector<Change>& changes);

/// The log-probability of a candidate, of the changed scores if they are renormalised.
double log_probability(const Candidate& candidate, const RowScores& scores, const Settings& settings);

bool is_eos(std::int64_t id, const Settings& settings);

}  // namespace glass::search
