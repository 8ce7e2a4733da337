#include "tests/golden/diagnosis_mistakes.hpp"

#include <cmath>

namespace glass::test {
namespace {

/// (E + P) * sqrt(d_model) instead of E * sqrt(d_model) + P
void scale_after_positions(Experiment& experiment) {
  experiment.edits.push_back([](Name name, Matrix& value, const Trace& so_far) {
    const std::string text = to_string(name);
    if (!text.ends_with(".embed.sum")) return;
    const Name positions = parse_name(text.substr(0, text.size() - 3) + "positions").value();
    const double root = std::sqrt(static_cast<double>(value.cols));
    for (std::size_t k = 0; k < value.values.size(); ++k)
      value.values[k] += (root - 1) * so_far.at(positions).values[k];
  });
}

/// Q K^T, not divided by sqrt(d_k)
void unscaled_scores(Experiment& experiment) {
  experiment.stages.scores = [](const Mat& query, const Mat& key) { return Mat(query * key.t()); };
}

/// the variance divided by d_model - 1
void unbiased_variance(Experiment& experiment) {
  experiment.stages.norm = [](const Mat& x, const LayerNorm& norm) {
    Mat y = x;
    y.each_col() -= arma::vec(arma::mean(x, 1));
    y.each_col() /= arma::vec(arma::sqrt(arma::var(x, 0, 1) + 1e-5));
    y.each_row() %= norm.gamma;
    y.each_row() += norm.beta;
    return y;
  };
}

/// cross-attention whose keys and values come from the decoder
void memory_ignored(Experiment& experiment) {
  experiment.stages.cross_attention = [](const Stages& stage, const AttentionWeights& weights, const Question& in,
                                         const Seam& trace) {
    return stage.attention(stage, weights, {in.x, in.x, in.visible}, trace);
  };
}

/// cross-attention that asks with self-attention's output, before its add and norm
void query_before_norm(Experiment& experiment) {
  experiment.stages.decoder_layer = [](const Stages& stage, const DecoderLayerWeights& weights, const DecoderInput& in,
                                       const Seam& trace) {
    const Seam self_attn = trace.in("self_attn"), cross = trace.in("encoder_attn");
    const Mat attended = stage.attention(stage, weights.self_attn, {in.y, in.y, in.causal}, self_attn);
    const Mat after_self = stage.add_norm(stage, in.y, attended, weights.self_attn.norm, self_attn);
    const Mat crossed = stage.cross_attention(stage, weights.encoder_attn, {attended, in.memory, in.padding}, cross);
    const Mat after_cross = stage.add_norm(stage, after_self, crossed, weights.encoder_attn.norm, cross);
    const Seam feed_forward = trace.in("feed_forward");
    const Mat fed = stage.feed_forward(stage, weights.feed_forward, after_cross, feed_forward);
    return stage.add_norm(stage, after_cross, fed, weights.feed_forward.norm, feed_forward);
  };
}

}  // namespace

std::vector<Mistake> five_mistakes() {
  return {{7, "scale_after_positions", scale_after_positions, "encoder.embed.sum"},
          {29, "unscaled_scores", unscaled_scores, "encoder.layers.0.self_attn.head.0.scores"},
          {51, "memory_ignored", memory_ignored, "decoder.layers.0.encoder_attn.key"},
          {56, "query_before_norm", query_before_norm, "decoder.layers.0.encoder_attn.query"},
          {64, "unbiased_variance", unbiased_variance, "encoder.layers.0.self_attn.norm"}};
}

}  // namespace glass::test
