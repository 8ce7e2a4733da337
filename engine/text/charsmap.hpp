#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace glass::text {

/// The rewriting rules of a SentencePiece model ("precompiled charsmap"): a few bytes of input and what stands for
/// them, such as the ligature `ﬁ` and `fi`. They are kept in a double-array trie: one array of 32-bit units, in which
/// the child of a unit for byte c stands at (position ^ offset ^ c).
/// @source SentencePiece 0.1.97 normalizer.cc; Darts-clone's unit layout
class Charsmap {
 public:
  /// No rules at all.
  Charsmap() = default;

  /// @param blob  size of the trie in bytes (32 bits, little-endian), the trie, the replacements, each ended by a zero
  /// @param file  named in every refusal
  /// @throws std::runtime_error if a size or an offset points outside the blob
  Charsmap(std::string_view blob, const std::string& file);

  struct Rule {
    std::size_t size;              ///< bytes of input that it replaces
    std::string_view replacement;  ///< may be empty
  };

  /// The rule for the longest beginning of `text` that has one.
  std::optional<Rule> longest_rule(std::string_view text) const;

 private:
  void check_units(const std::string& file) const;

  std::vector<std::uint32_t> units_;
  std::string replacements_;
};

}  // namespace glass::text
