#include "engine/golden/case.hpp"
#include "engine/lesson/names.hpp"
#include "engine/lesson/proofs.hpp"
#include "engine/lesson/runs.hpp"

namespace glass::lesson::proof {
namespace {

const FeedForwardWeights& feed_forward_weights(const Weights& weights, Name name) {
  const auto layer = static_cast<std::size_t>(name.layer);
  return row_of(name).name.starts_with("encoder.") ? weights.encoder.at(layer).feed_forward
                                                   : weights.decoder.at(layer).feed_forward;
}

}  // namespace

Measured norm_has_mean_zero(const Session& session, const Experiment& under) {
  double largest = 0;
  const std::size_t d_model = session.dims().d_model;
  const LayerNorm bare{"", arma::rowvec(d_model, arma::fill::ones), arma::rowvec(d_model, arma::fill::zeros)};
  for (const Name name : names_matching(session.dims(), {"*.residual"})) {
    const Mat means = arma::mean(under.stages.norm(recorded(session.trace(), name), bare), 1);
    largest = std::max(largest, difference(means, Mat(means.n_rows, 1, arma::fill::zeros)));
  }
  return {largest, ""};
}

Measured epsilon_inside_the_root(const Session& session, const Experiment& under) {
  if (!session.topic().shipped_model) return {0, "the golden *flat-row* is of another model"};
  const golden::Case flat = golden::load(session.topic().data / "golden" / "flat-row.npz", session.dims());
  const LayerNorm& weights = session.model().weights->encoder.front().self_attn.norm;
  const Name residual = parse_name("encoder.layers.0.self_attn.residual").value();
  return {difference(under.stages.norm(recorded(flat.inputs, residual), weights),
                     recorded(flat.expected, with_leaf(residual, "norm"))),
          ""};
}

Measured row_by_row_is_all_at_once(const Session& session, const Experiment& under) {
  double largest = 0;
  const Stages& stage = under.stages;
  for (const Name hidden : names_matching(session.dims(), {"*.feed_forward.hidden"})) {
    const FeedForwardWeights& weights = feed_forward_weights(*session.model().weights, hidden);
    const Mat x = recorded(session.trace(), operands_of(hidden, session.dims()).front());
    const Mat all = stage.feed_forward(stage, weights, x, Seam());
    for (arma::uword i = 0; i < x.n_rows; ++i)
      largest = std::max(largest, difference(stage.feed_forward(stage, weights, x.row(i), Seam()), all.row(i)));
  }
  return {largest, ""};
}

}  // namespace glass::lesson::proof
