#include "engine/trace/working.hpp"

#include <array>
#include <cmath>
#include <cstdio>

namespace glass {
namespace {

/// Whole numbers as they are, others with four digits.
std::string digits(double number) {
  constexpr double kExact = 1e15;
  std::array<char, 32> text{};
  const bool whole = number == std::floor(number) && std::abs(number) < kExact;
  (void)std::snprintf(text.data(), text.size(), whole ? "%.0f" : "%.4g", number == 0 ? 0.0 : number);
  return text.data();
}

}  // namespace

void Notes::say_with(std::string_view text, double number, double value) const {
  working_->stages.push_back({std::string(text) + " " + digits(number), value});
}

}  // namespace glass
