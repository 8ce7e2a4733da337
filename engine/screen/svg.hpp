#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/screen/line.hpp"

namespace glass::screen {

/// Lines as a picture of a terminal window: every grapheme in its column whatever the viewer's font. The same bytes for
/// the same lines.
/// @param width  columns of the window; a longer line makes it wider
/// @param title  in the title bar, and what a screen reader says
[[nodiscard]] std::string to_svg(const Lines& lines, std::size_t width, std::string_view title);

}  // namespace glass::screen
