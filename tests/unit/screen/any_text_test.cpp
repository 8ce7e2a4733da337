/// \file
/// Whatever is drawn, at any width: no line is longer than that, and nothing gets through that a terminal would obey.

#include <algorithm>
#include <array>
#include <limits>
#include <random>

#include "engine/screen/ansi.hpp"
#include "engine/screen/figure.hpp"
#include "engine/screen/grid.hpp"
#include "engine/screen/text.hpp"
#include "engine/screen/width.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/screen/screens.hpp"

using namespace glass;
using screen::Colour;
using screen::Figure;
using screen::Form;
using screen::Grid;
using screen::Line;
using screen::Lines;
using screen::Scale;
using screen::Style;
using screen::width;

namespace {

/// Choices that are the same on every machine.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}

  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(engine_() % limit); }
  bool maybe() { return below(2) == 1; }

  std::string text(std::size_t pieces) {
    static const std::vector<std::string> kPieces = {"a",
                                                     " ",
                                                     "\n",
                                                     "\n\n",
                                                     "- ",
                                                     "the ",
                                                     "▁Bonjour",
                                                     "é",
                                                     "e\u0301",
                                                     "\u0301",
                                                     "漢字",
                                                     "🙂",
                                                     "👩‍👩‍👧‍👦",
                                                     "👍🏽",
                                                     "🇫🇷",
                                                     "🇫",
                                                     "❤️",
                                                     "שלום",
                                                     "مرحبا",
                                                     "\u202e",
                                                     "\u200d",
                                                     "\x1b[2J",
                                                     "\xff",
                                                     "\xf0\x9f",
                                                     "\t",
                                                     "`code`",
                                                     "*so*",
                                                     "*",
                                                     "`",
                                                     "√d_k",
                                                     "ᵀ",
                                                     "x × y",
                                                     "supercalifragilistic",
                                                     "//",
                                                     "\"",
                                                     "\\",
                                                     "<&>",
                                                     "क्षि",
                                                     "가",
                                                     "─"};
    std::string result;
    for (std::size_t i = below(pieces + 1); i > 0; --i) result += kPieces[below(kPieces.size())];
    return result;
  }

  double number() {
    constexpr double kInf = std::numeric_limits<double>::infinity();
    static const std::array<double, 9> kOdd = {0,     -0.0,    kInf, -kInf, std::numeric_limits<double>::quiet_NaN(),
                                               1e300, -1e-300, 1,    -1};
    const double plain = static_cast<double>(below(20001)) / 10000 - 1;
    return below(5) == 0 ? kOdd[below(kOdd.size())] : plain;
  }

  Style style(std::size_t columns) {
    static const std::array<Colour, 3> kColours = {Colour::none, Colour::indexed, Colour::truecolor};
    return {columns, kColours[below(3)], maybe()};
  }

 private:
  std::mt19937_64 engine_;
};

Figure any_figure(Chance& chance, std::size_t rows, std::size_t cols) {
  Figure figure;
  figure.title = chance.text(12);
  figure.values = Matrix(rows, cols);
  for (double& value : figure.values.values) value = chance.number();
  for (std::size_t i = 0; chance.maybe() && i < rows; ++i) figure.row_labels.push_back(chance.text(6));
  figure.row_labels.resize(figure.row_labels.empty() ? 0 : rows);
  for (std::size_t j = 0; j < cols && cols % 3 != 0; ++j) figure.col_labels.push_back(chance.text(6));
  figure.row_axis = chance.text(3);
  figure.col_axis = chance.text(3);
  figure.scale = std::array{Scale::signed_, Scale::share, Scale::flag}[chance.below(3)];
  figure.form = chance.maybe() ? Form::heat : Form::numbers;
  figure.digits = static_cast<int>(chance.below(22)) - 2;
  figure.fold = chance.maybe();
  figure.most_rows = chance.below(30);
  for (std::size_t i = chance.below(6); i > 0 && rows * cols > 0; --i) {
    figure.marks.push_back({chance.below(rows), chance.below(cols), chance.maybe()});
  }
  return figure;
}

/// What is wrong with the lines; empty if nothing is.
std::string fault(const Lines& lines, const Style& style) {
  for (const Line& line : lines) {
    const std::string text = plain(line);
    if (width(text) > std::max<std::size_t>(style.width, 20)) return std::to_string(width(text)) + " columns: " + text;
    if (screen::spelt(text, style) != text) return "not spelt: " + text;
    if (style.colour == Colour::none && !text.empty() && text.back() == ' ') return "ends in a blank: " + text;
    if (style.colour == Colour::none && to_ansi(line, style.colour) != text) return "inked: " + text;
  }
  return "";
}

std::string without_shades(std::string text) {
  for (const std::string shade : {"░", "▒", "▓", "█"}) {
    for (std::size_t at = text.find(shade); at != text.npos; at = text.find(shade)) text.replace(at, shade.size(), " ");
  }
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

}  // namespace

TEST_CASE("screen: no text is longer than the width") {
  Chance chance(1);
  for (std::size_t round = 0; round < 600; ++round) {
    const Style style = chance.style(round < 100 ? round : 20 + chance.below(281));
    const std::string text = chance.text(60), other = chance.text(30);
    INFO("width " << style.width << ", round " << round);
    REQUIRE(fault(screen::wrapped(text, style, chance.below(12), chance.below(9)), style) == "");
    REQUIRE(fault(screen::listing(text, style, chance.below(9)), style) == "");
    REQUIRE(fault(screen::heading(text, other, style), style) == "");
    REQUIRE(fault(screen::boxed(other, text, text, other, style), style) == "");
  }
}

TEST_CASE("screen: no table is wider than the width") {
  Chance chance(2);
  for (std::size_t round = 0; round < 300; ++round) {
    const Style style = chance.style(20 + chance.below(281));
    Grid grid;
    const std::size_t columns = chance.below(round % 10 == 0 ? 90 : 7);
    for (std::size_t j = 0; chance.maybe() && j < columns; ++j) grid.headers.push_back(chance.text(4));
    for (std::size_t i = chance.below(6); i > 0; --i) {
      grid.rows.emplace_back();
      for (std::size_t j = chance.below(columns + 1); j > 0; --j) grid.rows.back().push_back(chance.text(15));
    }
    for (std::size_t j = 0; j < columns; ++j) grid.right.push_back(chance.maybe());
    INFO("width " << style.width << ", round " << round);
    REQUIRE(fault(screen::draw(grid, style), style) == "");
  }
}

TEST_CASE("screen: no figure is wider than the width") {
  Chance chance(3);
  for (std::size_t round = 0; round < 400; ++round) {
    const Style style = chance.style(20 + chance.below(281));
    const Figure figure = any_figure(chance, chance.below(40), chance.below(40));
    const Lines lines = screen::draw(figure, style, chance.below(9));
    INFO("width " << style.width << ", round " << round);
    REQUIRE(fault(lines, style) == "");
    REQUIRE(fault(screen::beside({lines, lines, screen::heading("a", "b", style)}, style), style) == "");
  }
}

TEST_CASE("screen: no panels are wider than the width") {
  Chance chance(7);
  for (std::size_t round = 0; round < 200; ++round) {
    const Style style = chance.style(20 + chance.below(281));
    Figure figure = any_figure(chance, chance.below(12), chance.below(40));
    figure.form = Form::heat;
    figure.panel = chance.text(8);
    const std::vector<Figure> figures(1 + chance.below(5), figure);
    INFO("width " << style.width << ", round " << round);
    REQUIRE(fault(screen::draw_panels(figure.title, figures, style, chance.below(40)), style) == "");
  }
}

TEST_CASE("screen: nor is a large figure, a row, a column or a single cell") {
  Chance chance(4);
  const std::vector<std::pair<std::size_t, std::size_t>> sizes = {{1, 1},     {1, 0},    {0, 1},
                                                                  {300, 300}, {1, 8000}, {300, 1}};
  for (const auto& [rows, cols] : sizes) {
    for (const std::size_t columns : std::vector<std::size_t>{40, 80, 139, 300}) {
      const Style style = chance.style(columns);
      INFO(rows << " x " << cols << " at " << columns);
      REQUIRE(fault(screen::draw(any_figure(chance, rows, cols), style), style) == "");
    }
  }
}

TEST_CASE("screen: colour moves nothing in a figure of numbers") {
  Chance chance(5);
  for (std::size_t round = 0; round < 200; ++round) {
    Figure figure = any_figure(chance, chance.below(12), chance.below(30));
    figure.form = Form::numbers;
    const std::size_t columns = 40 + chance.below(261);
    const Lines without = screen::draw(figure, test::plain_style(columns));
    for (const Colour colour : {Colour::indexed, Colour::truecolor}) {
      const Lines with = screen::draw(figure, Style{columns, colour, true});
      REQUIRE(with.size() == without.size());
      for (std::size_t i = 0; i < with.size(); ++i) {
        REQUIRE(without_shades(plain(with[i])) == without_shades(plain(without[i])));
      }
    }
  }
}

TEST_CASE("screen: a marked cell is always shown where rows and columns are left out") {
  Chance chance(6);
  for (std::size_t round = 0; round < 100; ++round) {
    Figure figure;
    figure.values = Matrix(5 + chance.below(60), 5 + chance.below(300));
    figure.fold = false;
    figure.most_rows = 4;
    figure.marks = {{chance.below(figure.values.rows), chance.below(figure.values.cols), false}};
    const std::string text = test::text_of(screen::draw(figure, test::ascii_style(40 + chance.below(100))));
    INFO(text);
    REQUIRE(text.find("[0.00]") != text.npos);
  }
}
