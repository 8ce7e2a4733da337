#pragma once

#include <string>
#include <vector>

#include "engine/screen/line.hpp"
#include "engine/trace/explain.hpp"

namespace glass::lesson {

/// How much of a cell's terms is shown.
enum class Detail {
  lesson,  ///< all of a few, the largest of many and the rest summed; three digits behind the point
  why,     ///< the same, every term with its index, tiny numbers in their own size
  all      ///< as `why`, every term
};

/// A number as terms and stages show it.
[[nodiscard]] std::string term_number(double value, Detail detail);

/// The terms of a cell: `left × right = term` a line or several beside each other. Copies that are added up are one
/// line, a single one is the value itself and none.
/// @param labels  the tokens that the terms stand for, one each; none for features
[[nodiscard]] screen::Lines draw_terms(const Explanation& cell, const std::vector<std::string>& labels, Detail detail,
                                       const screen::Style& style);

/// The named numbers on the way from the terms to the value; whole ones without digits behind the point, but in
/// lessons.
[[nodiscard]] screen::Lines draw_stages(const std::vector<Stage>& stages, Detail detail, const screen::Style& style);

/// "4 (`▁how`)", or the number alone where that is the label.
[[nodiscard]] std::string labelled(std::size_t index, const std::string& label);

}  // namespace glass::lesson
