#include "engine/lesson/names.hpp"
#include "engine/lesson/proofs.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/lesson/sites.hpp"

namespace glass::lesson::proof {
namespace {

/// How far a head's context leaves the range of each column of its values.
double outside(const Mat& context, const Mat& value) {
  const Mat lowest = arma::repmat(arma::min(value, 0), context.n_rows, 1);
  const Mat highest = arma::repmat(arma::max(value, 0), context.n_rows, 1);
  return difference(arma::max(arma::min(context, highest), lowest), context);
}

}  // namespace

Measured one_function_serves_both(const Session& session, const Experiment& under) {
  double largest = 0;
  const Stages& stage = under.stages;
  for (const Site& site : attention_sites(session, session.plain(), stage)) {
    for (const Mat* asked : {&site.x, &site.memory}) {
      const Visible visible(site.x.n_rows, asked->n_rows, arma::fill::ones);
      const Question question{site.x, *asked, visible};
      largest = std::max(largest, difference(stage.cross_attention(stage, site.weights, question, Seam()),
                                             stage.attention(stage, site.weights, question, Seam())));
    }
  }
  return {largest, ""};
}

Measured context_lies_between_values(const Session& session, const Experiment& under) {
  double largest = 0;
  for (const Name name : names_matching(session.dims(), {"*.head.H.context"})) {
    const Mat value = recorded(session.trace(), with_leaf(name, "value"));
    const Mat weights = under.stages.softmax(recorded(session.trace(), with_leaf(name, "masked_scores")));
    largest = std::max(largest, outside(under.stages.mix(weights, value), value));
  }
  return {largest, ""};
}

Measured output_is_a_sum_over_heads(const Session& session, const Experiment& under) {
  double largest = 0;
  const Stages& stage = under.stages;
  for (const Site& site : attention_sites(session, session.plain(), stage)) {
    const Trace trace = attend_at(site, stage);
    const std::size_t d_k = site.x.n_cols / site.weights.n_heads;
    Mat sum = arma::repmat(Mat(site.weights.output.b), site.x.n_rows, 1);
    for (const auto& [name, context] : trace) {
      if (!row_of(name).name.ends_with(".head.H.context")) continue;
      const auto first = static_cast<arma::uword>(name.head) * d_k;
      sum += recorded(trace, name) * site.weights.output.W().rows(first, first + d_k - 1);
    }
    largest = std::max(largest, difference(recorded(trace, with_leaf(site.query, "output")), sum));
  }
  return {largest, ""};
}

}  // namespace glass::lesson::proof
