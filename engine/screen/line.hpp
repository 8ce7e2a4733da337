#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What is shown, as lines of text that have not been printed yet.
namespace glass::screen {

/// A colour of sRGB.
struct Rgb {
  std::uint8_t red = 0, green = 0, blue = 0;
  bool operator==(const Rgb&) const = default;
};

/// How a text is inked. What is not set is left to the terminal.
struct Ink {
  std::optional<Rgb> fore, back;
  bool bold = false, dim = false, italic = false, underline = false;
  bool cursor = false;  ///< the terminal's cursor stands here; nothing of it is printed
  bool operator==(const Ink&) const = default;
};

/// What of an ink is printed: all but the cursor.
[[nodiscard]] Ink printed(Ink ink);

/// A piece of a line in one ink.
struct Span {
  std::string text;
  Ink ink;
  bool operator==(const Span&) const = default;
};

using Line = std::vector<Span>;
using Lines = std::vector<Line>;

/// What the terminal can show: no colour at all, the 256 of xterm, or all.
enum class Colour { none, indexed, truecolor };

/// What is drawn for. A width below 20 counts as 20.
struct Style {
  std::size_t width = 80;
  Colour colour = Colour::none;
  bool utf8 = true;
  bool operator==(const Style&) const = default;
};

/// Puts more lines below.
void append(Lines& lines, const Lines& more);

/// The text without its ink.
[[nodiscard]] std::string plain(const Line& line);

}  // namespace glass::screen
