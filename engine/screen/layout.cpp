#include "engine/screen/layout.hpp"

#include <algorithm>

#include "engine/screen/glyphs.hpp"
#include "engine/screen/width.hpp"

namespace glass::screen {
namespace {

constexpr std::size_t kLeastWidth = 20;

using Row = std::vector<Glyph>;

/// The first glyph from `from` on that does not fit into so many columns; one fits always.
std::size_t end_of_fit(const Row& row, std::size_t from, std::size_t columns) {
  std::size_t used = 0;
  std::size_t end = from;
  while (end < row.size() && used + row[end].columns <= columns) used += row[end++].columns;
  return end == from && end < row.size() ? end + 1 : end;
}

std::size_t after_blanks(const Row& row, std::size_t from) {
  while (from < row.size() && blank(row[from])) ++from;
  return from;
}

/// Where to break the glyphs that fit: before the last blank among them, but behind those they begin with.
std::size_t break_of(const Row& row, std::size_t from, std::size_t end) {
  if (end == row.size() || blank(row[end])) return end;
  const std::size_t start = after_blanks(row, from);
  for (std::size_t at = end; at > start; --at) {
    if (blank(row[at - 1])) return at - 1;
  }
  return end;
}

Line joined(const Row& row, std::size_t from, std::size_t end) {
  while (end > from && blank(row[end - 1])) --end;
  Line line;
  for (std::size_t at = from; at < end; ++at) add(line, row[at].text, row[at].ink);
  return line;
}

}  // namespace

void append(Lines& lines, const Lines& more) { lines.insert(lines.end(), more.begin(), more.end()); }

std::string plain(const Line& line) {
  std::string text;
  for (const Span& span : line) text += span.text;
  return text;
}

Ink printed(Ink ink) {
  ink.cursor = false;
  return ink;
}

std::size_t full_width(const Style& style) { return std::max(style.width, kLeastWidth); }

std::size_t bounded(std::size_t indent, const Style& style) { return std::min(indent, full_width(style) / 4); }

Ink bold_ink() {
  Ink ink;
  ink.bold = true;
  return ink;
}

Ink dim_ink() {
  Ink ink;
  ink.dim = true;
  return ink;
}

void add(Line& line, std::string_view text, const Ink& ink) {
  if (text.empty()) return;
  if (!line.empty() && line.back().ink == ink) {
    line.back().text += text;
  } else {
    line.push_back({std::string(text), ink});
  }
}

void add(Line& line, const Line& more) {
  for (const Span& span : more) add(line, span.text, span.ink);
}

void pad(Line& line, std::size_t columns) {
  const std::size_t used = width(line);
  if (used < columns) add(line, std::string(columns - used, ' '));
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

Lines trimmed(Lines lines) {
  for (Line& line : lines) {
    while (!line.empty() && !line.back().ink.back && !line.back().ink.underline && !line.back().ink.cursor) {
      std::string& text = line.back().text;
      text.erase(text.find_last_not_of(' ') + 1);
      if (!text.empty()) break;
      line.pop_back();
    }
  }
  return lines;
}

Lines broken(const Line& line, std::size_t first, std::size_t rest) {
  const Row row = glyphs(line);
  Lines lines;
  std::size_t from = 0;
  do {
    const std::size_t end = break_of(row, from, end_of_fit(row, from, lines.empty() ? first : rest));
    lines.push_back(joined(row, from, end));
    from = after_blanks(row, end);
  } while (from < row.size());
  return lines;
}

}  // namespace glass::screen
