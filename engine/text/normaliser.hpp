#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/charsmap.hpp"
#include "engine/text/piece_table.hpp"
#include "engine/text/sentencepiece_model.hpp"

namespace glass::text {

/// A text as the segmentation sees it: rewritten by the rules, every space shown as ▁.
struct Normalised {
  std::string text;
  /// For each byte of `text`, and one past its end: the input byte where that which became it begins.
  std::vector<std::size_t> origin;
};

/// One thing that was replaced: bytes [begin, end) of the input became `output`.
struct Rewrite {
  std::size_t begin, end;
  std::string output;
};

/// Rewrites a text before it is cut into pieces.
/// 1. Each beginning of the text for which the charsmap has a rule is replaced (longest rule first); any other
///    character is kept, an invalid byte becomes U+FFFD. User-defined pieces are kept as they are.
/// 2. Runs of spaces become one, those at both ends go (remove_extra_whitespaces).
/// 3. A space is written as ▁, and one is put in front (add_dummy_prefix) or, where white space counts as a suffix,
///    at the end.
/// @source SentencePiece 0.1.97, normalizer.cc
class Normaliser {
 public:
  /// @param file  named if the charsmap is refused
  Normaliser(const NormaliserSpec& spec, bool whitespace_as_suffix, const std::string& file);

  /// @param pieces  whose user-defined pieces are kept; nullptr: none
  Normalised operator()(std::string_view text, const PieceTable* pieces) const;

  /// What step 1 changes, in order.
  std::vector<Rewrite> rewrites(std::string_view text, const PieceTable* pieces) const;

 private:
  struct Prefix {
    std::string_view output;
    std::size_t size;
  };
  Prefix prefix(std::string_view text, const PieceTable* pieces) const;
  void append(Normalised& result, std::string_view output, std::size_t origin) const;
  void strip_end(Normalised& result, std::size_t& consumed) const;

  Charsmap charsmap_;
  bool add_dummy_prefix_;
  bool remove_extra_whitespaces_;
  bool whitespace_as_suffix_;
  std::string_view space_;  ///< ▁, or a space where the model does not escape it
};

}  // namespace glass::text
