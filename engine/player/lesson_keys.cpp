#include <algorithm>

#include "engine/player/lesson_view.hpp"
#include "engine/player/matrix_view.hpp"

/// What keys do in a lesson.
namespace glass::player {

using lesson::Performed;

lesson::Asked* LessonView::open_question() const {
  Performed* step = performed_here();
  auto* asked = step == nullptr ? nullptr : std::get_if<lesson::Asked>(&step->result);
  return asked != nullptr && asked->open ? asked : nullptr;
}

/// A letter answers an open question.
bool LessonView::answer(const Key& key, Host& host) {
  lesson::Asked* asked = open_question();
  if (asked == nullptr || key.press != Press::character || key.text < "a" || key.text > "d") return false;
  const auto choice = static_cast<std::size_t>(key.text[0] - 'a');
  if (choice >= asked->choices.size()) {
    host.say("the answers are a to " + std::string(1, static_cast<char>('a' + asked->choices.size() - 1)));
    return true;
  }
  asked->given = choice;
  asked->open = false;
  return true;
}

bool LessonView::all_rows() const { return growing_ && growing_->rows >= session_->trace().at(growing_->weights).rows; }

bool LessonView::grow(bool forward) {
  if (!growing_) return false;
  if (forward ? all_rows() : growing_->rows <= 1) return false;
  forward ? ++growing_->rows : --growing_->rows;
  return true;
}

void LessonView::turn(bool forward, Host& host) {
  if (grow(forward)) return;
  if (!forward) {
    if (slide_ == 0) return host.say("this is the first screen");
    return go_to(slide_ - 1);
  }
  if (slide_ + 1 < slides_.size()) return go_to(slide_ + 1);
  const lesson::Lesson* next = next_lesson();
  if (next == nullptr) return host.say("this is the last screen; q leaves");
  host.open_lesson(next->id);
}

const lesson::Lesson* LessonView::next_lesson() const {
  const lesson::Course* course = session_->topic().course;
  if (course == nullptr) return nullptr;
  const auto here = std::find(course->begin(), course->end(), &lesson_);
  return here == course->end() || here + 1 == course->end() ? nullptr : *(here + 1);
}

/// Arrow keys: over the cells; of the one cell of a step, to its neighbours.
bool LessonView::move(const Key& key) {
  if (growing_) return false;
  Performed* step = performed_here();
  const lesson::Shown* found = shown();
  if (found != nullptr && found->cell) {
    const std::optional<Pointed> at = pointed();
    const auto to = moved(key, {at->row, at->col}, at->matrix().rows, at->matrix().cols);
    if (!to) return false;
    lesson::Step other = lesson_.steps.at(slides_[slide_].step);
    auto& show = std::get<lesson::Show>(other.body);
    show.at = {static_cast<int>(to->row), static_cast<int>(to->col)};
    show.predicted = show.largest = false;
    step->result = perform(other, lesson_, *session_).result;
    return true;
  }
  const screen::Figure* here = figure(figure_);
  if (here == nullptr) return false;
  const auto to = moved(key, cursor_.value_or(Cell{}), here->values.rows, here->values.cols);
  if (to) cursor_ = cursor_ ? *to : Cell{};
  return to.has_value();
}

bool LessonView::next_head(Host& host) {
  if (growing_) {
    growing_->averaged = false;
    if (const auto next = next_sibling(growing_->weights, session_->dims())) growing_->weights = *next;
    return true;
  }
  std::optional<Pointed> at = pointed();
  const auto next = at ? next_sibling(at->name, session_->dims()) : std::nullopt;
  if (!next || !at->pass->trace.contains(*next)) return false;
  at->name = *next;
  host.open(std::make_unique<MatrixView>(*at));
  return true;
}

bool LessonView::press(const Key& key, Host& host) {
  if (answer(key, host) || move(key)) return true;
  if (is(key, "n") || key.press == Press::enter || key.press == Press::right) return turn(true, host), true;
  if (is(key, "p") || key.press == Press::left) return turn(false, host), true;
  if (key.press == Press::home) return go_to(0), true;
  if (key.press == Press::end) return go_to(slides_.size() - 1), true;
  if (is(key, "h")) return next_head(host);
  if (is(key, "a") && growing_) return growing_->averaged = !growing_->averaged, true;
  if (is(key, "z")) {
    if (const auto at = pointed()) return host.open(std::make_unique<MatrixView>(*at)), true;
    return host.say("there is no matrix on this screen; m shows all of them"), true;
  }
  if (key.press != Press::tab || figure(0) == nullptr) return false;
  figure_ = figure(figure_ + 1) == nullptr ? 0 : figure_ + 1;
  cursor_ = Cell{};
  return true;
}

}  // namespace glass::player
