#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace glass {

/// The type of one stored number. `f16` is IEEE binary16, `bf16` the upper half of a binary32.
enum class Element { f64, f32, f16, bf16, i64 };

/// A matrix that lies in somebody else's memory, in any order: cell (i, j) is element `i * row_stride + j * col_stride`
/// after `data` (strides count elements, not bytes; the address need not be aligned). An absent matrix has no data.
struct MatrixView {
  const void* data = nullptr;
  std::size_t rows = 0, cols = 0;
  std::ptrdiff_t row_stride = 0, col_stride = 0;
  Element element = Element::f64;

  /// The number in cell (i, j), widened to double (exact for every element type but i64 above 2^53). Not range checked.
  [[nodiscard]] double at(std::size_t i, std::size_t j) const;
  [[nodiscard]] bool empty() const { return data == nullptr; }
};

/// A recorded matrix: its own copy of the numbers, in double, column by column (as Armadillo and Fortran lay them out).
struct Matrix {
  std::size_t rows = 0, cols = 0;
  std::vector<double> values;

  Matrix() = default;
  Matrix(std::size_t n_rows, std::size_t n_cols) : rows(n_rows), cols(n_cols), values(n_rows * n_cols) {}
  explicit Matrix(const MatrixView& view);

  [[nodiscard]] double& operator()(std::size_t i, std::size_t j) { return values[j * rows + i]; }
  [[nodiscard]] double operator()(std::size_t i, std::size_t j) const { return values[j * rows + i]; }
  [[nodiscard]] MatrixView view() const {
    return {values.data(), rows, cols, 1, static_cast<std::ptrdiff_t>(rows), Element::f64};
  }
  bool operator==(const Matrix&) const = default;
};

/// "37 x 64", as shapes are written in every message.
[[nodiscard]] std::string shape(std::size_t rows, std::size_t cols);

}  // namespace glass
