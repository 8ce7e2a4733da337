#pragma once

#include <cstdint>
#include <memory>

#include "engine/reference/weights.hpp"

namespace glass::test {

/// Sizes that all differ, so that nothing fits by luck: two encoder layers of 3 heads, three decoder layers of 2.
[[nodiscard]] Dims small_dims();

/// Positions that a random model has.
inline constexpr std::size_t kMaxPositions = 11;

/// Weights of these sizes, the same for the same seed, small enough that no activation saturates. Both tables and the
/// output projection are one matrix, as in a tied checkpoint; positions follow the formula.
[[nodiscard]] std::shared_ptr<const Weights> random_model(const Dims& dims, std::uint64_t seed);

}  // namespace glass::test
