#include "engine/reference/weights.hpp"

#include <cmath>
#include <stdexcept>

namespace glass {
namespace {

/// Reads tensors as matrices. The file's [out, in], row by row, is in x out column by column: nothing is transposed.
class Reader {
 public:
  explicit Reader(const checkpoint::Checkpoint& checkpoint) : checkpoint_(checkpoint), config_(checkpoint.config()) {}

  Weights weights() const {
    Weights result;
    const bool shared = config_.share_encoder_decoder_embeddings;
    const auto target_table = matrix("model.decoder.embed_tokens.weight");
    const auto source_table = shared ? target_table : matrix("model.encoder.embed_tokens.weight");
    result.encoder_embed = embedding("model.encoder.", source_table);
    result.decoder_embed = embedding("model.decoder.", target_table);
    for (std::size_t l = 0; l < config_.encoder.layers; ++l) {
      const std::string layer = "model.encoder.layers." + std::to_string(l);
      result.encoder.push_back({attention(layer + ".self_attn", config_.encoder.heads), feed_forward(layer)});
    }
    for (std::size_t l = 0; l < config_.decoder.layers; ++l) {
      const std::string layer = "model.decoder.layers." + std::to_string(l);
      result.decoder.push_back({attention(layer + ".self_attn", config_.decoder.heads),
                                attention(layer + ".encoder_attn", config_.decoder.heads), feed_forward(layer)});
    }
    const auto output_table = config_.tie_word_embeddings ? target_table : matrix("lm_head.weight");
    result.lm_head = {"lm_head", output_table, vector("final_logits_bias")};
    result.max_positions = config_.max_positions;
    return result;
  }

 private:
  std::shared_ptr<const Mat> matrix(const std::string& name) const {
    const checkpoint::Tensor tensor = checkpoint_.tensor(name);
    const std::vector<double> values = checkpoint::read<double>(tensor);
    return std::make_shared<const Mat>(values.data(), tensor.shape.at(1), tensor.shape.at(0));
  }

  arma::rowvec vector(const std::string& name) const {
    return arma::rowvec(checkpoint::read<double>(checkpoint_.tensor(name)));
  }

  Embedding embedding(const std::string& side, std::shared_ptr<const Mat> table) const {
    Embedding result{side + "embed_tokens", std::move(table), dims_of(config_).embedding_scale, {}};
    if (checkpoint_.find(side + "embed_positions.weight")) {
      result.positions = matrix(side + "embed_positions.weight")->t();
    }
    return result;
  }

  Linear linear(const std::string& name) const { return {name, matrix(name + ".weight"), vector(name + ".bias")}; }

  LayerNorm norm(const std::string& name) const { return {name, vector(name + ".weight"), vector(name + ".bias")}; }

  AttentionWeights attention(const std::string& name, std::size_t n_heads) const {
    return {n_heads,
            linear(name + ".q_proj"),
            linear(name + ".k_proj"),
            linear(name + ".v_proj"),
            linear(name + ".out_proj"),
            norm(name + "_layer_norm")};
  }

  FeedForwardWeights feed_forward(const std::string& layer) const {
    return {linear(layer + ".fc1"), linear(layer + ".fc2"), config_.activation_name, norm(layer + ".final_layer_norm")};
  }

  const checkpoint::Checkpoint& checkpoint_;
  const checkpoint::Config& config_;
};

Element element_of(checkpoint::Dtype dtype) {
  switch (dtype) {
    case checkpoint::Dtype::f32:
      return Element::f32;
    case checkpoint::Dtype::f16:
      return Element::f16;
    case checkpoint::Dtype::bf16:
      return Element::bf16;
    default:
      throw std::logic_error("a weight that is neither F32, F16 nor BF16");
  }
}

}  // namespace

std::shared_ptr<const Weights> read_weights(const checkpoint::Checkpoint& checkpoint) {
  return std::make_shared<const Weights>(Reader(checkpoint).weights());
}

Dims dims_of(const checkpoint::Config& config) {
  const auto stack = [](const checkpoint::Stack& s) { return StackDims{s.layers, s.heads, s.d_ff}; };
  return {.encoder = stack(config.encoder),
          .decoder = stack(config.decoder),
          .d_model = config.d_model,
          .vocab_size = config.decoder_vocab_size,
          .embedding_scale = config.scale_embedding ? std::sqrt(static_cast<double>(config.d_model)) : 1,
          .activation = config.activation_name};
}

std::function<MatrixView(std::string_view)> tensors_of(const checkpoint::Checkpoint& checkpoint) {
  return [checkpoint](std::string_view name) -> MatrixView {
    const std::optional<checkpoint::Tensor> tensor = checkpoint.find(name);
    if (!tensor) return {};
    const std::size_t cols = tensor->shape.back();
    const std::size_t rows = cols == 0 ? 0 : tensor->size() / cols;
    return {tensor->data, rows, cols, static_cast<std::ptrdiff_t>(cols), 1, element_of(tensor->dtype)};
  };
}

}  // namespace glass
