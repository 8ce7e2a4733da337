#include <algorithm>
#include <array>

#include "engine/screen/cells.hpp"
#include "engine/screen/layout.hpp"

namespace glass::screen {
namespace {

/// With a focus, those of the last column, so that the ruler stays as high wherever the focus is.
std::size_t most_digits(const Plan& plan, const std::vector<Shown>& block) {
  if (plan.named && plan.figure->focus) return tick(plan, plan.figure->values.cols - 1).size();
  std::size_t digits = 0;
  for (const Shown& item : block) digits = std::max(digits, item.left_out > 0 ? 0 : tick(plan, item.index).size());
  return digits;
}

/// Every how many columns an index is written.
std::size_t step_of(const Plan& plan, const std::vector<Shown>& block) {
  constexpr std::array<std::size_t, 8> kSteps = {1, 2, 5, 10, 20, 50, 100, 1000};
  const auto* found = std::find_if(kSteps.begin(), kSteps.end() - 1, [&](std::size_t step) {
    return step * plan.cell_columns > most_digits(plan, block);
  });
  return *found;
}

std::size_t start_of_cells(const Plan& plan) { return plan.indent + plan.label_columns + plan.gap; }

Line indices(const Plan& plan, const std::vector<Shown>& block) {
  const std::size_t step = step_of(plan, block);
  Line line;
  std::size_t end = start_of_cells(plan);
  std::size_t free = plan.indent;
  for (const Shown& item : block) {
    end += plan.columns_of(item);
    const std::string text = item.left_out > 0 ? "" : tick(plan, item.index);
    if (text.empty() || item.index % step != 0 || end < free + text.size()) continue;
    pad(line, end - text.size());
    add(line, text, dim_ink());
    free = end + 1;
  }
  return line;
}

/// One digit of every column's number, counted from the last; all of them where `whole`.
Line digits(const Plan& plan, const std::vector<Shown>& block, std::size_t place, bool whole) {
  Line line;
  std::size_t end = start_of_cells(plan);
  for (const Shown& item : block) {
    end += plan.columns_of(item);
    const std::string all = item.left_out > 0 ? "" : tick(plan, item.index);
    if (all.size() < place) continue;
    const std::string text = whole ? all : all.substr(all.size() - place, 1);
    pad(line, end - text.size());
    add(line, text, dim_ink());
  }
  return line;
}

}  // namespace

std::string tick(const Plan& plan, std::size_t col) {
  if (!plan.named) return plan.col_label(col);
  return std::to_string(plan.figure->focus ? col : col + 1);
}

Lines ruler(const Plan& plan, const std::vector<Shown>& block) {
  if (!plan.named) return {indices(plan, block)};
  const std::size_t most = most_digits(plan, block);
  if (most < plan.cell_columns) return {digits(plan, block, 1, true)};
  Lines lines;
  for (std::size_t place = most; place > 0; --place) lines.push_back(digits(plan, block, place, false));
  return lines;
}

}  // namespace glass::screen
