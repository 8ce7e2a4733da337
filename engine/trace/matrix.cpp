#include "engine/trace/matrix.hpp"

#include <bit>
#include <cmath>
#include <cstring>

namespace glass {
namespace {

template <class T>
T read(const void* data, std::ptrdiff_t index) {
  T value;
  std::memcpy(&value, static_cast<const std::byte*>(data) + index * static_cast<std::ptrdiff_t>(sizeof(T)), sizeof(T));
  return value;
}

/// IEEE 754 binary16: 1 sign, 5 exponent, 10 fraction bits.
double widen_f16(std::uint16_t bits) {
  const int exponent = (bits >> 10) & 0x1f;
  const int fraction = bits & 0x3ff;
  double magnitude = 0;
  if (exponent == 0x1f) {
    magnitude = fraction == 0 ? HUGE_VAL : std::nan("");
  } else if (exponent == 0) {
    magnitude = std::ldexp(fraction, -24);
  } else {
    magnitude = std::ldexp(fraction + 0x400, exponent - 25);
  }
  return (bits & 0x8000) != 0 ? -magnitude : magnitude;
}

}  // namespace

double MatrixView::at(std::size_t i, std::size_t j) const {
  const std::ptrdiff_t index =
      static_cast<std::ptrdiff_t>(i) * row_stride + static_cast<std::ptrdiff_t>(j) * col_stride;
  switch (element) {
    case Element::f64:
      return read<double>(data, index);
    case Element::f32:
      return static_cast<double>(read<float>(data, index));
    case Element::f16:
      return widen_f16(read<std::uint16_t>(data, index));
    case Element::bf16:
      return static_cast<double>(std::bit_cast<float>(std::uint32_t{read<std::uint16_t>(data, index)} << 16));
    case Element::i64:
      return static_cast<double>(read<std::int64_t>(data, index));
  }
  return std::nan("");
}

Matrix::Matrix(const MatrixView& view) : Matrix(view.rows, view.cols) {
  if (view.element == Element::f64 && view.row_stride == 1 && view.col_stride == static_cast<std::ptrdiff_t>(rows)) {
    if (!values.empty()) std::memcpy(values.data(), view.data, values.size() * sizeof(double));
    return;
  }
  for (std::size_t j = 0; j < cols; ++j) {
    for (std::size_t i = 0; i < rows; ++i) (*this)(i, j) = view.at(i, j);
  }
}

std::string shape(std::size_t rows, std::size_t cols) { return std::to_string(rows) + " x " + std::to_string(cols); }

}  // namespace glass
