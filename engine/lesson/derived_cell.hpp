#pragma once

#include <string>
#include <vector>

#include "engine/lesson/lesson.hpp"
#include "engine/trace/cell.hpp"

namespace glass::lesson {

/// Where a number without a contract name comes from.
struct DerivedCell {
  std::string rule;            ///< "the sum of these": how it follows from the cells
  std::vector<CellRef> cells;  ///< recorded numbers; of a whole row that is read, its first
  double value = 0;
};

/// A cell of a derived matrix (see Derive). @throws std::out_of_range if it has no such cell
[[nodiscard]] DerivedCell derived_cell(const Session& session, const Derive& derive, std::size_t row, std::size_t col);

}  // namespace glass::lesson
