#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/trace/operations.hpp"
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

/// @throws std::runtime_error unless the matrix has this shape
///         ("the contract cannot be applied: NAME is 37 x 64, expected 37 x 128")
void require_shape(const std::string& name, const MatrixView& view, std::size_t rows, std::size_t cols);

/// Recomputes cells of one matrix from its *recorded* operands by the *contract's* operation. One thread at a time.
class Recomputation {
 public:
  /// @throws std::runtime_error if an operand was not recorded, a tensor is absent, or a shape does not fit
  Recomputation(const Sources& sources, Name name);

  /// The contract's value of cell (i, j). Op::given has none: it is what it is. @throws std::out_of_range
  [[nodiscard]] Cell at(std::size_t i, std::size_t j) const;

  /// The same, by the same routine, with everything on the way to it written down.
  [[nodiscard]] Cell at(std::size_t i, std::size_t j, Working& working) const;

  /// @throws std::out_of_range if the matrix has no such cell
  void require_cell(std::size_t i, std::size_t j) const;

  [[nodiscard]] std::size_t rows() const { return operands_.rows; }
  [[nodiscard]] std::size_t cols() const { return operands_.cols; }
  [[nodiscard]] const Operands& operands() const { return operands_; }

 private:
  void add_operand(const Sources& sources, const std::string& operand);
  void add_tensor(const Sources& sources, const std::string& tensor, std::size_t rows, std::size_t cols);
  void add_tensors(const Sources& sources, const std::string& operand);

  Op op_;
  Operands operands_;
  mutable std::optional<std::pair<std::size_t, double>> log_sum_exp_;  ///< of the row asked for last: it is dear
};

}  // namespace glass
