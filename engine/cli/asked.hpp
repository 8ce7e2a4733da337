#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/lesson/session.hpp"
#include "engine/reference/model.hpp"
#include "engine/trace/cell.hpp"

namespace glass::cli {

/// A number that the command line asks for: NAME ROW COLUMN, as they are written.
struct Asked {
  std::string name, row, column;
};

/// True if the name is a matrix of this model, false if it is a tensor of its checkpoint.
/// @throws UsageError if it is neither, with the nearest names
[[nodiscard]] bool is_matrix(const Model& model, const std::string& name);

/// The cell that is meant. @throws std::invalid_argument in one sentence as row_index and column_index
[[nodiscard]] CellRef cell_of(const Asked& asked, const lesson::Session& session);

/// One step of --up: which operand, and which element of it.
struct UpStep {
  std::size_t operand = 0;
  std::optional<std::size_t> element;
};

/// "2:17,1" as steps. @throws UsageError for anything else
[[nodiscard]] std::vector<UpStep> up_steps(const std::string& list);

}  // namespace glass::cli
