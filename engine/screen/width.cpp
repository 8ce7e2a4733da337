#include "engine/screen/width.hpp"

#include "engine/screen/glyphs.hpp"

namespace glass::screen {
namespace {

std::size_t columns(const std::vector<Glyph>& row) {
  std::size_t sum = 0;
  for (const Glyph& glyph : row) sum += glyph.columns;
  return sum;
}

}  // namespace

std::size_t width(std::string_view utf8) { return columns(glyphs(spelt(utf8, Style{}))); }

std::size_t width(const Line& line) {
  std::size_t sum = 0;
  for (const Span& span : line) sum += width(span.text);
  return sum;
}

std::string clipped(std::string_view utf8, std::size_t columns_allowed, const Style& style) {
  const std::string text = spelt(utf8, style);
  const std::vector<Glyph> row = glyphs(text);
  if (columns(row) <= columns_allowed) return text;
  const std::string ending = spelt("…", style);
  if (columns_allowed < width(ending)) return std::string(columns_allowed, '.');
  std::string result;
  std::size_t room = columns_allowed - width(ending);
  for (const Glyph& glyph : row) {
    if (glyph.columns > room) break;
    room -= glyph.columns;
    result += glyph.text;
  }
  return result + ending;
}

}  // namespace glass::screen
