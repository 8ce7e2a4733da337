#include "engine/screen/figure.hpp"

#include <algorithm>
#include <stdexcept>

#include "engine/screen/cells.hpp"
#include "engine/screen/fill.hpp"
#include "engine/screen/layout.hpp"
#include "engine/screen/plan.hpp"
#include "engine/screen/width.hpp"

namespace glass::screen {
namespace {

std::string counted(std::size_t count, const std::string& axis) {
  if (axis.empty()) return std::to_string(count);
  const std::size_t plural = axis.find("tokens");
  return std::to_string(count) + " " +
         (count == 1 && plural != axis.npos ? std::string(axis).erase(plural + 5, 1) : axis);
}

std::string size_of(const Figure& figure) {
  return counted(figure.values.rows, figure.row_axis) + " × " + counted(figure.values.cols, figure.col_axis);
}

/// The title and the size, in one line if they fit. With a focus, the part that is shown comes after the size; its room
/// is that of the largest indices, so that it stays in its line.
Lines title(const Plan& plan, std::string_view text) {
  const std::size_t columns = full_width(plan.style) - plan.indent;
  const std::string name = clipped(text, columns, plan.style);
  std::string shape = size_of(*plan.figure);
  if (plan.figure->focus && width(spelt(shape + plan.part(true), plan.style)) > columns)
    shape = std::to_string(plan.figure->values.rows) + " × " + std::to_string(plan.figure->values.cols);
  const std::string size = clipped(shape + plan.part(false), columns, plan.style);
  const std::size_t most = width(spelt(shape + plan.part(true), plan.style));
  Line first;
  add(first, name, bold_ink());
  if (!name.empty() && width(name) + 3 + most > columns) {
    Line second;
    add(second, size, dim_ink());
    return {indented(plan.indent, first), indented(plan.indent, second)};
  }
  if (!name.empty()) add(first, "   ");
  add(first, size, dim_ink());
  return {indented(plan.indent, first)};
}

bool spoken_of(const Plan& plan, std::size_t Mark::*which, std::size_t index) {
  return std::any_of(plan.marks.begin(), plan.marks.end(),
                     [&](const auto& each) { return !each.second.source && each.second.*which == index; });
}

/// The labels of a block's columns, flush with the numbers' last digits.
Line header(const Plan& plan, const std::vector<Shown>& block) {
  Line line;
  std::size_t end = plan.indent + plan.label_columns + plan.gap;
  for (const Shown& item : block) {
    const std::size_t columns = plan.columns_of(item);
    const std::string label =
        item.left_out > 0 ? spelt("…", plan.style) : clipped(plan.col_label(item.index), columns - 1, plan.style);
    end += columns;
    pad(line, end - 1 - std::min(width(label), columns - 1));
    add(line, label, item.left_out > 0 ? dim_ink() : spoken_of(plan, &Mark::col, item.index) ? bold_ink() : Ink{});
  }
  return line;
}

void add_label(Line& line, const Plan& plan, const std::string& text, const Ink& ink) {
  const std::string label = clipped(text, plan.label_columns, plan.style);
  pad(line, plan.indent + plan.label_columns - width(label));
  add(line, label, ink);
  pad(line, plan.indent + plan.label_columns + plan.gap);
}

Line row(const Plan& plan, std::size_t i, const std::vector<Shown>& block) {
  Line line;
  add_label(line, plan, plan.row_label(i), spoken_of(plan, &Mark::row, i) ? bold_ink() : Ink{});
  for (const Shown& item : block) {
    if (item.left_out > 0) {
      add(line, plan.ellipsis(), dim_ink());
    } else {
      add_cell(line, plan, i, item.index);
    }
  }
  return line;
}

Line missing_rows(const Plan& plan, std::size_t count) {
  Line line;
  add_label(line, plan, "⋮", dim_ink());
  const std::size_t room = full_width(plan.style) - width(line);
  const std::string text = std::to_string(count) + (count == 1 ? " row" : " rows") + " not shown";
  add(line, clipped(" " + text, room, plan.style), dim_ink());
  return line;
}

/// The legend is about as wide as what it belongs to, so that panels can stand beside each other.
std::size_t columns_for_legend(const Lines& lines, const Plan& plan) {
  std::size_t columns = plan.indent + 40;
  for (const Line& line : lines) columns = std::max(columns, width(line));
  return std::min(columns, full_width(plan.style));
}

void add_block(Lines& lines, const Plan& plan, const std::vector<Shown>& block) {
  const bool numbers = plan.figure->form == Form::numbers;
  if (numbers) lines.push_back(header(plan, block));
  for (const Shown& item : plan.rows) {
    lines.push_back(item.left_out > 0 ? missing_rows(plan, item.left_out) : row(plan, item.index, block));
  }
  if (numbers) return;
  const Lines below = ruler(plan, block);
  lines.insert(lines.end(), below.begin(), below.end());
}

}  // namespace

Lines draw(const Figure& figure, const Style& style, std::size_t indent) {
  const Plan plan = planned(figure, style, indent);
  Lines lines = title(plan, figure.title);
  if (figure.values.rows == 0) return trimmed(lines);
  for (std::size_t i = 0; i < plan.blocks.size(); ++i) {
    if (i > 0) lines.emplace_back();
    add_block(lines, plan, plan.blocks[i]);
  }
  if (figure.form == Form::heat && !plan.blocks.empty()) {
    const Lines more = legend(plan, columns_for_legend(lines, plan));
    lines.insert(lines.end(), more.begin(), more.end());
  }
  return trimmed(lines);
}

Lines draw_panels(std::string_view text, const std::vector<Figure>& figures, const Style& style, std::size_t indent) {
  if (figures.empty()) throw std::invalid_argument("draw_panels: there is no figure");
  std::vector<Plan> plans;
  double full = 0;
  for (const Figure& figure : figures) {
    plans.push_back(planned(figure, style, indent));
    full = std::max(full, plans.back().full);
  }
  std::vector<Lines> panels;
  for (Plan& plan : plans) {
    plan.full = full;
    Line name;
    add(name, clipped(plan.figure->panel, full_width(style) - plan.indent, style), bold_ink());
    panels.push_back({indented(plan.indent, name)});
    for (const std::vector<Shown>& block : plan.blocks) add_block(panels.back(), plan, block);
  }
  Lines lines = title(plans.back(), text);
  const Lines all = beside(panels, style);
  lines.insert(lines.end(), all.begin(), all.end());
  const Lines more = legend(plans.front(), columns_for_legend(all, plans.front()));
  lines.insert(lines.end(), more.begin(), more.end());
  return trimmed(lines);
}

}  // namespace glass::screen
