#pragma once

#include <functional>

#include "engine/stages/weights.hpp"

namespace glass {

/// visible(i, j) == 1 means: query i may look at key j. T_q x T_k.
using Visible = arma::umat;

/// Who asks (`x`, T_q x d_model), who is asked (`memory`, T_k x d_model; in self-attention x again), who may see whom.
struct Question {
  const Mat &x, &memory;
  const Visible& visible;
};

/// What a decoder layer reads: the target rows so far (`y`), the encoder's result, and the masks of its two attentions.
struct DecoderInput {
  const Mat &y, &memory;
  const Visible &causal, &padding;
};

// clang-format off
/// Every step of the Transformer that a lesson teaches, an exercise replaces or a mistake breaks, as one table of
/// functions. Leaves compute; composites record names and call the table they are given. The defaults are the paper.
struct Stages {
  // leaves, each documented where it is defined: embed.hpp, heads.hpp, mask.hpp, attention.hpp, add_norm.hpp, ...
  std::function<Mat(const Mat& table, const Ids& ids)> lookup;
  std::function<Mat(std::size_t n_positions, std::size_t d_model)> positions;
  std::function<Mat(const Mat& x, const Linear& linear)> project;
  std::function<std::vector<Mat>(const Mat& x, std::size_t n_heads)> split_heads;
  std::function<Mat(const Mat& query, const Mat& key)> scores;
  std::function<Visible(const Ids& real, std::size_t n_queries)> padding;
  std::function<Visible(std::size_t n_tokens)> causal;
  std::function<Mat(const Mat& scores, const Visible& visible)> mask;
  std::function<Mat(const Mat& masked_scores)> softmax;
  std::function<Mat(const Mat& weights, const Mat& value)> mix;
  std::function<Mat(const std::vector<Mat>& contexts)> join_heads;
  std::function<Mat(const Mat& x, const LayerNorm& norm)> norm;
  std::function<Mat(const Mat& hidden, const std::string& activation)> activation;
  std::function<Mat(const Mat& logits)> log_softmax;
  std::function<Ids(const Ids& target, std::int64_t start)> shift_right;
  // composites
  std::function<Mat(const Stages&, const Embedding&, const Ids&, const Seam&)> embed;
  std::function<Mat(const Stages&, const AttentionWeights&, const Question&, const Seam&)> attention;
  std::function<Mat(const Stages&, const AttentionWeights&, const Question&, const Seam&)> cross_attention;
  std::function<Mat(const Stages&, const Mat& x, const Mat& output, const LayerNorm&, const Seam&)> add_norm;
  std::function<Mat(const Stages&, const FeedForwardWeights&, const Mat& x, const Seam&)> feed_forward;
  std::function<Mat(const Stages&, const EncoderLayerWeights&, const Mat& x, const Visible&, const Seam&)>
      encoder_layer;
  std::function<Mat(const Stages&, const DecoderLayerWeights&, const DecoderInput&, const Seam&)> decoder_layer;
  std::function<Mat(const Stages&, const Mat& y, const Linear& lm_head, const Seam&)> logits;
};
// clang-format on

/// The table as the paper and the checkpoint format have it.
[[nodiscard]] Stages paper_stages();

}  // namespace glass
