#include "engine/checkpoint/checkpoint.hpp"

namespace glass::checkpoint {

namespace {

/// Adds tensors in the order of computation.
class Names {
 public:
  explicit Names(const Config& config) : d_model_(config.d_model) {}

  void add(const std::string& name, std::vector<std::uint64_t> shape) { list_.push_back({name, std::move(shape)}); }

  void linear(const std::string& name, std::uint64_t out, std::uint64_t in) {
    add(name + ".weight", {out, in});
    add(name + ".bias", {out});
  }

  void attention(const std::string& name) {
    for (const char* part : {".q_proj", ".k_proj", ".v_proj", ".out_proj"}) linear(name + part, d_model_, d_model_);
    norm(name + "_layer_norm");
  }

  void feed_forward(const std::string& layer, std::uint64_t d_ff) {
    linear(layer + "fc1", d_ff, d_model_);
    linear(layer + "fc2", d_model_, d_ff);
    norm(layer + "final_layer_norm");
  }

  std::vector<Expected> take() { return std::move(list_); }

 private:
  void norm(const std::string& name) {
    add(name + ".weight", {d_model_});
    add(name + ".bias", {d_model_});
  }

  std::uint64_t d_model_;
  std::vector<Expected> list_;
};

}  // namespace

std::vector<Expected> required_tensors(const Config& config) {
  Names names(config);
  const bool shared = config.share_encoder_decoder_embeddings;
  names.add(shared ? "model.shared.weight" : "model.encoder.embed_tokens.weight", {config.vocab_size, config.d_model});
  for (std::size_t layer = 0; layer < config.encoder.layers; ++layer) {
    const std::string prefix = "model.encoder.layers." + std::to_string(layer) + ".";
    names.attention(prefix + "self_attn");
    names.feed_forward(prefix, config.encoder.d_ff);
  }
  if (!shared) names.add("model.decoder.embed_tokens.weight", {config.decoder_vocab_size, config.d_model});
  for (std::size_t layer = 0; layer < config.decoder.layers; ++layer) {
    const std::string prefix = "model.decoder.layers." + std::to_string(layer) + ".";
    names.attention(prefix + "self_attn");
    names.attention(prefix + "encoder_attn");
    names.feed_forward(prefix, config.decoder.d_ff);
  }
  if (!config.tie_word_embeddings) names.add("lm_head.weight", {config.decoder_vocab_size, config.d_model});
  return names.take();
}

}  // namespace glass::checkpoint
