#include "engine/lesson/search_record.hpp"

#include <algorithm>

namespace glass::lesson {

void SearchRecord::start(const std::vector<std::vector<std::int64_t>>& sentences) {
  steps_.clear();
  scorer_.start(sentences);
}

std::vector<search::RowScores> SearchRecord::step(const std::vector<std::int64_t>& tokens,
                                                  const std::vector<std::uint32_t>& parents,
                                                  const std::vector<search::Change>& changes, std::size_t best,
                                                  bool penalise_log_probabilities) {
  std::vector<search::RowScores> scores =
      scorer_.step(tokens, parents, changes, std::max(best, least_), penalise_log_probabilities);
  steps_.emplace_back();
  for (std::size_t row = 0; row < scores.size(); ++row) {
    steps_.back().push_back({tokens[row], parents[row], scores[row]});
    scores[row].best.resize(std::min(best, scores[row].best.size()));
  }
  return scores;
}

}  // namespace glass::lesson
