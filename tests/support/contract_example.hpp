#pragma once

#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "engine/trace/explain.hpp"
#include "tests/support/catch.hpp"

namespace glass::test {

inline constexpr double kHidden = -std::numeric_limits<double>::infinity();

/// Cell (i, j) is 10 i + j.
inline Matrix counted(std::size_t rows, std::size_t cols) {
  Matrix result(rows, cols);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) result(i, j) = static_cast<double>(10 * i + j);
  }
  return result;
}

/// One layer a side, two heads; sizes that all differ: 4 source and 7 target positions, d_k 3, d_model 6, d_ff 5, 8
/// tokens.
struct Example {
  Dims dims{{1, 2, 5}, {1, 2, 5}, 6, 8, 2.5, "relu"};
  Lengths lengths{4, 7};
  Trace trace;
  std::map<std::string, Matrix, std::less<>> tensors;

  [[nodiscard]] Sources sources() const {
    return {trace, dims, lengths, [this](std::string_view name) {
              const auto found = tensors.find(name);
              return found == tensors.end() ? MatrixView{} : found->second.view();
            }};
  }
  /// Records the matrix in its right shape, counted. @return it, to be changed
  Matrix& record(std::string_view name) {
    const Name parsed = parse_name(name).value();
    const auto [rows, cols] = shape_of(parsed, dims, lengths);
    return trace.insert_or_assign(parsed, counted(rows, cols)).first->second;
  }
  [[nodiscard]] Explanation explain(std::string_view name, std::size_t i, std::size_t j) const {
    return glass::explain(sources(), parse_name(name).value(), i, j);
  }
};

/// Puts the numbers at the start of row i.
inline void set_row(Matrix& matrix, std::size_t i, const std::vector<double>& values) {
  for (std::size_t j = 0; j < values.size(); ++j) matrix(i, j) = values[j];
}

/// "NAME (row, col)", the operands that are read, separated by "; ".
inline std::string read_by(const Explanation& cell) {
  std::string text;
  for (const OperandPart& part : cell.operands) {
    const std::string where = part.whole_row()      ? "row " + std::to_string(part.row)
                              : part.whole_column() ? "column " + std::to_string(part.col)
                                                    : std::to_string(part.row) + ", " + std::to_string(part.col);
    text += (text.empty() ? "" : "; ") + part.name + " (" + where + ")";
  }
  return text;
}

/// "left right value" of every term.
inline std::string terms_of(const Explanation& cell) {
  std::string text;
  for (const Term& term : cell.terms) {
    text += (text.empty() ? "" : "; ") + std::to_string(term.index) + ":";
    for (const double number : {term.left, term.right, term.value}) {
      text += " " + (number == std::floor(number) && std::isfinite(number) ? std::to_string(std::lround(number))
                                                                           : std::to_string(number));
    }
  }
  return text;
}

/// Checks what every stage says and its number, to 1e-12, and that the last is the value.
inline void check_stages(const Explanation& cell, const std::vector<Stage>& expected) {
  REQUIRE(cell.stages.size() == expected.size());
  for (std::size_t k = 0; k < expected.size(); ++k) {
    CHECK(cell.stages[k].says == expected[k].says);
    const bool same = cell.stages[k].value == expected[k].value;
    if (!same) CHECK_THAT(cell.stages[k].value, check::WithinRel(expected[k].value, 1e-12));
  }
  CHECK(cell.stages.back().value == cell.value);
}

inline const std::string kSelf = "encoder.layers.0.self_attn";
inline const std::string kCross = "decoder.layers.0.encoder_attn";
inline const std::string kTensor = "model.encoder.layers.0.self_attn";

}  // namespace glass::test
