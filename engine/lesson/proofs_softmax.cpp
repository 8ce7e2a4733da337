#include "engine/golden/case.hpp"
#include "engine/lesson/made_up.hpp"
#include "engine/lesson/names.hpp"
#include "engine/lesson/proofs.hpp"
#include "engine/lesson/runs.hpp"

namespace glass::lesson::proof {
namespace {

/// Softmax as the formula stands, without the maximum.
Mat plain_formula(const Mat& masked_scores) {
  Mat weights = arma::exp(masked_scores);
  weights.each_col() /= arma::vec(arma::sum(weights, 1));
  return weights;
}

/// How far the rows are from shares: their sum from 1, a share from [0, 1]; infinity for NaN.
double off_shares(const Mat& weights) {
  const Mat sums = arma::sum(weights, 1);
  const Mat clamped = arma::clamp(weights, 0, 1);
  return std::max(difference(sums, Mat(sums.n_rows, 1, arma::fill::ones)), difference(weights, clamped));
}

}  // namespace

Measured rows_sum_to_one(const Session& session, const Experiment& under) {
  double largest = 0;
  for (const Name name : names_matching(session.dims(), {"*.head.H.masked_scores"}))
    largest = std::max(largest, off_shares(under.stages.softmax(recorded(session.padded().trace, name))));
  return {largest, ""};
}

Measured maximum_changes_nothing(const Session& session, const Experiment& under) {
  double largest = 0;
  for (const Name name : names_matching(session.dims(), {"*.head.H.masked_scores"})) {
    const Mat masked_scores = recorded(session.trace(), name);
    const Mat plain = plain_formula(masked_scores);
    if (!plain.is_finite()) return {0, "a score is beyond what exp can hold"};
    largest = std::max(largest, difference(under.stages.softmax(masked_scores), plain));
  }
  return {largest, ""};
}

Measured maximum_prevents_overflow(const Session& session, const Experiment& under) {
  const Mat masked_scores = huge_scores(session);
  const double ours = off_shares(under.stages.softmax(masked_scores));
  return {plain_formula(masked_scores).is_finite() ? 1 : ours, ""};
}

}  // namespace glass::lesson::proof
