#include "engine/screen/palette.hpp"

#include <array>
#include <cmath>

namespace glass::screen {
namespace {

struct Oklab {
  double l = 0, a = 0, b = 0;
};

double linear(std::uint8_t channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

std::uint8_t channel(double linear_light) {
  const double c = linear_light <= 0.0031308 ? 12.92 * linear_light : 1.055 * std::pow(linear_light, 1 / 2.4) - 0.055;
  return static_cast<std::uint8_t>(std::lround(255 * std::fmin(std::fmax(c, 0), 1)));
}

/// Björn Ottosson (2020), "A perceptual color space for image processing".
Oklab to_oklab(Rgb colour) {
  const double r = linear(colour.red), g = linear(colour.green), b = linear(colour.blue);
  const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
          1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
          0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

Rgb to_rgb(const Oklab& lab) {
  const double l = std::pow(lab.l + 0.3963377774 * lab.a + 0.2158037573 * lab.b, 3);
  const double m = std::pow(lab.l - 0.1055613458 * lab.a - 0.0638541728 * lab.b, 3);
  const double s = std::pow(lab.l - 0.0894841775 * lab.a - 1.2914855480 * lab.b, 3);
  return {channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
          channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
          channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s)};
}

double luminance(Rgb colour) {
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

double distance(const Oklab& x, const Oklab& y) { return std::hypot(x.l - y.l, x.a - y.a, x.b - y.b); }

std::array<Oklab, 256> xterm_oklab() {
  std::array<Oklab, 256> result;
  for (std::size_t i = 0; i < result.size(); ++i) result[i] = to_oklab(xterm(static_cast<std::uint8_t>(i)));
  return result;
}

}  // namespace

double contrast(Rgb a, Rgb b) {
  const double x = luminance(a) + 0.05, y = luminance(b) + 0.05;
  return x > y ? x / y : y / x;
}

Rgb readable_on(Rgb back, Rgb wanted) {
  constexpr double kReadable = 4.5;
  for (const Rgb ink : {wanted, Rgb{238, 238, 238}, Rgb{18, 18, 18}, Rgb{255, 255, 255}}) {
    if (contrast(ink, back) >= kReadable) return ink;
  }
  return {0, 0, 0};
}

Rgb mixed(Rgb a, Rgb b, double share) {
  const Oklab x = to_oklab(a), y = to_oklab(b);
  return to_rgb({x.l + share * (y.l - x.l), x.a + share * (y.a - x.a), x.b + share * (y.b - x.b)});
}

Rgb xterm(std::uint8_t index) {
  if (index < 16) return {};
  if (index >= 232) {
    const auto grey = static_cast<std::uint8_t>(8 + 10 * (index - 232));
    return {grey, grey, grey};
  }
  constexpr std::array<std::uint8_t, 6> kLevels = {0, 95, 135, 175, 215, 255};
  const auto cube = static_cast<std::size_t>(index - 16);
  return {kLevels[cube / 36], kLevels[cube / 6 % 6], kLevels[cube % 6]};
}

std::uint8_t nearest_xterm(Rgb colour) {
  static const std::array<Oklab, 256> kColours = xterm_oklab();
  const Oklab wanted = to_oklab(colour);
  std::size_t best = 16;
  for (std::size_t i = 16; i < kColours.size(); ++i) {
    if (distance(kColours[i], wanted) < distance(kColours[best], wanted)) best = i;
  }
  return static_cast<std::uint8_t>(best);
}

Rgb code_ink(Colour colour) { return colour == Colour::indexed ? xterm(30) : Rgb{0, 128, 151}; }

Rgb string_ink(Colour colour) { return colour == Colour::indexed ? xterm(28) : Rgb{46, 133, 46}; }

}  // namespace glass::screen
