#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/lesson/session.hpp"

namespace glass::lesson {

/// What checking a lesson's matrices found.
struct Verification {
  std::size_t n_matrices = 0, n_cases = 0;
  bool against_goldens = true;  ///< false: against the contract's operations, cell by cell
  std::string failure;          ///< the first difference for a person; empty: everything is as it must be
};

/// Checks matrices of these names.
///
/// The course's own sentence: in every golden case that holds them. The cases' sentences are tokenized, run, and
/// compared with what PyTorch computed; for stage cases the inputs are forced.
///
/// Any other sentence or model has no golden: then every cell is computed again from the recorded operands by the
/// contract's operation, and may be off by 1e-12 of the sum of the absolute terms; ids are those of the plain
/// segmentation.
/// @throws std::runtime_error if a golden cannot be read
[[nodiscard]] Verification verify(const Session& session, const std::vector<Name>& names);

/// "verified 36 matrices in 5 cases", with the way where it is not a golden.
[[nodiscard]] std::string summary(const Verification& verification);

}  // namespace glass::lesson
