#include <algorithm>

#include "engine/screen/figure.hpp"
#include "engine/screen/layout.hpp"
#include "engine/screen/width.hpp"

namespace glass::screen {
namespace {

std::size_t columns_of(const Lines& panel) {
  std::size_t widest = 0;
  for (const Line& line : panel) widest = std::max(widest, width(line));
  return widest;
}

/// Panels `from` to `end` in one band.
void add_band(Lines& lines, const std::vector<Lines>& panels, const std::vector<std::size_t>& starts,
              std::size_t from) {
  if (!lines.empty()) lines.emplace_back();
  std::size_t height = 0;
  for (std::size_t i = 0; i < starts.size(); ++i) height = std::max(height, panels[from + i].size());
  for (std::size_t row = 0; row < height; ++row) {
    Line line;
    for (std::size_t i = 0; i < starts.size(); ++i) {
      if (row >= panels[from + i].size()) continue;
      pad(line, starts[i]);
      add(line, panels[from + i][row]);
    }
    lines.push_back(std::move(line));
  }
}

}  // namespace

Lines beside(const std::vector<Lines>& panels, const Style& style, std::size_t gap) {
  Lines lines;
  for (std::size_t from = 0; from < panels.size();) {
    std::vector<std::size_t> starts = {0};
    std::size_t end = columns_of(panels[from]);
    while (from + starts.size() < panels.size()) {
      const std::size_t more = columns_of(panels[from + starts.size()]);
      if (end + gap + more > full_width(style)) break;
      starts.push_back(end + gap);
      end += gap + more;
    }
    add_band(lines, panels, starts, from);
    from += starts.size();
  }
  return trimmed(lines);
}

}  // namespace glass::screen
