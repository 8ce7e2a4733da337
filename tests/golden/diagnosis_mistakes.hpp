#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "engine/reference/experiment.hpp"

namespace glass::test {

/// A way to get one step wrong, as a change of an experiment.
struct Mistake {
  int id = 0;  ///< its number in the catalogue of mistakes
  std::string_view name;
  std::function<void(Experiment&)> apply;
  std::string_view first_wrong;  ///< the first matrix that it changes
};

/// Five mistakes, one for each way to make one: an edit at the seam (7), a leaf (29), a leaf with small numbers (64), a
/// composite with other arguments (51), and a rewritten layer (56).
[[nodiscard]] std::vector<Mistake> five_mistakes();

}  // namespace glass::test
