#pragma once

#include "engine/cli/options.hpp"

namespace glass::cli {

/// build/bin/export: what it is called with.
[[nodiscard]] const Program& export_program();

/// Writes the weights, a golden case or a sentence's trace for programs in other languages. @return the exit status
[[nodiscard]] int export_arrays(const Arguments& arguments);

}  // namespace glass::cli
