#include "engine/screen/grid.hpp"

#include "tests/support/catch.hpp"
#include "tests/unit/screen/screens.hpp"

using namespace glass;
using screen::draw;
using screen::Grid;
using test::ascii_style;
using test::colour_style;
using test::plain_style;
using test::text_of;

TEST_CASE("grid: columns are as wide as they need, numbers flush right, a rule below the headers") {
  const Grid grid{{"name", "cells"}, {{"scores", "90"}, {"漢字漢", "5"}}, {false, true}};
  CHECK(text_of(draw(grid, plain_style())) ==
        "  name     cells\n"
        "  ──────   ─────\n"
        "  scores      90\n"
        "  漢字漢       5\n");
}

TEST_CASE("grid: without headers there is no rule, and a short row ends early") {
  CHECK(text_of(draw({{}, {{"a", "b"}, {"c"}}, {}}, plain_style(), 0)) == "a   b\nc\n");
  CHECK(draw(Grid{}, plain_style()).empty());
}

TEST_CASE("grid: what is too wide is wrapped in the widest column") {
  const Grid grid{{"name", "why"}, {{"masked_scores", "a hidden key gets minus infinity"}}, {}};
  CHECK(text_of(draw(grid, plain_style(36), 0)) ==
        "name            why\n"
        "─────────────   ────────────────────\n"
        "masked_scores   a hidden key gets\n"
        "                minus infinity\n");
}

TEST_CASE("grid: cells may hold code and emphasis") {
  const Grid grid{{}, {{"`d_k`", "x"}}, {}};
  CHECK(text_of(draw(grid, plain_style())) == "  `d_k`   x\n");
  CHECK(text_of(draw(grid, colour_style())) == "  d_k   x\n");
}

TEST_CASE("grid: more columns than fit become lines of their own") {
  const Grid grid{
      {"a", "b", "c", "d", "e"}, {{"1111", "2222", "3333", "4444", "5555"}, {"6666", "", "7777", "8888", "9999"}}, {}};
  CHECK(text_of(draw(grid, ascii_style(24), 0)) ==
        "a: 1111\nb: 2222\nc: 3333\nd: 4444\ne: 5555\n\na: 6666\nc: 7777\nd: 8888\ne: 9999\n");
}
