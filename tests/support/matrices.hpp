#pragma once

#include <cstdint>
#include <random>

#include "engine/stages/seam.hpp"

namespace glass::test {

/// The largest |a - b| over all cells; infinity where the shapes differ or one is NaN. Equal infinities differ by 0.
[[nodiscard]] double difference(const Mat& a, const Mat& b);

/// True if shape and every bit agree.
[[nodiscard]] bool bit_equal(const Mat& a, const Mat& b);

/// A recorded matrix as Armadillo's.
[[nodiscard]] Mat to_mat(const Matrix& matrix);

/// Numbers that are the same on every machine, uniform in [-1, 1).
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  [[nodiscard]] double number();
  [[nodiscard]] Mat matrix(std::size_t rows, std::size_t cols);
  [[nodiscard]] arma::rowvec row(std::size_t cols) { return matrix(1, cols); }
  [[nodiscard]] Ids ids(std::size_t count, std::int64_t vocab_size);

 private:
  std::mt19937_64 engine_;
};

}  // namespace glass::test
