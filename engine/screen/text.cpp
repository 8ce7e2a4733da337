#include "engine/screen/text.hpp"

#include <algorithm>

#include "engine/screen/fill.hpp"
#include "engine/screen/layout.hpp"
#include "engine/screen/markup.hpp"
#include "engine/screen/width.hpp"

namespace glass::screen {
namespace {

/// A code's tabs as blanks, up to every eighth column.
std::string without_tabs(std::string_view line) {
  std::string result;
  for (const char c : line) {
    if (c != '\t') result += c;
    if (c == '\t') result.append(8 - width(result) % 8, ' ');
  }
  return result;
}

/// One line of code; if it is too long, its comment goes below it.
Lines code_line(const std::string& text, std::size_t start, const Style& style) {
  const std::size_t columns = full_width(style);
  const std::size_t blanks = std::min(text.find_first_not_of(' '), text.size());
  const std::size_t further = std::min(start + blanks + 4, columns / 2);
  const std::size_t comment = comment_of(text);
  const bool two = comment != text.npos && comment > blanks && start + width(spelt(text, style)) > columns;
  Lines parts =
      broken(highlighted(text.substr(0, two ? comment : text.size()), style), columns - start, columns - further);
  if (two) {
    const Lines below = broken(highlighted(text.substr(comment), style), columns - further, columns - further);
    parts.insert(parts.end(), below.begin(), below.end());
  }
  Lines lines;
  for (std::size_t i = 0; i < parts.size(); ++i) lines.push_back(indented(i == 0 ? start : further, parts[i]));
  return lines;
}

}  // namespace

Lines wrapped(std::string_view text, const Style& style, std::size_t indent, std::size_t hanging) {
  return filled(text, {full_width(style), indent, hanging}, style);
}

Lines listing(std::string_view code, const Style& style, std::size_t indent) {
  Lines lines;
  std::vector<std::string> texts = split(code);
  if (texts.back().empty()) texts.pop_back();
  for (const std::string& text : texts) {
    const Lines more = code_line(without_tabs(text), bounded(indent, style), style);
    lines.insert(lines.end(), more.begin(), more.end());
  }
  return lines;
}

Lines heading(std::string_view left, std::string_view right, const Style& style) {
  const std::size_t columns = full_width(style);
  const std::string flush = clipped(right, columns / 2, style);
  const std::size_t room = flush.empty() ? columns : columns - width(flush) - 2;
  Line line;
  add(line, clipped(left, room, style), bold_ink());
  if (!flush.empty()) pad(line, columns - width(flush));
  add(line, flush);
  Line rule;
  add(rule, spelt(repeated("─", columns), style), dim_ink());
  return trimmed({line, rule});
}

}  // namespace glass::screen
