#include <algorithm>
#include <cctype>
#include <charconv>

#include "engine/lesson/cells.hpp"
#include "engine/lesson/names.hpp"
#include "engine/player/choice_view.hpp"
#include "engine/player/map_view.hpp"
#include "engine/player/matrix_view.hpp"
#include "engine/player/player.hpp"
#include "engine/player/save.hpp"
#include "engine/player/text_view.hpp"
#include "engine/player/trial_view.hpp"
#include "engine/player/why_view.hpp"
#include "engine/reference/model.hpp"

/// The keys that mean the same in every view.
namespace glass::player {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// Lines as they are read: without their ends and the marks of code and emphasis, in small letters.
std::string running_text(const screen::Lines& lines) {
  std::string text;
  for (const screen::Line& line : lines) {
    for (const char c : screen::plain(line) + " ") {
      const bool blank = c == ' ' && (text.empty() || text.back() == ' ');
      if (c != '*' && c != '`' && !blank) text += c;
    }
  }
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return lower(text);
}

Completion names_of(const Dims& dims) {
  return [dims](const std::string& begun) {
    std::vector<std::string> found;
    for (const Name name : all_names(dims)) {
      if (to_string(name).starts_with(begun)) found.push_back(to_string(name));
    }
    return found;
  };
}

/// "5" and "10.5" are slide 5 of lesson 10; nothing for another text.
/// @throws std::invalid_argument for another lesson's
std::optional<std::size_t> slide_in(const std::string& text, const std::string& lesson) {
  const std::size_t dot = text.find('.');
  const std::string number = dot == std::string::npos ? text : text.substr(dot + 1);
  std::size_t slide = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), slide);
  const bool digits = text.find_first_not_of("0123456789.") == std::string::npos;
  if (!digits || error != std::errc{} || end != number.data() + number.size()) return std::nullopt;
  if (dot != std::string::npos && text.substr(0, dot) != lesson)
    throw std::invalid_argument("screen " + text + " is in another lesson than " + lesson +
                                "; leave this one first (q)");
  return slide;
}

}  // namespace

bool Player::common(const Key& key) {
  if (key.press == Press::backspace || key.press == Press::escape) return back(), true;
  if (key.press != Press::character || key.text.size() != 1) return false;
  switch (key.text[0]) {
    case 'q':
      return over_ = true;
    case '?':
      return open(help_view()), true;
    case 'g':
    case ':':
      return ask_where(), true;
    case 'm':
      return open_map(), true;
    case 'w':
      if (!top().ask_why(*this)) say("there is no matrix on this screen; m shows all of them");
      return true;
    case 'x':
      return open_trials(session_, top().pointed(), *this), true;
    case 's':
      return ask_sentence(), true;
    case 't':
      return ask_target(), true;
    case 'l':
      return list_slides(), true;
    case 'e':
      return ask_file(), true;
    case 'c':
      return next_shades(), true;
    case '/':
      return ask_search(), true;
    default:
      return say("\"" + key.text + "\" means nothing here; ? lists all keys"), true;
  }
}

void Player::ask_where() {
  ask(Prompt("go to screen or matrix: ", "", names_of(session_->dims())),
      [this](const std::string& text) { go_to(text); });
}

void Player::go_to(const std::string& where) {
  if (where.empty()) return;
  if (const auto slide = slide_in(where, lesson_->lesson().id.substr(0, lesson_->lesson().id.find('_')))) {
    if (*slide >= lesson_->n_slides())
      throw std::invalid_argument("there is no screen " + where + "; the last is " +
                                  std::to_string(lesson_->n_slides() - 1));
    close_all();
    return lesson_->go_to(*slide);
  }
  const Pointed pass{session_, pass_of(session_)};
  if (!parse_name(where) && session_->model().checkpoint.find(where))
    return open(std::make_unique<WhyView>(pass, CellRef{where, true, 0, 0}));
  Pointed at = pass;
  at.name = lesson::name_of(*session_, where);
  open(std::make_unique<MatrixView>(std::move(at)));
}

void Player::open_map() {
  Pointed at = top().pointed().value_or(Pointed{session_, pass_of(session_), parse_name("encoder.ids").value()});
  if (!top().pointed()) {
    const auto built = lesson::names_matching(session_->dims(), lesson_->lesson().builds);
    if (!built.empty()) at.name = built.front();
  }
  open(std::make_unique<MapView>(std::move(at)));
}

void Player::ask_sentence() {
  ask(Prompt("sentence (empty: the course's): "), [this](const std::string& text) { use(text, ""); });
}

void Player::ask_target() {
  ask(Prompt("its translation (empty: the model's): "),
      [this](const std::string& target) { use(session_->text(), target); });
}

void Player::list_slides() {
  std::vector<Choice> choices;
  for (std::size_t slide = 0; slide < lesson_->n_slides(); ++slide)
    choices.push_back({lesson_->title_of(slide), [this, slide](Host&) {
                         close_all();
                         lesson_->go_to(slide);
                       }});
  open(std::make_unique<ChoiceView>("The screens of this lesson", "", std::move(choices), 0, lesson_->slide()));
}

/// Runs another sentence, and stays where we are in the lesson.
void Player::use(const std::string& text, const std::string& target) {
  lesson::Topic topic = session_->topic();
  topic.text = text.empty() ? std::nullopt : std::optional(text);
  topic.target = target.empty() ? std::nullopt : std::optional(target);
  auto session = std::make_shared<const lesson::Session>(session_->model(), std::move(topic));
  restart(std::move(session), lesson_->lesson(), lesson_->slide());
  const std::size_t unknown = lesson::n_unknown(*session_);
  const std::string warning =
      unknown == 0
          ? ""
          : " (" + std::to_string(unknown) + (unknown == 1 ? " token is" : " tokens are") + " unknown to the model)";
  say(session_->text() + " → " + session_->target() + warning);
}

void Player::ask_search() {
  const std::string label = searched_.empty() ? "search: " : "search (empty: " + searched_ + "): ";
  ask(Prompt(label), [this](const std::string& text) { search(text.empty() ? searched_ : text); });
}

/// The next slide whose text holds the words, after this one and then from the first on.
void Player::search(const std::string& text) {
  if (text.empty()) return;
  searched_ = text;
  const std::size_t count = lesson_->n_slides();
  for (std::size_t k = 1; k <= count; ++k) {
    const std::size_t slide = (lesson_->slide() + k) % count;
    if (running_text(lesson_->text_of(slide, {})).find(running_text({{{text, {}}}})) == std::string::npos) continue;
    close_all();
    lesson_->go_to(slide);
    const screen::Lines lines = lesson_->text_of(slide, window_.style());
    const auto found = std::find_if(lines.begin(), lines.end(), [&](const screen::Line& line) {
      return running_text({line}).find(running_text({{{text, {}}}})) != std::string::npos;
    });
    if (found != lines.end())
      lesson_->scroll = static_cast<std::size_t>(std::max<std::ptrdiff_t>(found - lines.begin() - 3, 0));
    return;
  }
  say("\"" + text + "\" is nowhere in this lesson");
}

void Player::ask_file() {
  const std::optional<Saved> matrix = top().saved();
  const std::string proposed = matrix ? matrix->name + ".npy" : lesson_->lesson().id + ".txt";
  ask(Prompt("file (.npy .txt .svg): ", proposed), [this](const std::string& file) {
    if (file.empty()) return;
    save(file, top().saved(), {top().title(), body_, window_.width});
    say("written: " + file);
  });
}

void Player::next_shades() {
  shades_ = shades_ == Shades::both ? Shades::numbers : shades_ == Shades::numbers ? Shades::heat : Shades::both;
  say(shades_ == Shades::both      ? "matrices as the lesson has them"
      : shades_ == Shades::numbers ? "matrices as numbers alone"
                                   : "matrices as colour alone");
}

}  // namespace glass::player
