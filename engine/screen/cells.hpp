#pragma once

#include "engine/screen/plan.hpp"

namespace glass::screen {

/// Adds one cell of a figure, `cell_columns` wide: a number with heat or shade, or heat alone.
void add_cell(Line& line, const Plan& plan, std::size_t row, std::size_t col);

/// What stands for a column below heat: its number in the legend, or its label if that is an index. The legend counts
/// from 1; with a focus from 0, as the title's part does.
[[nodiscard]] std::string tick(const Plan& plan, std::size_t col);

/// What stands below heat without numbers. Where the columns are indices, some of these; where they have names, the
/// number of each in the legend, its digits one below the other if they do not fit side by side.
[[nodiscard]] Lines ruler(const Plan& plan, const std::vector<Shown>& block);

/// What the heat means, and which number is which column, in lines of at most so many columns.
[[nodiscard]] Lines legend(const Plan& plan, std::size_t columns);

}  // namespace glass::screen
