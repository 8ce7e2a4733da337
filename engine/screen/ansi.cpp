#include "engine/screen/ansi.hpp"

#include "engine/screen/palette.hpp"
#include "engine/screen/width.hpp"

namespace glass::screen {
namespace {

constexpr std::string_view kReset = "\x1b[0m";

/// ";38;5;N" or ";38;2;R;G;B"; 38 sets the ink, 48 the background.
std::string colour_code(const char* which, Rgb rgb, Colour colour) {
  const std::string start = std::string(";") + which;
  if (colour == Colour::indexed) return start + ";5;" + std::to_string(nearest_xterm(rgb));
  return start + ";2;" + std::to_string(rgb.red) + ";" + std::to_string(rgb.green) + ";" + std::to_string(rgb.blue);
}

/// The ink as 256 colours show it: still readable after both colours have moved.
Ink settled(Ink ink, Colour colour) {
  if (colour != Colour::indexed || !ink.fore || !ink.back) return ink;
  ink.back = xterm(nearest_xterm(*ink.back));
  ink.fore = readable_on(*ink.back, xterm(nearest_xterm(*ink.fore)));
  return ink;
}

std::string escape(const Ink& wanted, Colour colour) {
  const Ink ink = settled(wanted, colour);
  std::string codes = "0";
  if (ink.bold) codes += ";1";
  if (ink.dim) codes += ";2";
  if (ink.italic) codes += ";3";
  if (ink.underline) codes += ";4";
  if (ink.fore) codes += colour_code("38", *ink.fore, colour);
  if (ink.back) codes += colour_code("48", *ink.back, colour);
  return "\x1b[" + codes + "m";
}

}  // namespace

std::string to_ansi(const Line& line, Colour colour) {
  std::string text;
  Ink now;
  for (const Span& span : line) {
    const Ink ink = printed(span.ink);
    if (colour != Colour::none && !(ink == now)) {
      text += ink == Ink{} ? std::string(kReset) : escape(ink, colour);
      now = ink;
    }
    text += spelt(span.text, Style{});
  }
  if (!(now == Ink{})) text += kReset;
  return text;
}

}  // namespace glass::screen
