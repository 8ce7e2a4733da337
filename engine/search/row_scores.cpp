#include "engine/search/row_scores.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace glass::search {

namespace {

constexpr double kHidden = -std::numeric_limits<double>::infinity();

double log_sum_exp(const std::vector<double>& logits) {
  const double largest = *std::max_element(logits.begin(), logits.end());
  if (!std::isfinite(largest)) return largest;
  double sum = 0;
  for (const double logit : logits) sum += std::exp(logit - largest);
  return largest + std::log(sum);
}

double penalised(double score, double factor) { return score < 0 ? score * factor : score / factor; }

void check(const std::vector<double>& logits, std::span<const Change> changes) {
  if (logits.empty()) throw std::invalid_argument("search: a row needs at least one logit, found none");
  const auto is_wrong = [](double logit) { return std::isnan(logit) || logit == -kHidden; };
  const auto found = std::find_if(logits.begin(), logits.end(), is_wrong);
  if (found != logits.end()) {
    throw std::runtime_error("search: the logit of token " + std::to_string(found - logits.begin()) +
                             " is not a number or infinite; the model's weights are damaged");
  }
  for (const Change& change : changes) {
    if (change.id < 0 || static_cast<std::size_t>(change.id) >= logits.size()) {
      throw std::invalid_argument("search: a change names token " + std::to_string(change.id) + ", but there are " +
                                  std::to_string(logits.size()));
    }
  }
}

void apply(std::vector<double>& logits, std::span<const Change> changes, double unchanged, bool log_probabilities) {
  const double zero = log_probabilities ? unchanged : 0.0;  // what a score is measured from
  bool only = false;
  for (const Change& change : changes) {
    double& logit = logits[static_cast<std::size_t>(change.id)];
    if (change.kind == Change::Kind::penalise) logit = zero + penalised(logit - zero, change.factor);
    only = only || change.kind == Change::Kind::only;
  }
  for (const Change& change : changes) {
    if (change.kind == Change::Kind::ban) logits[static_cast<std::size_t>(change.id)] = kHidden;
  }
  if (!only) return;
  std::fill(logits.begin(), logits.end(), kHidden);
  for (const Change& change : changes) {
    if (change.kind == Change::Kind::only) logits[static_cast<std::size_t>(change.id)] = unchanged;
  }
}

std::vector<Candidate> best_of(const std::vector<double>& logits, std::size_t best) {
  const auto better = [](const Candidate& left, const Candidate& right) {
    return left.logit != right.logit ? left.logit > right.logit : left.id < right.id;
  };
  std::vector<Candidate> kept;  // the smallest on top of the heap
  for (std::size_t id = 0; id < logits.size(); ++id) {
    const Candidate candidate{static_cast<std::int64_t>(id), logits[id]};
    if (candidate.logit == kHidden || best == 0) continue;
    if (kept.size() == best) {
      if (!better(candidate, kept.front())) continue;
      std::pop_heap(kept.begin(), kept.end(), better);
      kept.pop_back();
    }
    kept.push_back(candidate);
    std::push_heap(kept.begin(), kept.end(), better);
  }
  std::sort(kept.begin(), kept.end(), better);
  return kept;
}

}  // namespace

std::span<const Change> changes_of(const std::vector<Change>& changes, std::uint32_t row) {
  const auto below = [](const Change& change, std::uint32_t wanted) { return change.row < wanted; };
  const auto above = [](std::uint32_t wanted, const Change& change) { return wanted < change.row; };
  const auto first = std::lower_bound(changes.begin(), changes.end(), row, below);
  return {first, std::upper_bound(first, changes.end(), row, above)};
}

RowScores score_row(std::vector<double>& logits, std::span<const Change> changes, std::size_t best,
                    bool penalise_log_probabilities) {
  check(logits, changes);
  RowScores scores;
  scores.log_sum_exp = log_sum_exp(logits);
  apply(logits, changes, scores.log_sum_exp, penalise_log_probabilities);
  scores.log_sum_exp_changed = changes.empty() ? scores.log_sum_exp : log_sum_exp(logits);
  scores.best = best_of(logits, best);
  return scores;
}

}  // namespace glass::search
