#pragma once

#include <map>
#include <vector>

#include "engine/search/scorer.hpp"
#include "engine/search/settings.hpp"

namespace glass::test {

/// A model written down by hand: the probabilities of the next token for each prefix (start token included). A prefix
/// that is not in the table is an error. Sentences are only told apart by their first id, which picks the table.
class TableScorer final : public search::Scorer {
 public:
  using Table = std::map<search::Ids, std::vector<double>>;

  /// @param tables  probabilities by prefix, one table for each sentence kind
  explicit TableScorer(std::vector<Table> tables) : tables_(std::move(tables)) {}

  void start(const std::vector<search::Ids>& sentences) override;
  std::vector<search::RowScores> step(const search::Ids& tokens, const std::vector<std::uint32_t>& parents,
                                      const std::vector<search::Change>& changes, std::size_t best,
                                      bool penalise_log_probabilities) override;

  std::vector<std::size_t> rows_per_step;  ///< how many rows each step had

 private:
  struct Row {
    std::size_t table;
    search::Ids prefix;
  };
  std::vector<Table> tables_;
  std::vector<Row> rows_;
};

}  // namespace glass::test
