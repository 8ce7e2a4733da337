#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/trace/recompute.hpp"

namespace glass {

/// A number that can be asked why: a cell of a recorded matrix, or of a checkpoint tensor by its full name (".weight",
/// ".bias"; a vector is 1 x n).
struct CellRef {
  std::string name;
  bool is_tensor = false;
  std::size_t row = 0, col = 0;
  bool operator==(const CellRef&) const = default;
};

/// The recorded matrix or the tensor that the cell is in.
/// @throws std::runtime_error if it was not recorded, or the checkpoint has no tensor of that name
/// @throws std::out_of_range if it has no such cell
[[nodiscard]] MatrixView matrix_of(const Sources& sources, const CellRef& cell);

/// An operand by the name that `explain` gives it, and how it is read.
struct NamedOperand {
  std::string name;
  bool is_tensor = false;
  Read read = Read::cell;
};

/// The operands of one matrix in their order; of a linear map or a norm both its weight and its bias. Tensors that the
/// checkpoint lacks are left out.
[[nodiscard]] std::vector<NamedOperand> named_operands(const Sources& sources, Name name);

/// True if the operand is this matrix or tensor. A table that the checkpoint ties has several names.
[[nodiscard]] bool is_same(const Sources& sources, const NamedOperand& operand, const std::string& name);

}  // namespace glass
