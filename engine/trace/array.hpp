#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/trace/matrix.hpp"

namespace glass {

/// What the elements of a file's array are.
enum class Kind { boolean, signed_integer, unsigned_integer, floating, text };

/// The type of the elements as NumPy names it: kind and bytes (of one character, for text).
struct Dtype {
  Kind kind = Kind::floating;
  std::size_t size = 8;
  bool operator==(const Dtype&) const = default;
};

inline constexpr Dtype kFloat64{Kind::floating, 8}, kFloat32{Kind::floating, 4}, kInt64{Kind::signed_integer, 8},
    kText{Kind::text, 4};

/// "float64", "int32", "bool", "text".
[[nodiscard]] std::string to_string(Dtype dtype);

/// An array of any shape from a file, or for one. Numbers are held as double (exact but for integers above 2^53) in the
/// order in which the file has them.
struct Array {
  Dtype dtype;
  std::vector<std::size_t> shape;  ///< empty: a single element
  bool fortran_order = false;      ///< the first index runs fastest, not the last
  std::vector<double> values;      ///< the elements, unless dtype is text
  std::vector<std::string> texts;  ///< the elements as UTF-8, if dtype is text

  /// The number of elements that the shape gives.
  [[nodiscard]] std::size_t size() const;

  /// Elements from one index to the next, one entry an axis.
  [[nodiscard]] std::vector<std::ptrdiff_t> strides() const;

  /// The numbers as a matrix: a single number as 1 x 1, a list of n as n x 1. Lives as long as the array.
  /// @throws std::invalid_argument for text and for more than two axes
  [[nodiscard]] MatrixView view() const;
};

/// A list or matrix of numbers under a file's key.
struct NamedArray {
  std::string name;
  Array array;
};

/// The matrix as a float64 array in Fortran order, which is how it lies in memory.
[[nodiscard]] Array to_array(const Matrix& matrix);

/// "(37, 64)", as NumPy writes shapes.
[[nodiscard]] std::string shape_text(const std::vector<std::size_t>& shape);

/// Text from a file as it may be shown: in quotation marks, control characters and invalid UTF-8 as hexadecimal
/// escapes, long ones cut.
[[nodiscard]] std::string in_quotes(std::string_view text);

}  // namespace glass
