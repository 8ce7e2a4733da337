#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/screen/line.hpp"

namespace glass::screen {

/// One column and one line of a picture.
inline constexpr std::size_t kCellWidth = 9, kCellHeight = 20;

/// "#16191f".
[[nodiscard]] std::string hexadecimal(Rgb colour);

/// The path of a glyph that fonts draw with gaps: lines of frames, shades and `▁`. Empty for any other text.
[[nodiscard]] std::string shape_of(std::string_view glyph, std::size_t left, std::size_t top);

/// " fill-opacity=\"0.5\"" for a shade that is not full.
[[nodiscard]] std::string shape_opacity(std::string_view glyph);

}  // namespace glass::screen
