#include "engine/lesson/cells.hpp"
#include "engine/lesson/history.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/lesson/tables.hpp"
#include "engine/trace/derived.hpp"

namespace glass::lesson::table {
namespace {

constexpr std::size_t kWords = 7, kSteps = 24;

Grouping words_of(const Session& session) { return grouping_of(session.labels(), WordRule::plain, WordRule::french); }

/// Target words x source words.
Matrix word_shares(const Trace& trace, const std::string& head, const Grouping& words) {
  const Matrix& weights = trace.at(parse_name(head + ".weights").value());
  return derive(DerivedOp::word_sum, {weights.view()}, words);
}

}  // namespace

screen::Grid decoding_looks(const Session& session) {
  const Grouping words = words_of(session);
  const Matrix shares = word_shares(session.trace(), session.best_head(), words);
  screen::Grid grid{
      {"step", "reads ▸ predicts", "of the word", "looks at", "%"}, {}, {true, false, false, false, true}};
  for (std::size_t w = 0; w < std::min(words.target.size(), kSteps); ++w) {
    const Word& word = words.target[w];
    const std::size_t source = best(shares.view(), w);
    grid.rows.push_back({std::to_string(word.begin + 1),
                         narrow(session.labels().target_read.at(word.begin), 12) + " ▸ " +
                             narrow(session.labels().target_predicted.at(word.begin), 12),
                         narrow(word.name, 12), narrow(words.source.at(source).name, 12), percent(shares(w, source))});
  }
  return grid;
}

screen::Grid training_history(const Session& session) {
  if (!session.has_golden()) return {};
  const Grouping words = words_of(session);
  const std::size_t n_words = std::min(words.target.size(), kWords);
  screen::Grid grid{{"epoch"}, {}, {true}};
  for (std::size_t w = 0; w < n_words; ++w) grid.headers.push_back(narrow(words.target[w].name, 9));
  const History history = read_history(session);
  for (std::size_t epoch = 0; epoch < history.epochs.size(); ++epoch) {
    const Matrix shares = word_shares(history.epochs[epoch], session.best_head(), words);
    std::vector<std::string> row = {std::to_string(epoch)};
    for (std::size_t w = 0; w < n_words; ++w) {
      const std::size_t source = best(shares.view(), w);
      row.push_back(narrow(words.source.at(source).name, 6) + " " + percent(shares(w, source), 0));
    }
    grid.rows.push_back(std::move(row));
  }
  return grid;
}

}  // namespace glass::lesson::table
