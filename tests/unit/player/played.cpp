#include "tests/unit/player/played.hpp"

#include "tests/unit/lesson/sessions.hpp"

namespace glass::test {

using lesson::Lesson;
using lesson::Zoom;

const Lesson& played_lesson() {
  static const Lesson lesson{
      .id = "98_example",
      .title = "Example",
      .question = "What is shown?",
      .needs = {},
      .builds = {"decoder.layers.L.encoder_attn.head.H.weights"},
      .source = "",
      .steps = {{.title = "A matrix", .says = "Shares.", .body = lesson::Show{.names = {"best.weights"}}},
                {.title = "A question",
                 .says = "How many?",
                 .body = lesson::Predict{.choices = {"one", "two"},
                                         .answer = [](const lesson::Session&) { return std::size_t{1}; }},
                 .because = "Because there are two."},
                {.title = "Growing",
                 .says = "",
                 .body = lesson::Show{.names = {"best.weights"}, .zoom = Zoom::growing}},
                {.title = "Derived", .says = "", .body = lesson::Derive{DerivedOp::word_sum, {"best.weights"}}},
                {.title = "A cell",
                 .says = "",
                 .body = lesson::Show{.names = {"best.scores"}, .zoom = Zoom::cell, .at = {4, 4}}},
                {.title = "Large", .says = "", .body = lesson::Show{.names = {"decoder.logits"}}}},
      .why = "So that it can be tested."};
  return lesson;
}

Played::Played(std::size_t slide, const Window& window)
    : player({std::shared_ptr<const void>(), &course_session()}, played_lesson(), slide) {
  player.resize(window);
}

std::string Played::after(std::string_view keys) {
  for (const player::Key& key : player::keys_of(keys)) player.press(key);
  return text();
}

std::string Played::text() const {
  std::string text;
  for (const screen::Line& line : player.frame()) text += screen::plain(line) + "\n";
  return text;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const Matrix& shown_weights() { return course_session().at("best.weights"); }

}  // namespace glass::test
