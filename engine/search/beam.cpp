#include "engine/search/beam.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <utility>

#include "engine/search/finished.hpp"
#include "engine/search/finished_list.hpp"
#include "engine/search/finished_slots.hpp"

namespace glass::search {

namespace {

/// A sentence under way.
struct Running {
  std::size_t sentence;
  std::vector<Beam> beams;
  std::unique_ptr<Finished> finished;
};

/// The rows of one step.
struct Rows {
  Ids tokens;
  std::vector<std::uint32_t> parents;
  std::vector<Change> changes;
};

std::vector<Running> begin(std::size_t sentences, const Settings& settings, const Rules& rules) {
  std::vector<Running> running;
  for (std::size_t sentence = 0; sentence < sentences; ++sentence) {
    running.push_back({sentence, {}, make_finished(settings, rules)});
    for (const double sum : rules.first_sums(settings.num_beams)) {
      running.back().beams.push_back({{settings.start_id}, sum, static_cast<std::uint32_t>(sentence)});
    }
  }
  return running;
}

/// Gives every beam of one sentence a row, the same to beams that continue the same row with the same token.
void add_rows(std::vector<Beam>& beams, const Settings& settings, const Rules& rules, Rows& rows) {
  const std::size_t first = rows.tokens.size();
  for (Beam& beam : beams) {
    std::size_t row = first;
    while (row < rows.tokens.size() && (rows.parents[row] != beam.row || rows.tokens[row] != beam.ids.back())) ++row;
    if (row == rows.tokens.size()) {
      rows.tokens.push_back(beam.ids.back());
      rows.parents.push_back(beam.row);
      add_changes(rules, settings, beam.ids, static_cast<std::uint32_t>(row), rows.changes);
    }
    beam.row = static_cast<std::uint32_t>(row);
  }
}

std::size_t candidates_kept(const Settings& settings) {
  return std::max<std::size_t>(2, 1 + settings.eos_ids.size()) * settings.num_beams;
}

/// The best continuations of a sentence's beams, best first; of equal ones the earlier beam, then the lower id.
std::vector<Continuation> best_continuations(const std::vector<Beam>& beams, const std::vector<RowScores>& scores,
                                             const Settings& settings) {
  std::vector<Continuation> all;
  for (std::size_t beam = 0; beam < beams.size(); ++beam) {
    const RowScores& row = scores[beams[beam].row];
    for (const Candidate& candidate : row.best) {
      all.push_back({beam, candidate.id, beams[beam].sum + log_probability(candidate, row, settings)});
    }
  }
  if (all.empty()) throw std::runtime_error("search: every token is forbidden; see bad_words_ids");
  std::sort(all.begin(), all.end(), [](const Continuation& left, const Continuation& right) {
    if (left.total != right.total) return left.total > right.total;
    return std::pair(left.beam, left.id) < std::pair(right.beam, right.id);
  });
  all.resize(std::min(all.size(), candidates_kept(settings)));
  return all;
}

/// Lets one sentence take in its step's scores.
void advance(Running& running, const std::vector<RowScores>& scores, const Settings& settings) {
  const std::vector<Continuation> candidates = best_continuations(running.beams, scores, settings);
  std::vector<Beam> next;
  for (const Continuation& continuation : running.finished->advance(running.beams, candidates)) {
    Beam beam = running.beams[continuation.beam];
    beam.ids.push_back(continuation.id);
    beam.sum = continuation.total;
    next.push_back(std::move(beam));
  }
  running.beams = std::move(next);
}

}  // namespace

std::unique_ptr<Finished> make_finished(const Settings& settings, const Rules& rules) {
  if (settings.release == BeamRelease::hf_4_49) return std::make_unique<FinishedList>(settings, rules);
  return std::make_unique<FinishedSlots>(settings, rules);
}

std::vector<std::vector<Hypothesis>> beam(Scorer& scorer, const std::vector<Ids>& sentences, const Settings& settings,
                                          const Rules& rules) {
  check(settings);
  scorer.start(sentences);
  std::vector<Running> running = begin(sentences.size(), settings, rules);
  std::vector<std::vector<Hypothesis>> found(sentences.size());
  while (!running.empty()) {
    Rows rows;
    for (Running& sentence : running) add_rows(sentence.beams, settings, rules, rows);
    const std::vector<RowScores> scores =
        scorer.step(rows.tokens, rows.parents, rows.changes, candidates_kept(settings), true);
    std::vector<Running> going_on;
    for (Running& sentence : running) {
      advance(sentence, scores, settings);
      if (sentence.finished->done()) {
        found[sentence.sentence] = sentence.finished->take(sentence.beams);
      } else {
        going_on.push_back(std::move(sentence));
      }
    }
    running = std::move(going_on);
  }
  return found;
}

}  // namespace glass::search
