#include "engine/screen/figure.hpp"

#include <cmath>
#include <limits>

#include "engine/screen/heat.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"
#include "tests/unit/screen/screens.hpp"

using namespace glass;
using screen::beside;
using screen::draw;
using screen::Figure;
using screen::Form;
using screen::Line;
using screen::Lines;
using screen::Scale;
using screen::Span;
using test::ascii_style;
using test::colour_style;
using test::plain_style;
using test::text_of;

namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

Matrix matrix(std::size_t rows, std::size_t cols, const std::vector<double>& by_rows) {
  Matrix result(rows, cols);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) result(i, j) = by_rows[i * cols + j];
  }
  return result;
}

/// Two query tokens, three key tokens, one of them hidden from the first.
Figure scores() {
  Figure figure;
  figure.title = "masked_scores";
  figure.values = matrix(2, 3, {1.5, -4, -kInf, 0.25, 2, -0.001});
  figure.row_labels = {"▁The", "▁cat"};
  figure.col_labels = {"▁The", "▁cat", "漢字"};
  figure.row_axis = "query tokens";
  figure.col_axis = "key tokens";
  return figure;
}

Figure features(std::size_t rows, std::size_t cols) {
  Figure figure;
  figure.title = "query";
  figure.values = Matrix(rows, cols);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) figure.values(i, j) = static_cast<double>(i) + static_cast<double>(j) / 10;
  }
  figure.digits = 1;
  figure.fold = false;
  return figure;
}

}  // namespace

TEST_CASE("figure: title and size, labels, and a shade behind each number") {
  CHECK(text_of(draw(scores(), plain_style())) ==
        "  masked_scores   2 query tokens × 3 key tokens\n"
        "         ▁The   ▁cat   漢字\n"
        "  ▁The   1.50▒ -4.00█  -inf\n"
        "  ▁cat   0.25   2.00▒  0.00\n");
}

TEST_CASE("figure: the same in ASCII") {
  CHECK(text_of(draw(scores(), ascii_style())) ==
        "  masked_scores   2 query tokens x 3 key tokens\n"
        "         _The   _cat   ????\n"
        "  _The   1.50: -4.00#  -inf\n"
        "  _cat   0.25   2.00:  0.00\n");
}

TEST_CASE("figure: marks stand around the number, the one spoken of in brackets") {
  Figure figure = scores();
  figure.marks = {{1, 0, false}, {0, 0, true}, {0, 1, true}, {1, 0, true}};
  CHECK(text_of(draw(figure, plain_style())) ==
        "  masked_scores   2 query tokens × 3 key tokens\n"
        "         ▁The   ▁cat   漢字\n"
        "  ▁The  (1.50)(-4.00)  -inf\n"
        "  ▁cat  [0.25]  2.00▒  0.00\n");
}

TEST_CASE("figure: with colour every number stands where it does without, on its heat") {
  const Lines lines = draw(scores(), colour_style());
  CHECK(text_of(lines) ==
        "  masked_scores   2 query tokens × 3 key tokens\n"
        "         ▁The   ▁cat   漢字\n"
        "  ▁The   1.50  -4.00   -inf\n"
        "  ▁cat   0.25   2.00   0.00 \n");
  screen::Ink dim;
  dim.dim = true;
  CHECK(lines[2] == Line{{"  ▁The ", {}},
                         {"  1.50 ", screen::heat(1.5 / 4, screen::Colour::truecolor)},
                         {" -4.00 ", screen::heat(-1, screen::Colour::truecolor)},
                         {"  -inf", dim}});
}

TEST_CASE("figure: a share is its own heat, unless all shares are tiny") {
  Figure figure;
  figure.scale = Scale::share;
  figure.values = matrix(1, 2, {0.5, 0.25});
  CHECK(text_of(draw(figure, plain_style())) == "  1 × 2\n        0     1\n  0  0.50▒ 0.25░\n");
  figure.digits = 3;
  figure.values = matrix(1, 2, {0.04, 0.01});
  CHECK(text_of(draw(figure, plain_style())) == "  1 × 2\n         0      1\n  0  0.040█ 0.010░\n");
}

TEST_CASE("figure: a flag is 0 or 1") {
  Figure figure;
  figure.title = "visible";
  figure.scale = Scale::flag;
  figure.values = matrix(2, 2, {1, 0, 1, 1});
  CHECK(text_of(draw(figure, plain_style())) ==
        "  visible   2 × 2\n"
        "        0     1\n"
        "  0     1█    0\n"
        "  1     1█    1█\n");
}

TEST_CASE("figure: tokens fold into blocks that are about equally long") {
  Figure figure = scores();
  figure.values = matrix(1, 5, {1, 2, 3, 4, 5});
  figure.row_labels = {"▁The"};
  figure.col_labels = {"▁a", "▁b", "▁c", "▁d", "▁e"};
  CHECK(text_of(draw(figure, plain_style(31))) ==
        "  masked_scores\n"
        "  1 query token × 5 key tokens\n"
        "          ▁a    ▁b    ▁c\n"
        "  ▁The  1.00░ 2.00▒ 3.00▒\n"
        "\n"
        "          ▁d    ▁e\n"
        "  ▁The  4.00▓ 5.00█\n");
}

TEST_CASE("figure: where its gap alone would fold it, a figure of numbers has none") {
  Figure figure;
  figure.values = matrix(1, 4, {1, 2, 3, 4});
  CHECK(text_of(draw(figure, plain_style(28))) ==
        "  1 × 4\n        0     1     2     3\n  0  1.00░ 2.00▒ 3.00▓ 4.00█\n");
  CHECK(text_of(draw(figure, plain_style(27))) == "  1 × 4\n       0     1     2     3\n  0 1.00░ 2.00▒ 3.00▓ 4.00█\n");
}

TEST_CASE("figure: of too many features the middle ones are left out, never a marked one") {
  Figure figure = features(2, 20);
  CHECK(text_of(draw(figure, ascii_style(36))) ==
        "  query   2 x 20\n"
        "        0     1  ...    18    19\n"
        "  0   0.0   0.1  ...   1.8:  1.9*\n"
        "  1   1.0.  1.1: ...   2.8#  2.9#\n");
  figure.marks = {{1, 9, false}};
  CHECK(text_of(draw(figure, ascii_style(36))) ==
        "  query   2 x 20\n"
        "        0  ...     9  ...    19\n"
        "  0   0.0  ...   0.9. ...   1.9*\n"
        "  1   1.0. ...  [1.9] ...   2.9#\n");
}

TEST_CASE("figure: of too many rows the middle ones are left out, and how many is said") {
  Figure figure = features(9, 1);
  figure.most_rows = 3;
  figure.marks = {{4, 0, true}};
  CHECK(text_of(draw(figure, plain_style())) ==
        "  query   9 × 1\n"
        "        0\n"
        "  0   0.0\n"
        "  ⋮  3 rows not shown\n"
        "  4  (4.0)\n"
        "  ⋮  3 rows not shown\n"
        "  8   8.0█\n");
}

TEST_CASE("figure: heat alone has its scale and its columns' names below") {
  Figure figure = scores();
  figure.form = Form::heat;
  CHECK(text_of(draw(figure, plain_style())) ==
        "  masked_scores   2 query tokens × 3 key tokens\n"
        "  ▁The ▒▒-█··\n"
        "  ▁cat   ▒▒\n"
        "        1 2 3\n"
        "  -4.00 -█-▓-▒-░  ░░▒▒▓▓██ 4.00\n"
        "  1 ▁The  2 ▁cat  3 漢字\n");
  figure.marks = {{0, 0, false}, {1, 2, true}};
  CHECK(text_of(draw(figure, ascii_style())) ==
        "  masked_scores   2 query tokens x 3 key tokens\n"
        "  _The []-#xx\n"
        "  _cat   ::()\n"
        "        1 2 3\n"
        "  -4.00 -#-*-:-.  ..::**## 4.00\n"
        "  1 _The  2 _cat  3 ????\n");
}

TEST_CASE("figure: heat of many features is one column a cell, with some of their indices") {
  Figure figure = features(1, 30);
  figure.form = Form::heat;
  CHECK(text_of(draw(figure, ascii_style(40))) ==
        "  query   1 x 30\n"
        "  0     .......::::::::*******####\n"
        "    0    5   10   15   20   25\n"
        "  -2.9 %%==~~--  ..::**## 2.9\n");
}

TEST_CASE("figure: from ten names on, the columns' numbers are read downwards") {
  Figure figure = features(1, 11);
  figure.form = Form::heat;
  figure.col_labels = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"};
  const std::string text = text_of(draw(figure, ascii_style()));
  CHECK_THAT(text, check::ContainsSubstring("                       1 1\n"
                                            "     1 2 3 4 5 6 7 8 9 0 1\n"));
  CHECK_THAT(text, check::ContainsSubstring("  1 a  2 b  3 c  4 d  5 e  6 f  7 g  8 h\n  9 i  10 j  11 k\n"));
}

TEST_CASE("figure: an empty matrix has a title") {
  Figure figure = scores();
  figure.values = Matrix(2, 0);
  figure.col_labels.clear();
  CHECK(text_of(draw(figure, plain_style())) == "  masked_scores   2 query tokens × 0 key tokens\n");
  figure.values = Matrix(0, 0);
  figure.row_labels.clear();
  CHECK(text_of(draw(figure, plain_style())) == "  masked_scores   0 query tokens × 0 key tokens\n");
}

TEST_CASE("figure: labels for other rows or columns, and marks outside, are refused") {
  Figure figure = scores();
  figure.row_labels.pop_back();
  CHECK(test::message_of([&] { (void)draw(figure, plain_style()); }) == "masked_scores: 1 row labels for 2 rows");
  figure = scores();
  figure.col_labels.push_back("more");
  CHECK(test::message_of([&] { (void)draw(figure, plain_style()); }) == "masked_scores: 4 column labels for 3 columns");
  figure = scores();
  figure.marks = {{2, 1, true}};
  CHECK(test::message_of([&] { (void)draw(figure, plain_style()); }) == "masked_scores: no cell (2, 1) in 2 x 3");
}

TEST_CASE("beside: panels flow side by side as far as the width allows") {
  const Lines one = {{{"aaaa", {}}}, {{"a", {}}}}, two = {{{"bb", {}}}},
              three = {{{"cccccccccccccccc", {}}}, {{"c", {}}}};
  CHECK(text_of(beside({one, two, three}, plain_style(25))) == "aaaa   bb\na\n\ncccccccccccccccc\nc\n");
  CHECK(text_of(beside({two, three, one}, plain_style(80), 1)) == "bb cccccccccccccccc aaaa\n   c                a\n");
  CHECK(beside({}, plain_style()).empty());
}
