#include <algorithm>
#include <array>
#include <cstdio>

#include "engine/screen/cells.hpp"
#include "engine/screen/fill.hpp"
#include "engine/screen/heat.hpp"
#include "engine/screen/layout.hpp"
#include "engine/screen/width.hpp"

namespace glass::screen {
namespace {

/// The number of a full heat, never "0.00".
std::string full_text(const Plan& plan) {
  const std::string text = number(plan.full, std::min(plan.digits, 3));
  if (text.find_first_of("123456789") != text.npos) return text;
  std::array<char, 32> scientific{};
  (void)std::snprintf(scientific.data(), scientific.size(), "%.1e", plan.full);
  return scientific.data();
}

/// "░░▒▒▓▓██", or the same in colours; from the negative end where there are signs.
Line ramp(const Plan& plan, std::size_t columns_each) {
  Line line;
  for (int step = plan.figure->scale == Scale::signed_ ? -4 : 0; step <= 4; ++step) {
    if (plan.figure->scale == Scale::flag && step % 4 != 0) continue;
    const double strength = step / 4.0;
    const bool narrow = plan.cell_columns == 1, colourless = plan.style.colour == Colour::none;
    const std::string_view drawn = narrow ? signed_shade(strength, plan.style) : shade(strength, plan.style);
    const std::string sign(colourless ? drawn : " ");
    const std::string first = step < 0 && sign != " " && !narrow ? "-" : sign;
    add(line, columns_each == 2 ? first + sign : sign, heat(strength, plan.style.colour));
  }
  return line;
}

/// "0 ░░▒▒▓▓██ 0.93": what the heat means, shorter where that does not fit.
Line key(const Plan& plan, std::size_t columns) {
  const std::string end = full_text(plan);
  for (const std::size_t each : {std::size_t{2}, std::size_t{1}}) {
    Line line;
    add(line, plan.figure->scale == Scale::signed_ ? "-" + end + " " : "0 ", dim_ink());
    add(line, ramp(plan, each));
    add(line, " " + end, dim_ink());
    if (width(line) <= columns) return line;
  }
  return ramp(plan, 1);
}

std::vector<std::size_t> shown_columns(const Plan& plan) {
  std::vector<std::size_t> result;
  for (const std::vector<Shown>& block : plan.blocks) {
    for (const Shown& item : block) {
      if (item.left_out == 0) result.push_back(item.index);
    }
  }
  return result;
}

/// "1 ▁Hello  2 ,  3 ▁how": an entry is not broken.
void add_names(Lines& lines, const Plan& plan, std::size_t columns) {
  lines.emplace_back();
  for (const std::size_t j : shown_columns(plan)) {
    const std::string text = tick(plan, j) + " ";
    const std::string label = clipped(plan.col_label(j), columns / 2, plan.style);
    const std::size_t used = width(lines.back());
    if (used > 0 && used + 2 + text.size() + width(label) > columns) lines.emplace_back();
    if (!lines.back().empty()) add(lines.back(), "  ");
    add(lines.back(), text, dim_ink());
    add(lines.back(), label);
  }
}

}  // namespace

Lines legend(const Plan& plan, std::size_t columns) {
  Lines lines = {key(plan, columns - plan.indent)};
  if (plan.named) add_names(lines, plan, columns - plan.indent);
  for (Line& line : lines) line = indented(plan.indent, line);
  return lines;
}

}  // namespace glass::screen
