#include <chrono>
#include <limits>

#include "engine/screen/figure.hpp"
#include "engine/screen/view.hpp"
#include "engine/screen/width.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"
#include "tests/unit/screen/screens.hpp"

using namespace glass;
using screen::draw;
using screen::Figure;
using screen::Form;
using test::ascii_style;
using test::plain_style;
using test::text_of;

namespace {

/// Row i, column j holds i + j / 100.
Figure counted(std::size_t rows, std::size_t cols) {
  Figure figure;
  figure.title = "key";
  figure.values = Matrix(rows, cols);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) figure.values(i, j) = static_cast<double>(i) + static_cast<double>(j) / 100;
  }
  return figure;
}

/// What is drawn with the focus on a cell and at most three rows.
std::string around(Figure figure, std::size_t row, std::size_t col, const screen::Style& style) {
  figure.focus = screen::Focus{row, col, 3};
  return text_of(draw(figure, style));
}

std::vector<std::string> pieces(std::size_t count) {
  std::vector<std::string> labels;
  for (std::size_t j = 0; j < count; ++j) labels.push_back("▁piece" + std::to_string(j));
  return labels;
}

}  // namespace

TEST_CASE("focus: what is around the cell is shown, and the title tells which part") {
  CHECK(around(counted(9, 50), 4, 20, ascii_style(40)) ==
        "  key   9 x 50   rows 3-5, columns 17-22\n"
        "       17    18    19    20    21    22\n"
        "  3  3.17. 3.18. 3.19: 3.20: 3.21: 3.22:\n"
        "  4  4.17: 4.18: 4.19: 4.20: 4.21: 4.22:\n"
        "  5  5.17: 5.18: 5.19: 5.20: 5.21: 5.22:\n");
}

TEST_CASE("focus: at the edges the cell leaves the middle, and the part stays as large") {
  CHECK(around(counted(9, 50), 0, 1, ascii_style(40)) ==
        "  key   9 x 50   rows 0-2, columns 0-5\n"
        "        0     1     2     3     4     5\n"
        "  0  0.00  0.01  0.02  0.03  0.04  0.05\n"
        "  1  1.00  1.01  1.02  1.03  1.04  1.05\n"
        "  2  2.00. 2.01. 2.02. 2.03. 2.04. 2.05.\n");
  CHECK(around(counted(9, 50), 8, 49, ascii_style(40)) ==
        "  key   9 x 50   rows 6-8, columns 44-49\n"
        "       44    45    46    47    48    49\n"
        "  6  6.44* 6.45* 6.46* 6.47* 6.48* 6.49*\n"
        "  7  7.44# 7.45# 7.46# 7.47# 7.48# 7.49#\n"
        "  8  8.44# 8.45# 8.46# 8.47# 8.48# 8.49#\n");
}

TEST_CASE("focus: only the axis that is cut is named, and where all fits nothing is") {
  CHECK_THAT(around(counted(2, 50), 0, 20, plain_style(40)),
             check::ContainsSubstring("  key   2 × 50   columns 17–22\n"));
  CHECK_THAT(around(counted(9, 3), 4, 1, plain_style(40)), check::ContainsSubstring("  key   9 × 3   rows 3–5\n"));
  Figure figure = counted(2, 3);
  const std::string whole = text_of(draw(figure, plain_style(40)));
  CHECK(around(figure, 1, 2, plain_style(40)) == whole);
  figure.focus = screen::Focus{1, 2, 0};
  CHECK(text_of(draw(figure, plain_style(40))) == whole);
}

TEST_CASE("focus: cells are as wide as the whole matrix needs, and its heat is that of the whole") {
  Figure figure = counted(1, 50);
  figure.values(0, 49) = -1234.5;
  CHECK(around(figure, 0, 0, ascii_style(40)) ==
        "  key   1 x 50   columns 0-2\n"
        "            0         1         2\n"
        "  0      0.00      0.01      0.02\n");
  figure.values(0, 49) = std::numeric_limits<double>::infinity();
  CHECK(around(figure, 0, 0, ascii_style(40)) ==
        "  key   1 x 50   columns 0-5\n"
        "        0     1     2     3     4     5\n"
        "  0  0.00  0.01  0.02  0.03  0.04  0.05\n");
}

TEST_CASE("focus: a number that is written with an exponent leaves room for the longest that is not") {
  Figure figure = counted(1, 40);
  figure.values(0, 0) = 5e6;
  figure.values(0, 20) = -9999.99;
  for (const std::size_t col : {0u, 20u, 39u}) {
    const std::string text = around(figure, 0, col, ascii_style(60));
    CHECK(text.find('\n', text.find("  0")) < text.npos);
    for (const screen::Line& line : draw(figure, ascii_style(60))) CHECK(screen::width(line) <= 60);
  }
  CHECK_THAT(around(figure, 0, 20, ascii_style(60)), check::ContainsSubstring("-9999.99"));
  CHECK_THAT(around(figure, 0, 0, ascii_style(60)), check::ContainsSubstring("5.0e+06#"));
}

TEST_CASE("focus: heat shows the names of its columns only, numbered from 0") {
  Figure figure = counted(2, 40);
  figure.form = Form::heat;
  figure.col_labels = pieces(40);
  figure.marks = {{1, 20, false}};
  CHECK(around(figure, 1, 20, ascii_style(30)) ==
        "  key   2 x 40   columns 14-26\n"
        "  0         ..................\n"
        "  1 ************[]**##########\n"
        "     1 1 1 1 1 1 2 2 2 2 2 2 2\n"
        "     4 5 6 7 8 9 0 1 2 3 4 5 6\n"
        "  -1.39 #*:. .:*# 1.39\n"
        "  14 _piece14  15 _piece15\n"
        "  16 _piece16  17 _piece17\n"
        "  18 _piece18  19 _piece19\n"
        "  20 _piece20  21 _piece21\n"
        "  22 _piece22  23 _piece23\n"
        "  24 _piece24  25 _piece25\n"
        "  26 _piece26\n");
}

TEST_CASE("focus: the ruler below heat is as high wherever the focus is") {
  Figure figure = counted(2, 400);
  figure.form = Form::heat;
  figure.col_labels = pieces(400);
  CHECK_THAT(around(figure, 0, 0, ascii_style(24)), check::ContainsSubstring("..\n\n\n     0 1 2 3 4 5 6 7 8 9\n"));
}

TEST_CASE("focus: outside of the matrix it is refused, and in an empty one it means nothing") {
  Figure figure = counted(2, 3);
  figure.focus = screen::Focus{1, 3, 0};
  CHECK(test::message_of([&] { (void)draw(figure, plain_style()); }) == "key: no cell (1, 3) in 2 x 3");
  figure.values = Matrix(0, 3);
  CHECK(text_of(draw(figure, plain_style())) == "  key   0 × 3\n");
  figure.values = Matrix(2, 0);
  CHECK(text_of(draw(figure, plain_style())) == "  key   2 × 0\n");
}

TEST_CASE("focus: the cursor is where the cell stands, wherever the focus is") {
  Figure figure = counted(30, 300);
  for (const auto& [row, col] : {std::pair<std::size_t, std::size_t>{0, 0}, {14, 150}, {29, 299}, {1, 298}}) {
    figure.focus = screen::Focus{row, col, 5};
    figure.marks = {{row, col, false}, {0, 0, true}};
    const screen::Lines lines = draw(figure, ascii_style());
    const auto cursor = screen::cursor_of(lines);
    REQUIRE(cursor.has_value());
    CHECK(screen::plain(lines[cursor->first]).at(cursor->second) == '[');
    CHECK(lines.size() == 7);
  }
}

TEST_CASE("focus: a vocabulary's columns are drawn in a few milliseconds") {
  Figure figure = counted(10, 60000);
  figure.col_labels = pieces(60000);
  for (const Form form : {Form::numbers, Form::heat}) {
    figure.form = form;
    double best = 1;
    for (int time = 0; time < 5; ++time) {
      const auto start = std::chrono::steady_clock::now();
      figure.focus = screen::Focus{5, 30000, 10};
      (void)draw(figure, plain_style());
      best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    INFO("seconds: " << best);
    CHECK(best < 0.03);
  }
}
