#include "tests/unit/lesson/broken.hpp"

#include <algorithm>

#include "engine/stages/embed.hpp"
#include "engine/stages/feed_forward.hpp"
#include "engine/stages/heads.hpp"
#include "engine/stages/layers.hpp"
#include "engine/stages/output.hpp"

namespace glass::test::broken {
namespace {

Mat shares(Mat powers, const Mat& sums) {
  powers.each_col() /= arma::vec(sums);
  return powers;
}

}  // namespace

void segmenter(Experiment& experiment) {
  experiment.segmenter = [](const std::vector<std::string>& characters, const text::PieceScores&) {
    return characters;
  };
}

void positions(Experiment& experiment) {
  experiment.stages.positions = [](std::size_t n_positions, std::size_t d_model) {
    return Mat(arma::fliplr(glass::positions(n_positions, d_model)));
  };
}

void heads(Experiment& experiment) {
  experiment.stages.split_heads = [](const Mat& x, std::size_t n_heads) {
    std::vector<Mat> cut;
    for (std::size_t h = 0; h < n_heads; ++h)
      cut.push_back(x.cols(arma::regspace<arma::uvec>(h, n_heads, x.n_cols - 1)));
    return cut;
  };
}

void joined_heads(Experiment& experiment) {
  experiment.stages.join_heads = [](const std::vector<Mat>& contexts) {
    return glass::join_heads({contexts.rbegin(), contexts.rend()});
  };
}

void scale(Experiment& experiment) {
  experiment.stages.scores = [](const Mat& query, const Mat& key) { return Mat(query * key.t()); };
}

void mask(Experiment& experiment) {
  experiment.stages.mask = [](const Mat& scores, const Visible&) { return scores; };
}

void weak_mask(Experiment& experiment) {
  experiment.stages.mask = [](const Mat& scores, const Visible& visible) {
    Mat lowered = scores;
    lowered.elem(arma::find(visible != 1)) -= 1;
    return lowered;
  };
}

void causal(Experiment& experiment) {
  experiment.stages.causal = [](std::size_t n_tokens) { return Visible(n_tokens, n_tokens, arma::fill::ones); };
}

void padding(Experiment& experiment) {
  experiment.stages.padding = [right = experiment.stages.padding](const Ids& real, std::size_t n_queries) {
    const Visible visible = right(real, n_queries);
    return visible.is_square() ? Visible(arma::trimatl(visible)) : visible;
  };
}

void softmax_axis(Experiment& experiment) {
  experiment.stages.softmax = [right = experiment.stages.softmax](const Mat& x) { return Mat(right(x.t()).t()); };
}

void softmax_base(Experiment& experiment) {
  experiment.stages.softmax = [](const Mat& x) { return shares(arma::exp2(x), arma::sum(arma::exp2(x), 1)); };
}

void softmax_plain(Experiment& experiment) {
  experiment.stages.softmax = [](const Mat& x) { return shares(arma::exp(x), arma::sum(arma::exp(x), 1)); };
}

void softmax_double(Experiment& experiment) {
  experiment.stages.softmax = [right = experiment.stages.softmax](const Mat& x) { return Mat(2 * right(x)); };
}

void cross_attention(Experiment& experiment) {
  experiment.stages.cross_attention = [](const Stages& stage, const AttentionWeights& weights, const Question& in,
                                         const Seam& trace) {
    const Visible visible(in.x.n_rows, in.x.n_rows, arma::fill::ones);
    return stage.attention(stage, weights, {in.x, in.x, visible}, trace);
  };
}

void norm_mean(Experiment& experiment) {
  experiment.stages.norm = [](const Mat& x, const LayerNorm& norm) {
    Mat y = x;
    y.each_col() /= arma::vec(arma::sqrt(arma::mean(arma::square(x), 1) + 1e-5));
    y.each_row() %= norm.gamma;
    y.each_row() += norm.beta;
    return y;
  };
}

void norm_epsilon(Experiment& experiment) {
  experiment.stages.norm = [](const Mat& x, const LayerNorm& norm) {
    Mat y = x;
    y.each_col() -= arma::vec(arma::mean(x, 1));
    y.each_col() /= arma::vec(arma::stddev(x, 1, 1) + 1e-5);
    y.each_row() %= norm.gamma;
    y.each_row() += norm.beta;
    return y;
  };
}

void feed_forward(Experiment& experiment) {
  experiment.stages.feed_forward = [](const Stages& stage, const FeedForwardWeights& weights, const Mat& x,
                                      const Seam& trace) {
    Mat centred = x;
    centred.each_row() -= arma::rowvec(arma::mean(x, 0));
    return glass::feed_forward(stage, weights, centred, trace);
  };
}

void early_source(Experiment& experiment) {
  experiment.stages.decoder_layer = [](const Stages& stage, const DecoderLayerWeights& weights, const DecoderInput& in,
                                       const Seam& trace) {
    Mat told = in.y;
    told.each_row() += arma::rowvec(arma::mean(in.memory, 0));
    return glass::decoder_layer(stage, weights, {told, in.memory, in.causal, in.padding}, trace);
  };
}

void log_softmax_axis(Experiment& experiment) {
  experiment.stages.log_softmax = [](const Mat& logits) { return Mat(glass::log_softmax(logits.t()).t()); };
}

void choice(Experiment& experiment) {
  experiment.rules.choose_from = 2;
  experiment.rules.choose = [](const search::RowScores& scores) { return scores.best.back(); };
}

}  // namespace glass::test::broken
