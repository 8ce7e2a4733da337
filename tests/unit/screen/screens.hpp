#pragma once

#include <string>

#include "engine/screen/line.hpp"

namespace glass::test {

/// The text of lines, each with its end.
inline std::string text_of(const screen::Lines& lines) {
  std::string text;
  for (const screen::Line& line : lines) text += screen::plain(line) + "\n";
  return text;
}

inline screen::Style plain_style(std::size_t width = 80) { return {width, screen::Colour::none, true}; }
inline screen::Style ascii_style(std::size_t width = 80) { return {width, screen::Colour::none, false}; }
inline screen::Style colour_style(std::size_t width = 80) { return {width, screen::Colour::truecolor, true}; }

}  // namespace glass::test
