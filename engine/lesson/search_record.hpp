#pragma once

#include <cstdint>
#include <vector>

#include "engine/search/scorer.hpp"

namespace glass::lesson {

/// A scorer that hands everything on to another one, and keeps what passed: a search that really ran can be read off
/// it, step by step.
class SearchRecord final : public search::Scorer {
 public:
  /// One row of one step: a beam, the token that it has just read, and what it could say next.
  struct Row {
    std::int64_t token = 0;
    std::uint32_t parent = 0;  ///< its row in the step before; in the first step, its sentence
    search::RowScores scores;
  };

  /// @param scorer  does the work; must outlive this
  /// @param least   candidates to keep of every row, also where the search asks for fewer
  explicit SearchRecord(search::Scorer& scorer, std::size_t least = 0) : scorer_(scorer), least_(least) {}

  void start(const std::vector<std::vector<std::int64_t>>& sentences) override;
  std::vector<search::RowScores> step(const std::vector<std::int64_t>& tokens,
                                      const std::vector<std::uint32_t>& parents,
                                      const std::vector<search::Change>& changes, std::size_t best,
                                      bool penalise_log_probabilities) override;

  /// The rows of every step since the last start.
  [[nodiscard]] const std::vector<std::vector<Row>>& steps() const { return steps_; }

 private:
  search::Scorer& scorer_;
  std::size_t least_;
  std::vector<std::vector<Row>> steps_;
};

}  // namespace glass::lesson
