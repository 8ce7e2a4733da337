#include "engine/screen/heat.hpp"

#include "engine/screen/palette.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/screen/screens.hpp"

using namespace glass;
using screen::Colour;
using screen::contrast;
using screen::heat;
using screen::Ink;
using screen::Rgb;
using screen::shade;

TEST_CASE("heat: the ink of every strength can be read on its background") {
  for (const Colour colour : {Colour::truecolor, Colour::indexed}) {
    for (int thousandth = -1000; thousandth <= 1000; ++thousandth) {
      const Ink ink = heat(thousandth / 1000.0, colour);
      INFO("strength " << thousandth << "/1000");
      REQUIRE(ink.fore.has_value());
      REQUIRE(ink.back.has_value());
      REQUIRE(contrast(*ink.fore, *ink.back) >= 4.5);
    }
  }
}

TEST_CASE("heat: 256 colours are hit exactly, so nothing moves when they are printed") {
  for (int thousandth = -1000; thousandth <= 1000; ++thousandth) {
    const Ink ink = heat(thousandth / 1000.0, Colour::indexed);
    REQUIRE(screen::xterm(screen::nearest_xterm(*ink.back)) == *ink.back);
    REQUIRE(screen::xterm(screen::nearest_xterm(*ink.fore)) == *ink.fore);
  }
}

TEST_CASE("heat: positive is blue, negative is orange, more is brighter") {
  const Rgb blue = *heat(0.8, Colour::truecolor).back, orange = *heat(-0.8, Colour::truecolor).back;
  CHECK(blue.blue > blue.red);
  CHECK(orange.red > orange.blue);
  for (const double sign : {1.0, -1.0}) {
    double darker = 0;
    for (int tenth = 0; tenth <= 10; ++tenth) {
      const double brightness = contrast(*heat(sign * tenth / 10, Colour::truecolor).back, {0, 0, 0});
      CHECK(brightness > darker);
      darker = brightness;
    }
  }
}

TEST_CASE("heat: beyond a full heat nothing changes, and without colour there is no ink") {
  CHECK(heat(7, Colour::truecolor) == heat(1, Colour::truecolor));
  CHECK(heat(-7, Colour::indexed) == heat(-1, Colour::indexed));
  CHECK(heat(0.5, Colour::none) == Ink{});
}

TEST_CASE("shade: five steps of magnitude") {
  const std::vector<std::pair<double, std::string>> steps = {{0, " "},    {0.12, " "}, {0.13, "░"}, {-0.37, "░"},
                                                             {0.38, "▒"}, {-0.7, "▓"}, {0.88, "█"}, {-1, "█"}};
  for (const auto& [strength, sign] : steps) CHECK(shade(strength, test::plain_style()) == sign);
  CHECK(shade(0.5, test::ascii_style()) == ":");
  CHECK(shade(1, test::ascii_style()) == "#");
}

TEST_CASE("palette: contrast is WCAG's") {
  CHECK(contrast({0, 0, 0}, {255, 255, 255}) == check::Approx(21));
  CHECK(contrast({255, 255, 255}, {118, 118, 118}) == check::Approx(4.54).margin(0.005));
  CHECK(contrast({17, 34, 51}, {17, 34, 51}) == 1);
}

TEST_CASE("palette: inks on an unknown background can be read on black and on white") {
  for (const Rgb ink : {screen::code_ink(Colour::truecolor), screen::string_ink(Colour::truecolor)}) {
    CHECK(contrast(ink, {0, 0, 0}) >= 4.5);
    CHECK(contrast(ink, {255, 255, 255}) >= 4.5);
  }
  for (const Rgb ink : {screen::code_ink(Colour::indexed), screen::string_ink(Colour::indexed)}) {
    CHECK(contrast(ink, {0, 0, 0}) >= 4.3);
    CHECK(contrast(ink, {255, 255, 255}) >= 4.3);
  }
}

TEST_CASE("palette: xterm's cube and greys") {
  CHECK(screen::xterm(16) == Rgb{0, 0, 0});
  CHECK(screen::xterm(25) == Rgb{0, 95, 175});
  CHECK(screen::xterm(231) == Rgb{255, 255, 255});
  CHECK(screen::xterm(235) == Rgb{38, 38, 38});
  CHECK(screen::xterm(255) == Rgb{238, 238, 238});
  CHECK(screen::nearest_xterm({0, 95, 175}) == 25);
  CHECK(screen::nearest_xterm({39, 38, 37}) == 235);
}
