#pragma once

#include <cstdint>

#include "engine/screen/line.hpp"

namespace glass::screen {

/// Contrast of two colours as WCAG 2 defines it: 1 for the same, 21 for black on white; 4.5 can be read.
[[nodiscard]] double contrast(Rgb a, Rgb b);

/// An ink for a background that can be read on it: the first of `wanted`, nearly white, nearly black, white and black
/// whose contrast is 4.5.
[[nodiscard]] Rgb readable_on(Rgb back, Rgb wanted);

/// A colour between two, evenly to the eye (in Oklab): `a` at 0, `b` at 1.
[[nodiscard]] Rgb mixed(Rgb a, Rgb b, double share);

/// Colour `index` of xterm's 256; those below 16, which every user sets, are not among them and are black here.
[[nodiscard]] Rgb xterm(std::uint8_t index);

/// The colour of xterm's 16 to 255 that looks most alike.
[[nodiscard]] std::uint8_t nearest_xterm(Rgb colour);

/// Inks for text on a background that is not known: they can be read on black and on white.
[[nodiscard]] Rgb code_ink(Colour colour);
[[nodiscard]] Rgb string_ink(Colour colour);

}  // namespace glass::screen
