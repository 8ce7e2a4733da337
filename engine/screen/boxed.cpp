#include <algorithm>

#include "engine/screen/fill.hpp"
#include "engine/screen/layout.hpp"
#include "engine/screen/text.hpp"
#include "engine/screen/width.hpp"

namespace glass::screen {
namespace {

constexpr std::size_t kLeastTwo = 60;

/// A text in its part of the frame.
struct Panel {
  std::string title;
  Lines text;
  std::size_t columns = 0;
};

void add_frame(Line& line, std::string_view sign, const Style& style) { add(line, spelt(sign, style), dim_ink()); }

Panel panel(std::string_view title, std::string_view text, std::size_t columns, const Style& style) {
  return {clipped(title, columns - 2, style), filled(text, {columns}, style), columns};
}

/// "┌─ title ────┬─ title ────┐"; the corners are the first, the middle and the last of the line.
Line edge(const std::vector<Panel>& panels, const std::vector<std::string>& corners, bool titled, const Style& style) {
  Line line;
  add_frame(line, corners[0], style);
  for (std::size_t i = 0; i < panels.size(); ++i) {
    std::size_t room = panels[i].columns + 2;
    if (titled && !panels[i].title.empty()) {
      add_frame(line, "─", style);
      add(line, " " + panels[i].title + " ", bold_ink());
      room -= width(panels[i].title) + 3;
    }
    add_frame(line, repeated("─", room) + (i + 1 < panels.size() ? corners[1] : corners[2]), style);
  }
  return line;
}

Line body(const std::vector<Panel>& panels, std::size_t row, const Style& style) {
  Line line;
  add_frame(line, "│", style);
  std::size_t end = 1;
  for (const Panel& each : panels) {
    add(line, " ");
    if (row < each.text.size()) add(line, each.text[row]);
    end += each.columns + 2;
    pad(line, end);
    add_frame(line, "│", style);
    ++end;
  }
  return line;
}

void add_bodies(Lines& lines, const std::vector<Panel>& panels, const Style& style) {
  std::size_t rows = 0;
  for (const Panel& each : panels) rows = std::max(rows, each.text.size());
  for (std::size_t row = 0; row < rows; ++row) lines.push_back(body(panels, row, style));
}

}  // namespace

Lines boxed(std::string_view left_title, std::string_view left_text, std::string_view right_title,
            std::string_view right_text, const Style& style) {
  const std::size_t columns = full_width(style);
  Lines lines;
  if (columns >= kLeastTwo) {
    const std::size_t left = (columns - 7) / 2;
    const std::vector<Panel> both = {panel(left_title, left_text, left, style),
                                     panel(right_title, right_text, columns - 7 - left, style)};
    lines.push_back(edge(both, {"┌", "┬", "┐"}, true, style));
    add_bodies(lines, both, style);
    lines.push_back(edge(both, {"└", "┴", "┘"}, false, style));
    return lines;
  }
  const Panel above = panel(left_title, left_text, columns - 4, style);
  const Panel below = panel(right_title, right_text, columns - 4, style);
  lines.push_back(edge({above}, {"┌", "┬", "┐"}, true, style));
  add_bodies(lines, {above}, style);
  lines.push_back(edge({below}, {"├", "┼", "┤"}, true, style));
  add_bodies(lines, {below}, style);
  lines.push_back(edge({below}, {"└", "┴", "┘"}, false, style));
  return lines;
}

}  // namespace glass::screen
