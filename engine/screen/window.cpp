#include <algorithm>

#include "engine/screen/layout.hpp"
#include "engine/screen/plan.hpp"
#include "engine/screen/width.hpp"

namespace glass::screen {
namespace {

constexpr std::size_t kLeastCell = 6;
constexpr std::size_t kMostCell = 9;
constexpr std::size_t kManyLabels = 600;

/// The columns of the widest label: of all where they are not too many, so that it is the same wherever the focus is;
/// else of those shown.
std::size_t widest_label(const Plan& plan) {
  const std::size_t count = plan.figure->values.rows;
  if (count == 0) return 0;
  if (plan.figure->row_labels.empty()) return std::to_string(count - 1).size();
  std::size_t most = 0;
  for (std::size_t i = 0; count <= kManyLabels && i < count; ++i) most = std::max(most, width(plan.row_label(i)));
  for (const Shown& row : plan.rows) most = std::max(most, width(plan.row_label(row.index)));
  return most;
}

/// The cell that the column labels ask for: the widest where there are too many of them to look at.
std::size_t cell_for_labels(const Plan& plan) {
  const std::size_t count = plan.figure->values.cols;
  if (plan.figure->col_labels.empty()) return std::to_string(count).size() + 1;
  if (count > kManyLabels) return kMostCell;
  std::size_t most = 0;
  for (std::size_t j = 0; j < count; ++j) most = std::max(most, width(plan.col_label(j)) + 1);
  return std::min(most, kMostCell);
}

std::size_t number_cell(Plan& plan, std::size_t room) {
  const auto needed = [&] { return widest_number(plan.low, plan.high, plan.digits) + 2; };
  while (plan.digits > 0 && needed() > room) --plan.digits;
  return std::min(std::max({kLeastCell, needed(), cell_for_labels(plan)}), room);
}

std::size_t heat_cell(const Plan& plan, std::size_t room) {
  return plan.named || 2 * plan.figure->values.cols <= room ? 2 : 1;
}

/// "rows 3–20" of a window that is not all; nothing else.
std::string part_of(const std::string& axis, const std::vector<Shown>& items, std::size_t count, bool widest) {
  if (items.empty() || items.size() == count) return "";
  const std::string last = std::to_string(count - 1);
  if (widest) return axis + " " + last + "–" + last;
  return axis + " " + std::to_string(items.front().index) + "–" + std::to_string(items.back().index);
}

}  // namespace

std::vector<Shown> window(std::size_t count, std::size_t most, std::size_t index) {
  const std::size_t size = std::min(most, count);
  const std::size_t before = size / 2;
  const std::size_t first = std::min(index > before ? index - before : 0, count - size);
  std::vector<Shown> items;
  for (std::size_t i = 0; i < size; ++i) items.push_back({first + i, 0});
  return items;
}

std::size_t widest_number(double low, double high, int digits) {
  std::size_t most = 0;
  for (const double value : {low, high}) {
    const std::string text = number(value, digits);
    const std::size_t sign = text[0] == '-' ? 1 : 0;
    const std::size_t longest_fixed = static_cast<std::size_t>(std::max(7, digits + 5)) + sign;
    most = std::max({most, text.size(), text.find('e') == text.npos ? 0 : longest_fixed});
  }
  return most;
}

std::string Plan::part(bool widest) const {
  if (!figure->focus || blocks.empty()) return "";
  const std::string across = part_of("columns", blocks.front(), figure->values.cols, widest);
  const std::string down = part_of("rows", rows, figure->values.rows, widest);
  const std::string both = down + (down.empty() || across.empty() ? "" : ", ") + across;
  return both.empty() ? "" : "   " + both;
}

void place_window(Plan& plan) {
  const Matrix& values = plan.figure->values;
  const Focus& focus = *plan.figure->focus;
  plan.rows = window(values.rows, focus.rows == 0 ? values.rows : focus.rows, focus.row);
  plan.label_columns = std::min(widest_label(plan), full_width(plan.style) / 3);
  if (values.cols == 0) return;
  const std::size_t room = full_width(plan.style) - plan.indent - plan.label_columns - plan.gap;
  plan.cell_columns = plan.figure->form == Form::numbers ? number_cell(plan, room) : heat_cell(plan, room);
  plan.blocks = {window(values.cols, std::max<std::size_t>(room / plan.cell_columns, 1), focus.col)};
}

}  // namespace glass::screen
