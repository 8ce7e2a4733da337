#include "engine/player/player.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/lesson/names.hpp"
#include "engine/player/matrix_view.hpp"
#include "engine/reference/model.hpp"
#include "engine/screen/ansi.hpp"
#include "engine/screen/width.hpp"
#include "engine/trace/npy.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/temporary.hpp"
#include "tests/unit/lesson/sessions.hpp"

using namespace glass;
using namespace glass::player;
using lesson::Lesson;
using lesson::Zoom;

namespace {

/// A lesson with a step of every kind that the player treats in its own way.
const Lesson& example() {
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

/// The slides of the example: opening, map, shapes, and then the steps.
constexpr std::size_t kMatrix = 3, kQuestion = 4, kGrowing = 5, kDerived = 6, kCell = 7, kLarge = 8, kLast = 9;

std::shared_ptr<const lesson::Session> course() { return {std::shared_ptr<const void>(), &test::course_session()}; }

struct Screen {
  Player player;

  explicit Screen(std::size_t slide, Window window = {}) : player(course(), example(), slide) { player.resize(window); }

  std::string after(std::string_view keys) {
    for (const Key& key : keys_of(keys)) player.press(key);
    return text();
  }

  [[nodiscard]] std::string text() const {
    std::string text;
    for (const screen::Line& line : player.frame()) text += screen::plain(line) + "\n";
    return text;
  }
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string cell_text(double value) { return "[" + screen::number(value, 2) + "]"; }

const Matrix& weights() { return test::course_session().at("best.weights"); }

}  // namespace

TEST_CASE("player: a frame has the window's lines, none wider, at every size", "[player]") {
  for (const std::size_t slide : {std::size_t{0}, kMatrix, kQuestion, kGrowing, kLarge, kLast}) {
    for (const auto& [width, height] : {std::pair{80, 24}, {100, 30}, {140, 50}, {20, 6}, {5, 3}, {1, 1}}) {
      const Window window{static_cast<std::size_t>(width), static_cast<std::size_t>(height)};
      const Screen at(slide, window);
      const screen::Lines lines = at.player.frame();
      INFO(slide << " at " << width << " x " << height);
      CHECK(lines.size() == window.height);
      CHECK(std::all_of(lines.begin(), lines.end(),
                        [&](const screen::Line& line) { return screen::width(line) <= window.width; }));
    }
  }
}

TEST_CASE("player: n and p turn the pages, Home and End go to the ends", "[player]") {
  Screen at(0);
  CHECK(has(at.text(), "98  Example"));
  CHECK(has(at.after("nnn"), "98.3 of 9"));
  CHECK(has(at.after("p"), "98.2 of 9"));
  CHECK(has(at.after("<end>"), "98.9 of 9"));
  CHECK(has(at.after("n"), "this is the last screen"));
  CHECK(has(at.after("<home>"), "98.0 of 9"));
  CHECK(has(at.after("p"), "this is the first screen"));
}

TEST_CASE("player: arrow keys move a cursor that is marked by signs", "[player]") {
  Screen at(kMatrix);
  CHECK_FALSE(has(at.text(), "["));
  CHECK(has(at.after("<right>"), cell_text(weights()(0, 0))));
  CHECK(has(at.after("<down><down><down><right><right><right>"), cell_text(weights()(3, 3))));
  CHECK(has(at.after("<up><left>"), cell_text(weights()(2, 2))));
  CHECK(has(at.after("<left><left><left><left><left>"), cell_text(weights()(2, 0))));
}

TEST_CASE("player: a question is answered by a key, and right or wrong is said with the reason", "[player]") {
  Screen right(kQuestion), wrong(kQuestion), skipped(kQuestion);
  CHECK_FALSE(has(right.text(), "Because"));
  CHECK(has(right.after("b"), "Right"));
  CHECK(has(right.text(), "Because there are two."));
  CHECK(has(wrong.after("a"), "Not so."));
  CHECK(has(wrong.text(), "*Answer:* b) two"));
  CHECK(has(wrong.text(), "Because there are two."));
  CHECK(has(skipped.after("n"), "98.5 of 9"));
  CHECK_FALSE(has(skipped.after("p"), "Because"));
}

TEST_CASE("player: an answer that is not offered is told, and coming back asks again", "[player]") {
  Screen at(kQuestion);
  CHECK(has(at.after("c"), "the answers are a to b"));
  CHECK(has(at.after("a"), "Not so."));
  CHECK_FALSE(has(at.after("np"), "Because"));
}

TEST_CASE("player: stepping through decoding adds a row a step, its strongest source token marked", "[player]") {
  Screen at(kGrowing);
  const auto largest = [](std::size_t row) {
    double most = 0;
    for (std::size_t j = 0; j < weights().cols; ++j) most = std::max(most, weights()(row, j));
    return "(" + screen::number(most, 2) + ")";
  };
  CHECK(has(at.text(), "Step 1: reads `<pad>`"));
  CHECK(has(at.text(), largest(0)));
  CHECK_FALSE(has(at.text(), largest(3)));
  CHECK(has(at.after("nnn"), "Step 4: reads"));
  CHECK(has(at.text(), largest(3)));
  CHECK(has(at.after("a"), "mean over H of decoder.layers.1.encoder_attn.head.H.weights"));
  CHECK(has(at.after("h"), "encoder_attn.head.1.weights"));
  for (std::size_t row = 3; row + 1 < weights().rows; ++row) at.after("n");
  CHECK(has(at.text(), "Step " + std::to_string(weights().rows)));
  CHECK(has(at.after("n"), "98.6 of 9"));
}

TEST_CASE("player: why of a cell, its operand, and back", "[player]") {
  Screen at(kMatrix);
  CHECK(has(at.after("<right><down><down><down><right><right><right>w"),
            "why decoder.layers.1.encoder_attn.head.0.weights"));
  CHECK(has(at.text(), "[3, 3]"));
  CHECK(has(at.after("1"), "why decoder.layers.1.encoder_attn.head.0.masked_scores"));
  CHECK(has(at.after("1"), "why decoder.layers.1.encoder_attn.head.0.scores"));
  CHECK(has(at.after("7"), "there is no operand 7"));
  CHECK(has(at.after("<backspace><backspace>"), "why decoder.layers.1.encoder_attn.head.0.weights"));
  CHECK(has(at.after("<backspace>"), cell_text(weights()(3, 3))));
}

TEST_CASE("player: following first operands from a logit ends in a leaf, which says so", "[player]") {
  Screen at(kLarge);
  at.after("w");
  std::size_t steps = 0;
  while (!has(at.after("1"), "here the chain ends") && steps < 100) ++steps;
  CHECK(steps > 10);
  CHECK(steps < 100);
}

TEST_CASE("player: a derived number is asked for what it is derived from", "[player]") {
  Screen at(kDerived);
  CHECK(has(at.after("<right>w"), "the sum of these"));
  CHECK(has(at.text(), "`decoder.layers.1.encoder_attn.head.0.weights`[0, 0]"));
  CHECK(has(at.after("1"), "why decoder.layers.1.encoder_attn.head.0.weights"));
}

TEST_CASE("player: the cell of a step moves, and is explained anew", "[player]") {
  Screen at(kCell);
  CHECK(has(at.text(), "row 4"));
  CHECK(has(at.after("<down>"), "row 5"));
  CHECK(has(at.after("<right>"), "column 5 (`▁are`)"));
}

TEST_CASE("player: a matrix larger than the window is seen around the cursor, labels kept", "[player]") {
  Screen at(kLarge);
  at.after("<right>");
  for (int k = 0; k < 40; ++k) at.after("<right>");
  CHECK(has(at.text(), "[" + screen::number(test::course_session().at("decoder.logits")(0, 40), 2) + "]"));
  CHECK(has(at.text(), "<pad> ▸"));
}

TEST_CASE("player: a screen or a matrix is gone to by number or name, and names are completed", "[player]") {
  Screen at(0);
  CHECK(has(at.after("g4<enter>"), "98.4 of 9"));
  CHECK(has(at.after("g98.3<enter>"), "98.3 of 9"));
  CHECK(has(at.after("gencoder.mem<tab><enter>"), "encoder.memory"));
  CHECK(has(at.after("<backspace>"), "98.3 of 9"));
  CHECK(has(at.after("g97.3<enter>"), "screen 97.3 is in another lesson than 98"));
  CHECK(has(at.after("<escape>g77<enter>"), "there is no screen 77; the last is 9"));
  CHECK(has(at.after("<escape>gencoder.memry<enter>"), "the nearest are encoder.memory"));
  CHECK(has(at.after("<escape>gencoder<escape>"), "98.3 of 9"));
  CHECK(has(at.after("gmodel.shared.weight<enter>"), "why model.shared.weight"));
}

TEST_CASE("player: the map leads to any matrix and back", "[player]") {
  Screen at(kMatrix);
  CHECK(has(at.after("m"), "[weights]"));
  CHECK(has(at.after("<right>"), "[context]"));
  CHECK(has(at.after("<enter>"), "decoder.layers.1.encoder_attn.head.0.context"));
  CHECK(has(at.after("<backspace><tab>"), "[ids]"));
  CHECK(has(at.after("<backspace>"), "98.3 of 9"));
}

TEST_CASE("player: the next head, then the next layer", "[player]") {
  Screen at(kMatrix);
  at.after("z");
  for (const char* place :
       {"1.encoder_attn.head.1", "1.encoder_attn.head.2", "1.encoder_attn.head.3", "2.encoder_attn.head.0"})
    CHECK(has(at.after("h"), place));
}

TEST_CASE("player: with colour there are inks, without there are none", "[player]") {
  Window coloured{80, 24, screen::Colour::truecolor};
  for (const std::size_t slide : {kMatrix, kGrowing, kCell}) {
    const Screen with(slide, coloured);
    const screen::Lines lines = with.player.frame();
    const bool inked = std::any_of(lines.begin(), lines.end(), [](const screen::Line& line) {
      return screen::to_ansi(line, screen::Colour::truecolor).find('\x1b') != std::string::npos;
    });
    CHECK(inked);
    const screen::Lines plain = Screen(slide).player.frame();
    REQUIRE(plain.size() == lines.size());
    for (std::size_t i = 0; i < plain.size(); ++i) {
      CHECK(screen::width(lines[i]) <= 80);
      CHECK(screen::to_ansi(plain[i], screen::Colour::none).find('\x1b') == std::string::npos);
    }
  }
}

TEST_CASE("player: c changes between numbers with colour, numbers, and colour", "[player]") {
  Screen at(kMatrix);
  CHECK(has(at.text(), "0.99█"));
  CHECK_FALSE(has(at.after("c"), "█"));
  CHECK(has(at.text(), "0.99"));
  CHECK_FALSE(has(at.after("c"), "0.99"));
  CHECK(has(at.text(), "██"));
  CHECK(has(at.after("c"), "0.99█"));
}

TEST_CASE("player: the text is searched from here on, around the end", "[player]") {
  Screen at(kQuestion);
  CHECK(has(at.after("/so that it can<enter>"), "98.9 of 9"));
  CHECK(has(at.after("/HOW MANY<enter>"), "98.4 of 9"));
  CHECK(has(at.after("/Because there<enter>"), "is nowhere in this lesson"));
  CHECK(has(at.after("/nowhere at all<enter>"), "\"nowhere at all\" is nowhere in this lesson"));
}

TEST_CASE("player: the matrix and the screen are written to files, never over others", "[player]") {
  const test::TemporaryDirectory folder;
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  Screen at(kMatrix);
  CHECK(has(at.after("e<enter>"), "written: decoder.layers.1.encoder_attn.head.0.weights.npy"));
  CHECK(has(at.after("e<enter>"), "exists already"));
  CHECK(Matrix(read_npy(folder / "decoder.layers.1.encoder_attn.head.0.weights.npy").view()) == weights());
  CHECK(has(at.after("<clear>screen.svg<enter>"), "written: screen.svg"));
  CHECK(has(test::read_file(folder / "screen.svg"), "<svg"));
  CHECK(has(at.after("e<clear>screen.doc<enter>"), "ends in none of .npy, .txt, .svg"));
  CHECK_FALSE(std::filesystem::exists(folder / "screen.doc"));
  std::filesystem::current_path(before);
}

TEST_CASE("player: an experiment shows both runs, and one key restores", "[player]") {
  Screen at(kMatrix);
  const std::string before = at.text();
  CHECK(has(at.after("x"), "switch off decoder.layers.1.encoder_attn.head.0"));
  CHECK(has(at.after("2"), "changed matrix 1 of"));
  CHECK(has(at.text(), "switch off decoder.layers.1.encoder_attn.head.0"));
  CHECK(has(at.text(), "bits"));
  CHECK(has(at.after("n"), "changed matrix 2 of"));
  CHECK(at.after("r") == before);
  at.after("<right>x");
  CHECK(has(at.after("6"), "new number (now 0.3674)"));
  CHECK(has(at.after("0.5<enter>"), "changed matrix 1 of"));
  CHECK(has(at.text(), "not shares any more"));
  at.after("rx6");
  CHECK(has(at.after("half<enter>"), "\"half\" is no number"));
  CHECK(has(at.text(), "):  half"));
  CHECK(has(at.after("<clear>0.25<enter>"), "changed matrix 1 of"));
}

TEST_CASE("player: a sentence of one's own keeps the place; what is refused changes nothing", "[player]") {
  Screen at(kMatrix);
  CHECK(has(at.after("sI am hungry.<enter>"), "I am hungry. →"));
  CHECK(has(at.text(), "98.3 of 9"));
  CHECK(has(at.text(), "▁I"));
  const std::string kept = at.player.session()->text();
  CHECK(has(at.after("s<space><space><enter>"), "blank"));
  CHECK(at.player.session()->text() == kept);
  at.after("<escape>tJe mange.<enter>");
  CHECK(at.player.session()->target() == "Je mange.");
  at.after("s<enter>");
  CHECK(at.player.session()->text() == lesson::kCourseText);
}

TEST_CASE("player: the last screen verifies what the lesson showed", "[player]") {
  Screen at(0);
  CHECK_FALSE(at.player.lesson().verification().has_value());
  CHECK(has(at.after("<end>"), "✓ verified "));
  REQUIRE(at.player.lesson().verification().has_value());
  CHECK(at.player.lesson().verification()->failure.empty());
}

TEST_CASE("player: unknown keys are told, and q ends it", "[player]") {
  Screen at(kMatrix);
  CHECK(has(at.after("Q"), "\"Q\" means nothing here"));
  CHECK_FALSE(at.player.over());
  at.after("q");
  CHECK(at.player.over());
}
