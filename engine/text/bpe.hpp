#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/text/part.hpp"
#include "engine/text/piece_table.hpp"

namespace glass::text {

/// One step of byte-pair encoding: two neighbours become one piece.
struct Merge {
  std::string left, right;
  float score;           ///< of the joined piece; the highest goes first
  std::size_t position;  ///< the byte of the normalised text where the joined piece begins
  std::string joined() const { return left + right; }
};

/// How a text was put together: from its characters, merge after merge.
struct MergeSteps {
  std::vector<std::string> characters;
  std::vector<Merge> merges;

  /// The text after the first `count` merges.
  std::vector<std::string> after(std::size_t count) const;
};

/// Byte-pair encoding: start from the characters and join, again and again, the two neighbours whose joined text is the
/// piece with the highest score, the leftmost of equals. Pieces of the type unused are taken apart again at the end.
/// Takes n log n steps for n characters.
/// @return the parts of `normalised`, left to right, without a gap
/// @throws std::invalid_argument if `normalised` has 2^32 bytes or more
/// @source Sennrich et al. (2016); the order of merges is that of SentencePiece 0.1.97, bpe_model.cc
std::vector<Part> segment_bpe(const PieceTable& pieces, std::string_view normalised);

/// The merges of segment_bpe in the order in which they were made.
MergeSteps merge_steps(const PieceTable& pieces, std::string_view normalised);

}  // namespace glass::text
