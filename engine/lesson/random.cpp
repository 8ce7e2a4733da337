#include "engine/lesson/random.hpp"

#include <cmath>
#include <numbers>

namespace glass::lesson {

double Random::uniform() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }

double Random::normal() {
  const double radius = std::sqrt(-2 * std::log(1 - uniform()));
  return radius * std::cos(2 * std::numbers::pi * uniform());
}

Mat Random::normal(std::size_t rows, std::size_t cols) {
  Mat result(rows, cols);
  for (double& cell : result) cell = normal();
  return result;
}

}  // namespace glass::lesson
