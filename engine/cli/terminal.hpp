#pragma once

#include "engine/cli/options.hpp"
#include "engine/screen/line.hpp"

namespace glass::cli {

/// How standard output is written to: --width or the terminal's columns, else 80; colour by NO_COLOR, --color, whether
/// it is a terminal, and what that one can show; UTF-8 by the locale.
/// @throws UsageError for a width below 40 or above 400, or another word than auto, always, never
[[nodiscard]] screen::Style style_of(const Arguments& arguments);

/// Prints the lines with their colours.
void print(const screen::Lines& lines, const screen::Style& style);

}  // namespace glass::cli
