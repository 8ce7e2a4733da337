#include "engine/screen/plan.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "engine/screen/layout.hpp"
#include "engine/screen/width.hpp"

namespace glass::screen {
namespace {

constexpr std::size_t kLeastCell = 6;
constexpr std::size_t kMostCell = 9;
constexpr double kTinyShare = 0.1;

using Indices = std::vector<std::size_t>;

void check_cell(const Figure& figure, std::size_t row, std::size_t col) {
  const Matrix& values = figure.values;
  if (row < values.rows && col < values.cols) return;
  throw std::invalid_argument(figure.title + ": no cell (" + std::to_string(row) + ", " + std::to_string(col) +
                              ") in " + shape(values.rows, values.cols));
}

void check(const Figure& figure) {
  const Matrix& values = figure.values;
  const auto check_labels = [&](std::size_t labels, std::size_t count, const std::string& which) {
    if (labels == 0 || labels == count) return;
    throw std::invalid_argument(figure.title + ": " + std::to_string(labels) + " " + which + " labels for " +
                                std::to_string(count) + " " + which + "s");
  };
  check_labels(figure.row_labels.size(), values.rows, "row");
  check_labels(figure.col_labels.size(), values.cols, "column");
  for (const Mark& mark : figure.marks) check_cell(figure, mark.row, mark.col);
  const bool empty = values.rows == 0 || values.cols == 0;
  if (figure.focus && !empty) check_cell(figure, figure.focus->row, figure.focus->col);
}

/// The rows (or columns) of the marks, those spoken of first.
Indices marked(const Figure& figure, std::size_t Mark::*which) {
  Indices result;
  for (const bool source : {false, true}) {
    for (const Mark& mark : figure.marks) {
      if (mark.source == source) result.push_back(mark.*which);
    }
  }
  return result;
}

bool index_like(const std::string& label) {
  return !label.empty() && label.size() < 6 &&
         std::all_of(label.begin(), label.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

void find_extremes(Plan& plan) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const double value : plan.figure->values.values) {
    if (!std::isfinite(value)) continue;
    low = std::min(low, value);
    high = std::max(high, value);
  }
  plan.low = low <= high ? low : 0;
  plan.high = low <= high ? high : 0;
}

double full_heat(const Figure& figure, const Plan& plan) {
  const double largest = std::max(std::abs(plan.low), std::abs(plan.high));
  const bool own = figure.scale == Scale::signed_ || (figure.scale == Scale::share && largest < kTinyShare);
  return own && largest > 0 ? largest : 1;
}

std::size_t most_columns(const Plan& plan, bool labels) {
  std::size_t most = 0;
  const Matrix& values = plan.figure->values;
  for (const Shown& row : plan.rows) {
    if (row.left_out > 0) continue;
    if (labels) most = std::max(most, width(plan.row_label(row.index)));
    for (std::size_t j = 0; !labels && j < values.cols; ++j) {
      most = std::max(most, number(values(row.index, j), plan.digits).size());
    }
  }
  return most;
}

std::size_t columns_of(const Plan& plan, const std::vector<Shown>& items, std::size_t cell) {
  std::size_t sum = 0;
  for (const Shown& item : items) sum += item.left_out > 0 ? width(plan.ellipsis()) : cell;
  return sum;
}

/// All columns in as few blocks as the width allows, all about equally long.
std::vector<std::vector<Shown>> folded(std::size_t cols, std::size_t cell, std::size_t room) {
  const std::size_t fitting = std::max<std::size_t>(room / cell, 1);
  const std::size_t count = (cols + fitting - 1) / fitting;
  std::vector<std::vector<Shown>> blocks(count);
  for (std::size_t j = 0; j < cols; ++j) blocks[j * count / cols].push_back({j, 0});
  return blocks;
}

std::vector<std::vector<Shown>> with_gaps(const Plan& plan, std::size_t cell, std::size_t room) {
  const std::size_t cols = plan.figure->values.cols;
  const Indices wanted = marked(*plan.figure, &Mark::col);
  for (std::size_t most = std::min(cols, room / cell); most > 1; --most) {
    std::vector<Shown> items = shown(cols, most, wanted);
    if (columns_of(plan, items, cell) <= room) return {std::move(items)};
  }
  return {{Shown{wanted.empty() ? 0 : wanted[0], 0}}};
}

std::vector<std::vector<Shown>> blocks_of(const Plan& plan, std::size_t cell, std::size_t room) {
  if (plan.figure->values.cols == 0) return {};
  return plan.figure->fold ? folded(plan.figure->values.cols, cell, room) : with_gaps(plan, cell, room);
}

/// The widest cells that its labels can use and that cost nothing.
std::size_t number_cell(Plan& plan, std::size_t room) {
  while (plan.digits > 0 && most_columns(plan, false) + 2 > room) --plan.digits;
  const std::size_t least = std::min(std::max(kLeastCell, most_columns(plan, false) + 2), room);
  std::size_t labels = 0;
  for (std::size_t j = 0; j < plan.figure->col_labels.size(); ++j)
    labels = std::max(labels, width(plan.col_label(j)) + 1);
  const std::size_t blocks = blocks_of(plan, least, room).size();
  for (std::size_t cell = std::min({labels, kMostCell, room}); cell > least; --cell) {
    if (plan.figure->values.cols * cell <= room * blocks && blocks_of(plan, cell, room).size() == blocks) return cell;
  }
  return least;
}

std::size_t heat_cell(const Plan& plan, std::size_t room) { return 2 * plan.figure->values.cols <= room ? 2 : 1; }

/// Cells and blocks. Numbers begin with a blank of their own, so their gap goes where it alone would make a block more.
void place(Plan& plan, std::size_t room) {
  const bool numbers = plan.figure->form == Form::numbers;
  plan.cell_columns = numbers ? number_cell(plan, room) : heat_cell(plan, room);
  plan.blocks = blocks_of(plan, plan.cell_columns, room);
  if (!numbers || plan.blocks.size() < 2) return;
  const std::size_t cell = number_cell(plan, room + 1);
  std::vector<std::vector<Shown>> fewer = blocks_of(plan, cell, room + 1);
  if (fewer.size() >= plan.blocks.size()) return;
  plan.gap = 0;
  plan.cell_columns = cell;
  plan.blocks = std::move(fewer);
}

}  // namespace

std::string Plan::ellipsis() const { return " " + spelt("…", style) + " "; }

std::size_t Plan::columns_of(const Shown& item) const { return item.left_out > 0 ? width(ellipsis()) : cell_columns; }

const Mark* Plan::mark(std::size_t row, std::size_t col) const {
  const auto found = marks.find({row, col});
  return found == marks.end() ? nullptr : &found->second;
}

std::string Plan::row_label(std::size_t i) const {
  return figure->row_labels.empty() ? std::to_string(i) : spelt(figure->row_labels[i], style);
}

std::string Plan::col_label(std::size_t j) const {
  return figure->col_labels.empty() ? std::to_string(j) : spelt(figure->col_labels[j], style);
}

double Plan::strength(double value) const {
  if (figure->scale == Scale::none) return 0;
  return std::isfinite(value) ? std::min(std::max(value / full, -1.0), 1.0) : 0;
}

Plan planned(const Figure& figure, const Style& style, std::size_t indent) {
  check(figure);
  Plan plan;
  plan.figure = &figure;
  plan.style = style;
  plan.indent = bounded(indent, style);
  plan.digits = figure.scale == Scale::flag ? 0 : std::min(std::max(figure.digits, 0), 17);
  plan.named = !std::all_of(figure.col_labels.begin(), figure.col_labels.end(), index_like);
  find_extremes(plan);
  plan.full = full_heat(figure, plan);
  for (const Mark& mark : figure.marks) {
    Mark& kept = plan.marks.try_emplace({mark.row, mark.col}, mark).first->second;
    kept.source &= mark.source;
  }
  if (figure.focus) {
    place_window(plan);
    return plan;
  }
  plan.rows = shown(figure.values.rows, std::max<std::size_t>(figure.most_rows, 1), marked(figure, &Mark::row));
  plan.label_columns = std::min(most_columns(plan, true), full_width(style) / 3);
  place(plan, full_width(style) - plan.indent - plan.label_columns - 1);
  return plan;
}

}  // namespace glass::screen
