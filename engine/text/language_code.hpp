#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace glass::text {

/// Which release of Hugging Face's transformers decides what a language code such as `>>fra<<` is.
/// hf_4_53 (and later): a text that starts with `>>` begins with a code, which ends at the first `<<`.
/// hf_4_52 (and earlier): the pattern `>>.+<<`, greedy within a line; at the start of the text it is the code, and
/// wherever else it matches the text is deleted.
enum class LanguageCodes { hf_4_53, hf_4_52 };

/// A text without its language codes.
struct LanguageSplit {
  std::string_view code;  ///< `>>…<<` at the start of the text, or empty
  std::string rest;
  /// Where the kept stretches begin, in `rest` and in the text.
  std::vector<std::pair<std::size_t, std::size_t>> stretches;

  /// The byte of the text from which byte `offset` of `rest` came.
  std::size_t origin(std::size_t offset) const;
};

/// @source MarianTokenizer.remove_language_code of transformers 4.47.1 and 4.57.6
LanguageSplit split_language_code(std::string_view text, LanguageCodes rule);

}  // namespace glass::text
