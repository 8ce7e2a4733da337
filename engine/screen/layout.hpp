#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/screen/line.hpp"

namespace glass::screen {

/// The style's width, 20 at least.
[[nodiscard]] std::size_t full_width(const Style& style);

/// An indent that leaves three quarters of the width.
[[nodiscard]] std::size_t bounded(std::size_t indent, const Style& style);

[[nodiscard]] Ink bold_ink();
[[nodiscard]] Ink dim_ink();

/// Adds a text to a line, to its last span if that has the same ink.
void add(Line& line, std::string_view text, const Ink& ink = {});

/// Adds another line's spans.
void add(Line& line, const Line& more);

/// Adds blanks up to so many columns.
void pad(Line& line, std::size_t columns);

/// A text `times` times.
[[nodiscard]] std::string repeated(std::string_view text, std::size_t times);

/// Takes blanks that nobody would see from the end of each line.
[[nodiscard]] Lines trimmed(Lines lines);

/// A line of text, spelt() already, in lines of at most `first` and then `rest` columns: broken at blanks, which go, or
/// between graphemes where there are none. Blanks that the line begins with stay. Both widths are at least 2.
[[nodiscard]] Lines broken(const Line& line, std::size_t first, std::size_t rest);

}  // namespace glass::screen
