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

/// What one screen of a lesson shows: one of its steps, or what stands around them.
struct Slide {
  enum class Kind { opening, map, shapes, step, mistakes, closing };
  Kind kind = Kind::opening;
  std::size_t step = 0;
};

/// A lesson's screens, first to last: where it stands in the course and in the model, what it builds, its steps, what
/// others got wrong, and what comes next. A lesson that builds everything shows the map last.
[[nodiscard]] std::vector<Slide> slides(const Lesson& lesson, const Session& session);

/// What stands at the right edge of a slide's heading: "10.5"; of the first one minutes and needs.
[[nodiscard]] std::string place_of(const Lesson& lesson, std::size_t slide);

/// A slide around the steps, without its heading. @throws std::invalid_argument for a step
[[nodiscard]] Screen render(const Slide& slide, const Lesson& lesson, const Session& session,
                            const Rendering& rendering);

/// The whole lesson, every slide below its heading. No input or output.
[[nodiscard]] std::vector<Screen> render(const Performance& performance, const Rendering& rendering);

/// One step.
[[nodiscard]] screen::Lines render(const Performed& step, const Rendering& rendering);

/// The arithmetic behind a cell.
[[nodiscard]] screen::Lines render(const Shown& cell, const Rendering& rendering);

/// Names in few lines: those that differ only in their last word or their head share one.
[[nodiscard]] screen::Lines render(const std::vector<Name>& names, const Rendering& rendering);

}  // namespace glass::lesson
