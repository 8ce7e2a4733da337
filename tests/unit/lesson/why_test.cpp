#include "engine/lesson/why.hpp"

#include <cmath>
#include <limits>

#include "engine/lesson/cells.hpp"
#include "engine/screen/line.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"
#include "tests/unit/lesson/sessions.hpp"

using namespace glass;
using lesson::Why;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
const std::string kCross = "decoder.layers.1.encoder_attn.head.0.";
const std::string kDecoder = "decoder.layers.0.self_attn.head.1.";

Why why_of(const std::string& name, std::size_t row, std::size_t col, bool tensor = false) {
  const lesson::Session& session = test::course_session();
  return lesson::why(session, session.plain(), {name, tensor, row, col});
}

std::vector<std::string> text_of(const screen::Lines& lines) {
  std::vector<std::string> result;
  for (const screen::Line& line : lines) result.push_back(screen::plain(line));
  return result;
}

std::vector<std::string> printed(const Why& why, bool all = false, std::size_t width = 100) {
  return text_of(render(why, {screen::Style{.width = width}, false}, all));
}

bool has_line(const std::vector<std::string>& lines, const std::string& part) {
  return std::any_of(lines.begin(), lines.end(), [&](const std::string& line) { return line.find(part) != line.npos; });
}

}  // namespace

TEST_CASE("why: a score's row and column are tokens, its operands the rows that they have") {
  const Why why = why_of(kCross + "scores", 4, 5);
  const Labels& labels = test::course_session().labels();
  CHECK(why.row_label == labels.target_read[4] + " ▸ " + labels.target_predicted[4]);
  CHECK(why.col_label == labels.source[5]);
  REQUIRE(why.operands.size() == 2);
  CHECK(why.operands[0].part.name == kCross + "query");
  CHECK(why.operands[0].row_label == why.row_label);
  CHECK(why.operands[1].part.name == kCross + "key");
  CHECK(why.operands[1].row_label == labels.source[5]);
  CHECK(why.term_labels.empty());
  CHECK_FALSE(why.is_leaf());
}

TEST_CASE("why: the terms of a softmax are tokens, of the log-probabilities pieces of the vocabulary") {
  const Labels& labels = test::course_session().labels();
  CHECK(why_of(kCross + "weights", 4, 5).term_labels == labels.source);
  const Why why = why_of("decoder.log_probabilities", 2, 30);
  REQUIRE(why.term_labels.size() == 4000);
  CHECK(why.term_labels[30] == labels.vocabulary(30));
}

TEST_CASE("why: a table's row is named by the piece of its id") {
  const Why why = why_of("encoder.embed.tokens", 4, 17);
  REQUIRE(why.operands.size() == 2);
  CHECK(why.operands[1].part.name == "model.encoder.embed_tokens.weight");
  CHECK(why.operands[1].row_label == why.row_label);
}

TEST_CASE("why: leaves say where they come from") {
  CHECK(why_of("encoder.ids", 0, 0).leaf == "given with the sentence: nothing computes it");
  CHECK(why_of("encoder.visible", 0, 0).leaf == "given with the sentence: nothing computes it");
  CHECK(why_of("decoder.embed.positions", 3, 17).leaf == "by the formula, from nothing else");
  CHECK(why_of("model.shared.weight", 17, 5, true).leaf == "a weight of the checkpoint: element [17, 5] of 4000 × 128");
  CHECK(why_of("lm_head.weight", 17, 5, true).leaf ==
        "a weight of the checkpoint: element [17, 5] of 4000 × 128; it shares model.shared.weight");
  CHECK(why_of("model.encoder.layers.0.fc1.bias", 0, 5, true).leaf == "a weight of the checkpoint: element [5] of 512");
}

TEST_CASE("why: a score that the mask hides depends on nothing but the mask") {
  const Why future = why_of(kDecoder + "masked_scores", 1, 2);
  CHECK(future.is_leaf());
  CHECK(future.value == -kInfinity);
  CHECK(future.leaf == "by the mask's rule, from nothing else: whatever the score is, it is not read");
  const lesson::Session& session = test::course_session();
  const std::size_t padding = session.padded().lengths.source - 1;
  const Why hidden = lesson::why(session, session.padded(), {kCross + "masked_scores", false, 1, padding});
  REQUIRE(hidden.operands.size() == 1);
  CHECK(hidden.operands[0].part.name == "encoder.visible");
  CHECK(why_of(kDecoder + "masked_scores", 2, 1).operands.size() == 1);
}

TEST_CASE("why: up leads to the cell of the largest term, or of the element that is named") {
  const Why why = why_of(kCross + "scores", 4, 5);
  const std::size_t largest = lesson::largest_term(why);
  for (const Term& term : why.explanation->terms)
    CHECK(std::abs(term.value) <= std::abs(why.explanation->terms[largest].value));
  CHECK(lesson::up(why) ==
        std::vector<CellRef>{{kCross + "query", false, 4, largest}, {kCross + "key", false, 5, largest}});
  CHECK(lesson::up(why, 2, std::nullopt) == lesson::up(why)[1]);
  CHECK(lesson::up(why, 2, 17) == CellRef{kCross + "key", false, 5, 17});
  CHECK(lesson::up(why_of(kCross + "weights", 4, 1)).front() == CellRef{kCross + "masked_scores", false, 4, 1});
  CHECK(lesson::up(why_of("decoder.layers.1.encoder_attn.norm", 4, 77)).front().col == 77);
  CHECK(lesson::up(why_of(kCross + "context", 4, 9), 2, 3) == CellRef{kCross + "value", false, 3, 9});
}

TEST_CASE("why: what cannot be followed is refused with what can") {
  const Why why = why_of(kCross + "scores", 4, 5);
  CHECK(test::message_of([&] { (void)lesson::up(why, 3, std::nullopt); }) ==
        kCross + "scores (4, 5) has no operand 3: it has 1 " + kCross + "query, 2 " + kCross + "key");
  CHECK(test::message_of([&] { (void)lesson::up(why, 0, std::nullopt); }) ==
        kCross + "scores (4, 5) has no operand 0: it has 1 " + kCross + "query, 2 " + kCross + "key");
  CHECK(test::message_of([&] { (void)lesson::up(why, 1, 32); }) ==
        "operand 1 of " + kCross + "scores (4, 5), " + kCross + "query, has no element 32: they are 0 to 31");
  const Why sum = why_of("encoder.embed.sum", 0, 1);
  CHECK(test::message_of([&] { (void)lesson::up(sum, 1, 0); }) ==
        "operand 1 of encoder.embed.sum (0, 1), encoder.embed.scaled, is one number and has no elements");
  CHECK(test::message_of([] { (void)lesson::up(why_of("encoder.ids", 3, 0), 1, std::nullopt); }) ==
        "encoder.ids (3, 0) is given with the sentence: nothing computes it; there is nothing to follow");
}

TEST_CASE("why: the last line is the recorded number, which reads back to the same double") {
  for (const auto& [name, row, col] : {std::tuple{kCross + "scores", 4, 5},
                                       {kCross + "weights", 0, 3},
                                       {std::string("encoder.ids"), 2, 0},
                                       {kDecoder + "masked_scores", 1, 2}}) {
    const Why why = why_of(name, static_cast<std::size_t>(row), static_cast<std::size_t>(col));
    const std::vector<std::string> lines = printed(why);
    REQUIRE(lines.back().substr(0, 2) == "= ");
    CHECK(std::stod(lines.back().substr(2)) == why.value);
    CHECK_FALSE(has_line(lines, "the contract gives"));
  }
  CHECK(printed(why_of(kDecoder + "masked_scores", 1, 2)).back() == "= -inf");
}

TEST_CASE("why: the operands are numbered, and the six largest of 128 terms are shown or all of them") {
  const Why why = why_of("decoder.logits", 2, 30);
  const std::vector<std::string> few = printed(why), all = printed(why, true);
  CHECK(has_line(few, "1   `decoder.layers.2.feed_forward.norm`   row 2 (`"));
  CHECK(has_line(few, "2   `lm_head.weight`"));
  CHECK(has_line(few, "3   `final_logits_bias`"));
  CHECK(has_line(few, "and 122 smaller ones, together "));
  CHECK(has_line(all, "127: "));
  CHECK_FALSE(has_line(all, "smaller"));
}

TEST_CASE("why: uses are listed with what is read of them") {
  const lesson::Session& session = test::course_session();
  const Why why = why_of(kCross + "query", 4, 9);
  const std::vector<Use> uses = uses_of(session.sources(session.plain()), why.cell);
  const std::vector<std::string> lines =
      text_of(render(why, uses, session.plain(), {screen::Style{.width = 100}, false}));
  CHECK(has_line(lines, "`" + kCross + "scores`   row 4 (`" + why.row_label + "`)"));
  CHECK(lines.back() == "= " + lesson::exact(why.value));
}

TEST_CASE("why: numbers are told with all digits, whole ones without an exponent") {
  CHECK(lesson::exact(0.1) == "0.1");
  CHECK(lesson::exact(-2.0 / 3) == "-0.6666666666666666");
  CHECK(lesson::exact(100000) == "100000");
  CHECK(lesson::exact(1e-9) == "1e-09");
  CHECK(lesson::exact(-kInfinity) == "-inf");
  CHECK(lesson::exact(std::nan("")) == "nan");
  CHECK(lesson::exact(-std::nan("")) == "nan");
}
