#pragma once

#include <memory>

#include "engine/stages/seam.hpp"

namespace glass {

/// A linear map `y = x W + b` under its checkpoint name ("model.encoder.layers.0.self_attn.q_proj"). A checkpoint
/// stores W^T row by row, which read column by column is W: d_in x d_out. The tied table is one matrix with three
/// owners.
struct Linear {
  std::string name;
  std::shared_ptr<const Mat> matrix;
  arma::rowvec b;
  [[nodiscard]] const Mat& W() const { return *matrix; }
};

/// Layer normalisation's gain and shift, d_model each.
struct LayerNorm {
  std::string name;
  arma::rowvec gamma, beta;
};

/// What turns ids into vectors: `table` is d_model x vocab_size, one column a token. `positions`, max_positions x
/// d_model, is empty unless the checkpoint brings its own.
struct Embedding {
  std::string name;
  std::shared_ptr<const Mat> table;
  double scale = 1;
  Mat positions;
};

struct AttentionWeights {
  std::size_t n_heads = 1;
  Linear query, key, value, output;
  LayerNorm norm;
};

struct FeedForwardWeights {
  Linear hidden, output;
  std::string activation;
  LayerNorm norm;
};

struct EncoderLayerWeights {
  AttentionWeights self_attn;
  FeedForwardWeights feed_forward;
};

struct DecoderLayerWeights {
  AttentionWeights self_attn, encoder_attn;
  FeedForwardWeights feed_forward;
};

}  // namespace glass
