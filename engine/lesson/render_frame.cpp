#include <algorithm>
#include <map>
#include <stdexcept>

#include "engine/lesson/cells.hpp"
#include "engine/lesson/expand.hpp"
#include "engine/lesson/figures.hpp"
#include "engine/lesson/lesson_map.hpp"
#include "engine/lesson/names.hpp"
#include "engine/lesson/render.hpp"
#include "engine/screen/grid.hpp"
#include "engine/screen/text.hpp"
#include "engine/trace/placeholder.hpp"

/// What stands around the steps of every lesson.
namespace glass::lesson {
namespace {

using screen::Lines;

constexpr std::size_t kManyRows = 24;     ///< a lesson that builds more than this builds the whole model
constexpr std::size_t kManyFormulas = 3;  ///< more than this are listed in short

std::string number_of(const std::string& id) { return id.substr(0, id.find('_')); }

std::string needs_text(const Lesson& lesson) {
  std::string text = std::to_string(lesson.minutes) + " minutes";
  for (std::size_t i = 0; i < lesson.needs.size(); ++i)
    text += (i == 0 ? ", after " : " and ") + number_of(lesson.needs[i]);
  return text;
}

/// Whose words the target is, and what of the source the model cannot read.
std::string about_pair(const Session& session) {
  const bool own = session.topic().text && !session.topic().target;
  const std::string whose = own ? "The second sentence is the model's own translation."
                                : "The second sentence is given to the model; what it would write by itself is in "
                                  "lesson 12.";
  const std::size_t unknown = n_unknown(session);
  if (unknown == 0) return whose;
  return whose + " " + std::to_string(unknown) + (unknown == 1 ? " token" : " tokens") +
         " of the first are unknown to this model (`<unk>`): do not expect sense of it.";
}

Screen opening(const Lesson& lesson, const Session& session, const Rendering& how) {
  Lines lines = screen::wrapped("*" + expand(lesson.question, lesson, session) + "*", how.style);
  lines.emplace_back();
  append(lines, screen::wrapped(session.text() + " → " + session.target(), how.style, 2, 2));
  lines.emplace_back();
  append(lines, screen::wrapped(about_pair(session), how.style));
  return {number_of(lesson.id) + "  " + lesson.title, lines};
}

/// The contract's rows that a lesson builds, those of one formula together.
std::vector<std::vector<const Row*>> built(const Lesson& lesson) {
  std::vector<std::vector<const Row*>> groups;
  std::map<std::string, std::size_t> group_of;
  for (const Row& row : contract()) {
    if (!matches_any(row.name, lesson.builds)) continue;
    const std::size_t head = row.name.find("head.H.");
    const std::string leaf = row.name.substr(head == std::string::npos ? row.name.rfind('.') + 1 : head);
    const auto [found, is_new] = group_of.emplace(leaf + std::string(row.formula), groups.size());
    if (is_new) groups.emplace_back();
    groups[found->second].push_back(&row);
  }
  return groups;
}

std::size_t built_rows(const Lesson& lesson) {
  std::size_t count = 0;
  for (const auto& group : built(lesson)) count += group.size();
  return count;
}

std::string short_name(const Row& row) {
  const std::size_t head = row.name.find("head.H.");
  return row.name.substr(head == std::string::npos ? row.name.rfind('.') + 1 : head);
}

/// What an axis counts, in short.
std::string counted_text(Axis axis) { return axis == Axis::target ? "target tokens" : axis_text(axis); }

std::string shape_here(const Row& row, const Session& session) {
  const Name name{static_cast<std::int16_t>(&row - contract().data()), 0, 0};
  const auto [n_rows, n_cols] = shape_of(name, session.dims(), session.plain().lengths);
  return std::to_string(n_rows) + " × " + std::to_string(n_cols);
}

/// Where the rows of one formula stand, with their shape here and what rows and columns count.
screen::Grid places(const std::vector<const Row*>& rows, const Session& session) {
  screen::Grid grid;
  for (const Row* row : rows) {
    std::string place = row->name;
    place.resize(place.size() - short_name(*row).size() - 1);
    grid.rows.push_back({"`" + place + "`", shape_here(*row, session),
                         counted_text(row->rows) + (row->cols == Axis::one ? "" : " × " + counted_text(row->cols))});
  }
  return grid;
}

/// A line a formula.
screen::Grid in_short(const std::vector<std::vector<const Row*>>& groups, const Session& session) {
  screen::Grid grid{{"matrix", "shape here", "formula"}, {}, {}};
  for (const auto& group : groups) {
    const Row& row = *group.front();
    grid.rows.push_back({"`" + short_name(row) + "`", shape_here(row, session), std::string(row.formula)});
  }
  return grid;
}

Screen shapes(const Lesson& lesson, const Session& session, const Rendering& how) {
  Lines lines;
  if (!lesson.formula.empty()) {
    lines = screen::wrapped("*" + expand(lesson.formula, lesson, session) + "*", how.style, 2, 2);
    append(lines, screen::wrapped(lesson.source, how.style, 2, 2));
  }
  const auto groups = built(lesson);
  if (built_rows(lesson) > kManyRows) return {"What we build", lines};
  if (groups.size() > kManyFormulas) {
    lines.emplace_back();
    append(lines, screen::draw(in_short(groups, session), how.style));
    return {"What we build", lines};
  }
  for (const auto& group : groups) {
    const Row& first = *group.front();
    if (!lines.empty()) lines.emplace_back();
    const std::string formula = first.formula.empty() ? "" : " = " + std::string(first.formula);
    append(lines, screen::wrapped("`" + short_name(first) + "`" + formula, how.style, 2, 4));
    append(lines, screen::wrapped(std::string(first.meaning), how.style, 4));
    append(lines, screen::draw(places(group, session), how.style, 4));
  }
  return {"What we build", lines};
}

Screen mistakes(const Lesson& lesson, const Session& session, const Rendering& how) {
  Lines lines;
  for (const Told& told : lesson.mistakes) {
    const std::string text = expand(told.says, lesson, session);
    append(lines, screen::wrapped("- *Mistake " + std::to_string(told.id) + ".* " + text, how.style));
  }
  return {"What others got wrong here", lines};
}

Screen closing(const Lesson& lesson, const Session& session, const Rendering& how) {
  Lines lines = screen::wrapped(expand(lesson.why, lesson, session), how.style);
  const Course* course = session.topic().course;
  if (course == nullptr) return {"What remains", lines};
  const auto here = std::find_if(course->begin(), course->end(), [&](const Lesson* l) { return l->id == lesson.id; });
  if (here == course->end()) return {"What remains", lines};
  lines.emplace_back();
  if (here + 1 == course->end()) {
    append(lines, screen::wrapped("This was the last lesson. All of them: `./lessons/run list`", how.style));
    return {"What remains", lines};
  }
  append(lines,
         screen::wrapped("Next: `./lessons/run " + number_of((*(here + 1))->id) + "`  " + (*(here + 1))->question,
                         how.style, 0, 6));
  return {"What remains", lines};
}

bool builds_all(const Lesson& lesson, const Session& session) {
  return names_matching(session.dims(), lesson.builds).size() == all_names(session.dims()).size();
}

Screen map(const Lesson& lesson, const Session& session, const Rendering& how) {
  Lines lines = draw_map(session.dims(), lesson.builds, how.style);
  lines.emplace_back();
  append(lines, screen::wrapped("In `[ ]`: what this lesson builds.", how.style));
  return {builds_all(lesson, session) ? "The whole" : "Where we are", lines};
}

}  // namespace

std::vector<Slide> slides(const Lesson& lesson, const Session& session) {
  const bool whole = builds_all(lesson, session);
  std::vector<Slide> result = {{Slide::Kind::opening}};
  if (!whole) result.push_back({Slide::Kind::map});
  const std::size_t rows = built_rows(lesson);
  if (!lesson.formula.empty() || (rows > 0 && rows <= kManyRows)) result.push_back({Slide::Kind::shapes});
  for (std::size_t step = 0; step < lesson.steps.size(); ++step) result.push_back({Slide::Kind::step, step});
  if (whole) result.push_back({Slide::Kind::map});
  if (!lesson.mistakes.empty()) result.push_back({Slide::Kind::mistakes});
  result.push_back({Slide::Kind::closing});
  return result;
}

std::string place_of(const Lesson& lesson, std::size_t slide) {
  return slide == 0 ? needs_text(lesson) : number_of(lesson.id) + "." + std::to_string(slide);
}

Screen render(const Slide& slide, const Lesson& lesson, const Session& session, const Rendering& how) {
  switch (slide.kind) {
    case Slide::Kind::opening:
      return opening(lesson, session, how);
    case Slide::Kind::map:
      return map(lesson, session, how);
    case Slide::Kind::shapes:
      return shapes(lesson, session, how);
    case Slide::Kind::mistakes:
      return mistakes(lesson, session, how);
    case Slide::Kind::closing:
      return closing(lesson, session, how);
    case Slide::Kind::step:
      break;
  }
  throw std::invalid_argument("a step is rendered from what it came to");
}

std::vector<Screen> render(const Performance& performance, const Rendering& how) {
  std::vector<Screen> screens;
  for (const Slide& slide : slides(performance.lesson, performance.session)) {
    const bool is_step = slide.kind == Slide::Kind::step;
    Screen screen = is_step ? Screen{performance.steps.at(slide.step).title, render(performance.steps[slide.step], how)}
                            : render(slide, performance.lesson, performance.session, how);
    Lines lines = screen::heading(screen.title, place_of(performance.lesson, screens.size()), how.style);
    append(lines, screen.lines);
    screens.push_back({screen.title, std::move(lines)});
  }
  return screens;
}

}  // namespace glass::lesson
