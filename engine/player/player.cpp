#include "engine/player/player.hpp"

#include <algorithm>
#include <typeinfo>

#include "engine/screen/layout.hpp"
#include "engine/screen/text.hpp"
#include "engine/screen/view.hpp"
#include "engine/screen/width.hpp"

namespace glass::player {
namespace {

/// The candidates of a completion, as many as fit.
screen::Lines listed(const std::vector<std::string>& candidates, const Canvas& canvas) {
  screen::Lines lines;
  for (const std::string& candidate : candidates) {
    if (lines.size() + 1 >= canvas.height) {
      lines.push_back({{"  …", screen::dim_ink()}});
      break;
    }
    lines.push_back({{"  " + screen::spelt(candidate, canvas.style), {}}});
  }
  return lines;
}

}  // namespace

Player::Player(std::shared_ptr<const lesson::Session> session, const lesson::Lesson& lesson, std::size_t slide)
    : session_(std::move(session)) {
  restart(session_, lesson, slide);
}

void Player::restart(std::shared_ptr<const lesson::Session> session, const lesson::Lesson& lesson, std::size_t slide) {
  auto view = std::make_unique<LessonView>(session, lesson, slide);
  session_ = std::move(session);
  lesson_ = view.get();
  views_.clear();
  views_.push_back(std::move(view));
}

Canvas Player::canvas() const { return {window_.style(), body_height(window_), shades_}; }

void Player::resize(const Window& window) {
  if (window == window_ && !body_.empty()) return;
  window_ = window;
  settle(Follow::cursor);
}

void Player::open(std::unique_ptr<View> view) {
  const View &seen = top(), &next = *view;
  if (views_.size() > 1 && typeid(seen) == typeid(next) && !next.stacks()) views_.pop_back();
  views_.push_back(std::move(view));
}

void Player::close_all() {
  while (views_.size() > 1) views_.pop_back();
}

void Player::back() {
  if (views_.size() > 1) views_.pop_back();
}

void Player::ask(Prompt prompt, std::function<void(const std::string&)> answer) {
  prompt_ = std::move(prompt);
  answer_ = std::move(answer);
}

void Player::open_lesson(const std::string& id) {
  const lesson::Course& course = *session_->topic().course;
  const auto found =
      std::find_if(course.begin(), course.end(), [&](const lesson::Lesson* each) { return each->id == id; });
  if (found != course.end()) restart(session_, **found, 0);
}

/// Acts on what was written; where that is refused, it can be mended.
void Player::answer() {
  const Prompt written = *prompt_;
  const auto act = answer_;
  prompt_.reset();
  try {
    act(written.text());
  } catch (const std::exception&) {
    prompt_ = written;
    answer_ = act;
    throw;
  }
}

/// A key while a line is written in.
void Player::type(const Key& key) {
  if (key.press == Press::escape) {
    prompt_.reset();
  } else if (key.press == Press::enter) {
    answer();
  } else {
    prompt_->press(key);
  }
}

bool Player::scrolled(const Key& key) {
  const std::size_t height = body_height(window_), page = std::max<std::size_t>(height, 2) - 1;
  const std::size_t last = body_.size() > height ? body_.size() - height : 0;
  std::size_t& scroll = top().scroll;
  const std::size_t before = scroll;
  if (key.press == Press::page_down || is(key, " ")) scroll = std::min(scroll + page, last);
  if (key.press == Press::page_up) scroll -= std::min(scroll, page);
  if (key.press == Press::down) scroll = std::min(scroll + 1, last);
  if (key.press == Press::up) scroll -= std::min<std::size_t>(scroll, 1);
  return scroll != before;
}

/// A key that is a view's, or everybody's, or scrolls. The space bar turns the page where there is nothing below.
void Player::act(const Key& key) {
  const bool scrolls = key.press == Press::page_down || key.press == Press::page_up || is(key, " ");
  if (scrolls && (scrolled(key) || !is(key, " "))) return settle(Follow::nothing);
  if (scrolls && views_.size() > 1) return say("there is nothing below");
  const Key pressed = scrolls ? Key{Press::character, "n"} : key;
  if (!top().press(pressed, *this) && !common(pressed) && scrolled(pressed)) return settle(Follow::nothing);
  settle(Follow::cursor);
}

void Player::press(const Key& key) {
  message_.clear();
  try {
    if (prompt_) {
      type(key);
      settle(Follow::cursor);
    } else {
      act(key);
    }
  } catch (const std::exception& error) {
    message_ = error.what();
    draw_again();
  }
}

/// After something went wrong: what can be drawn of the view.
void Player::draw_again() {
  try {
    settle(Follow::nothing);
  } catch (const std::exception&) {
    body_.clear();
  }
}

/// Draws the body anew, and scrolls to what should be seen of it.
void Player::settle(Follow follow) {
  const Canvas on = canvas();
  body_ = prompt_ && prompt_->candidates().size() > 1 ? listed(prompt_->candidates(), on) : top().lines(on);
  std::size_t& scroll = top().scroll;
  const auto cursor = screen::cursor_of(body_);
  if (follow == Follow::cursor && cursor && on.height > 2) {
    const std::size_t above = std::min<std::size_t>(cursor->first, 2);  // its label and what is before it
    scroll = std::min(scroll, cursor->first - above);
    scroll = std::max(scroll + on.height, cursor->first + 2) - on.height;
  }
  scroll = std::min(scroll, body_.size() > on.height ? body_.size() - on.height : 0);
}

screen::Lines Player::frame() const {
  Parts parts{top().title(), top().place(), body_, top().scroll, {}, top().keys()};
  if (!message_.empty()) {
    parts.status = screen::wrapped(message_, window_.style(), 1);
    for (screen::Line& line : parts.status) {
      for (screen::Span& span : line) span.ink.bold = true;
    }
  }
  if (prompt_) {
    parts.status.push_back(prompt_->render(window_.style()));
    parts.keys = {"Enter do it", "Esc leave it", "Ctrl-U clear"};
    if (prompt_->completes()) parts.keys.push_back("Tab complete");
  }
  return player::frame(parts, window_);
}

}  // namespace glass::player
