#pragma once

#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

namespace glass::text {

/// The score of every piece that a text may be cut into, by its text.
using PieceScores = std::unordered_map<std::string, float>;

/// Makes pieces out of the characters of a normalised text; together they must spell the same text.
/// An experiment or a learner's function can stand in for the engine's own.
using Segmenter =
    std::function<std::vector<std::string>(const std::vector<std::string>& characters, const PieceScores& scores)>;

/// Byte-pair encoding as one would write it on a blackboard: find the two neighbours whose joined text has the highest
/// score (the leftmost of equals), join them, start again; stop when no two neighbours make a piece.
/// Takes n^2 steps; segment_bpe gives the same with a queue and answers to this one in a test.
/// @source Sennrich et al. (2016), algorithm 1
std::vector<std::string> segment(const std::vector<std::string>& characters, const PieceScores& scores);

}  // namespace glass::text
