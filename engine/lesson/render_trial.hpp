#pragma once

#include "engine/lesson/render.hpp"
#include "engine/lesson/trial.hpp"

namespace glass::lesson {

/// A trial as text: what was tried; the translations; how undecided the shown attention (or the best head) was and is;
/// which matrices changed first and how many are bit-equal; and one matrix before, after and in its difference, side by
/// side as far as the width allows. Attention tables are heat, all else numbers. No input or output.
/// @param numbers  attention tables as numbers too
[[nodiscard]] screen::Lines render(const Session& session, const Trial& trial, Name shown, const Rendering& rendering,
                                   bool numbers = false);

}  // namespace glass::lesson
