#include "engine/screen/view.hpp"

#include "engine/screen/glyphs.hpp"
#include "engine/screen/layout.hpp"
#include "engine/screen/width.hpp"

namespace glass::screen {
namespace {

/// The column of a line's cursor.
std::optional<std::size_t> cursor_in(const Line& line) {
  std::size_t column = 0;
  for (const Span& span : line) {
    if (span.ink.cursor) {
      const std::size_t blanks = span.text.find_first_not_of(' ');
      return column + (blanks == span.text.npos ? 0 : blanks);
    }
    column += width(span.text);
  }
  return std::nullopt;
}

Line cropped(const Line& line, std::size_t columns) {
  Line result;
  std::size_t used = 0;
  for (const Glyph& glyph : glyphs(line)) {
    used += glyph.columns;
    if (used > columns) break;
    add(result, glyph.text, glyph.ink);
  }
  return result;
}

}  // namespace

std::optional<std::pair<std::size_t, std::size_t>> cursor_of(const Lines& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (const std::optional<std::size_t> column = cursor_in(lines[i])) return std::pair(i, *column);
  }
  return std::nullopt;
}

Lines cropped(const Lines& lines, std::size_t columns) {
  Lines result;
  for (const Line& line : lines) result.push_back(width(line) > columns ? cropped(line, columns) : line);
  return result;
}

}  // namespace glass::screen
