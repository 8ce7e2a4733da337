#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/trace/recorder.hpp"

namespace glass::golden {

/// Matrices that someone else computed, from data/golden/NAME.npz.
struct Case {
  std::string name;
  std::optional<std::string> stage;  ///< what a stage case exercises, a contract name; nothing: a whole sentence
  Trace inputs;                      ///< a stage case's made-up matrices (`input.NAME`), to be forced at the seam
  Trace expected;                    ///< the golden matrices
  Lengths lengths;                   ///< of both sides, as the matrices have them
};

/// Reads a case. Every matrix has the shape that the contract gives it for the case's lengths.
/// @throws std::runtime_error naming file and array: what the reader of .npz refuses, unknown names (with the nearest),
///         wrong shapes, a whole case without ids, a stage case without inputs
[[nodiscard]] Case load(const std::filesystem::path& file, const Dims& dims);

/// The cases that the goldens of a model must have (data/golden/README.md says why these).
[[nodiscard]] const std::vector<std::string>& required_cases();

/// The names of the cases in a directory, in alphabetical order. @throws std::runtime_error if it cannot be read
[[nodiscard]] std::vector<std::string> case_names(const std::filesystem::path& directory);

}  // namespace glass::golden
