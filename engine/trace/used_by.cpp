#include "engine/trace/used_by.hpp"

#include <stdexcept>

namespace glass {
namespace {

/// One operand's Read turned round: which cells of `name` read the cell.
class Inversion {
 public:
  Inversion(const Sources& sources, const CellRef& cell, Name name) : sources_(sources), cell_(cell), name_(name) {}

  void add(const NamedOperand& operand, std::vector<Use>& uses) const {
    const std::size_t i = cell_.row, j = cell_.col;
    switch (operand.read) {
      case Read::cell:
        return uses.push_back({name_, i, j});
      case Read::row:
        return uses.push_back({name_, i, std::nullopt});
      case Read::row_of_column:
        return uses.push_back({name_, std::nullopt, i});
      case Read::column:
        return uses.push_back({name_, std::nullopt, j});
      case Read::first_of_row:
        if (j == 0) uses.push_back({name_, i, std::nullopt});
        return;
      case Read::first_of_column:
        return add_vector(operand.is_tensor ? i : j, operand.is_tensor ? j : i, uses);
      case Read::slice:
        return add_slice(operand, uses);
      case Read::table:
        return add_table(uses);
    }
  }

 private:
  /// Only the first row (or column) of a vector is read: its element is one column of the matrix.
  void add_vector(std::size_t across, std::size_t element, std::vector<Use>& uses) const {
    if (across == 0) uses.push_back({name_, std::nullopt, element});
  }

  /// A head's column among those of all heads, or the other way round.
  void add_slice(const NamedOperand& operand, std::vector<Use>& uses) const {
    const std::size_t d_k = sources_.dims.d_model / stack_of(name_, sources_.dims).n_heads;
    if (row_of(name_).op == Op::join_heads) {
      const auto head = static_cast<std::size_t>(parse_name(operand.name).value().head);
      return uses.push_back({name_, cell_.row, head * d_k + cell_.col});
    }
    const std::size_t first = static_cast<std::size_t>(name_.head) * d_k;
    if (cell_.col >= first && cell_.col < first + d_k) uses.push_back({name_, cell_.row, cell_.col - first});
  }

  void add_table(std::vector<Use>& uses) const {
    const std::size_t positions = shape_of(name_, sources_.dims, sources_.lengths).first;
    if (row_of(name_).op == Op::position) {
      if (cell_.row < positions) uses.push_back({name_, cell_.row, cell_.col});
      return;
    }
    const std::string ids = operands_of(name_, sources_.dims).front();
    const auto found = sources_.trace.find(parse_name(ids).value());
    if (found == sources_.trace.end()) throw std::runtime_error(ids + " was not recorded");
    for (std::size_t position = 0; position < found->second.rows; ++position) {
      if (found->second(position, 0) == static_cast<double>(cell_.row)) uses.push_back({name_, position, cell_.col});
    }
  }

  const Sources& sources_;
  const CellRef& cell_;
  Name name_;
};

}  // namespace

std::vector<Use> uses_of(const Sources& sources, const CellRef& cell) {
  (void)matrix_of(sources, cell);
  std::vector<Use> uses;
  for (const Name name : all_names(sources.dims)) {
    for (const NamedOperand& operand : named_operands(sources, name)) {
      if (is_same(sources, operand, cell.name)) Inversion(sources, cell, name).add(operand, uses);
    }
  }
  return uses;
}

}  // namespace glass
