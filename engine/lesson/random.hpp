#pragma once

#include <cstdint>
#include <random>

#include "engine/stages/seam.hpp"

namespace glass::lesson {

/// Made-up numbers, the same on every machine (the standard library's and Armadillo's distributions are not).
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  /// From [0, 1).
  [[nodiscard]] double uniform();

  /// Normally distributed, mean 0 and variance 1. @source Box and Muller (1958)
  [[nodiscard]] double normal();

  /// Independent normal numbers.
  [[nodiscard]] Mat normal(std::size_t rows, std::size_t cols);

 private:
  std::mt19937_64 engine_;
};

}  // namespace glass::lesson
