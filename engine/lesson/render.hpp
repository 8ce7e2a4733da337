#pragma once

#include <vector>

#include "engine/lesson/perform.hpp"
#include "engine/screen/line.hpp"

namespace glass::lesson {

/// How a lesson is rendered as text.
struct Rendering {
  screen::Style style;
  bool measure = false;  ///< print measured differences too, which are noise
};

/// One screen of a lesson: a title and what is below it.
struct Screen {
  std::string title;
  screen::Lines lines;
};

/// The whole lesson: where it stands in the course and in the model, what it builds, its steps, what others got wrong,
/// and what comes next. No input or output.
[[nodiscard]] std::vector<Screen> render(const Performance& performance, const Rendering& rendering);

/// One step.
[[nodiscard]] screen::Lines render(const Performed& step, const Rendering& rendering);

/// The arithmetic behind a cell.
[[nodiscard]] screen::Lines render(const Shown& cell, const Rendering& rendering);

/// Names in few lines: those that differ only in their last word or their head share one.
[[nodiscard]] screen::Lines render(const std::vector<Name>& names, const Rendering& rendering);

}  // namespace glass::lesson
