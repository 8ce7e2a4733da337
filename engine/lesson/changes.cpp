#include "engine/lesson/changes.hpp"

#include <algorithm>

#include "engine/lesson/chosen_changes.hpp"
#include "engine/lesson/session.hpp"
#include "engine/reference/experiment.hpp"
#include "engine/trace/words.hpp"

namespace glass::lesson::change {
namespace {

/// An edit of the matrices of both sides' embeddings that are called so.
Edit edit_positions(const std::function<void(Matrix&)>& change) {
  return [change](Name name, Matrix& value, const Trace&) {
    if (row_of(name).name.ends_with(".embed.positions")) change(value);
  };
}

/// How many pieces the first word of the source has; never all of them.
arma::uword first_word_size(const Session& session) {
  const std::vector<std::string>& pieces = session.labels().source;
  const std::size_t end = words_of_pieces(pieces, WordRule::plain).front().end;
  return std::min(end, pieces.size() - 1);
}

Mat pre_norm(const Stages& stage, const Mat& x, const LayerNorm& norm, const Seam& trace) {
  return trace("norm", stage.norm(x, norm));
}

Mat encoder_layer(const Stages& stage, const EncoderLayerWeights& weights, const Mat& x, const Visible& visible,
                  const Seam& trace) {
  const Seam self_attn = trace.in("self_attn"), feed_forward = trace.in("feed_forward");
  const Mat asks = pre_norm(stage, x, weights.self_attn.norm, self_attn);
  const Mat attended =
      self_attn("residual", x + stage.attention(stage, weights.self_attn, {asks, asks, visible}, self_attn));
  const Mat reads = pre_norm(stage, attended, weights.feed_forward.norm, feed_forward);
  return feed_forward("residual", attended + stage.feed_forward(stage, weights.feed_forward, reads, feed_forward));
}

Mat decoder_layer(const Stages& stage, const DecoderLayerWeights& weights, const DecoderInput& in, const Seam& trace) {
  const Seam self_attn = trace.in("self_attn"), cross = trace.in("encoder_attn");
  const Seam feed_forward = trace.in("feed_forward");
  const Mat asks = pre_norm(stage, in.y, weights.self_attn.norm, self_attn);
  const Mat attended =
      self_attn("residual", in.y + stage.attention(stage, weights.self_attn, {asks, asks, in.causal}, self_attn));
  const Mat crosses = pre_norm(stage, attended, weights.encoder_attn.norm, cross);
  const Question question{crosses, in.memory, in.padding};
  const Mat crossed = cross("residual", attended + stage.cross_attention(stage, weights.encoder_attn, question, cross));
  const Mat reads = pre_norm(stage, crossed, weights.feed_forward.norm, feed_forward);
  return feed_forward("residual", crossed + stage.feed_forward(stage, weights.feed_forward, reads, feed_forward));
}

}  // namespace

std::string other_source(const Session& session) {
  const std::string station = "Where is the station?";
  return session.model().source_ids(station) == session.source_ids() ? "I am hungry." : station;
}

void swap_source(const Session& session, Experiment& experiment) {
  swap_source_for(session, other_source(session), experiment);
}

void interleave_positions(const Session&, Experiment& experiment) {
  experiment.edits.push_back(edit_positions([](Matrix& value) {
    const Matrix halves = value;
    const std::size_t n_sines = (halves.cols + 1) / 2;
    for (std::size_t j = 0; j < halves.cols; ++j) {
      for (std::size_t p = 0; p < halves.rows; ++p) value(p, j) = halves(p, j / 2 + (j % 2 == 0 ? 0 : n_sines));
    }
  }));
}

void forget_positions(const Session&, Experiment& experiment) {
  experiment.edits.push_back(edit_positions([](Matrix& value) { value = Matrix(value.rows, value.cols); }));
}

void forget_scale(const Session&, Experiment& experiment) {
  experiment.stages.scores = [](const Mat& query, const Mat& key) { return Mat(query * key.t()); };
}

void see_the_future(const Session&, Experiment& experiment) {
  experiment.stages.causal = [](std::size_t n_tokens) { return Visible(n_tokens, n_tokens, arma::fill::ones); };
}

void interleave_heads(const Session&, Experiment& experiment) {
  experiment.stages.split_heads = [](const Mat& x, std::size_t n_heads) {
    std::vector<Mat> heads;
    for (std::size_t h = 0; h < n_heads; ++h)
      heads.push_back(x.cols(arma::regspace<arma::uvec>(h, n_heads, x.n_cols - 1)));
    return heads;
  };
}

void forget_residual(const Session&, Experiment& experiment) {
  experiment.stages.add_norm = [](const Stages& stage, const Mat&, const Mat& output, const LayerNorm& weights,
                                  const Seam& trace) {
    return trace("norm", stage.norm(trace("residual", output), weights));
  };
}

void norm_before(const Session&, Experiment& experiment) {
  experiment.stages.encoder_layer = encoder_layer;
  experiment.stages.decoder_layer = decoder_layer;
}

void forget_activation(const Session&, Experiment& experiment) {
  experiment.stages.activation = [](const Mat& hidden, const std::string&) { return hidden; };
}

void hide_first_word(const Session& session, Experiment& experiment) {
  hide_pieces(0, first_word_size(session), experiment);
}

void forget_bias(const Session&, Experiment& experiment) {
  experiment.stages.logits = [](const Stages& stage, const Mat& y, const Linear& lm_head, const Seam& trace) {
    Linear bare = lm_head;
    bare.b.zeros();
    return trace("logits", stage.project(y, bare));
  };
}

}  // namespace glass::lesson::change
