#include "engine/lesson/expand.hpp"

#include "engine/lesson/names.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"
#include "tests/unit/lesson/sessions.hpp"

using namespace glass;
using lesson::expand;
using lesson::Lesson;
using test::course_session;
using test::message_of;

namespace {

const Lesson& a_lesson() {
  static const Lesson lesson{
      .id = "99_made_up",
      .title = "",
      .question = "",
      .needs = {},
      .builds = {},
      .source = "",
      .values = {{"answer", [](const lesson::Session& session) { return session.text() + "!"; }}},
      .steps = {},
      .why = ""};
  return lesson;
}

std::string expanded(const std::string& text) { return expand(text, a_lesson(), course_session()); }

}  // namespace

TEST_CASE("expand: sizes, texts and pieces of the session stand where the braces stood", "[lesson][expand]") {
  CHECK(expanded("{T_src} by {d_model}, {n_heads} heads of {d_k}") == "9 by 128, 4 heads of 32");
  CHECK(expanded("{source} → {target}") == "Hello, how are you? → Bonjour, comment vas-tu ?");
  CHECK(expanded("{start} and {end}") == "`<pad>` and `</s>`");
  CHECK(expanded("{n_parameters}") == "1,904,544");
  CHECK(expanded("nothing in braces") == "nothing in braces");
}

TEST_CASE("expand: cells are those of the trace, counted from either end and held at the edge", "[lesson][expand]") {
  const std::string weights = "decoder.layers.0.self_attn.head.0.weights";
  CHECK(expanded("{cell " + weights + " 0 0}") == "1.00");
  CHECK(expanded("{share " + weights + " 0 0}") == "100 %");
  CHECK(expanded("{row " + weights + " -1}") == "`▁? ▸ </s>`");
  CHECK(expanded("{row " + weights + " 99}") == "`▁? ▸ </s>`");
  CHECK(expanded("{col " + weights + " 1}") == "`▁B`");
  CHECK(expanded("{peak " + weights + " 0}, {peakshare " + weights + " 0}") == "`<pad>`, 100 %");
  CHECK(expanded("{shape encoder.memory}") == "9 × 128");
}

TEST_CASE("expand: a lesson's own values come first", "[lesson][expand]") {
  CHECK(expanded("{answer}") == "Hello, how are you?!");
}

TEST_CASE("expand: what nobody knows is a mistake of the lesson, and says which", "[lesson][expand]") {
  CHECK(message_of([] { return expanded("{d_modle}"); }) == "99_made_up: nothing is known by the name {d_modle}");
  CHECK(message_of([] { return expanded("{d_model"); }) == "99_made_up: a brace is not closed: {d_model");
  CHECK(message_of([] { return expanded("{}"); }) == "99_made_up: {} holds nothing");
}

TEST_CASE("names: the best head and its layer stand for themselves, H* and L* for all", "[lesson][names]") {
  const lesson::Session& session = course_session();
  CHECK(to_string(name_of(session, "best.weights")) == session.best_head() + ".weights");
  CHECK(session.best_head() == "decoder.layers.1.encoder_attn.head.0");
  CHECK(names_of(session, "encoder.layers.0.self_attn.head.H*.scores").size() == 4);
  CHECK(names_of(session, "decoder.layers.L*.encoder_attn.head.H*.weights").size() == 12);
  CHECK(names_of(session, "best_layer.head.H*.weights").size() == 4);
  CHECK_THAT(message_of([&] { return name_of(session, "encoder.layers.9.self_attn.key"); }),
             check::StartsWith("this model has no matrix named encoder.layers.9.self_attn.key; the nearest are "));
}

TEST_CASE("names: patterns are over the contract's rows", "[lesson][names]") {
  const Dims& dims = course_session().dims();
  CHECK(lesson::names_matching(dims, {"*"}).size() == all_names(dims).size());
  CHECK(lesson::names_matching(dims, {"*.head.H.scores"}).size() == 36);
  CHECK(lesson::names_matching(dims, {"encoder.visible", "*.masked_scores"}).size() == 37);
  CHECK(lesson::names_matching(dims, {"*.no_such"}).empty());
}

TEST_CASE("names: of another model the most decided head is the best one, and says that nobody measured",
          "[lesson][names]") {
  const lesson::Session session = test::foreign_session("A cat.", "Un chat.");
  CHECK_FALSE(session.best_head_was_measured());
  CHECK_THAT(session.best_head(), check::StartsWith("decoder.layers."));
  CHECK(course_session().best_head_was_measured());
}
