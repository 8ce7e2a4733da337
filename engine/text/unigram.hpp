#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/text/part.hpp"
#include "engine/text/piece_table.hpp"

namespace glass::text {

/// One edge of the lattice: a piece that could cover bytes [begin, end) of the normalised text.
struct Edge {
  std::size_t begin, end;
  std::int32_t id;
  double score;  ///< the logarithm of the piece's probability
  double total;  ///< of the best way to `begin`, plus `score`
  bool best;     ///< on the best way through the whole text
};

/// All ways to cut a text: an edge is a piece, a way from 0 to the end is a segmentation, its total is the sum of its
/// scores.
struct Lattice {
  std::vector<Edge> edges;  ///< by begin, then by end
  std::vector<Part> best;
};

/// Cuts a text in the most probable way if every piece is drawn independently (Viterbi's algorithm):
/// `total(end) = max over pieces [begin, end) of total(begin) + score(piece)`, sums in float32, the first of equals.
/// A character that is no piece is unknown, with a score 10 below the lowest of the normal pieces.
/// @return the parts of `normalised`, left to right, without a gap
/// @source Kudo (2018), section 3.1; order and rounding of SentencePiece 0.1.97, unigram_model.cc, EncodeOptimized
std::vector<Part> segment_unigram(const PieceTable& pieces, std::string_view normalised);

/// The same with every edge that was tried.
Lattice unigram_lattice(const PieceTable& pieces, std::string_view normalised);

}  // namespace glass::text
