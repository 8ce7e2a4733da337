#include "engine/text/segment.hpp"

#include <cstddef>

namespace glass::text {
namespace {

/// The index of the left neighbour of the best pair, or the number of pieces if no pair is a piece.
std::size_t best_pair(const std::vector<std::string>& pieces, const PieceScores& scores) {
  std::size_t best = pieces.size();
  float best_score = 0;
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
    const auto joined = scores.find(pieces[i] + pieces[i + 1]);
    if (joined == scores.end()) continue;
    if (best < pieces.size() && joined->second <= best_score) continue;
    best = i;
    best_score = joined->second;
  }
  return best;
}

}  // namespace

std::vector<std::string> segment(const std::vector<std::string>& characters, const PieceScores& scores) {
  std::vector<std::string> pieces = characters;
  for (std::size_t i = best_pair(pieces, scores); i < pieces.size(); i = best_pair(pieces, scores)) {
    pieces[i] += pieces[i + 1];
    pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
  return pieces;
}

}  // namespace glass::text
