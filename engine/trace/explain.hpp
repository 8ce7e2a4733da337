#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/trace/recompute.hpp"
#include "engine/trace/working.hpp"

namespace glass {

/// How a term's value follows from its left and right; one rule an operation.
enum class TermRule {
  none,          ///< the operation has no terms (given, activation; also a hidden cell, a position by the formula)
  copy,          ///< left; right is 1
  product,       ///< left * right
  exponential,   ///< exp(left - right): right is the largest of the row
  squared_error  ///< (left - right)^2: right is the mean of the row
};

[[nodiscard]] TermRule term_rule(Op op);

/// A part of an operand that the cell reads.
struct OperandPart {
  std::string name;              ///< contract name, or checkpoint tensor with its full name (".weight", ".bias")
  Read read = Read::cell;        ///< row, row_of_column: the whole row; column: the whole column; else one cell
  std::size_t row = 0, col = 0;  ///< where in the operand; a whole row has col 0, a whole column row 0
  bool is_tensor = false;

  [[nodiscard]] bool whole_row() const { return read == Read::row || read == Read::row_of_column; }
  [[nodiscard]] bool whole_column() const { return read == Read::column; }

  /// Row and column of the cell that element `index` of this part is: where a term's left (first part) or right (second
  /// part) stands. A part of one cell is that cell at every index.
  [[nodiscard]] std::pair<std::size_t, std::size_t> cell(std::size_t index) const;
};

/// The arithmetic behind one recorded number: which parts of which operands it reads, the terms that are added up, and
/// the named numbers on the way to it. Of the terms, the first operand gives `left`, the second `right` (product); all
/// else that an operation reads (bias, gamma, beta, mark) is told by a stage. Their sum, in their order, is the stage
/// "sum of the terms", bit for bit; a single copied term is the value itself.
struct Explanation {
  Name name;
  std::size_t row = 0, col = 0;
  Op op = Op::given;
  std::string_view formula;
  std::vector<OperandPart> operands;  ///< only what exists: no absent bias, of all heads only the one that is read
  TermRule rule = TermRule::none;
  std::vector<Term> terms;
  std::vector<Stage> stages;  ///< the last one is `value`
  double value = 0;           ///< what the contract's operation gives; of what is given, what is recorded
  double recorded = 0;        ///< what stands in the trace
  double magnitude = 0;       ///< see Cell

  /// True if the recorded number is the contract's but for rounding: |value - recorded| <= rounding * magnitude. Equal
  /// infinities agree, and so do two NaN.
  [[nodiscard]] bool agrees(double rounding = 1e-12) const;
};

/// Explains the recorded cell (row, col) from the recorded operands by the contract's operation.
/// @throws std::runtime_error if it was not recorded or has not the contract's shape, or as Recomputation
/// @throws std::out_of_range if the matrix has no such cell
/// @source the contract's formulas: Vaswani et al. (2017), sections 3.1 to 3.5
[[nodiscard]] Explanation explain(const Sources& sources, Name name, std::size_t row, std::size_t col);

}  // namespace glass
