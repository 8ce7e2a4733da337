#include "engine/player/player.hpp"

#include <algorithm>

#include "engine/screen/ansi.hpp"
#include "engine/screen/figure.hpp"
#include "engine/screen/width.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/lesson/sessions.hpp"
#include "tests/unit/player/played.hpp"

using namespace glass;
using namespace glass::player;
using namespace glass::test;

namespace {

std::string cell_text(double value) { return "[" + screen::number(value, 2) + "]"; }

}  // namespace

TEST_CASE("player: a frame has the window's lines, none wider, at every size", "[player]") {
  for (const std::size_t slide : {std::size_t{0}, kMatrix, kQuestion, kGrowing, kLarge, kLast}) {
    for (const auto& [width, height] : {std::pair{80, 24}, {100, 30}, {140, 50}, {20, 6}, {5, 3}, {1, 1}}) {
      const Window window{static_cast<std::size_t>(width), static_cast<std::size_t>(height)};
      const Played at(slide, window);
      const screen::Lines lines = at.player.frame();
      INFO(slide << " at " << width << " x " << height);
      CHECK(lines.size() == window.height);
      CHECK(std::all_of(lines.begin(), lines.end(),
                        [&](const screen::Line& line) { return screen::width(line) <= window.width; }));
    }
  }
}

TEST_CASE("player: n and p turn the pages, Home and End go to the ends", "[player]") {
  Played at(0);
  CHECK(has(at.text(), "98  Example"));
  CHECK(has(at.after("nnn"), "98.3 of 9"));
  CHECK(has(at.after("p"), "98.2 of 9"));
  CHECK(has(at.after("<end>"), "98.9 of 9"));
  CHECK(has(at.after("n"), "this is the last screen"));
  CHECK(has(at.after("<home>"), "98.0 of 9"));
  CHECK(has(at.after("p"), "this is the first screen"));
}

TEST_CASE("player: arrow keys move a cursor that is marked by signs", "[player]") {
  Played at(kMatrix);
  CHECK_FALSE(has(at.text(), "["));
  CHECK(has(at.after("<right>"), cell_text(shown_weights()(0, 0))));
  CHECK(has(at.after("<down><down><down><right><right><right>"), cell_text(shown_weights()(3, 3))));
  CHECK(has(at.after("<up><left>"), cell_text(shown_weights()(2, 2))));
  CHECK(has(at.after("<left><left><left><left><left>"), cell_text(shown_weights()(2, 0))));
}

TEST_CASE("player: a question is answered by a key, and right or wrong is said with the reason", "[player]") {
  Played right(kQuestion), wrong(kQuestion), skipped(kQuestion);
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
  Played at(kQuestion);
  CHECK(has(at.after("c"), "the answers are a to b"));
  CHECK(has(at.after("a"), "Not so."));
  CHECK_FALSE(has(at.after("np"), "Because"));
}

TEST_CASE("player: stepping through decoding adds a row a step, its strongest source token marked", "[player]") {
  Played at(kGrowing);
  const auto largest = [](std::size_t row) {
    double most = 0;
    for (std::size_t j = 0; j < shown_weights().cols; ++j) most = std::max(most, shown_weights()(row, j));
    return "(" + screen::number(most, 2) + ")";
  };
  CHECK(has(at.text(), "Step 1: reads `<pad>`"));
  CHECK(has(at.text(), largest(0)));
  CHECK_FALSE(has(at.text(), largest(3)));
  CHECK(has(at.after("nnn"), "Step 4: reads"));
  CHECK(has(at.text(), largest(3)));
  CHECK(has(at.after("a"), "mean over H of decoder.layers.1.encoder_attn.head.H.weights"));
  CHECK(has(at.after("h"), "encoder_attn.head.1.weights"));
  for (std::size_t row = 3; row + 1 < shown_weights().rows; ++row) at.after("n");
  CHECK(has(at.text(), "Step " + std::to_string(shown_weights().rows)));
  CHECK(has(at.after("n"), "98.6 of 9"));
}

TEST_CASE("player: why of a cell, its operand, and back", "[player]") {
  Played at(kMatrix);
  CHECK(has(at.after("<right><down><down><down><right><right><right>w"),
            "why decoder.layers.1.encoder_attn.head.0.weights"));
  CHECK(has(at.text(), "[3, 3]"));
  CHECK(has(at.after("1"), "why decoder.layers.1.encoder_attn.head.0.masked_scores"));
  CHECK(has(at.after("1"), "why decoder.layers.1.encoder_attn.head.0.scores"));
  CHECK(has(at.after("7"), "there is no operand 7"));
  CHECK(has(at.after("<backspace><backspace>"), "why decoder.layers.1.encoder_attn.head.0.weights"));
  CHECK(has(at.after("<backspace>"), cell_text(shown_weights()(3, 3))));
}

TEST_CASE("player: following first operands from a logit ends in a leaf, which says so", "[player]") {
  Played at(kLarge);
  at.after("w");
  std::size_t steps = 0;
  while (!has(at.after("1"), "here the chain ends") && steps < 100) ++steps;
  CHECK(steps > 10);
  CHECK(steps < 100);
}

TEST_CASE("player: a derived number is asked for what it is derived from", "[player]") {
  Played at(kDerived);
  CHECK(has(at.after("<right>w"), "the sum of these"));
  CHECK(has(at.text(), "`decoder.layers.1.encoder_attn.head.0.weights`[0, 0]"));
  CHECK(has(at.after("1"), "why decoder.layers.1.encoder_attn.head.0.weights"));
}

TEST_CASE("player: the cell of a step moves, and is explained anew", "[player]") {
  Played at(kCell);
  CHECK(has(at.text(), "row 4"));
  CHECK(has(at.after("<down>"), "row 5"));
  CHECK(has(at.after("<right>"), "column 5 (`▁are`)"));
}

TEST_CASE("player: a matrix larger than the window is seen around the cursor, labels kept", "[player]") {
  Played at(kLarge);
  at.after("<right>");
  for (int k = 0; k < 40; ++k) at.after("<right>");
  CHECK(has(at.text(), "[" + screen::number(test::course_session().at("decoder.logits")(0, 40), 2) + "]"));
  CHECK(has(at.text(), "<pad> ▸"));
}

TEST_CASE("player: the next head, then the next layer", "[player]") {
  Played at(kMatrix);
  at.after("z");
  for (const char* place :
       {"1.encoder_attn.head.1", "1.encoder_attn.head.2", "1.encoder_attn.head.3", "2.encoder_attn.head.0"})
    CHECK(has(at.after("h"), place));
}

TEST_CASE("player: with colour there are inks, without there are none", "[player]") {
  Window coloured{80, 24, screen::Colour::truecolor};
  for (const std::size_t slide : {kMatrix, kGrowing, kCell}) {
    const Played with(slide, coloured);
    const screen::Lines lines = with.player.frame();
    const bool inked = std::any_of(lines.begin(), lines.end(), [](const screen::Line& line) {
      return screen::to_ansi(line, screen::Colour::truecolor).find('\x1b') != std::string::npos;
    });
    CHECK(inked);
    const screen::Lines plain = Played(slide).player.frame();
    REQUIRE(plain.size() == lines.size());
    for (std::size_t i = 0; i < plain.size(); ++i) {
      CHECK(screen::width(lines[i]) <= 80);
      CHECK(screen::to_ansi(plain[i], screen::Colour::none).find('\x1b') == std::string::npos);
    }
  }
}

TEST_CASE("player: c changes between numbers with colour, numbers, and colour", "[player]") {
  Played at(kMatrix);
  CHECK(has(at.text(), "0.99█"));
  CHECK_FALSE(has(at.after("c"), "█"));
  CHECK(has(at.text(), "0.99"));
  CHECK_FALSE(has(at.after("c"), "0.99"));
  CHECK(has(at.text(), "██"));
  CHECK(has(at.after("c"), "0.99█"));
}
