#include "engine/checkpoint/generation_config.hpp"

#include <algorithm>
#include <limits>
#include <system_error>

#include "engine/checkpoint/json_reader.hpp"

namespace glass::checkpoint {

namespace {

constexpr std::int64_t kLargest = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t kMostBeams = 1000;
constexpr std::uint64_t kLargestGenerationConfig = std::uint64_t{1} << 24;
constexpr std::size_t kLibraryLength = 20;

std::size_t count(const JsonObject& json, std::string_view key, std::size_t absent, Range range) {
  return static_cast<std::size_t>(json.integer(key, range).value_or(static_cast<std::int64_t>(absent)));
}

/// The library's 20 means 20 new tokens: one more with the start token, but never beyond the positions.
std::size_t read_max_length(const JsonObject& json, const Config& config) {
  if (const auto added = json.integer("max_new_tokens", {1, kLargest})) return static_cast<std::size_t>(*added) + 1;
  const std::size_t length = count(json, "max_length", kLibraryLength, {2, kLargest});
  return length == kLibraryLength ? std::min(length + 1, std::max<std::size_t>(config.max_positions, 2)) : length;
}

std::size_t read_min_length(const JsonObject& json) {
  if (const auto added = json.integer("min_new_tokens", {0, kLargest})) return static_cast<std::size_t>(*added) + 1;
  return count(json, "min_length", 0, {0, kLargest});
}

EarlyStopping read_early_stopping(const JsonObject& json) {
  const nlohmann::json& value = json.value("early_stopping");
  if (value.is_null()) return EarlyStopping::no;
  if (value.is_string() && value.get<std::string>() == "never") return EarlyStopping::never;
  if (!value.is_boolean()) json.refuse("early_stopping", "true, false or \"never\"");
  return value.get<bool>() ? EarlyStopping::yes : EarlyStopping::no;
}

void check_ids(const JsonObject& json, std::string_view key, const std::vector<std::int64_t>& ids,
               const Config& config) {
  const auto size = static_cast<std::int64_t>(config.decoder_vocab_size);
  if (std::any_of(ids.begin(), ids.end(), [size](std::int64_t id) { return id >= size; })) {
    json.refuse(key, "token ids below the vocabulary's size (" + std::to_string(size) + ")");
  }
}

std::vector<std::int64_t> read_ids(const JsonObject& json, std::string_view key, std::vector<std::int64_t> absent,
                                   const Config& config) {
  const std::vector<std::int64_t> ids = json.ids(key).value_or(std::move(absent));
  check_ids(json, key, ids, config);
  return ids;
}

std::optional<std::int64_t> read_id(const JsonObject& json, std::string_view key, const Config& config) {
  const auto id = json.integer(key, {0, kLargest});
  if (id) check_ids(json, key, {*id}, config);
  return id;
}

void read_bans(const JsonObject& json, const Config& config, Generation& generation) {
  generation.bad_words_ids = json.lists_of_ids("bad_words_ids").value_or(generation.bad_words_ids);
  for (const auto& ids : generation.bad_words_ids) check_ids(json, "bad_words_ids", ids, config);
  generation.no_repeat_ngram_size = count(json, "no_repeat_ngram_size", 0, {0, kLargest});
  generation.repetition_penalty = json.number("repetition_penalty").value_or(1.0);
  if (generation.repetition_penalty <= 0) json.refuse("repetition_penalty", "a number above 0");
}

Generation read_settings(const JsonObject& json, const Config& config, std::vector<std::int64_t> forced_eos) {
  Generation generation;
  generation.num_beams = count(json, "num_beams", 1, {1, kMostBeams});
  generation.max_length = read_max_length(json, config);
  generation.min_length = read_min_length(json);
  generation.length_penalty = json.number("length_penalty").value_or(1.0);
  generation.early_stopping = read_early_stopping(json);
  read_bans(json, config, generation);
  generation.renormalize_logits = json.boolean("renormalize_logits").value_or(false);
  generation.forced_bos_id = read_id(json, "forced_bos_token_id", config);
  generation.forced_eos_ids = read_ids(json, "forced_eos_token_id", std::move(forced_eos), config);
  generation.start_id = read_id(json, "decoder_start_token_id", config).value_or(config.start_id);
  generation.pad_id = read_id(json, "pad_token_id", config).value_or(config.pad_id);
  generation.eos_ids = read_ids(json, "eos_token_id", config.eos_ids, config);
  return generation;
}

/// Whether config.json has a generation setting that is not the library's default for Marian.
bool has_generation_setting(const JsonObject& config) {
  static const nlohmann::json defaults = {{"max_length", 20},
                                          {"min_length", 0},
                                          {"do_sample", false},
                                          {"early_stopping", false},
                                          {"num_beams", 1},
                                          {"num_beam_groups", 1},
                                          {"diversity_penalty", 0.0},
                                          {"temperature", 1.0},
                                          {"top_k", 50},
                                          {"top_p", 1.0},
                                          {"typical_p", 1.0},
                                          {"repetition_penalty", 1.0},
                                          {"length_penalty", 1.0},
                                          {"no_repeat_ngram_size", 0},
                                          {"num_return_sequences", 1},
                                          {"encoder_no_repeat_ngram_size", 0},
                                          {"output_scores", false},
                                          {"return_dict_in_generate", false},
                                          {"forced_eos_token_id", 0},
                                          {"remove_invalid_values", false},
                                          {"bad_words_ids", nullptr},
                                          {"forced_bos_token_id", nullptr},
                                          {"suppress_tokens", nullptr},
                                          {"begin_suppress_tokens", nullptr},
                                          {"exponential_decay_length_penalty", nullptr}};
  for (const auto& [key, value] : defaults.items()) {
    const nlohmann::json& found = config.value(key);
    if (!found.is_null() && found != value) return true;
  }
  return false;
}

Generation choose(const JsonObject& config_json, const std::optional<JsonObject>& generation_json,
                  const Config& config) {
  const bool own = generation_json && !(generation_json->boolean("_from_model_config").value_or(false) &&
                                        has_generation_setting(config_json));
  if (own) return read_settings(*generation_json, config, {});
  const bool off = config_json.is_null("forced_eos_token_id");
  return read_settings(config_json, config, off ? std::vector<std::int64_t>{} : std::vector<std::int64_t>{0});
}

}  // namespace

Generation read_generation(const std::filesystem::path& directory, const Config& config) {
  const std::filesystem::path config_file = directory / "config.json";
  const std::filesystem::path generation_file = directory / "generation_config.json";
  const JsonObject config_json(read_text(config_file, kLargestGenerationConfig), config_file.string());
  std::optional<JsonObject> generation_json;
  std::error_code error;
  if (std::filesystem::exists(generation_file, error)) {
    generation_json.emplace(read_text(generation_file, kLargestGenerationConfig), generation_file.string());
  }
  return choose(config_json, generation_json, config);
}

Generation parse_generation(std::string_view config_json, std::optional<std::string_view> generation_json,
                            const Config& config) {
  std::optional<JsonObject> generation;
  if (generation_json) generation.emplace(*generation_json, "generation_config.json");
  return choose(JsonObject(config_json, "config.json"), generation, config);
}

}  // namespace glass::checkpoint
