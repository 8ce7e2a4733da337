#include "engine/reference/scorer.hpp"

#include <stdexcept>

#include "engine/search/row_scores.hpp"

namespace glass {

ReferenceScorer::ReferenceScorer(std::shared_ptr<const Weights> weights, Stages stages, std::vector<Edit> edits)
    : weights_(std::move(weights)),
      stages_(std::move(stages)),
      recording_{.trace = {}, .edits = std::move(edits), .wants = {}} {}

void ReferenceScorer::start(const std::vector<Ids>& sentences) {
  beams_.clear();
  const Seam trace = recording_.edits.empty() ? Seam() : Seam(recording_);
  for (const Ids& ids : sentences) {
    recording_.trace.clear();
    Memory memory = encode(*weights_, stages_, source_of(ids), trace);
    beams_.push_back({std::make_shared<const Encoded>(Encoded{std::move(memory), recording_.trace}), {}});
  }
}

std::vector<search::RowScores> ReferenceScorer::step(const Ids& tokens, const std::vector<std::uint32_t>& parents,
                                                     const std::vector<search::Change>& changes, std::size_t best,
                                                     bool penalise_log_probabilities) {
  check(tokens.size() == parents.size(),
        "step: " + std::to_string(tokens.size()) + " tokens but " + std::to_string(parents.size()) + " parents");
  std::vector<Beam> continued;
  for (std::size_t row = 0; row < tokens.size(); ++row) {
    check(parents[row] < beams_.size(), "step: row " + std::to_string(row) + " continues row " +
                                            std::to_string(parents[row]) + ", but there are only " +
                                            std::to_string(beams_.size()));
    continued.push_back(beams_[parents[row]]);
    continued.back().read.push_back(tokens[row]);
  }
  beams_ = std::move(continued);

  std::vector<search::RowScores> scores;
  for (std::size_t row = 0; row < beams_.size(); ++row) {
    std::vector<double> logits = last_logits(beams_[row]);
    const auto changed = search::changes_of(changes, static_cast<std::uint32_t>(row));
    scores.push_back(search::score_row(logits, changed, best, penalise_log_probabilities));
  }
  return scores;
}

std::vector<double> ReferenceScorer::last_logits(const Beam& beam) {
  const bool edited = !recording_.edits.empty();
  const Seam trace = edited ? Seam(recording_) : Seam();
  if (edited) recording_.trace = beam.source->trace;
  const Mat y = decode(*weights_, stages_, beam.source->memory, beam.read, trace);
  const Mat logits = propose(*weights_, stages_, edited ? y : Mat(y.tail_rows(1)), trace);  // an edit expects all rows
  return arma::conv_to<std::vector<double>>::from(logits.tail_rows(1));
}

}  // namespace glass
