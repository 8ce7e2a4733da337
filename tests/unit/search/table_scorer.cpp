#include "tests/unit/search/table_scorer.hpp"

#include <cmath>

#include "engine/search/row_scores.hpp"

namespace glass::test {

namespace {

constexpr double kOffset = 3.0;  // logits are log-probabilities only up to a constant

}  // namespace

void TableScorer::start(const std::vector<search::Ids>& sentences) {
  rows_.clear();
  rows_per_step.clear();
  for (const search::Ids& sentence : sentences) rows_.push_back({static_cast<std::size_t>(sentence.front()), {}});
}

std::vector<search::RowScores> TableScorer::step(const search::Ids& tokens, const std::vector<std::uint32_t>& parents,
                                                 const std::vector<search::Change>& changes, std::size_t best,
                                                 bool penalise_log_probabilities) {
  std::vector<Row> rows;
  std::vector<search::RowScores> scores;
  for (std::size_t row = 0; row < tokens.size(); ++row) {
    rows.push_back(rows_.at(parents.at(row)));
    rows.back().prefix.push_back(tokens[row]);
    std::vector<double> logits = tables_.at(rows.back().table).at(rows.back().prefix);
    for (double& logit : logits) logit = std::log(logit) + kOffset;
    const auto changed = search::changes_of(changes, static_cast<std::uint32_t>(row));
    scores.push_back(search::score_row(logits, changed, best, penalise_log_probabilities));
  }
  rows_ = std::move(rows);
  rows_per_step.push_back(tokens.size());
  return scores;
}

}  // namespace glass::test
