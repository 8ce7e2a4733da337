#pragma once

#include "engine/lesson/session.hpp"
#include "engine/stages/stages.hpp"

namespace glass::lesson {

/// Masked scores so large and so small that exp overflows and underflows: the input of the golden case *huge-scores*
/// (4 x 6), or two rows of the kind for another model.
[[nodiscard]] Mat huge_scores(const Session& session);

/// Rows for the first encoder norm of which the first ones are almost constant and the last is ordinary: the input of
/// the golden case *flat-row* (5 x 128), or two rows of the kind, d_model wide, for another model.
[[nodiscard]] Mat flat_rows(const Session& session);

/// Variance of the scores that a stage gives to random queries and keys whose numbers have mean 0 and variance 1. The
/// vectors are the same at every call: enough of them that the result is within 0.02 of its limit, relative.
[[nodiscard]] double variance_of_scores(const Stages& stage, std::size_t d_k);

}  // namespace glass::lesson
