#include "engine/player/lesson_view.hpp"

#include <algorithm>

#include "engine/lesson/expand.hpp"
#include "engine/lesson/names.hpp"
#include "engine/screen/text.hpp"

namespace glass::player {
namespace {

using lesson::Performed;
using lesson::Slide;

std::string number_of(const lesson::Lesson& lesson) { return lesson.id.substr(0, lesson.id.find('_')); }

const lesson::Show* growing_in(const lesson::Step& step) {
  const auto* show = std::get_if<lesson::Show>(&step.body);
  return show != nullptr && show->zoom == lesson::Zoom::growing ? show : nullptr;
}

}  // namespace

LessonView::LessonView(std::shared_ptr<const lesson::Session> session, const lesson::Lesson& lesson, std::size_t slide)
    : session_(std::move(session)), lesson_(lesson), slides_(slides(lesson, *session_)) {
  go_to(slide);
}

std::string LessonView::title() const {
  return slide_ == 0 ? title_of(0) : number_of(lesson_) + "  " + title_of(slide_);
}

std::string LessonView::place() const {
  return number_of(lesson_) + "." + std::to_string(slide_) + " of " + std::to_string(slides_.size() - 1);
}

void LessonView::go_to(std::size_t slide) {
  const std::size_t to = std::min(slide, slides_.size() - 1);
  if (slides_[to].kind == Slide::Kind::step) (void)performed(slides_[to].step);  // if it cannot be, we stay
  if (to + 1 == slides_.size() && !verification_) verification_ = verify(perform(lesson_, *session_));
  slide_ = to;
  scroll = 0;
  figure_ = 0;
  cursor_.reset();
  growing_.reset();
  if (slides_[slide_].kind == Slide::Kind::step) {
    const lesson::Show* show = growing_in(lesson_.steps.at(slides_[slide_].step));
    if (show != nullptr) growing_ = Growing{lesson::name_of(*session_, show->names.front())};
    if (auto* asked = std::get_if<lesson::Asked>(&performed_here()->result)) {
      asked->open = true;  // whoever comes back may answer again
      asked->given.reset();
    }
  }
}

std::string LessonView::title_of(std::size_t slide) const {
  const Slide& which = slides_.at(slide);
  if (which.kind == Slide::Kind::step) return expand(lesson_.steps.at(which.step).title, lesson_, *session_);
  return render(which, lesson_, *session_, {}).title;
}

Performed& LessonView::performed(std::size_t step) const {
  const auto found = performed_.find(step);
  if (found != performed_.end()) return found->second;
  Performed& made = performed_.emplace(step, perform(lesson_.steps.at(step), lesson_, *session_)).first->second;
  if (auto* asked = std::get_if<lesson::Asked>(&made.result)) asked->open = true;
  return made;
}

Performed* LessonView::performed_here() const {
  return slides_[slide_].kind == Slide::Kind::step ? &performed(slides_[slide_].step) : nullptr;
}

lesson::Screen LessonView::screen(const Canvas& canvas) const {
  const lesson::Rendering how{canvas.style, false};
  if (slides_[slide_].kind != Slide::Kind::step) return render(slides_[slide_], lesson_, *session_, how);
  Performed step = *performed_here();
  point(step, canvas);
  return {step.title, render(step, how)};
}

screen::Lines LessonView::lines(const Canvas& canvas) const {
  screen::Lines lines = screen(canvas).lines;
  if (slide_ + 1 < slides_.size() || !verification_) return lines;
  const bool right = verification_->failure.empty();
  lines.emplace_back();
  const screen::Lines more =
      screen::wrapped(right ? "✓ " + summary(*verification_) : "✗ " + verification_->failure, canvas.style);
  append(lines, more);
  if (next_lesson() == nullptr) return lines;
  lines.emplace_back();
  const screen::Lines leave = screen::wrapped("n opens the next lesson, q leaves.", canvas.style);
  append(lines, leave);
  return lines;
}

screen::Lines LessonView::text_of(std::size_t slide, const screen::Style& style) const {
  const lesson::Rendering how{style, false};
  const Slide& which = slides_.at(slide);
  const bool is_step = which.kind == Slide::Kind::step;
  lesson::Screen screen = is_step ? lesson::Screen{performed(which.step).title, render(performed(which.step), how)}
                                  : render(which, lesson_, *session_, how);
  screen.lines.insert(screen.lines.begin(), screen::Line{{screen.title, {}}});
  return screen.lines;
}

std::vector<std::string> LessonView::keys() const {
  std::vector<std::string> keys;
  if (const lesson::Asked* asked = open_question())
    keys.push_back("a…" + std::string(1, static_cast<char>('a' + asked->choices.size() - 1)) + " answer");
  keys.insert(keys.end(), {growing_ && !all_rows() ? "n one row more" : "n next", "p back"});
  if (growing_) keys.insert(keys.end(), {"h head", "a average"});
  if (!growing_ && pointed()) keys.push_back("←↑↓→ cell");
  if (pointed()) keys.push_back("w why");
  keys.insert(keys.end(), {"l screens", "s sentence", "x what if", "m map", "g go to"});
  return keys;
}

}  // namespace glass::player
