#pragma once

#include <string>
#include <vector>

#include "engine/screen/line.hpp"
#include "engine/trace/dims.hpp"

namespace glass::lesson {

/// All names of the contract on one screen, encoder left, decoder right (below each other where it is narrow), in the
/// order of computation; those whose contract row matches a pattern of `lit` stand in `[ ]` and bold.
[[nodiscard]] screen::Lines draw_map(const Dims& dims, const std::vector<std::string>& lit, const screen::Style& style);

}  // namespace glass::lesson
