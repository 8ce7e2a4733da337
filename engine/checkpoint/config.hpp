#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace glass::checkpoint {

/// The feed-forward non-linearities that Hugging Face knows by name; several names mean one function.
enum class Activation {
  swish,       ///< "swish", "silu": `x * sigmoid(x)`
  relu,        ///< `max(0, x)`
  gelu,        ///< "gelu", "gelu_python": `x/2 * (1 + erf(x / sqrt 2))`
  gelu_tanh,   ///< "gelu_new", "gelu_pytorch_tanh", "gelu_fast", "gelu_accurate":
               ///< `x/2 * (1 + tanh(sqrt(2/pi) * (x + 0.044715 x^3)))`
  gelu_10,     ///< `gelu(x)` clipped to [-10, 10]
  quick_gelu,  ///< `x * sigmoid(1.702 x)`
  relu2,       ///< `max(0, x)^2`
  relu6,       ///< `min(max(0, x), 6)`
  leaky_relu,  ///< `x` if x >= 0, else `0.01 x`
  mish,        ///< `x * tanh(log(1 + e^x))`
  laplace,     ///< `(1 + erf((x - mu) / (sigma sqrt 2))) / 2`, mu = 0.707107, sigma = 0.282095
  sigmoid,     ///< `1 / (1 + e^-x)`
  tanh,        ///< `tanh(x)`
  linear       ///< `x`
};

/// The sizes of one side: a stack of identical layers.
struct Stack {
  std::size_t layers = 12;
  std::size_t heads = 16;
  std::size_t d_ff = 4096;
};

/// What config.json decides about the computation; every value is validated before this exists.
struct Config {
  std::size_t d_model = 1024;
  Stack encoder;
  Stack decoder;
  std::size_t vocab_size = 58101;  ///< rows of the source (or shared) embedding table
  std::size_t decoder_vocab_size =
      58101;  ///< rows of the target table and columns of the logits; vocab_size when shared
  std::size_t max_positions = 1024;
  Activation activation = Activation::gelu;
  std::string activation_name = "gelu";  ///< as the file spells it
  bool scale_embedding = false;          ///< embeddings times sqrt(d_model)
  bool share_encoder_decoder_embeddings = true;
  bool tie_word_embeddings = true;  ///< the output projection is the decoder's embedding table
  std::int64_t pad_id = 58100;
  std::int64_t start_id = 58100;  ///< the decoder's first token, the pad token in every real model
  std::vector<std::int64_t> eos_ids = {0};

  /// Columns of one head, d_model / heads.
  std::size_t encoder_d_k() const { return d_model / encoder.heads; }
  std::size_t decoder_d_k() const { return d_model / decoder.heads; }
};

/// The activation that a name in config.json means.
/// @throws std::runtime_error listing the known names if this one is not among them
Activation activation_named(std::string_view name);

/// Reads and validates config.json.
/// @param file  path of the JSON file; only used in messages by the second form
/// @throws std::runtime_error with one sentence (file, key, expected, found) for anything that is not a MarianMT
///         configuration or that means an architecture other than the post-norm sinusoidal one
Config read_config(const std::filesystem::path& file);
Config parse_config(std::string_view json, const std::string& file);

}  // namespace glass::checkpoint
