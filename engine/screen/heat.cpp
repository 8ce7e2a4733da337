#include "engine/screen/heat.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/screen/palette.hpp"

namespace glass::screen {
namespace {

constexpr double kQuiet = 0.04;

using Ramp = std::array<Rgb, 3>;
constexpr Ramp kPositive = {Rgb{34, 39, 48}, Rgb{34, 106, 190}, Rgb{136, 204, 255}};
constexpr Ramp kNegative = {Rgb{34, 39, 48}, Rgb{178, 90, 16}, Rgb{255, 198, 118}};

/// Greys for what is nearly nothing: the dark corners of xterm's cube are olive and dark red.
constexpr std::array<std::uint8_t, 5> kPositiveSteps = {235, 239, 25, 32, 75};
constexpr std::array<std::uint8_t, 5> kNegativeSteps = {235, 239, 130, 172, 215};

double magnitude(double strength) { return std::min(std::abs(strength), 1.0); }

/// 0 to 4, by rounding.
std::size_t step(double strength) { return static_cast<std::size_t>(std::lround(4 * magnitude(strength))); }

Rgb between(const Ramp& ramp, double strength) {
  return strength < 0.5 ? mixed(ramp[0], ramp[1], 2 * strength) : mixed(ramp[1], ramp[2], 2 * strength - 1);
}

}  // namespace

Ink heat(double strength, Colour colour) {
  if (colour == Colour::none) return {};
  Ink ink;
  if (colour == Colour::indexed) {
    ink.back = xterm((strength < 0 ? kNegativeSteps : kPositiveSteps).at(step(strength)));
  } else {
    ink.back = between(strength < 0 ? kNegative : kPositive, magnitude(strength));
  }
  const bool quiet = magnitude(strength) < kQuiet;
  ink.fore = readable_on(*ink.back, quiet ? Rgb{148, 148, 148} : Rgb{238, 238, 238});
  return ink;
}

std::string_view shade(double strength, const Style& style) {
  constexpr std::array<std::string_view, 5> kBlocks = {" ", "░", "▒", "▓", "█"};
  constexpr std::array<std::string_view, 5> kSigns = {" ", ".", ":", "*", "#"};
  return (style.utf8 ? kBlocks : kSigns).at(step(strength));
}

std::string_view signed_shade(double strength, const Style& style) {
  constexpr std::array<std::string_view, 5> kStrokes = {" ", "-", "~", "=", "≡"};
  constexpr std::array<std::string_view, 5> kSigns = {" ", "-", "~", "=", "%"};
  if (strength >= 0) return shade(strength, style);
  return (style.utf8 ? kStrokes : kSigns).at(step(strength));
}

}  // namespace glass::screen
