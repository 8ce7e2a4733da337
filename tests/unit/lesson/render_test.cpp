#include "engine/lesson/render.hpp"

#include <algorithm>

#include "engine/lesson/code.hpp"
#include "engine/lesson/lesson_map.hpp"
#include "engine/lesson/names.hpp"
#include "engine/lesson/progress.hpp"
#include "engine/screen/width.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary.hpp"
#include "tests/unit/lesson/sessions.hpp"

using namespace glass;
using namespace glass::lesson;
using test::course_session;
using test::message_of;

namespace {

std::string text_of(const screen::Lines& lines) {
  std::string text;
  for (const screen::Line& line : lines) text += screen::plain(line) + "\n";
  return text;
}

Lesson with(Step step) {
  return {.id = "99_made_up",
          .title = "",
          .question = "",
          .needs = {},
          .builds = {},
          .source = "",
          .steps = {std::move(step)},
          .why = ""};
}

std::string shown(const Step& step, std::size_t width = 80) {
  const Lesson lesson = with(step);
  return text_of(render(perform(lesson.steps.front(), lesson, course_session()), {{.width = width}, false}));
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("map: every name of the contract is on it once a place, the lit ones in brackets", "[lesson][map]") {
  const std::string map = text_of(draw_map(course_session().dims(), {"*.head.H.scores"}, {.width = 80}));
  std::size_t lit = 0;
  for (std::size_t at = map.find("[scores]"); at != std::string::npos; at = map.find("[scores]", at + 1)) ++lit;
  CHECK(lit == 3);
  CHECK(std::count(map.begin(), map.end(), '[') == 3);
  CHECK(std::count(map.begin(), map.end(), '\n') <= 24);
  for (const Row& row : contract()) CHECK(contains(map, row.name.substr(row.name.rfind('.') + 1)));
}

TEST_CASE("render: a cell by hand has its operands, its terms and its value", "[lesson][render]") {
  const std::string text =
      shown({.title = "",
             .says = "",
             .body = Show{.names = {"encoder.layers.0.self_attn.head.0.weights"}, .zoom = Zoom::cell, .at = {0, 0}}});
  CHECK(contains(text, "`encoder.layers.0.self_attn.head.0.weights`, row 0 (`▁He`), column 0 (`▁He`)"));
  CHECK(contains(text, "= softmax(masked_scores), row by row"));
  CHECK(contains(text, "`encoder.layers.0.self_attn.head.0.masked_scores`   row 0"));
  CHECK(contains(text, "exp("));
  CHECK(contains(text, "`▁how`"));
}

TEST_CASE("render: a claim says that it holds, and by how much only when asked", "[lesson][render]") {
  const Step step{
      .title = "t", .says = "s", .body = Proof{.bound = 0.5, .measure = [](const Session&, const Experiment&) {
                                                 return Measured{0.25, ""};
                                               }}};
  CHECK(contains(shown(step), "✓ holds: difference ≤ 5e-01\n"));
  const Lesson lesson = with(step);
  const Performed performed = perform(step, lesson, course_session());
  CHECK(contains(text_of(render(performed, {{}, true})), "✓ holds: difference ≤ 5e-01; measured 0.25\n"));
}

TEST_CASE("perform: a claim that does not hold fails the lesson, and says by how much", "[lesson][perform]") {
  const Lesson lesson =
      with({.title = "Never", .says = "", .body = Proof{.bound = 0, .measure = [](const Session&, const Experiment&) {
                                                          return Measured{0.25, ""};
                                                        }}});
  CHECK_THAT(verify(perform(lesson, course_session())).failure,
             check::StartsWith("\"Never\" does not hold: the difference is 0.25"));
}

TEST_CASE("perform: choices that say the same become one, and the answer stays right", "[lesson][perform]") {
  const Step step{.title = "",
                  .says = "",
                  .body = Predict{.choices = {"{T_src}", "9", "{T_tgt}"},
                                  .answer = [](const Session&) -> std::size_t { return 2; }}};
  const Lesson lesson = with(step);
  const Performed performed = perform(step, lesson, course_session());
  const Asked& asked = std::get<Asked>(performed.result);
  CHECK(asked.choices == std::vector<std::string>{"9", "10"});
  CHECK(asked.choices.at(asked.answer) == "10");
}

TEST_CASE("render: heads that have the same matrices share a line", "[lesson][render]") {
  std::vector<Name> names = names_of(course_session(), "encoder.layers.0.self_attn.head.H*.scores");
  names.push_back(name_of(course_session(), "encoder.memory"));
  CHECK(text_of(render(names, {{}, false})) == "  `encoder.layers.0.self_attn.head.0–3` scores\n  `encoder` memory\n");
}

TEST_CASE("code: a function is shown as its file has it, from its type to its brace", "[lesson][code]") {
  const std::string text = function_text("engine/stages/attention.cpp", "softmax");
  CHECK_THAT(text, check::StartsWith("Mat softmax(const Mat& masked_scores) {\n"));
  CHECK_THAT(text, check::EndsWith("\n}\n"));
  CHECK(contains(test::read_file(test::root() / "engine/stages/attention.cpp"), text));
  CHECK(contains(function_text("engine/stages/layers.cpp", "decoder_layer"), "\n\n"));  // blank lines belong to it
  CHECK(message_of([] { return function_text("engine/stages/attention.cpp", "hardmax"); }) ==
        "engine/stages/attention.cpp defines no function hardmax");
  CHECK(message_of([] { return function_text("engine/nothing.cpp", "f"); }) ==
        "engine/nothing.cpp was not built in; see engine/lesson/embed.cmake");
}

TEST_CASE("progress: a lesson that is done stays done, and is noted once", "[lesson][progress]") {
  const test::TemporaryDirectory home;
  const std::filesystem::path state = home / "state";
  CHECK(lessons_done(state).empty());
  mark_done(state, "04_scores");
  mark_done(state, "04_scores");
  mark_done(state, "05_mask");
  CHECK(lessons_done(state) == std::set<std::string>{"04_scores", "05_mask"});
  CHECK(test::read_file(state / "lessons-done") == "04_scores\n05_mask\n");
}
