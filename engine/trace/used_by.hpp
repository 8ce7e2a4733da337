#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "engine/trace/cell.hpp"

namespace glass {

/// Cells of a matrix that are computed from one cell: `row` and `col`, where nothing stands for all of them.
struct Use {
  Name name;
  std::optional<std::size_t> row, col;
  bool operator==(const Use&) const = default;

  [[nodiscard]] bool covers(std::size_t i, std::size_t j) const { return row.value_or(i) == i && col.value_or(j) == j; }
};

/// Which cells are computed from this one, by the contract, in the order of computation: exactly those whose
/// explanation names it among their operands. A cell of a table of embeddings has a use for each position of its id.
/// @throws as matrix_of; std::runtime_error if the ids that read a table were not recorded
[[nodiscard]] std::vector<Use> uses_of(const Sources& sources, const CellRef& cell);

}  // namespace glass
