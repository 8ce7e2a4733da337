#pragma once

#include <string>
#include <vector>

#include "engine/screen/line.hpp"

namespace glass::player {

/// The terminal's size, and what it can show.
struct Window {
  std::size_t width = 80, height = 24;
  screen::Colour colour = screen::Colour::none;
  bool utf8 = true;
  bool operator==(const Window&) const = default;

  [[nodiscard]] screen::Style style() const { return {.width = width, .colour = colour, .utf8 = utf8}; }
};

/// What is put together to one picture of the window.
struct Parts {
  std::string title, place;
  screen::Lines body;      ///< all of it
  std::size_t scroll = 0;  ///< its first line that is seen
  screen::Lines status;    ///< a message, or the line that is written in; it covers the body where it is long
  std::vector<std::string> keys;
};

/// The lines between the heading and the last two.
[[nodiscard]] std::size_t body_height(const Window& window);

/// Exactly as many lines as the window has, none wider: the heading, the part of the body that is seen, the status, the
/// keys. Where there is more of the body, the status says so if it has nothing else to say.
[[nodiscard]] screen::Lines frame(const Parts& parts, const Window& window);

}  // namespace glass::player
