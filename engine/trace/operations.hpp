#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/trace/contract.hpp"
#include "engine/trace/matrix.hpp"
#include "engine/trace/working.hpp"

namespace glass {

/// A recorded matrix or a checkpoint tensor (one-dimensional ones as 1 x n) under its full name; the view of an absent
/// tensor is empty.
struct Operand {
  std::string name;
  bool is_tensor = false;
  MatrixView view;
};

/// The operands of one matrix in the contract's order, recorded matrices first, of shapes that fit.
struct Operands {
  Name name;
  Dims dims;
  std::size_t rows = 0, cols = 0;  ///< of the matrix
  std::vector<Operand> all;

  [[nodiscard]] const MatrixView& operator[](std::size_t k) const { return all[k].view; }
};

/// The arithmetic of the contract's operations, one routine each, cell by cell from strided views: plain sums in the
/// order written, which share nothing with the stages that they check. What they write down is what `explain` says.
namespace operation {

/// Cell (i, j) by the operation's routine. @throws std::runtime_error for Op::given, which nothing computes, and for an
/// id outside the table
[[nodiscard]] Cell compute(const Operands& x, std::size_t i, std::size_t j, Notes notes);

/// log(sum_k exp(x(i, k))), the largest taken out first
[[nodiscard]] double log_sum_exp(const MatrixView& x, std::size_t i, Notes notes);

/// `logit - log-sum-exp`, where the latter is known
[[nodiscard]] Cell log_share(double logit, double log_sum_exp, Notes notes);

/// Operand and column that head_columns and join_heads read for column j.
[[nodiscard]] std::pair<std::size_t, std::size_t> slice_of(const Operands& x, std::size_t j);

/// Row of the table that lookup and position read for row i. @throws std::runtime_error if the id is outside the table
[[nodiscard]] std::size_t table_row(const Operands& x, std::size_t i);

}  // namespace operation
}  // namespace glass
