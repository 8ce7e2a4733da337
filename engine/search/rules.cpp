#include "engine/search/rules.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace glass::search {

namespace {

constexpr double kFarBelow = -1e9;

}  // namespace

Candidate choose_best(const RowScores& scores) {
  if (scores.best.empty()) throw std::runtime_error("search: every token is forbidden; see bad_words_ids");
  return scores.best.front();
}

std::vector<double> first_beam_sums(std::size_t num_beams) {
  std::vector<double> sums(num_beams, kFarBelow);
  sums.front() = 0;
  return sums;
}

double hypothesis_score(double sum, std::size_t length, const Settings& settings) {
  return sum / std::pow(static_cast<double>(length), settings.length_penalty);
}

void add_changes(const Rules& rules, const Settings& settings, const Ids& prefix, std::uint32_t row,
                 std::vector<Change>& changes) {
  const std::size_t before = changes.size();
  for (const Processor& processor : rules.processors) processor(prefix, settings, changes);
  for (std::size_t index = before; index < changes.size(); ++index) changes[index].row = row;
}

double log_probability(const Candidate& candidate, const RowScores& scores, const Settings& settings) {
  return candidate.logit - (settings.renormalize_logits ? scores.log_sum_exp_changed : scores.log_sum_exp);
}

bool is_eos(std::int64_t id, const Settings& settings) {
  return std::find(settings.eos_ids.begin(), settings.eos_ids.end(), id) != settings.eos_ids.end();
}

}  // namespace glass::search
