#include "engine/lesson/cells.hpp"
#include "engine/lesson/render_terms.hpp"
#include "engine/lesson/why.hpp"
#include "engine/screen/grid.hpp"
#include "engine/screen/text.hpp"

namespace glass::lesson {
namespace {

using screen::Lines;
using screen::Style;

/// "row 4 (`▁how`), column 17"
std::string place(std::size_t row, const std::string& row_label, std::size_t col, const std::string& col_label) {
  return "row " + labelled(row, row_label) + ", column " + labelled(col, col_label);
}

std::string place(const WhyOperand& operand) {
  const OperandPart& part = operand.part;
  const bool transposed = part.is_tensor && part.whole_row() && !part.name.starts_with("lm_head");
  const std::string row = "row " + labelled(part.row, operand.row_label);
  if (transposed) return row + ": column " + std::to_string(part.row) + " of W, stored [out, in]";
  if (part.whole_row()) return row;
  if (part.whole_column()) return "column " + labelled(part.col, operand.col_label);
  return place(part.row, operand.row_label, part.col, operand.col_label);
}

/// What the number is.
Lines head(const Why& why, const Style& style) {
  Lines lines = screen::wrapped("`" + why.cell.name + "`", style, 2, 2);
  append(lines, screen::wrapped(place(why.cell.row, why.row_label, why.cell.col, why.col_label), style, 2, 2));
  if (!why.explanation) return lines;
  const Row& row = row_of(why.explanation->name);
  append(lines, screen::wrapped("*" + std::string(row.meaning) + "*", style, 2, 2));
  if (!row.formula.empty()) append(lines, screen::wrapped("= " + std::string(row.formula), style, 2, 2));
  return lines;
}

/// A line each; where they are too long for one, the place stands below the name.
Lines operands(const Why& why, const Style& style) {
  screen::Grid grid;
  for (const WhyOperand& operand : why.operands)
    grid.rows.push_back({std::to_string(grid.rows.size() + 1), "`" + operand.part.name + "`", place(operand)});
  Lines lines = screen::draw(grid, style, 4);
  if (lines.size() == grid.rows.size()) return lines;
  lines.clear();
  for (const std::vector<std::string>& row : grid.rows) {
    append(lines, screen::wrapped(row[0] + "   " + row[1], style, 4, 4));
    append(lines, screen::wrapped(row[2], style, 8, 2));
  }
  return lines;
}

/// The terms and the numbers on the way to the value; of what is given there are none.
Lines arithmetic(const Why& why, Detail detail, const Style& style) {
  if (!why.explanation || why.explanation->op == Op::given) return {};
  Lines lines = draw_terms(*why.explanation, why.term_labels, detail, style);
  append(lines, draw_stages(why.explanation->stages, detail, style));
  return lines;
}

/// A block behind an empty line, if it is not empty.
void append_block(Lines& lines, const Lines& block) {
  if (block.empty()) return;
  lines.emplace_back();
  append(lines, block);
}

Lines last_lines(const Why& why, const Style& style) {
  Lines lines;
  if (why.explanation && !why.explanation->agrees())
    append(lines, screen::wrapped("the contract gives " + exact(why.explanation->value), style));
  append(lines, screen::wrapped("= " + exact(why.value), style));
  return lines;
}

}  // namespace

std::string place_of(const Use& use, const Labels& labels) {
  const std::string row = use.row ? "row " + labelled(*use.row, row_label(use.name, *use.row, labels)) : "";
  const std::string col = use.col ? "column " + labelled(*use.col, column_label(use.name, *use.col, labels)) : "";
  return row + (use.row && use.col ? ", " : "") + col;
}

Lines render(const Why& why, const Rendering& rendering, bool all_terms) {
  const Style& style = rendering.style;
  Lines lines = head(why, style);
  append_block(lines, operands(why, style));
  append_block(lines, arithmetic(why, all_terms ? Detail::all : Detail::why, style));
  if (why.is_leaf()) append_block(lines, screen::wrapped(why.leaf, style, 2, 2));
  append_block(lines, last_lines(why, style));
  return lines;
}

Lines render(const Why& why, const std::vector<Use>& uses, const Pass& pass, const Rendering& rendering) {
  const Style& style = rendering.style;
  Lines lines = head(why, style);
  screen::Grid grid;
  for (const Use& use : uses) grid.rows.push_back({"`" + to_string(use.name) + "`", place_of(use, pass.labels)});
  append_block(lines,
               screen::wrapped(uses.empty() ? "In this sentence nothing is computed from it." : "used by", style, 2));
  append(lines, screen::draw(grid, style, 4));
  append_block(lines, last_lines(why, style));
  return lines;
}

}  // namespace glass::lesson
