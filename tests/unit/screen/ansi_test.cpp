#include "engine/screen/ansi.hpp"

#include "engine/screen/palette.hpp"
#include "tests/support/catch.hpp"

using namespace glass::screen;

namespace {

Ink ink(Rgb fore, Rgb back) {
  Ink result;
  result.fore = fore;
  result.back = back;
  return result;
}

}  // namespace

TEST_CASE("ansi: without colour there are no escapes") {
  CHECK(to_ansi({{"a", ink({1, 2, 3}, {4, 5, 6})}, {"b", {}}}, Colour::none) == "ab");
}

TEST_CASE("ansi: what was set is reset at the end, and what was not is not") {
  Ink bold;
  bold.bold = true;
  CHECK(to_ansi({{"a", {}}}, Colour::truecolor) == "a");
  CHECK(to_ansi({{"a", bold}}, Colour::truecolor) == "\x1b[0;1ma\x1b[0m");
  CHECK(to_ansi({{"a", bold}, {"b", {}}}, Colour::truecolor) == "\x1b[0;1ma\x1b[0mb");
  CHECK(to_ansi({{"a", bold}, {"b", bold}}, Colour::truecolor) == "\x1b[0;1mab\x1b[0m");
  CHECK(to_ansi({}, Colour::truecolor).empty());
}

TEST_CASE("ansi: every ink has its code") {
  Ink all = ink({1, 2, 3}, {4, 5, 6});
  all.bold = all.dim = all.italic = all.underline = true;
  CHECK(to_ansi({{"a", all}}, Colour::truecolor) == "\x1b[0;1;2;3;4;38;2;1;2;3;48;2;4;5;6ma\x1b[0m");
}

TEST_CASE("ansi: of 256 colours the nearest, and an ink that can still be read on it") {
  CHECK(to_ansi({{"a", ink({238, 238, 238}, {0, 95, 175})}}, Colour::indexed) == "\x1b[0;38;5;255;48;5;25ma\x1b[0m");
  for (int red = 0; red < 256; red += 17) {
    for (int blue = 0; blue < 256; blue += 17) {
      const Rgb back{static_cast<std::uint8_t>(red), 100, static_cast<std::uint8_t>(blue)};
      const std::string text = to_ansi({{"a", ink(readable_on(back, back), back)}}, Colour::indexed);
      int fore_index = 0, back_index = 0;
      REQUIRE(std::sscanf(text.c_str(), "\x1b[0;38;5;%d;48;5;%dm", &fore_index, &back_index) == 2);
      REQUIRE(contrast(xterm(static_cast<std::uint8_t>(fore_index)), xterm(static_cast<std::uint8_t>(back_index))) >=
              4.5);
    }
  }
}

TEST_CASE("ansi: a text's own escapes do not get through") {
  CHECK(to_ansi({{"\x1b[2J\xff", {}}}, Colour::none) == "\\x1B[2J\\xFF");
}
