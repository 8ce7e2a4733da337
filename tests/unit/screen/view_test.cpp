#include "engine/screen/view.hpp"

#include "engine/screen/ansi.hpp"
#include "engine/screen/figure.hpp"
#include "engine/screen/layout.hpp"
#include "engine/screen/svg.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/screen/screens.hpp"

using namespace glass;
using screen::cropped;
using screen::cursor_of;
using screen::Ink;
using screen::Line;
using screen::Lines;

namespace {

Ink with_cursor(Ink ink = {}) {
  ink.cursor = true;
  return ink;
}

}  // namespace

TEST_CASE("view: the cursor stands on the first sign of its span, counted in columns") {
  CHECK(cursor_of({}) == std::nullopt);
  CHECK(cursor_of({{{"no", {}}}}) == std::nullopt);
  CHECK(cursor_of({{{"no", {}}}, {{"漢é", {}}, {"  x ", with_cursor()}}, {{"y", with_cursor()}}}) ==
        std::pair<std::size_t, std::size_t>(1, 5));
  CHECK(cursor_of({{{"> ", {}}, {" ", with_cursor()}}}) == std::pair<std::size_t, std::size_t>(0, 2));
}

TEST_CASE("view: a figure's cursor is on the cell spoken of, never on a source") {
  screen::Figure figure;
  figure.values = Matrix(2, 2);
  figure.marks = {{0, 0, true}, {1, 1, false}};
  for (const screen::Form form : {screen::Form::numbers, screen::Form::heat}) {
    figure.form = form;
    const Lines lines = draw(figure, test::plain_style());
    REQUIRE(cursor_of(lines).has_value());
    CHECK(screen::plain(lines[cursor_of(lines)->first]).at(cursor_of(lines)->second) == '[');
  }
  figure.marks.pop_back();
  CHECK(cursor_of(draw(figure, test::plain_style())) == std::nullopt);
}

TEST_CASE("view: nothing of the cursor is printed") {
  Ink bold;
  bold.bold = true;
  const Line line = {{"a", bold}, {"b", with_cursor(bold)}, {" ", with_cursor()}, {"c", {}}};
  const Line same = {{"ab", bold}, {" c", {}}};
  for (const screen::Colour colour : {screen::Colour::none, screen::Colour::indexed, screen::Colour::truecolor})
    CHECK(to_ansi(line, colour) == to_ansi(same, colour));
  CHECK(screen::to_svg({line}, 10, "title") == screen::to_svg({same}, 10, "title"));
}

TEST_CASE("view: layout keeps the cursor, on a blank at the end too") {
  Line line = {{"a", {}}};
  screen::add(line, " ", with_cursor());
  REQUIRE(line.size() == 2);
  Line more;
  screen::add(more, line);
  CHECK(more == line);
  CHECK(screen::trimmed({line}) == Lines{line});
  CHECK(screen::broken(line, 10, 10) == Lines{line});
  CHECK(screen::beside({{line}, {line}}, test::plain_style()).front().at(1) == line[1]);
}

TEST_CASE("view: lines are cropped between graphemes") {
  Ink bold;
  bold.bold = true;
  const Lines lines = {{{"ab", {}}, {"漢字", bold}}, {}, {{"e\u0301e\u0301", {}}}};
  CHECK(cropped(lines, 6) == lines);
  CHECK(cropped(lines, 5) == Lines{{{"ab", {}}, {"漢", bold}}, {}, {{"e\u0301e\u0301", {}}}});
  CHECK(cropped(lines, 1) == Lines{{{"a", {}}}, {}, {{"e\u0301", {}}}});
  CHECK(cropped(lines, 0) == Lines{{}, {}, {}});
}
