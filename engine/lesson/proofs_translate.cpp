#include "engine/lesson/proofs.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/reference/scorer.hpp"
#include "engine/reference/settings.hpp"
#include "engine/search/beam.hpp"
#include "engine/search/greedy.hpp"

namespace glass::lesson::proof {
namespace {

constexpr std::size_t kSteps = 24;

}  // namespace

Measured probabilities_sum_to_one(const Session& session, const Experiment& under) {
  const Mat sums = arma::sum(arma::exp(under.stages.log_softmax(recorded(session.trace(), "decoder.logits"))), 1);
  return {difference(sums, Mat(sums.n_rows, 1, arma::fill::ones)), ""};
}

Measured teacher_forcing_is_generation(const Session& session, const Experiment& under) {
  const Mat all_at_once = recorded(record(session, under), "decoder.logits");
  const Mat stepwise = stepwise_logits(session, under, kSteps);
  return {difference(stepwise, all_at_once.head_rows(stepwise.n_rows)), ""};
}

Measured beam_one_is_greedy(const Session& session, const Experiment& under) {
  search::Settings settings = quick_settings(session);
  settings.num_beams = 1;
  settings.early_stopping = search::EarlyStopping::yes;
  if (settings.repetition_penalty != 1)
    return {0, "the checkpoint penalises repetition, which greedy and beam search count differently"};
  ReferenceScorer scorer(session.model().weights, under.stages, under.edits);
  const Ids greedy = search::greedy(scorer, {session.source_ids()}, settings, under.rules).front().ids;
  const std::vector<search::Hypothesis> found =
      search::beam(scorer, {session.source_ids()}, settings, under.rules).front();
  const Ids beam = found.empty() ? Ids() : found.front().ids;
  return {static_cast<double>(n_differing(beam, greedy)), ""};
}

}  // namespace glass::lesson::proof
