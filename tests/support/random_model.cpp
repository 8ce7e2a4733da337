#include "tests/support/random_model.hpp"

#include <cmath>

#include "tests/support/matrices.hpp"

namespace glass::test {
namespace {

/// Draws weights in the order of computation.
class Builder {
 public:
  Builder(const Dims& dims, std::uint64_t seed) : dims_(dims), random_(seed) {}

  Weights weights() {
    Weights result;
    const auto table = std::make_shared<const Mat>(random_.matrix(dims_.d_model, dims_.vocab_size));
    result.encoder_embed = {"model.encoder.embed_tokens", table, dims_.embedding_scale, {}};
    result.decoder_embed = {"model.decoder.embed_tokens", table, dims_.embedding_scale, {}};
    for (std::size_t l = 0; l < dims_.encoder.n_layers; ++l) {
      const std::string layer = "model.encoder.layers." + std::to_string(l);
      AttentionWeights self_attn = attention(layer + ".self_attn", dims_.encoder);
      result.encoder.push_back({std::move(self_attn), feed_forward(layer, dims_.encoder)});
    }
    for (std::size_t l = 0; l < dims_.decoder.n_layers; ++l) {
      const std::string layer = "model.decoder.layers." + std::to_string(l);
      AttentionWeights self_attn = attention(layer + ".self_attn", dims_.decoder);
      AttentionWeights encoder_attn = attention(layer + ".encoder_attn", dims_.decoder);
      result.decoder.push_back({std::move(self_attn), std::move(encoder_attn), feed_forward(layer, dims_.decoder)});
    }
    result.lm_head = {"lm_head", table, random_.row(dims_.vocab_size)};
    result.max_positions = kMaxPositions;
    return result;
  }

 private:
  Linear linear(const std::string& name, std::size_t d_in, std::size_t d_out) {
    const double scale = 1 / std::sqrt(static_cast<double>(d_in));
    auto matrix = std::make_shared<const Mat>(random_.matrix(d_in, d_out) * scale);
    return {name, std::move(matrix), random_.row(d_out)};
  }

  LayerNorm norm(const std::string& name) {
    return {name, 1 + 0.3 * random_.row(dims_.d_model), random_.row(dims_.d_model)};
  }

  AttentionWeights attention(const std::string& name, const StackDims& stack) {
    const std::size_t d = dims_.d_model;
    return {stack.n_heads,
            linear(name + ".q_proj", d, d),
            linear(name + ".k_proj", d, d),
            linear(name + ".v_proj", d, d),
            linear(name + ".out_proj", d, d),
            norm(name + "_layer_norm")};
  }

  FeedForwardWeights feed_forward(const std::string& layer, const StackDims& stack) {
    return {linear(layer + ".fc1", dims_.d_model, stack.d_ff), linear(layer + ".fc2", stack.d_ff, dims_.d_model),
            dims_.activation, norm(layer + ".final_layer_norm")};
  }

  Dims dims_;
  Random random_;
};

}  // namespace

Dims small_dims() {
  return {.encoder = {2, 3, 7},
          .decoder = {3, 2, 10},
          .d_model = 12,
          .vocab_size = 17,
          .embedding_scale = std::sqrt(12.0),
          .activation = "swish"};
}

std::shared_ptr<const Weights> random_model(const Dims& dims, std::uint64_t seed) {
  return std::make_shared<const Weights>(Builder(dims, seed).weights());
}

}  // namespace glass::test
