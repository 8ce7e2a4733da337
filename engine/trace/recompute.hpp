#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/trace/recorder.hpp"

namespace glass {

/// Where the operands of a recorded matrix are found.
struct Sources {
  const Trace& trace;
  Dims dims;
  Lengths lengths;
  /// A checkpoint tensor in its own memory ([out, in], one-dimensional ones as 1 x n) by its full name, or an absent
  /// view if the checkpoint has none (then positions follow the formula and a missing bias counts as zero).
  std::function<MatrixView(std::string_view)> tensor;
};

/// One number as the contract gives it, and the size of what was added up to get it: the sum of the absolute terms
/// (softmax: 1; layer_norm: |x/s g| + |mean/s g| + |b|; log_softmax: |x| + |log-sum-exp|), to which rounding is
/// relative.
struct Cell {
  double value = 0, magnitude = 0;
};

/// Recomputes cells of one matrix from its *recorded* operands by the *contract's* operation. One thread at a time.
class Recomputation {
 public:
  /// @throws std::runtime_error if an operand was not recorded, a tensor is absent, or a shape does not fit
  ///         ("the contract cannot be applied: OPERAND is 37 x 64, expected 37 x 128")
  Recomputation(const Sources& sources, Name name);

  /// The contract's value of cell (i, j). Op::given has none: it is what it is. @throws std::out_of_range
  [[nodiscard]] Cell at(std::size_t i, std::size_t j) const;

  [[nodiscard]] std::size_t rows() const { return rows_; }
  [[nodiscard]] std::size_t cols() const { return cols_; }

 private:
  void add_operand(const Sources& sources, const std::string& operand);
  void add_tensor(const Sources& sources, const std::string& tensor, std::size_t rows, std::size_t cols);
  void add_tensors(const Sources& sources, const std::string& operand);
  [[nodiscard]] Cell combine(std::size_t i, std::size_t j) const;
  [[nodiscard]] Cell log_softmax(std::size_t i, std::size_t j) const;

  Name name_;
  Dims dims_;
  Op op_;
  std::size_t rows_ = 0, cols_ = 0;
  std::vector<MatrixView> operands_;  ///< recorded matrices first, then tensors, in the contract's order
  mutable std::optional<std::pair<std::size_t, double>> log_sum_exp_;  ///< of the row asked for last: it is dear
};

}  // namespace glass
