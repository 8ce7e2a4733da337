#include "engine/stages/attention.hpp"

#include <cmath>

namespace glass {
namespace {

/// What one head works with.
struct Head {
  const Mat &query, &key, &value;
};

Mat attend(const Stages& stage, const Head& head, const Visible& visible,
           const Seam& trace) {
  const Mat query = trace("query", head.query);
  const Mat key = trace("key", head.key);
  const Mat value = trace("value", head.value);
  // row i: what query i asks of every key
  const Mat scores = trace("scores", stage.scores(query, key));
  // -inf where not visible
  const Mat masked_scores =
      trace("masked_scores", stage.mask(scores, visible));
  // every row sums to 1
  const Mat weights = trace("weights", stage.softmax(masked_scores));
  return trace("context", stage.mix(weights, value));
}

}  // namespace

Mat scores(const Mat& query, const Mat& key) {
  check(query.n_cols == key.n_cols, "scores: query is " + shape(query) +
                                        " but key is " + shape(key) +
                                        "; both need d_k columns");
  return query * key.t() / std::sqrt(static_cast<double>(query.n_cols));
}

Mat softmax(const Mat& masked_scores) {
  Mat weights = masked_scores;
  weights.each_col() -= arma::max(masked_scores, 1);
  weights = arma::exp(weights);
  weights.each_col() /= arma::sum(weights, 1);
  return weights;
}

Mat mix(const Mat& weights, const Mat& value) {
  check(weights.n_cols == value.n_rows,
        "mix: weights are " + shape(weights) + " but value is " +
            shape(value) + "; both need T_k keys");
  return weights * value;
}

Mat attention(const Stages& stage, const AttentionWeights& weights,
              const Question& in, const Seam& trace) {
  const Mat query = trace("query", stage.project(in.x, weights.query));
  const Mat key = trace("key", stage.project(in.memory, weights.key));
  const Mat value = trace("value", stage.project(in.memory, weights.value));
  const std::vector<Mat> queries =
      stage.split_heads(query, weights.n_heads);
  const std::vector<Mat> keys = stage.split_heads(key, weights.n_heads);
  const std::vector<Mat> values = stage.split_heads(value, weights.n_heads);
  std::vector<Mat> contexts;
  for (std::size_t h = 0; h < weights.n_heads; ++h) {
    contexts.push_back(attend(stage,
                              {queries.at(h), keys.at(h), values.at(h)},
                              in.visible, trace.in("head", h)));
  }
  const Mat context = trace("context", stage.join_heads(contexts));
  return trace("output", stage.project(context, weights.output));
}

Mat cross_attention(const Stages& stage, const AttentionWeights& weights,
                    const Question& in, const Seam& trace) {
  return stage.attention(stage, weights, in, trace);
}

}  // namespace glass
