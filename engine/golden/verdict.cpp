#include "engine/golden/verdict.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace glass::golden {
namespace {

/// |expected - got|: 0 for equal infinities, infinity if only one is finite or one is NaN.
double distance(double expected, double got) {
  if (expected == got) return 0;
  const double difference = std::abs(expected - got);
  return std::isnan(difference) ? std::numeric_limits<double>::infinity() : difference;
}

double largest_distance(const Matrix& expected, const Matrix& got) {
  double largest = 0;
  for (std::size_t k = 0; k < expected.values.size(); ++k) {
    largest = std::max(largest, distance(expected.values[k], got.values[k]));
  }
  return largest;
}

}  // namespace

std::optional<Difference> compare(Name name, const Matrix& expected, const Matrix& got, const Tolerance& tolerance) {
  Difference found{Difference::Kind::value, name, expected.rows, expected.cols, got.rows, got.cols};
  if (expected.rows != got.rows || expected.cols != got.cols) {
    found.kind = Difference::Kind::shape;
    return found;
  }
  for (std::size_t i = 0; i < expected.rows; ++i) {
    for (std::size_t j = 0; j < expected.cols; ++j) {
      const double allowed = tolerance.at(name, expected(i, j));
      const double off = distance(expected(i, j), got(i, j));
      found.largest = std::max(found.largest, off);
      if (off <= allowed || found.wrong_cells++ > 0) continue;
      found.row = i;
      found.col = j;
      found.expected = expected(i, j);
      found.got = got(i, j);
      found.tolerance = allowed;
    }
  }
  if (found.wrong_cells == 0) return std::nullopt;
  return found;
}

Verdict compare(const Trace& expected, const Trace& got, const Dims& dims, const Tolerance& tolerance) {
  Verdict verdict;
  for (const Name name : all_names(dims)) {
    const auto golden = expected.find(name);
    if (golden == expected.end()) continue;
    ++verdict.compared;
    const auto other = got.find(name);
    std::optional<Difference> difference;
    if (other == got.end()) {
      difference = Difference{Difference::Kind::missing, name, golden->second.rows, golden->second.cols};
    } else {
      difference = compare(name, golden->second, other->second, tolerance);
    }
    if (!difference) {
      ++verdict.equal;
      verdict.largest = std::max(verdict.largest, largest_distance(golden->second, other->second));
    } else if (!verdict.first) {
      verdict.first = difference;
      verdict.equal_before = verdict.equal;
    }
  }
  return verdict;
}

}  // namespace glass::golden
