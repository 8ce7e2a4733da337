#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "engine/screen/figure.hpp"

namespace glass::screen {
namespace {

std::string printed(const char* format, int digits, double value) {
  std::array<char, 512> text{};
  (void)std::snprintf(text.data(), text.size(), format, digits, value);
  return text.data();
}

}  // namespace

std::string number(double value, int digits) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  const int places = std::min(std::max(digits, 0), 17);
  const std::string fixed = printed("%.*f", places, std::abs(value));
  const std::size_t most = static_cast<std::size_t>(std::max(7, places + 5));
  const std::string text = fixed.size() > most ? printed("%.*e", 1, std::abs(value)) : fixed;
  const bool zero = text.find_first_not_of("0.") == text.npos;
  return value < 0 && !zero ? "-" + text : text;
}

}  // namespace glass::screen
