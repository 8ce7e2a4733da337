#pragma once

#include <string_view>

#include "engine/screen/line.hpp"

namespace glass::screen {

/// Background and readable ink of a cell whose number is `strength` of a full heat, -1 to 1 (more is cut): blue above
/// 0, orange below, dark at 0 with a quiet ink. Five steps in 256 colours. Nothing without colour.
[[nodiscard]] Ink heat(double strength, Colour colour);

/// The same without colour, where only one column can show it: ` ░▒▓█` above 0, ` -~=≡` below.
[[nodiscard]] std::string_view signed_shade(double strength, const Style& style);

/// The same without colour: one of ` ░▒▓█`, the sign left out.
[[nodiscard]] std::string_view shade(double strength, const Style& style);

}  // namespace glass::screen
