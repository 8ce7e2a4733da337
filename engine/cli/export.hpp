#pragma once

#include <string>
#include <vector>

#include "engine/checkpoint/checkpoint.hpp"
#include "engine/golden/case.hpp"
#include "engine/trace/array.hpp"

namespace glass::cli {

/// What someone needs who checks a formula in another language. In every list the order is that of computation.
using Arrays = std::vector<NamedArray>;

/// All weights as float32, each under its checkpoint name as it is stored (a linear map [out, in]), and again under the
/// letter of the formulas (see weights_of), where `y = x W + b`.
[[nodiscard]] Arrays weight_arrays(const checkpoint::Checkpoint& checkpoint, const Dims& dims);

/// The weights whose checkpoint name or formula name matches. @throws std::runtime_error if none does
[[nodiscard]] Arrays weight_arrays(const checkpoint::Checkpoint& checkpoint, const Dims& dims, const std::string& glob);

/// Every matrix of a case (of a sentence: a case without stage and inputs), under the keys that a golden file has.
[[nodiscard]] Arrays case_arrays(const golden::Case& matrices, const Dims& dims);

/// The matrices whose names match, and what each is computed from: the matrices and the weights that the contract
/// names.
/// @throws std::runtime_error if no name matches, with the nearest ones
[[nodiscard]] Arrays stage_arrays(const golden::Case& matrices, const Dims& dims,
                                  const checkpoint::Checkpoint& checkpoint, const std::string& glob);

/// True if the whole name matches a pattern of the shell: `*`, `?` and `[...]`; `*` runs over dots.
[[nodiscard]] bool matches(const std::string& name, const std::string& glob);

}  // namespace glass::cli
