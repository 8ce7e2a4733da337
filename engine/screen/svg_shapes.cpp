#include "engine/screen/svg_shapes.hpp"

#include <array>
#include <utility>

namespace glass::screen {
namespace {

/// Which arms of a cell's cross a line of a frame has.
struct Arms {
  std::string_view glyph;
  bool up = false, down = false, left = false, right = false;
};

constexpr std::array kArms = std::to_array<Arms>({{"─", false, false, true, true},
                                                  {"│", true, true, false, false},
                                                  {"┌", false, true, false, true},
                                                  {"┐", false, true, true, false},
                                                  {"└", true, false, false, true},
                                                  {"┘", true, false, true, false},
                                                  {"├", true, true, false, true},
                                                  {"┤", true, true, true, false},
                                                  {"┬", false, true, true, true},
                                                  {"┴", true, false, true, true},
                                                  {"┼", true, true, true, true}});

std::string box(std::size_t left, std::size_t top, std::size_t columns, std::size_t rows) {
  return "M" + std::to_string(left) + " " + std::to_string(top) + "h" + std::to_string(columns) + "v" +
         std::to_string(rows) + "h-" + std::to_string(columns) + "z";
}

/// The arms as boxes one unit thick, which meet in the middle.
std::string cross(const Arms& arms, std::size_t left, std::size_t top) {
  constexpr std::size_t kMiddle = kCellWidth / 2, kCentre = kCellHeight / 2;
  std::string path;
  const std::size_t from = arms.left ? 0 : kMiddle, to = arms.right ? kCellWidth : kMiddle + 1;
  if (arms.left || arms.right) path += box(left + from, top + kCentre, to - from, 1);
  const std::size_t above = arms.up ? 0 : kCentre, below = arms.down ? kCellHeight : kCentre + 1;
  if (arms.up || arms.down) path += box(left + kMiddle, top + above, 1, below - above);
  return path;
}

}  // namespace

std::string hexadecimal(Rgb colour) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string result = "#";
  for (const std::uint8_t channel : {colour.red, colour.green, colour.blue}) {
    result += kDigits[channel / 16];
    result += kDigits[channel % 16];
  }
  return result;
}

std::string shape_of(std::string_view glyph, std::size_t left, std::size_t top) {
  for (const Arms& arms : kArms) {
    if (arms.glyph == glyph) return cross(arms, left, top);
  }
  if (glyph == "▁") return box(left + 1, top + kCellHeight - 4, kCellWidth - 2, 2);
  const bool full = glyph == "█" || !shape_opacity(glyph).empty();
  return full ? box(left, top, kCellWidth, kCellHeight) : "";
}

std::string shape_opacity(std::string_view glyph) {
  if (glyph == "░") return " fill-opacity=\"0.25\"";
  if (glyph == "▒") return " fill-opacity=\"0.5\"";
  if (glyph == "▓") return " fill-opacity=\"0.75\"";
  return "";
}

}  // namespace glass::screen
