#include "engine/search/greedy.hpp"

#include <cstdint>
#include <numeric>
#include <utility>

namespace glass::search {

namespace {

/// A sentence under way: its tokens, the start token first, and the sum of their log-probabilities.
struct Running {
  std::size_t sentence;
  Ids ids;
  double sum;
};

std::vector<Running> begin(std::size_t sentences, const Settings& settings) {
  std::vector<Running> running;
  for (std::size_t sentence = 0; sentence < sentences; ++sentence) {
    running.push_back({sentence, {settings.start_id}, 0});
  }
  return running;
}

std::vector<RowScores> step(Scorer& scorer, const std::vector<Running>& running,
                            const std::vector<std::uint32_t>& parents, const Settings& settings, const Rules& rules) {
  Ids tokens;
  std::vector<Change> changes;
  for (const Running& row : running) {
    add_changes(rules, settings, row.ids, static_cast<std::uint32_t>(tokens.size()), changes);
    tokens.push_back(row.ids.back());
  }
  return scorer.step(tokens, parents, changes, rules.choose_from, false);
}

Hypothesis finish(const Running& row, const Settings& settings, const Rules& rules) {
  return {Ids(row.ids.begin() + 1, row.ids.end()), rules.score(row.sum, row.ids.size() - 1, settings)};
}

}  // namespace

std::vector<Hypothesis> greedy(Scorer& scorer, const std::vector<Ids>& sentences, const Settings& settings,
                               const Rules& rules) {
  check(settings);
  scorer.start(sentences);
  std::vector<Running> running = begin(sentences.size(), settings);
  std::vector<std::uint32_t> parents(sentences.size());
  std::iota(parents.begin(), parents.end(), 0U);
  std::vector<Hypothesis> found(sentences.size());
  while (!running.empty()) {
    const std::vector<RowScores> scores = step(scorer, running, parents, settings, rules);
    std::vector<Running> going_on;
    parents.clear();
    for (std::size_t row = 0; row < running.size(); ++row) {
      Running& now = running[row];
      const Candidate chosen = rules.choose(scores[row]);
      now.ids.push_back(chosen.id);
      now.sum += log_probability(chosen, scores[row], settings);
      if (is_eos(chosen.id, settings) || now.ids.size() >= settings.max_length) {
        found[now.sentence] = finish(now, settings, rules);
      } else {
        going_on.push_back(std::move(now));
        parents.push_back(static_cast<std::uint32_t>(row));
      }
    }
    running = std::move(going_on);
  }
  return found;
}

}  // namespace glass::search
