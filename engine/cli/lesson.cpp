#include "engine/cli/lesson.hpp"

#include <algorithm>
#include <optional>

#include "engine/cli/common.hpp"
#include "engine/cli/full_screen.hpp"
#include "engine/cli/play.hpp"
#include "engine/cli/program.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/lesson/progress.hpp"
#include "engine/lesson/render.hpp"
#include "engine/screen/svg.hpp"
#include "engine/trace/output_file.hpp"

namespace glass::cli {
namespace {

using lesson::Lesson;
using lesson::Screen;

std::shared_ptr<const lesson::Session> session_of(const Arguments& arguments, const lesson::Course& course) {
  return std::make_shared<const lesson::Session>(load_model(arguments),
                                                 lesson::Topic{.text = arguments.given("text"),
                                                               .target = arguments.given("target"),
                                                               .data = data_directory(),
                                                               .shipped_model = has_goldens(arguments),
                                                               .course = &course});
}

/// True if the lesson is stepped through: in a terminal, unless something was asked for that prints.
bool is_played(const Arguments& arguments) {
  for (const char* prints : {"plain", "step", "check", "svg", "measure"}) {
    if (arguments.has(prints)) return false;
  }
  return can_play();
}

/// The screens that are wanted: all of them, or the one of --step.
std::vector<Screen> wanted(std::vector<Screen> screens, const Arguments& arguments) {
  if (!arguments.has("step")) return screens;
  const std::size_t step = arguments.number("step", 0, 0, screens.size() - 1);
  return {std::move(screens.at(step))};
}

screen::Lines all_lines(const std::vector<Screen>& screens) {
  screen::Lines lines;
  for (const Screen& screen : screens) {
    if (!lines.empty()) lines.emplace_back();
    lines.insert(lines.end(), screen.lines.begin(), screen.lines.end());
  }
  return lines;
}

/// How pictures are drawn: in all colours, whatever the terminal can show.
screen::Style for_picture(screen::Style style) {
  style.colour = screen::Colour::truecolor;
  style.utf8 = true;
  return style;
}

void write_svg(const Arguments& arguments, const screen::Lines& lines, const std::string& title) {
  if (arguments.text("svg").empty()) throw UsageError("--svg is empty, expected the picture's FILE.svg");
  OutputFile file(arguments.text("svg"));
  file.write(screen::to_svg(lines, style_of(arguments).width, title));
  file.commit();
}

void write_svg(const Arguments& arguments, const lesson::Performance& performance) {
  const std::vector<Screen> screens = wanted(render(performance, {for_picture(style_of(arguments)), false}), arguments);
  write_svg(arguments, all_lines(screens), screens.front().title);
}

/// One picture of the player, as it stands after some keys.
int print_after_keys(const Lesson& which, const std::shared_ptr<const lesson::Session>& session,
                     const Arguments& arguments) {
  const screen::Style style = style_of(arguments);
  const std::string keys = arguments.text("keys");
  const std::size_t height = arguments.number("height", 24, 5, 200);
  if (arguments.has("svg"))
    write_svg(arguments, after_keys(session, which, keys, for_picture(style), height), which.title);
  print(after_keys(session, which, keys, style, height), style);
  return kSuccess;
}

/// The last line, or what is wrong. @return the exit status
int conclude(const lesson::Verification& found, const std::string& lead) {
  print(lead + (found.failure.empty() ? summary(found) : found.failure) + "\n");
  return found.failure.empty() ? kSuccess : kMismatch;
}

int run(const Lesson& which, const lesson::Course& course, const Arguments& arguments) {
  if (!arguments.positional().empty())
    throw UsageError(which.id + " takes no words; a sentence of your own comes after --text");
  require_double(arguments);
  const screen::Style style = style_of(arguments);
  const std::shared_ptr<const lesson::Session> session = session_of(arguments, course);
  stop_if_interrupted();
  if (arguments.has("keys")) return print_after_keys(which, session, arguments);
  if (is_played(arguments)) return play(session, which, style);
  const lesson::Performance performance = perform(which, *session);
  const lesson::Verification found = verify(performance);
  if (arguments.has("check")) return conclude(found, which.id + "  ");
  if (arguments.has("svg")) write_svg(arguments, performance);
  print(all_lines(wanted(render(performance, {style, arguments.has("measure")}), arguments)), style);
  if (arguments.has("step") && found.failure.empty()) return kSuccess;
  print("\n");
  const int status = conclude(found, "");
  if (status == kSuccess) lesson::mark_done(lesson::state_directory(), which.id);
  return status;
}

}  // namespace

int lesson_main(const lesson::Course& course, const std::string& id, int argc, char** argv) {
  const auto found = std::find_if(course.begin(), course.end(), [&](const Lesson* each) { return each->id == id; });
  const Lesson& which = **found;
  const Program program{
      which.id,
      which.id + " [OPTIONS]",
      "Lesson " + which.id.substr(0, 2) + ": " + which.question,
      {"text", "target", "model", "precision", "language-codes", "step", "check", "measure", "svg", "keys", "height",
       "plain", "color", "width"},
      "In a terminal the lesson is stepped through: ? lists the keys. Else it is printed; the last line "
      "counts the matrices that were verified, and a difference ends with status 1."};
  return run(program, argc, argv, [&](const Arguments& arguments) { return run(which, course, arguments); });
}

}  // namespace glass::cli
