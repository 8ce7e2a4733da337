#pragma once

#include <string>
#include <string_view>

#include "engine/player/player.hpp"

namespace glass::test {

using player::Player, player::Window;

/// A lesson with a step of every kind that the player treats in its own way.
[[nodiscard]] const lesson::Lesson& played_lesson();

/// Its slides: opening, map, shapes, and then the steps.
inline constexpr std::size_t kMatrix = 3, kQuestion = 4, kGrowing = 5, kDerived = 6, kCell = 7, kLarge = 8, kLast = 9;

/// The player in that lesson, on the course's pair.
struct Played {
  Player player;

  explicit Played(std::size_t slide, const Window& window = {});

  /// What stands on the screen after these keys.
  std::string after(std::string_view keys);
  [[nodiscard]] std::string text() const;
};

[[nodiscard]] bool has(const std::string& text, const std::string& part);

/// The cross-attention that the lesson shows.
[[nodiscard]] const Matrix& shown_weights();

}  // namespace glass::test
