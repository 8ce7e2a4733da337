#pragma once

#include <cstddef>
#include <string_view>

#include "engine/screen/line.hpp"

namespace glass::screen {

/// Text in lines of at most the style's width. An empty line parts paragraphs; other line ends are blanks, but a line
/// that begins with `- ` begins an item, whose further lines hang below its text. `code` and *emphasis* are inked and
/// lose their marks with colour, and keep them without. A word longer than a line is cut between graphemes.
/// @param indent   blanks before every line
/// @param hanging  further blanks before every line of a paragraph but its first
[[nodiscard]] Lines wrapped(std::string_view text, const Style& style, std::size_t indent = 0, std::size_t hanging = 0);

/// Code as it stands, comments and strings inked. A line too long for the width goes on in the next, four columns
/// further in than it began, broken at a blank if there is one.
[[nodiscard]] Lines listing(std::string_view code, const Style& style, std::size_t indent = 2);

/// One line, bold at the left and flush at the right edge, and a rule below. What does not fit is clipped, left first.
[[nodiscard]] Lines heading(std::string_view left, std::string_view right, const Style& style);

/// Two texts side by side in a frame, each below its title; one below the other where the width is less than 60.
[[nodiscard]] Lines boxed(std::string_view left_title, std::string_view left_text, std::string_view right_title,
                          std::string_view right_text, const Style& style);

}  // namespace glass::screen
