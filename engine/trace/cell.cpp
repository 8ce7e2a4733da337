#include "engine/trace/cell.hpp"

#include <stdexcept>

namespace glass {
namespace {

/// As Recomputation pairs them.
std::vector<std::string> tensors_of(Op op, const std::string& operand) {
  if (op != Op::linear && op != Op::layer_norm) return {operand + ".weight"};
  return {operand + ".weight", operand == "lm_head" ? "final_logits_bias" : operand + ".bias"};
}

MatrixView tensor_or_recorded(const Sources& sources, const CellRef& cell) {
  if (cell.is_tensor) {
    const MatrixView view = sources.tensor(cell.name);
    if (view.empty()) throw std::runtime_error("the checkpoint has no " + cell.name);
    return view;
  }
  const std::optional<Name> name = parse_name(cell.name);
  const auto found = name ? sources.trace.find(*name) : sources.trace.end();
  if (found == sources.trace.end()) throw std::runtime_error(cell.name + " was not recorded");
  return found->second.view();
}

}  // namespace

MatrixView matrix_of(const Sources& sources, const CellRef& cell) {
  const MatrixView view = tensor_or_recorded(sources, cell);
  if (cell.row < view.rows && cell.col < view.cols) return view;
  throw std::out_of_range(cell.name + " has no cell (" + std::to_string(cell.row) + ", " + std::to_string(cell.col) +
                          "): it is " + shape(view.rows, view.cols));
}

std::vector<NamedOperand> named_operands(const Sources& sources, Name name) {
  const Op op = row_of(name).op;
  std::vector<NamedOperand> result;
  std::size_t index = 0;
  for (const std::string& operand : operands_of(name, sources.dims)) {
    if (!is_tensor(operand)) {
      result.push_back({operand, false, read_of(op, index++)});
      continue;
    }
    for (const std::string& tensor : tensors_of(op, operand)) {
      const Read read = read_of(op, index++);
      if (!sources.tensor(tensor).empty()) result.push_back({tensor, true, read});
    }
  }
  return result;
}

bool is_same(const Sources& sources, const NamedOperand& operand, const std::string& name) {
  if (operand.name == name) return true;
  if (!operand.is_tensor || parse_name(name)) return false;
  const MatrixView own = sources.tensor(operand.name), other = sources.tensor(name);
  return !own.empty() && own.data == other.data;
}

}  // namespace glass
