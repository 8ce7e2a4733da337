#pragma once

#include <string_view>
#include <vector>

#include "engine/text/part.hpp"
#include "engine/text/piece_table.hpp"

namespace glass::text {

/// A word model: a new piece begins at every ▁.
/// @source SentencePiece 0.1.97, SplitIntoWords in model_interface.cc
std::vector<Part> segment_words(const PieceTable& pieces, std::string_view normalised);

/// A character model: every character, or user-defined piece, is a piece.
std::vector<Part> segment_characters(const PieceTable& pieces, std::string_view normalised);

}  // namespace glass::text
