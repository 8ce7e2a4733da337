#include "engine/screen/fill.hpp"

#include <algorithm>

#include "engine/screen/layout.hpp"
#include "engine/screen/markup.hpp"

namespace glass::screen {
namespace {

/// What is filled as one: a paragraph or an item.
struct Passage {
  std::string text;
  std::size_t indent = 0;   ///< before its first line
  std::size_t hanging = 0;  ///< before the others
};

/// The words of a line, one blank between them.
std::string words(std::string_view line) {
  std::string result;
  for (const char c : line) {
    const bool gap = c == ' ' || c == '\t';
    if (!gap) result += c;
    if (gap && !result.empty() && result.back() != ' ') result += ' ';
  }
  if (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

/// Paragraphs and items; an empty passage stands between paragraphs.
std::vector<Passage> passages(std::string_view text) {
  std::vector<Passage> result;
  bool open = false;
  for (const std::string& line : split(text)) {
    const std::string filled = words(line);
    const bool item = filled.rfind("- ", 0) == 0;
    if (!filled.empty() && open && !item) {
      result.back().text += " " + filled;
    } else if (!filled.empty()) {
      if (!open && !result.empty()) result.push_back({});
      const std::size_t start = item ? line.find('-') : 0;
      result.push_back({filled, start, item ? start + 2 : 0});
    }
    open = !filled.empty();
  }
  return result;
}

}  // namespace

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    std::string line(text.substr(from, end - from));
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(std::move(line));
    from = end + 1;
  }
  return lines;
}

Line indented(std::size_t indent, const Line& text) {
  Line line;
  if (!text.empty()) pad(line, indent);
  add(line, text);
  return line;
}

Lines filled(std::string_view text, const Room& room, const Style& style) {
  Lines lines;
  for (const Passage& passage : passages(text)) {
    const std::size_t first = std::min(room.indent + passage.indent, room.columns / 2);
    const std::size_t rest = std::min(room.indent + room.hanging + passage.hanging, room.columns / 2);
    const Lines parts = broken(markup(passage.text, style), room.columns - first, room.columns - rest);
    for (std::size_t i = 0; i < parts.size(); ++i) lines.push_back(indented(i == 0 ? first : rest, parts[i]));
  }
  return lines;
}

}  // namespace glass::screen
