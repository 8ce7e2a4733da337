#include "engine/trace/array.hpp"

#include <functional>
#include <numeric>
#include <stdexcept>

namespace glass {
namespace {

constexpr std::size_t kLongestQuote = 100;

/// The length of the valid UTF-8 sequence of a printable character at the start of the text; 0 if there is none.
std::size_t printable_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return lead >= 0x20 && lead != 0x7f ? 1 : 0;
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  const bool overlong = (lead == 0xe0 && byte(1) < 0xa0) || (lead == 0xf0 && byte(1) < 0x90);
  const bool surrogate_or_beyond = (lead == 0xed && byte(1) >= 0xa0) || (lead == 0xf4 && byte(1) >= 0x90);
  const bool control = lead == 0xc2 && byte(1) < 0xa0;
  return overlong || surrogate_or_beyond || control ? 0 : length;
}

}  // namespace

std::string to_string(Dtype dtype) {
  const std::string bits = std::to_string(8 * dtype.size);
  switch (dtype.kind) {
    case Kind::boolean:
      return "bool";
    case Kind::signed_integer:
      return "int" + bits;
    case Kind::unsigned_integer:
      return "uint" + bits;
    case Kind::floating:
      return "float" + bits;
    case Kind::text:
      return "text";
  }
  return "unknown";
}

std::size_t Array::size() const {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

std::vector<std::ptrdiff_t> Array::strides() const {
  std::vector<std::ptrdiff_t> result(shape.size());
  std::ptrdiff_t step = 1;
  for (std::size_t k = 0; k < shape.size(); ++k) {
    const std::size_t axis = fortran_order ? k : shape.size() - 1 - k;
    result[axis] = step;
    step *= static_cast<std::ptrdiff_t>(shape[axis]);
  }
  return result;
}

MatrixView Array::view() const {
  if (dtype.kind == Kind::text) throw std::invalid_argument("text is not a matrix");
  if (shape.size() > 2) throw std::invalid_argument("an array of shape " + shape_text(shape) + " is not a matrix");
  const std::vector<std::ptrdiff_t> step = strides();
  const std::size_t rows = shape.empty() ? 1 : shape[0];
  const std::size_t cols = shape.size() < 2 ? 1 : shape[1];
  return {values.data(), rows, cols, step.empty() ? 1 : step[0], step.size() < 2 ? 1 : step[1], Element::f64};
}

Array to_array(const Matrix& matrix) { return {kFloat64, {matrix.rows, matrix.cols}, true, matrix.values, {}}; }

std::string shape_text(const std::vector<std::size_t>& shape) {
  std::string text = "(";
  for (std::size_t axis = 0; axis < shape.size(); ++axis) {
    text += (axis == 0 ? "" : ", ") + std::to_string(shape[axis]);
  }
  return text + (shape.size() == 1 ? ",)" : ")");
}

std::string in_quotes(std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string result = "\"";
  for (std::size_t at = 0; at < text.size();) {
    if (at >= kLongestQuote) return result + "...\"";
    const std::size_t length = printable_length(text.substr(at));
    if (length == 0) {
      const auto byte = static_cast<unsigned char>(text[at]);
      result.append("\\x").append(1, kHex[byte >> 4]).append(1, kHex[byte & 15]);
    }
    result += text.substr(at, length);
    at += length == 0 ? 1 : length;
  }
  return result + "\"";
}

}  // namespace glass
