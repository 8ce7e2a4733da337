#include <algorithm>
#include <charconv>

#include "engine/cli/common.hpp"
#include "engine/cli/lesson.hpp"
#include "engine/cli/program.hpp"
#include "engine/cli/terminal.hpp"
#include "engine/lesson/perform.hpp"
#include "engine/lesson/progress.hpp"
#include "engine/screen/grid.hpp"
#include "engine/trace/nearest.hpp"

namespace glass::cli {
namespace {

using lesson::Course;
using lesson::Lesson;

std::string number_of(const Lesson& lesson) { return lesson.id.substr(0, lesson.id.find('_')); }

std::string name_of(const Lesson& lesson) { return lesson.id.substr(lesson.id.find('_') + 1); }

/// True if the word is the lesson's: "04", "4", "scores" or "04_scores".
bool means(const std::string& word, const Lesson& lesson) {
  if (word == lesson.id || word == name_of(lesson)) return true;
  int typed = 0, number = 0;
  const std::string own = number_of(lesson);
  std::from_chars(own.data(), own.data() + own.size(), number);
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), typed);
  return error == std::errc{} && end == word.data() + word.size() && typed == number;
}

std::string find(const Course& course, const std::string& word) {
  const auto found = std::find_if(course.begin(), course.end(), [&](const Lesson* each) { return means(word, *each); });
  if (found != course.end()) return (*found)->id;
  if (word.find_first_not_of("0123456789") == std::string::npos)
    throw UsageError("there is no lesson " + word + "; the last is " + course.back()->id + " (all: lessons/run list)");
  const auto holds = [&](const Lesson* each) { return !word.empty() && each->id.find(word) != std::string::npos; };
  if (std::count_if(course.begin(), course.end(), holds) == 1)
    return (*std::find_if(course.begin(), course.end(), holds))->id;
  std::vector<std::string> known;
  for (const Lesson* each : course) {
    known.push_back(each->id);
    known.push_back(name_of(*each));
  }
  throw UsageError("no lesson is called \"" + word + "\"; the nearest is " + nearest(word, known) +
                   " (all: lessons/run list)");
}

std::string needs(const Lesson& lesson) {
  std::string text;
  for (const std::string& id : lesson.needs) text += (text.empty() ? "" : " ") + id.substr(0, id.find('_'));
  return text;
}

/// "✓" if it was read to its end, "at 10.5" if it was left there, or both.
std::string progress(const Lesson& lesson, const std::set<std::string>& done) {
  const std::size_t slide = lesson::left_at(lesson::state_directory(), lesson.id);
  const std::string at = slide == 0 ? "" : "at " + number_of(lesson) + "." + std::to_string(slide);
  return !done.contains(lesson.id) ? at : at.empty() ? "✓" : "✓ " + at;
}

int list(const Course& course, const Arguments& arguments) {
  const std::set<std::string> done = lesson::lessons_done(lesson::state_directory());
  screen::Grid grid{{"lesson", "question", "minutes", "needs", "done"}, {}, {false, false, true}};
  int minutes = 0;
  for (const Lesson* each : course) {
    grid.rows.push_back({each->id, each->question, std::to_string(each->minutes), needs(*each), progress(*each, done)});
    minutes += each->minutes;
  }
  const screen::Style style = style_of(arguments);
  print(draw(grid, style, 0), style);
  print("\n" + std::to_string(course.size()) + " lessons, " + std::to_string(minutes) +
        " minutes. Open one by its number or name: ./lessons/run 04\n");
  return kSuccess;
}

/// What one lesson verifies, or why it cannot. @return the exit status
int check(const Lesson& each, const lesson::Session& session) {
  try {
    const lesson::Verification found = verify(perform(each, session));
    print((found.failure.empty() ? summary(found) : found.failure) + "\n");
    return found.failure.empty() ? kSuccess : kMismatch;
  } catch (const std::runtime_error& error) {
    print(std::string("error: ") + error.what() + "\n");
    return kError;
  }
}

int check(const Course& course, const Arguments& arguments) {
  const Model model = load_model(arguments);
  const lesson::Session session(
      model, {.text = {}, .target = {}, .data = data_directory(), .shipped_model = true, .course = &course});
  std::size_t width = 0;
  for (const Lesson* each : course) width = std::max(width, each->id.size());
  int status = kSuccess;
  for (const Lesson* each : course) {
    stop_if_interrupted();
    print(each->id + std::string(width + 2 - each->id.size(), ' '));
    status = std::max(status, check(*each, session));
    flush();
  }
  return status;
}

/// The lesson that was left in the middle last, else the first that is not done; nothing printed if all are.
int next(const Course& course) {
  const std::set<std::string> done = lesson::lessons_done(lesson::state_directory());
  const std::vector<lesson::Place> places = lesson::places(lesson::state_directory());
  const auto is_left = [&](const Lesson* each) { return each->id == places.back().lesson && places.back().slide > 0; };
  if (!places.empty() && std::any_of(course.begin(), course.end(), is_left))
    return print(places.back().lesson + "\n"), kSuccess;
  const auto open =
      std::find_if(course.begin(), course.end(), [&](const Lesson* each) { return !done.contains(each->id); });
  if (open != course.end()) print((*open)->id + "\n");
  return kSuccess;
}

int dispatch(const Course& course, const Arguments& arguments) {
  const std::vector<std::string>& words = arguments.positional();
  const std::string what = words.empty() ? "" : words.front();
  if (what == "find" && words.size() == 2) return print(find(course, words[1]) + "\n"), kSuccess;
  if (words.size() == 1 && what == "list") return list(course, arguments);
  if (words.size() == 1 && what == "check") return check(course, arguments);
  if (words.size() == 1 && what == "next") return next(course);
  throw UsageError("expected one of list, check, next, find WORD");
}

}  // namespace

int course_main(const Course& course, int argc, char** argv) {
  const Program program{"course",
                        "course list | check | next | find WORD",
                        "The course: all lessons, whether they verify, the next one, or one by its number or name.",
                        {"color", "width"},
                        "lessons/run stands on this."};
  return run(program, argc, argv, [&](const Arguments& arguments) { return dispatch(course, arguments); });
}

}  // namespace glass::cli
