#include "engine/checkpoint/config.hpp"

#include <algorithm>
#include <stdexcept>

#include "engine/checkpoint/json_reader.hpp"

namespace glass::checkpoint {

namespace {

constexpr std::int64_t kLargestSize = std::int64_t{1} << 24;
constexpr std::int64_t kMostLayers = 1000;
constexpr std::int64_t kMostPositions = std::int64_t{1} << 20;
constexpr std::uint64_t kLargestFile = std::uint64_t{1} << 24;

std::size_t size(const JsonObject& json, std::string_view key, std::size_t absent, std::int64_t most = kLargestSize) {
  if (json.is_null(key)) json.refuse(key, "a whole number from 1 to " + std::to_string(most));
  return static_cast<std::size_t>(json.integer(key, {1, most}).value_or(static_cast<std::int64_t>(absent)));
}

/// The library knows some keys by a second name, which must not contradict the first.
std::size_t size(const JsonObject& json, std::string_view key, std::string_view alias, std::size_t absent) {
  if (!json.has(alias)) return size(json, key, absent);
  const std::size_t value = size(json, alias, absent);
  if (json.has(key) && size(json, key, absent) != value) {
    json.refuse(alias, "equal to " + std::string(key) + " (" + std::to_string(size(json, key, absent)) + ")");
  }
  return value;
}

/// Keys that the library ignores, with the one value that means the architecture it then computes.
void refuse_other_architectures(const JsonObject& json) {
  if (json.string("model_type").value_or("") != "marian") json.refuse("model_type", "\"marian\"");
  for (const std::string_view key : {"normalize_before", "normalize_embedding", "add_final_layer_norm"}) {
    if (json.boolean(key).value_or(false)) {
      json.refuse(key, "false (only the post-norm architecture without further layer norms can be computed)");
    }
  }
  if (!json.boolean("static_position_embeddings").value_or(true)) {
    json.refuse("static_position_embeddings", "true (positions are sinusoids)");
  }
}

void read_sizes(const JsonObject& json, Config& config) {
  config.d_model = size(json, "d_model", "hidden_size", config.d_model);
  config.encoder.layers = size(json, "encoder_layers", config.encoder.layers, kMostLayers);
  config.decoder.layers = size(json, "decoder_layers", config.decoder.layers, kMostLayers);
  config.encoder.heads = size(json, "encoder_attention_heads", "num_attention_heads", config.encoder.heads);
  config.decoder.heads = size(json, "decoder_attention_heads", config.decoder.heads);
  config.encoder.d_ff = size(json, "encoder_ffn_dim", config.encoder.d_ff);
  config.decoder.d_ff = size(json, "decoder_ffn_dim", config.decoder.d_ff);
  config.max_positions = size(json, "max_position_embeddings", config.max_positions, kMostPositions);
  config.vocab_size = size(json, "vocab_size", config.vocab_size);
  const auto target_size = json.integer("decoder_vocab_size", {0, kLargestSize}).value_or(0);
  const bool own_target = target_size != 0 && !config.share_encoder_decoder_embeddings;
  config.decoder_vocab_size = own_target ? static_cast<std::size_t>(target_size) : config.vocab_size;
}

void check_heads(const JsonObject& json, const Config& config) {
  if (config.d_model % config.encoder.heads != 0) {
    json.refuse("encoder_attention_heads", "a divisor of d_model (" + std::to_string(config.d_model) + ")");
  }
  if (config.d_model % config.decoder.heads != 0) {
    json.refuse("decoder_attention_heads", "a divisor of d_model (" + std::to_string(config.d_model) + ")");
  }
}

void read_special_ids(const JsonObject& json, Config& config) {
  const std::size_t smaller = std::min(config.vocab_size, config.decoder_vocab_size);
  const std::string expected = "a token id below the vocabulary's size (" + std::to_string(smaller) + ")";
  const auto check = [&](std::string_view key, std::int64_t id) {
    if (id >= static_cast<std::int64_t>(smaller)) json.refuse(key, expected);
  };
  config.pad_id = json.integer("pad_token_id", {0, kLargestSize}).value_or(config.pad_id);
  config.start_id = json.integer("decoder_start_token_id", {0, kLargestSize}).value_or(config.start_id);
  config.eos_ids = json.ids("eos_token_id").value_or(config.eos_ids);
  check("pad_token_id", config.pad_id);
  check("decoder_start_token_id", config.start_id);
  for (const std::int64_t id : config.eos_ids) check("eos_token_id", id);
}

void read_activation(const JsonObject& json, Config& config) {
  if (!json.has("activation_function")) return;
  if (!json.value("activation_function").is_string()) json.refuse("activation_function", "a string");
  config.activation_name = json.value("activation_function").get<std::string>();
  try {
    config.activation = activation_named(config.activation_name);
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(json.file() + ": " + error.what());
  }
}

}  // namespace

Config parse_config(std::string_view text, const std::string& file) {
  const JsonObject json(text, file);
  refuse_other_architectures(json);
  Config config;
  config.scale_embedding = json.boolean("scale_embedding").value_or(false);
  config.share_encoder_decoder_embeddings = json.boolean("share_encoder_decoder_embeddings").value_or(true);
  config.tie_word_embeddings = json.boolean("tie_word_embeddings").value_or(true);
  read_sizes(json, config);
  check_heads(json, config);
  read_special_ids(json, config);
  read_activation(json, config);
  return config;
}

Config read_config(const std::filesystem::path& file) {
  return parse_config(read_text(file, kLargestFile), file.string());
}

}  // namespace glass::checkpoint
