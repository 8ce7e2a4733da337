#pragma once

#include <vector>

#include "engine/lesson/session.hpp"

namespace glass::lesson {

/// Cross-attention of the course's sentence while the shipped model learned: at initialisation and after every epoch,
/// the weights of every layer and head.
struct History {
  std::vector<Trace> epochs;  ///< [0] is before the first step, back() is the shipped model
};

/// Reads `model/history.npz` beside the goldens. @throws std::runtime_error naming file and array
[[nodiscard]] History read_history(const Session& session);

}  // namespace glass::lesson
