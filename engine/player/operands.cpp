#include "engine/player/operands.hpp"

#include <algorithm>

#include "engine/lesson/figures.hpp"
#include "engine/screen/layout.hpp"
#include "engine/screen/width.hpp"
#include "engine/trace/explain.hpp"

namespace glass::player {
namespace {

using screen::Lines;

constexpr std::size_t kWide = 110;  ///< columns from which operands stand beside
constexpr std::size_t kGap = 3;
constexpr std::size_t kAround = 2;   ///< lines of an operand's title and labels
constexpr std::size_t kFewRows = 3;  ///< an operand shows as many at least

/// The operand's matrix, cut to the cells that are read.
screen::Figure figure_of(const OperandPart& part, const Pointed& at, std::size_t most_rows) {
  screen::Figure figure = lesson::figure_of(*at.pass, parse_name(part.name).value());
  const Matrix& values = figure.values;
  const std::size_t count = part.whole_row() ? values.cols : part.whole_column() ? values.rows : 1;
  for (std::size_t k = 0; k < count; ++k) {
    const auto [row, col] = part.cell(k);
    figure.marks.push_back({row, col, true});
  }
  const auto [row, col] = part.cell(0);
  figure.focus = screen::Focus{row, col, most_rows};
  return figure;
}

/// How wide a figure's rows are; its title may be cut.
std::size_t columns_of_cells(const Lines& lines) {
  std::size_t widest = 40;
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const bool is_title = i == 1 && screen::plain(lines[i]).find(" × ") != std::string::npos;
    if (!is_title) widest = std::max(widest, screen::width(lines[i]));
  }
  return widest;
}

}  // namespace

Lines draw_operands(const Pointed& at, const Canvas& canvas) {
  const Explanation cell = explain(at.session->sources(*at.pass), at.name, at.row, at.col);
  std::vector<OperandPart> parts = cell.operands;
  std::erase_if(parts, [](const OperandPart& part) { return part.is_tensor; });
  const std::size_t each = canvas.height / std::max<std::size_t>(parts.size(), 1);
  Lines lines;
  for (const OperandPart& part : parts) {
    const std::size_t rows = std::max(each, kAround + 1 + kFewRows) - kAround - 1;
    const Lines drawn = screen::draw(canvas.shaded(figure_of(part, at, rows)), canvas.style);
    if (!lines.empty()) lines.emplace_back();
    append(lines, drawn);
  }
  return lines;
}

Lines with_operands(const screen::Figure& figure, const Pointed& at, const Canvas& canvas) {
  const std::size_t width = canvas.style.width;
  if (width < kWide) return screen::draw(figure, canvas.style);
  Canvas left = canvas, right = canvas;
  left.style.width = std::min(columns_of_cells(screen::draw(figure, canvas.style)), 2 * width / 3);
  right.style.width = width - left.style.width - kGap;
  const Lines operands = draw_operands(at, right);
  if (operands.empty()) return screen::draw(figure, canvas.style);
  return screen::beside({screen::draw(figure, left.style), operands}, canvas.style, kGap);
}

}  // namespace glass::player
