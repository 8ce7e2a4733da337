#include <algorithm>

#include "engine/lesson/cells.hpp"
#include "engine/lesson/derived_cell.hpp"
#include "engine/lesson/figures.hpp"
#include "engine/player/choice_view.hpp"
#include "engine/player/lesson_view.hpp"
#include "engine/player/why_view.hpp"
#include "engine/screen/width.hpp"
#include "engine/trace/derived.hpp"

/// Where the cursor of a lesson stands, and what it stands on.
namespace glass::player {
namespace {

using lesson::Performed;

constexpr std::size_t kAroundFigure = 5;  ///< lines of a figure's title and labels, and two of what is said

std::size_t rows_for(const Canvas& canvas) {
  return std::max<std::size_t>(canvas.height, kAroundFigure + 3) - kAroundFigure;
}

void mark(screen::Figure& figure, Cell cell, const Canvas& canvas, bool alone) {
  figure.marks.push_back({cell.row, cell.col, false});
  if (alone) figure.focus = screen::Focus{cell.row, cell.col, rows_for(canvas)};
}

std::size_t widest_label(const lesson::Session& session) {
  std::size_t widest = 0;
  const Name name = parse_name("decoder.embed.sum").value();
  for (std::size_t i = 0; i < session.labels().target_read.size(); ++i)
    widest = std::max(widest, screen::width(row_label(name, i, session.labels())));
  return widest;
}

/// A table that grows keeps all its columns: as heat where numbers have no room. Of too many rows the last are seen.
/// @param labels  columns that the widest label will take, so that nothing moves when it comes
screen::Figure fitted(screen::Figure figure, std::size_t labels, const Canvas& canvas) {
  constexpr std::size_t kCell = 6, kAround = 4;
  std::string& first = figure.row_labels.front();
  first.insert(0, labels - screen::width(first), ' ');
  if (labels + kAround + kCell * figure.values.cols > canvas.style.width) figure.form = screen::Form::heat;
  const std::size_t room = rows_for(canvas) - 2;
  if (figure.values.rows > room) figure.focus = screen::Focus{figure.values.rows - 1, figure.marks.back().col, room};
  return figure;
}

/// Figures under one title are drawn as small heats.
bool are_panels(const lesson::Shown& shown) { return shown.figures.size() > 1 && !shown.title.empty(); }

}  // namespace

const lesson::Shown* LessonView::shown() const {
  const Performed* step = performed_here();
  return step == nullptr ? nullptr : std::get_if<lesson::Shown>(&step->result);
}

const screen::Figure* LessonView::figure(std::size_t index) const {
  if (const lesson::Shown* found = shown()) return index < found->figures.size() ? &found->figures[index] : nullptr;
  const Performed* step = performed_here();
  const auto* tried = step == nullptr ? nullptr : std::get_if<lesson::Tried>(&step->result);
  return tried != nullptr && index < tried->figures.size() ? &tried->figures[index].first : nullptr;
}

/// Puts cursor and colours into what a step came to.
void LessonView::point(Performed& step, const Canvas& canvas) const {
  if (auto* found = std::get_if<lesson::Shown>(&step.result)) {
    if (growing_) {
      step.says += "\n\n" + told(*session_, *growing_);
      *found = {.figures = {fitted(figure_of(*session_, *growing_), widest_label(*session_), canvas)}};
    }
    if (canvas.shades == Shades::numbers) found->title.clear();  // one by one there is room for them
    const bool panels = are_panels(*found);
    for (screen::Figure& each : found->figures) each = panels ? each : canvas.shaded(each);
    if (cursor_ && figure_ < found->figures.size()) mark(found->figures[figure_], *cursor_, canvas, !panels);
  }
  auto* tried = std::get_if<lesson::Tried>(&step.result);
  if (tried != nullptr && cursor_ && figure_ < tried->figures.size())
    mark(tried->figures[figure_].first, *cursor_, canvas, false);
}

std::optional<Pointed> LessonView::pointed() const {
  Pointed at{session_, pass_of(session_)};
  const Cell cell = cursor_.value_or(Cell{});
  if (growing_) {
    at.name = growing_->weights;
    at.row = growing_->rows - 1;
    at.col = best(at.matrix().view(), at.row);
    return at;
  }
  const Performed* step = performed_here();
  const auto* tried = step == nullptr ? nullptr : std::get_if<lesson::Tried>(&step->result);
  const lesson::Shown* found = shown();
  if (found != nullptr) at.pass = pass_of(session_, found->padded);
  if (found != nullptr && found->cell) {
    at.name = found->cell->name;
    at.row = found->cell->row;
    at.col = found->cell->col;
    return at;
  }
  const std::vector<lesson::Origin>* origins = found != nullptr   ? &found->origins
                                               : tried != nullptr ? &tried->origins
                                                                  : nullptr;
  if (origins == nullptr || figure_ >= origins->size()) return std::nullopt;
  at.name = (*origins)[figure_].name;
  at.row = (*origins)[figure_].first_row + cell.row;
  at.col = cell.col;
  return at;
}

/// What the screen derives from the trace: its numbers have no contract name.
std::optional<lesson::Derive> LessonView::derived_here() const {
  if (slides_[slide_].kind != lesson::Slide::Kind::step) return std::nullopt;
  if (growing_) return derived(*growing_);
  const auto* derive = std::get_if<lesson::Derive>(&lesson_.steps.at(slides_[slide_].step).body);
  return derive == nullptr ? std::nullopt : std::optional(*derive);
}

bool LessonView::ask_why(Host& host) const {
  const std::optional<lesson::Derive> derive = derived_here();
  if (!derive) return View::ask_why(host);
  const screen::Figure figure = growing_ ? figure_of(*session_, *growing_) : shown()->figures.at(figure_);
  Cell at = cursor_.value_or(Cell{});
  if (growing_) at = {figure.marks.back().row, figure.marks.back().col};
  const lesson::DerivedCell cell = derived_cell(*session_, *derive, at.row, at.col);
  const std::string where = "[" + figure.row_labels.at(at.row) + ", " + figure.col_labels.at(at.col) + "]";
  std::vector<Choice> choices;
  const Pointed pass{session_, pass_of(session_)};
  for (const CellRef& read : cell.cells) {
    const Matrix& matrix = pass.pass->trace.at(parse_name(read.name).value());
    const std::string place = "[" + std::to_string(read.row) + ", " + std::to_string(read.col) + "]";
    choices.push_back({"`" + read.name + "`" + place + " = " + lesson::compact(matrix(read.row, read.col)),
                       [=](Host& to) { to.open(std::make_unique<WhyView>(pass, read)); }});
  }
  host.open(std::make_unique<ChoiceView>(
      "why " + where + " = " + lesson::compact(cell.value),
      "`" + figure.title + "`" + where + " is no matrix of the contract; it is derived: " + cell.rule + ".", choices));
  return true;
}

/// A derived matrix has no contract name: its file is called by the screen.
std::optional<Saved> LessonView::saved() const {
  const std::optional<lesson::Derive> derive = derived_here();
  if (!derive) return View::saved();
  return Saved{place_of(lesson_, slide_), to_array(derived_from(session_->trace(), *session_, *derive))};
}

}  // namespace glass::player
