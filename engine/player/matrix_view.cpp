#include "engine/player/matrix_view.hpp"

#include <algorithm>

#include "engine/lesson/cells.hpp"
#include "engine/lesson/figures.hpp"
#include "engine/player/operands.hpp"
#include "engine/player/why_view.hpp"
#include "engine/screen/text.hpp"
#include "engine/trace/contract.hpp"

namespace glass::player {
namespace {

using screen::Lines;

constexpr std::size_t kAroundFigure = 7;  ///< lines of the meaning, the title, the labels and the value

}  // namespace

MatrixView::MatrixView(Pointed at) : at_(std::move(at)) { show(at_.name); }

void MatrixView::show(Name name) {
  at_.name = name;
  figure_ = lesson::figure_of(*at_.pass, name);
  figure_.title = glass::row_of(name).formula.empty() ? "given" : "= " + std::string(glass::row_of(name).formula);
  at_.row = std::min(at_.row, figure_.values.rows - 1);
  at_.col = std::min(at_.col, figure_.values.cols - 1);
}

std::string MatrixView::place() const { return shape(figure_.values.rows, figure_.values.cols); }

screen::Figure MatrixView::figure(const Canvas& canvas) const {
  screen::Figure figure = canvas.shaded(figure_);
  if (row_only_) figure = lesson::row_of(figure, at_.row);
  const std::size_t row = row_only_ ? 0 : at_.row;
  figure.marks = {{row, at_.col, false}};
  const std::size_t room = std::max(canvas.height, kAroundFigure + 3) - kAroundFigure;
  if (row_only_) {
    figure.fold = true;
  } else {
    figure.focus = screen::Focus{row, at_.col, room};
  }
  return figure;
}

Lines MatrixView::lines(const Canvas& canvas) const {
  Lines lines = screen::wrapped(std::string(glass::row_of(at_.name).meaning), canvas.style);
  lines.emplace_back();
  append(lines, with_operands(figure(canvas), at_, canvas));
  lines.emplace_back();
  append(lines, screen::wrapped("`" + to_string(at_.name) + "`[" + figure_.row_labels.at(at_.row) + ", " +
                                    figure_.col_labels.at(at_.col) +
                                    "] = " + lesson::compact(figure_.values(at_.row, at_.col)),
                                canvas.style, 2, 4));
  return lines;
}

std::vector<std::string> MatrixView::keys() const {
  return {"⌫ back", "←↑↓→ cell", "w why", "h head", "z row", "m map", "x what if", "c colour", "e export"};
}

bool MatrixView::press(const Key& key, Host& host) {
  if (const auto to = moved(key, {at_.row, at_.col}, figure_.values.rows, figure_.values.cols)) {
    at_.row = to->row;
    at_.col = to->col;
    return true;
  }
  if (is(key, "h")) {
    const auto next = next_sibling(at_.name, host.session()->dims());
    if (next && at_.pass->trace.contains(*next)) show(*next);
    if (!next) host.say("this model has only one " + to_string(at_.name));
    return true;
  }
  if (is(key, "z")) {
    if (row_only_) open_why(at_, host);
    row_only_ = !row_only_;
    return true;
  }
  if (key.press == Press::enter) {
    open_why(at_, host);
    return true;
  }
  return false;
}

}  // namespace glass::player
