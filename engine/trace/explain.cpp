#include "engine/trace/explain.hpp"

#include <cmath>
#include <stdexcept>

namespace glass {
namespace {

OperandPart part_of(const Operands& x, std::size_t k, std::size_t i, std::size_t j) {
  const Operand& operand = x.all[k];
  const Read read = read_of(row_of(x.name).op, k);
  const auto at = [&](std::size_t row, std::size_t col) {
    return OperandPart{operand.name, read, row, col, operand.is_tensor};
  };
  switch (read) {
    case Read::cell:
      return at(i, j);
    case Read::row:
    case Read::first_of_row:
      return at(i, 0);
    case Read::row_of_column:
      return at(j, 0);
    case Read::column:
      return at(0, j);
    case Read::first_of_column:
      return operand.is_tensor ? at(0, j) : at(j, 0);  // a vector of the checkpoint is seen as 1 x n
    case Read::slice:
      return at(i, operation::slice_of(x, j).second);
    case Read::table:
      return at(operation::table_row(x, i), j);
  }
  throw std::logic_error("an operand that is read in no known way");
}

std::vector<OperandPart> parts_of(const Operands& x, std::size_t i, std::size_t j) {
  std::vector<OperandPart> parts;
  const Op op = row_of(x.name).op;
  for (std::size_t k = 0; k < x.all.size(); ++k) {
    const bool another_head = op == Op::join_heads && k != operation::slice_of(x, j).first;
    if (!another_head && !x[k].empty()) parts.push_back(part_of(x, k, i, j));
  }
  return parts;
}

const Matrix& recorded_matrix(const Sources& sources, Name name) {
  const auto found = sources.trace.find(name);
  if (found == sources.trace.end()) throw std::runtime_error(to_string(name) + " was not recorded");
  const auto [rows, cols] = shape_of(name, sources.dims, sources.lengths);
  require_shape(to_string(name), found->second.view(), rows, cols);
  return found->second;
}

}  // namespace

TermRule term_rule(Op op) {
  switch (op) {
    case Op::given:
    case Op::lookup:
    case Op::activation:
      return TermRule::none;
    case Op::position:
    case Op::add:
    case Op::head_columns:
    case Op::hide_padding:
    case Op::hide_future:
    case Op::join_heads:
    case Op::copy:
      return TermRule::copy;
    case Op::scale:
    case Op::linear:
    case Op::scaled_dot:
    case Op::mix:
      return TermRule::product;
    case Op::softmax:
    case Op::log_softmax:
      return TermRule::exponential;
    case Op::layer_norm:
      return TermRule::squared_error;
  }
  return TermRule::none;
}

std::pair<std::size_t, std::size_t> OperandPart::cell(std::size_t index) const {
  if (whole_row()) return {row, index};
  return {whole_column() ? index : row, col};
}

bool Explanation::agrees(double rounding) const {
  if (value == recorded || (std::isnan(value) && std::isnan(recorded))) return true;
  return std::isfinite(value) && std::isfinite(recorded) && std::abs(value - recorded) <= rounding * magnitude;
}

Explanation explain(const Sources& sources, Name name, std::size_t row, std::size_t col) {
  const Matrix& recorded = recorded_matrix(sources, name);
  const Recomputation contract(sources, name);
  contract.require_cell(row, col);
  Explanation result;
  result.name = name;
  result.row = row;
  result.col = col;
  result.op = row_of(name).op;
  result.formula = row_of(name).formula;
  result.rule = term_rule(result.op);
  result.recorded = recorded(row, col);
  if (result.op == Op::given) {
    result.stages = {{"given: " + std::string(row_of(name).meaning), result.recorded}};
    result.value = result.recorded;
    result.magnitude = std::abs(result.recorded);
    return result;
  }
  Working working;
  const Cell cell = contract.at(row, col, working);
  result.operands = parts_of(contract.operands(), row, col);
  result.terms = std::move(working.terms);
  result.stages = std::move(working.stages);
  result.value = cell.value;
  result.magnitude = cell.magnitude;
  return result;
}

}  // namespace glass
