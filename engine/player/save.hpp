#pragma once

#include "engine/player/view.hpp"

namespace glass::player {

/// What is on the screen.
struct Seen {
  std::string title;
  screen::Lines lines;
  std::size_t width = 80;
};

/// Writes the matrix (.npy) or the screen (.txt, .svg), by the file's ending; whole or not at all.
/// @throws std::runtime_error or std::invalid_argument in one sentence: for another ending, for a matrix where there is
///         none, if the file exists already, and if it cannot be written
void save(const std::string& file, const std::optional<Saved>& matrix, const Seen& seen);

}  // namespace glass::player
