#include "tests/support/matrices.hpp"

#include <cmath>
#include <cstring>
#include <limits>

namespace glass::test {

double difference(const Mat& a, const Mat& b) {
  if (arma::size(a) != arma::size(b)) return std::numeric_limits<double>::infinity();
  double largest = 0;
  for (arma::uword k = 0; k < a.n_elem; ++k) {
    if (a[k] == b[k]) continue;
    const double distance = std::abs(a[k] - b[k]);
    if (std::isnan(distance)) return std::numeric_limits<double>::infinity();
    largest = std::max(largest, distance);
  }
  return largest;
}

bool bit_equal(const Mat& a, const Mat& b) {
  return arma::size(a) == arma::size(b) &&
         (a.is_empty() || std::memcmp(a.memptr(), b.memptr(), a.n_elem * sizeof(double)) == 0);
}

Mat to_mat(const Matrix& matrix) { return Mat(matrix.values.data(), matrix.rows, matrix.cols); }

double Random::number() { return static_cast<double>(engine_() >> 11) * 0x1p-52 - 1; }

Mat Random::matrix(std::size_t rows, std::size_t cols) {
  Mat result(rows, cols);
  for (double& cell : result) cell = number();
  return result;
}

Ids Random::ids(std::size_t count, std::int64_t vocab_size) {
  Ids result(count);
  for (std::int64_t& id : result) id = static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(vocab_size));
  return result;
}

}  // namespace glass::test
