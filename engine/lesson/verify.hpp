#pragma once

#include "engine/golden/case.hpp"
#include "engine/golden/verdict.hpp"
#include "engine/reference/experiment.hpp"

namespace glass::lesson {

/// Runs the model on a golden case and records what the case holds: a whole case on its ids; a stage case on stand-in
/// ids with its inputs forced by name at the seam, until the last of its matrices has passed.
/// @param stage  the table that computes, perhaps with somebody's own stage in it
/// @return what was recorded; if a stage throws, what was recorded before is lost and the exception goes on
[[nodiscard]] Trace run_case(const Model& model, const Stages& stage, const golden::Case& golden_case);

/// Runs a case and compares every matrix of it.
[[nodiscard]] golden::Verdict verify(const Model& model, const Stages& stage, const golden::Case& golden_case);

/// The pieces of a recorded sentence, as its rows and columns are labelled.
[[nodiscard]] Labels labels_of(const Model& model, const Trace& trace);

}  // namespace glass::lesson
