#include "engine/cli/terminal.hpp"

#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <clocale>
#include <cstdlib>
#include <string>

#include "engine/cli/program.hpp"
#include "engine/screen/ansi.hpp"

namespace glass::cli {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

screen::Colour terminal_colour() {
  const std::string depth = environment("COLORTERM"), terminal = environment("TERM");
  const bool deep = depth == "truecolor" || depth == "24bit" || terminal.ends_with("-direct");
  if (deep) return screen::Colour::truecolor;
  return terminal.find("256color") != std::string::npos ? screen::Colour::indexed : screen::Colour::none;
}

screen::Colour colour_of(const Arguments& arguments) {
  const std::string when = arguments.choice("color", {"auto", "always", "never"});
  if (!environment("NO_COLOR").empty() || when == "never" || arguments.has("plain")) return screen::Colour::none;
  const screen::Colour colour = terminal_colour();
  if (when == "always") return colour == screen::Colour::none ? screen::Colour::indexed : colour;
  return ::isatty(STDOUT_FILENO) == 1 ? colour : screen::Colour::none;
}

std::size_t terminal_width() {
  winsize size{};
  const bool known = ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
  return known ? std::max<std::size_t>(size.ws_col, 40) : 80;
}

}  // namespace

screen::Style style_of(const Arguments& arguments) {
  std::setlocale(LC_CTYPE, "");
  return {.width = arguments.number("width", terminal_width(), 40, 400),
          .colour = colour_of(arguments),
          .utf8 = std::string(::nl_langinfo(CODESET)) == "UTF-8"};
}

void print(const screen::Lines& lines, const screen::Style& style) {
  std::string text;
  for (const screen::Line& line : lines) text += screen::to_ansi(line, style.colour) + "\n";
  print(text);
}

}  // namespace glass::cli
