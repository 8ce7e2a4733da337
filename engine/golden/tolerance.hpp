#pragma once

#include "engine/trace/contract.hpp"

namespace glass::golden {

/// How far from a golden number a right one may be: `factor * (1 + |golden|)`.
struct Tolerance {
  double hidden = 0;  ///< the factor for every matrix but those two
  double logits = 0;  ///< the factor for decoder.logits and decoder.log_probabilities

  /// What is allowed at this golden number. What is given (ids, visible) and infinities must be equal: 0.
  [[nodiscard]] double at(Name name, double golden) const;
};

/// For engines that compute in double, and in float.
inline constexpr Tolerance kDouble{1e-9, 1e-9};
inline constexpr Tolerance kFloat{2e-5, 1e-4};

}  // namespace glass::golden
