#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/checkpoint/config.hpp"

namespace glass::checkpoint {

/// When beam search stops once it has as many finished translations as beams.
enum class EarlyStopping {
  no,    ///< when no running beam can improve on them at its present length
  yes,   ///< at once
  never  ///< when no running beam can improve on them at any length
};

/// The settings of generation that are in force for a checkpoint.
struct Generation {
  std::size_t num_beams = 1;
  std::size_t max_length = 21;  ///< counts the start token
  std::size_t min_length = 0;   ///< counts the start token; 0 is off
  double length_penalty = 1.0;  ///< a finished beam scores sum / length^length_penalty
  EarlyStopping early_stopping = EarlyStopping::no;
  std::size_t no_repeat_ngram_size = 0;  ///< 0 is off
  double repetition_penalty = 1.0;       ///< 1 is off
  std::vector<std::vector<std::int64_t>> bad_words_ids;
  std::optional<std::int64_t> forced_bos_id;
  std::vector<std::int64_t> forced_eos_ids;  ///< empty is off
  bool renormalize_logits = false;
  std::int64_t start_id = 58100;
  std::int64_t pad_id = 58100;
  std::vector<std::int64_t> eos_ids = {0};
};

/// The settings in force: those of generation_config.json if that file is there, else those of config.json, else the
/// library's defaults; nothing is mixed but the start, pad and end ids, which config.json gives if the other does not.
/// As Hugging Face 4.x does it, a generation_config.json with `"_from_model_config": true` counts as absent if
/// config.json has a generation setting of its own.
/// @param directory  the checkpoint
/// @param config     what config.json says otherwise
/// @throws std::runtime_error with one sentence (file, key, expected, found)
Generation read_generation(const std::filesystem::path& directory, const Config& config);

/// The same from texts; an absent generation_config.json is std::nullopt.
Generation parse_generation(std::string_view config_json, std::optional<std::string_view> generation_json,
                            const Config& config);

}  // namespace glass::checkpoint
