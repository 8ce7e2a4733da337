#pragma once

#include <functional>
#include <string>

#include "engine/golden/case.hpp"
#include "engine/trace/recorder.hpp"

namespace glass::cli {

/// An edit that changes nothing and, after a line of headings, hands a line to `print` for each matrix as it is
/// computed: name, shape, smallest, largest, Euclidean norm, and `= golden` or `differs from golden` where a case has
/// the same ids.
/// @param cases  the golden cases to compare with; none for another model's weights
[[nodiscard]] Edit log_to(std::function<void(const std::string&)> print, std::vector<golden::Case> cases);

}  // namespace glass::cli
