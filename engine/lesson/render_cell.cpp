#include "engine/lesson/render.hpp"
#include "engine/lesson/render_terms.hpp"
#include "engine/screen/grid.hpp"
#include "engine/screen/text.hpp"

namespace glass::lesson {
namespace {

using screen::Lines;
using screen::Style;

std::string part_text(const OperandPart& part) {
  if (part.whole_row()) return "row " + std::to_string(part.row);
  if (part.whole_column()) return "column " + std::to_string(part.col);
  return "row " + std::to_string(part.row) + ", column " + std::to_string(part.col);
}

}  // namespace

Lines render(const Shown& shown, const Rendering& rendering) {
  const Explanation& cell = *shown.cell;
  const Style& style = rendering.style;
  Lines lines = screen::wrapped("`" + to_string(cell.name) + "`, row " + labelled(cell.row, shown.row_label) +
                                    ", column " + labelled(cell.col, shown.col_label),
                                style, 2, 2);
  if (!cell.formula.empty()) append(lines, screen::wrapped("= " + std::string(cell.formula), style, 2));
  screen::Grid operands;
  for (const OperandPart& part : cell.operands) operands.rows.push_back({"`" + part.name + "`", part_text(part)});
  append(lines, screen::draw(operands, style, 4));
  if (!cell.operands.empty()) lines.emplace_back();
  append(lines, draw_terms(cell, shown.term_labels, Detail::lesson, style));
  append(lines, draw_stages(cell.stages, Detail::lesson, style));
  return lines;
}

}  // namespace glass::lesson
