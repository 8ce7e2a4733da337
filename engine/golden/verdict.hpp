#pragma once

#include <optional>
#include <string>

#include "engine/golden/tolerance.hpp"
#include "engine/trace/labels.hpp"
#include "engine/trace/recorder.hpp"

namespace glass::golden {

/// How one matrix differs from the golden one.
struct Difference {
  enum class Kind { value, shape, missing };
  Kind kind = Kind::value;
  Name name;
  std::size_t rows = 0, cols = 0;          ///< the golden shape
  std::size_t got_rows = 0, got_cols = 0;  ///< the other's, unless it is missing
  // The rest for Kind::value: the first cell, row by row, that is not within the tolerance.
  std::size_t row = 0, col = 0;
  double expected = 0, got = 0, tolerance = 0;
  std::size_t wrong_cells = 0;  ///< how many are not
  double largest = 0;  ///< the largest |expected - got| of the matrix; infinity where one of them is not finite
};

/// What a comparison found.
struct Verdict {
  std::optional<Difference> first;  ///< the first differing matrix in the order of computation; nothing: all equal
  std::size_t compared = 0;         ///< matrices that the golden trace has
  std::size_t equal = 0;            ///< of these, within the tolerance
  std::size_t equal_before = 0;     ///< of these, before the first different one
  double largest = 0;               ///< the largest difference within the equal ones, a measure of noise
};

/// How the matrix differs; nothing if every cell is within the tolerance. NaN is never within it, and an infinity only
/// beside the same infinity.
[[nodiscard]] std::optional<Difference> compare(Name name, const Matrix& expected, const Matrix& got,
                                                const Tolerance& tolerance);

/// Compares every matrix of the golden trace, in the order of computation.
[[nodiscard]] Verdict compare(const Trace& expected, const Trace& got, const Dims& dims,
                              const Tolerance& tolerance = kDouble);

/// The verdict for a person: one line if all is equal; else the matrix and what it is, the first wrong cell with its
/// labels, expected, got and tolerance, the largest difference, and what was still right.
[[nodiscard]] std::string to_text(const Verdict& verdict, const Labels& labels, Spelling spelling = Spelling::utf8);

}  // namespace glass::golden
