#pragma once

#include "engine/cli/options.hpp"

namespace glass::cli {

/// build/bin/why: what it is called with.
[[nodiscard]] const Program& why_program();

/// Prints the arithmetic behind one number of a sentence's trace, or the way from one matrix to another.
/// @return the exit status
[[nodiscard]] int print_why(const Arguments& arguments);

}  // namespace glass::cli
