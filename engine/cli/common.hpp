#pragma once

#include <vector>

#include "engine/cli/options.hpp"
#include "engine/golden/case.hpp"
#include "engine/reference/model.hpp"

namespace glass::cli {

/// The model that --model and --language-codes name, or the shipped one. Sets OpenBLAS to one thread, so that the same
/// numbers come out at every run.
[[nodiscard]] Model load_model(const Arguments& arguments);

/// True unless --model names another than the shipped model, whose goldens they are.
[[nodiscard]] bool has_goldens(const Arguments& arguments);

/// All golden cases of the shipped model.
[[nodiscard]] std::vector<golden::Case> load_cases(const Dims& dims);

/// @throws UsageError unless --precision is one that this version computes in
void require_double(const Arguments& arguments);

}  // namespace glass::cli
