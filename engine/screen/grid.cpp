#include "engine/screen/grid.hpp"

#include <algorithm>
#include <numeric>

#include "engine/screen/fill.hpp"
#include "engine/screen/glyphs.hpp"
#include "engine/screen/layout.hpp"
#include "engine/screen/markup.hpp"
#include "engine/screen/width.hpp"

namespace glass::screen {
namespace {

constexpr std::size_t kGap = 3;
constexpr std::size_t kLeastColumn = 4;

using Widths = std::vector<std::size_t>;

/// The grid with its markup read: every row has a cell for every column.
struct Cells {
  std::vector<Line> headers;
  std::vector<std::vector<Line>> rows;
  std::vector<bool> right;
};

Cells read(const Grid& grid, const Style& style) {
  std::size_t columns = grid.headers.size();
  for (const std::vector<std::string>& row : grid.rows) columns = std::max(columns, row.size());
  Cells cells{{}, {}, grid.right};
  cells.right.resize(columns);
  cells.headers.resize(columns);
  for (std::size_t j = 0; j < grid.headers.size(); ++j) {
    add(cells.headers[j], spelt(grid.headers[j], style), bold_ink());
  }
  for (const std::vector<std::string>& row : grid.rows) {
    cells.rows.emplace_back(columns);
    for (std::size_t j = 0; j < row.size(); ++j) cells.rows.back()[j] = markup(row[j], style);
  }
  return cells;
}

Widths natural(const Cells& cells) {
  Widths widths;
  for (const Line& header : cells.headers) widths.push_back(width(header));
  for (const std::vector<Line>& row : cells.rows) {
    for (std::size_t j = 0; j < row.size(); ++j) widths[j] = std::max(widths[j], width(row[j]));
  }
  return widths;
}

std::size_t total(const Widths& widths) {
  return std::accumulate(widths.begin(), widths.end(), kGap * (widths.size() - 1));
}

/// The longest word of each column, headers too.
Widths longest_words(const Cells& cells) {
  Widths longest(cells.headers.size());
  const auto measure = [&](const std::vector<Line>& row) {
    for (std::size_t j = 0; j < row.size(); ++j) {
      std::size_t word = 0;
      for (const Glyph& glyph : glyphs(row[j])) {
        word = blank(glyph) ? 0 : word + glyph.columns;
        longest[j] = std::max(longest[j], word);
      }
    }
  };
  measure(cells.headers);
  for (const std::vector<Line>& row : cells.rows) measure(row);
  return longest;
}

/// Takes columns from the widest that is above its floor until all fit; false if they cannot.
bool narrow(Widths& widths, const Widths& floors, std::size_t columns) {
  while (total(widths) > columns) {
    std::size_t widest = widths.size();
    for (std::size_t j = 0; j < widths.size(); ++j) {
      if (widths[j] > floors[j] && (widest == widths.size() || widths[j] > widths[widest])) widest = j;
    }
    if (widest == widths.size()) return false;
    --widths[widest];
  }
  return true;
}

/// One row of cells, as many lines as its longest cell takes.
void add_row(Lines& lines, const std::vector<Line>& row, const Widths& widths, const std::vector<bool>& right) {
  std::vector<Lines> parts;
  std::size_t height = 0;
  for (std::size_t j = 0; j < row.size(); ++j) {
    const std::size_t room = std::max<std::size_t>(widths[j], 2);
    parts.push_back(broken(row[j], room, room));
    height = std::max(height, parts.back().size());
  }
  for (std::size_t i = 0; i < height; ++i) {
    Line line;
    std::size_t start = 0;
    for (std::size_t j = 0; j < row.size(); ++j) {
      const Line part = i < parts[j].size() ? parts[j][i] : Line{};
      pad(line, start + (right[j] ? widths[j] - width(part) : 0));
      add(line, part);
      start += widths[j] + kGap;
    }
    lines.push_back(std::move(line));
  }
}

Lines table(const Cells& cells, const Widths& widths, bool headed, const Style& style) {
  Lines lines;
  if (headed) {
    add_row(lines, cells.headers, widths, cells.right);
    Line rule;
    for (const std::size_t each : widths) {
      if (!rule.empty()) add(rule, std::string(kGap, ' '));
      add(rule, spelt(repeated("─", each), style), dim_ink());
    }
    lines.push_back(std::move(rule));
  }
  for (const std::vector<Line>& row : cells.rows) add_row(lines, row, widths, cells.right);
  return lines;
}

/// Every row as lines of `header: cell`.
Lines records(const Cells& cells, std::size_t columns) {
  Lines lines;
  for (const std::vector<Line>& row : cells.rows) {
    if (!lines.empty()) lines.emplace_back();
    for (std::size_t j = 0; j < row.size(); ++j) {
      if (row[j].empty()) continue;
      Line line = cells.headers[j];
      if (!line.empty()) add(line, ": ");
      add(line, row[j]);
      const Lines parts = broken(line, columns, columns - 2);
      for (std::size_t i = 0; i < parts.size(); ++i) lines.push_back(indented(i == 0 ? 0 : 2, parts[i]));
    }
  }
  return lines;
}

}  // namespace

Lines draw(const Grid& grid, const Style& style, std::size_t indent) {
  const Cells cells = read(grid, style);
  Widths widths = natural(cells);
  if (widths.empty()) return {};
  const std::size_t start = bounded(indent, style);
  const std::size_t columns = full_width(style) - start;
  const bool fits =
      narrow(widths, longest_words(cells), columns) || narrow(widths, Widths(widths.size(), kLeastColumn), columns);
  const Lines drawn = fits ? table(cells, widths, !grid.headers.empty(), style) : records(cells, columns);
  Lines lines;
  for (const Line& line : drawn) lines.push_back(indented(start, line));
  return trimmed(lines);
}

}  // namespace glass::screen
