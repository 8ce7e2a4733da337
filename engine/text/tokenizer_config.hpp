#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace glass::text {

/// What tokenizer_config.json decides; every key may be missing or null.
struct TokenizerConfig {
  std::string source_lang;
  std::string target_lang;
  bool separate_vocabs = false;               ///< target_vocab.json numbers the target's pieces
  bool clean_up_tokenization_spaces = false;  ///< see clean_up
  std::string eos_token = "</s>";
  std::string unk_token = "<unk>";
  std::string pad_token = "<pad>";
};

/// @param json  one object; a special token is a string or an object with its string under "content"
/// @param file  named in every refusal
/// @throws std::runtime_error if the text is no object or a value is of another kind
TokenizerConfig parse_tokenizer_config(std::string_view json, const std::string& file);

/// Reads `file` (at most 1 MiB); the defaults if there is no such file.
TokenizerConfig read_tokenizer_config(const std::filesystem::path& file);

}  // namespace glass::text
