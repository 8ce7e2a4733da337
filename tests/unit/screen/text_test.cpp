#include "engine/screen/text.hpp"

#include "engine/screen/palette.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/screen/screens.hpp"

using namespace glass;
using screen::boxed;
using screen::heading;
using screen::Ink;
using screen::Line;
using screen::Lines;
using screen::listing;
using screen::Span;
using screen::wrapped;
using test::ascii_style;
using test::colour_style;
using test::plain_style;
using test::text_of;

namespace {

Ink bold_ink() {
  Ink ink;
  ink.bold = true;
  return ink;
}

Ink italic_ink() {
  Ink ink;
  ink.italic = true;
  return ink;
}

}  // namespace

TEST_CASE("wrapped: words fill the lines, an empty line parts paragraphs") {
  CHECK(text_of(wrapped("The cat sat\non the mat and looked.\n\n\nThen it slept.", plain_style(24))) ==
        "The cat sat on the mat\nand looked.\n\nThen it slept.\n");
  CHECK(wrapped("", plain_style()).empty());
  CHECK(wrapped(" \n\n ", plain_style()).empty());
}

TEST_CASE("wrapped: the indent stands before every line, the hanging before all but the first") {
  CHECK(text_of(wrapped("The cat sat on the mat and looked.", plain_style(24), 2, 3)) ==
        "  The cat sat on the mat\n     and looked.\n");
}

TEST_CASE("wrapped: an item's further lines hang below its text") {
  CHECK(text_of(wrapped("Two:\n- the cat sat on the mat\n- and\n  slept\n  - in a basket that was not its own",
                        plain_style(24))) ==
        "Two:\n- the cat sat on the mat\n- and slept\n  - in a basket that was\n    not its own\n");
}

TEST_CASE("wrapped: a word longer than the line is cut between graphemes") {
  CHECK(text_of(wrapped("a 漢漢漢漢漢漢漢漢漢漢漢漢漢 b", plain_style(25))) == "a\n漢漢漢漢漢漢漢漢漢漢漢漢\n漢 b\n");
}

TEST_CASE("wrapped: without colour the marks of code and emphasis stay") {
  CHECK(text_of(wrapped("`d_k` is *one* head's.", plain_style())) == "`d_k` is *one* head's.\n");
}

TEST_CASE("wrapped: with colour ink takes the marks' place") {
  const Lines lines = wrapped("`d_k` is *one* head's.", colour_style());
  Ink code = bold_ink();
  code.fore = screen::code_ink(screen::Colour::truecolor);
  CHECK(lines == Lines{{{"d_k", code}, {" is ", {}}, {"one", italic_ink()}, {" head's.", {}}}});
}

TEST_CASE("wrapped: a product, a pointer and a mark without its partner are themselves") {
  for (const std::string text : {"2 * 3 * 4", "a*b*c", "const T* p, *q", "one ` only", "**", "*", "``", "x * y*"}) {
    CHECK(wrapped(text, colour_style()) == Lines{{{text, {}}}});
  }
}

TEST_CASE("listing: code stands as it is, the line ends too") {
  CHECK(text_of(listing("if (x) {\n  y();\n\n}\n", plain_style())) == "  if (x) {\n    y();\n\n  }\n");
  CHECK(text_of(listing("x\n", plain_style(), 0)) == "x\n");
  CHECK(listing("", plain_style()).empty());
}

TEST_CASE("listing: a long line goes on further in, its comment below it") {
  CHECK(text_of(listing("  return softmax(scores + masked, visible);", plain_style(40))) ==
        "    return softmax(scores + masked,\n        visible);\n");
  CHECK(text_of(listing("return softmax(scores);  // every row sums to 1", plain_style(40))) ==
        "  return softmax(scores);\n      // every row sums to 1\n");
}

TEST_CASE("listing: with colour a comment is dim and a string has an ink") {
  Ink comment = italic_ink(), string;
  comment.dim = true;
  string.fore = screen::string_ink(screen::Colour::truecolor);
  CHECK(listing("f(\"//\", '\"');  // \"g\"", colour_style(), 0) ==
        Lines{{{"f(", {}}, {"\"//\"", string}, {", ", {}}, {"'\"'", string}, {");  ", {}}, {"// \"g\"", comment}}});
  CHECK(listing("1'000 + 2'000 / 3", colour_style(), 0) == Lines{{{"1'000 + 2'000 / 3", {}}}});
}

TEST_CASE("heading: left and right in one line above a rule") {
  CHECK(text_of(heading("Lesson 5", "2 of 4", plain_style(24))) ==
        "Lesson 5          2 of 4\n────────────────────────\n");
  CHECK(text_of(heading("Lesson 5", "", ascii_style(24))) == "Lesson 5\n------------------------\n");
  CHECK(text_of(heading("Who should listen to whom?", "step 2 of 4", plain_style(24))) ==
        "Who should…  step 2 of 4\n────────────────────────\n");
}

TEST_CASE("boxed: two texts side by side, or below each other where it is narrow") {
  CHECK(text_of(boxed("paper", "LayerNorm(x + Sublayer(x))", "here", "The same.", plain_style(60))) ==
        "┌─ paper ────────────────────┬─ here ──────────────────────┐\n"
        "│ LayerNorm(x + Sublayer(x)) │ The same.                   │\n"
        "└────────────────────────────┴─────────────────────────────┘\n");
  CHECK(text_of(boxed("paper", "The norm stands behind the sum.", "here", "The same.", ascii_style(30))) ==
        "+- paper --------------------+\n"
        "| The norm stands behind the |\n"
        "| sum.                       |\n"
        "+- here ---------------------+\n"
        "| The same.                  |\n"
        "+----------------------------+\n");
}
