#include "engine/lesson/render_trial.hpp"

#include <algorithm>
#include <numeric>

#include "engine/lesson/cells.hpp"
#include "engine/lesson/names.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/screen/grid.hpp"
#include "engine/screen/layout.hpp"
#include "engine/screen/text.hpp"
#include "engine/screen/width.hpp"

namespace glass::lesson {
namespace {

using screen::Lines;
using screen::Style;

constexpr std::size_t kGap = 3;
constexpr std::size_t kThirds = 120;  ///< from this width on, wide matrices share it

void append(Lines& lines, const Lines& more) { lines.insert(lines.end(), more.begin(), more.end()); }

std::string said(const std::string& text) { return text.empty() ? "(nothing)" : "*" + text + "*"; }

Lines heading(const std::string& title, const Style& style) {
  const std::size_t columns = screen::full_width(style);
  return screen::broken({{screen::spelt(title, style), screen::bold_ink()}}, columns, columns);
}

/// The shown attention, or the best head's.
Name attention_of(const Session& session, Name shown) {
  return shown.head >= 0 ? with_leaf(shown, "weights") : name_of(session, "best.weights");
}

Lines facts(const Session& session, const Trial& trial, Name shown, const Style& style) {
  const Undecided bits = entropy_of(session, trial, attention_of(session, shown));
  const screen::Grid grid{{},
                          {{"its own translation", said(trial.outcome.before_text)},
                           {"changed", said(trial.outcome.after_text)},
                           {"mean of entropy(" + to_string(bits.name) + ")",
                            fixed(bits.before, 3) + " → " + fixed(bits.after, 3) + " bits"}},
                          {}};
  return screen::draw(grid, style);
}

/// "first to change: encoder.ids and 3 more; 12 of 301 matrices stay bit-equal"
Lines parting(const Session& session, const Trial& trial, const Style& style) {
  const std::size_t n_names = all_names(session.dims()).size(), n_equal = n_names - trial.changed.size();
  const std::string stay = std::to_string(n_equal) + " of " + std::to_string(n_names) + " matrices stay bit-equal";
  if (trial.changed.empty()) return screen::wrapped("nothing changes: " + stay, style, 2);
  const std::vector<Name>& first = trial.outcome.first_changed;
  std::string text = "first to change: `" + to_string(first.front()) + "`";
  if (first.size() > 1) text += " and " + std::to_string(first.size() - 1) + " more";
  return screen::wrapped(text + "; " + stay, style, 2, 2);
}

/// Two runs of one shape share title, scale and legend.
bool are_panels(const Compared& figures) {
  return figures.difference && figures.before.col_labels == figures.after->col_labels;
}

std::size_t columns_of(const Lines& lines) {
  std::size_t widest = 0;
  for (const screen::Line& line : lines) widest = std::max(widest, screen::width(line));
  return widest;
}

Lines as_heat(Compared figures, const Style& style) {
  figures.before.form = figures.after->form = screen::Form::heat;
  std::vector<Lines> parts;
  if (are_panels(figures)) {
    parts.push_back(screen::draw_panels(figures.before.title, {figures.before, *figures.after}, style));
  } else {
    parts.push_back(screen::draw(figures.before, style));
    parts.push_back(screen::draw(*figures.after, style));
  }
  if (figures.difference) {
    figures.difference->form = screen::Form::heat;
    parts.push_back(screen::draw(*figures.difference, style));
  }
  return screen::beside(parts, style, kGap);
}

std::vector<Lines> drawn(const Compared& figures, const Style& style) {
  std::vector<Lines> parts = {screen::draw(figures.before, style), screen::draw(*figures.after, style)};
  if (figures.difference) parts.push_back(screen::draw(*figures.difference, style));
  return parts;
}

/// Beside each other if they are small or there is much room, else each over the full width.
Lines as_numbers(const Compared& figures, const Style& style) {
  const std::vector<Lines> whole = drawn(figures, style);
  const std::size_t columns =
      std::accumulate(whole.begin(), whole.end(), kGap * (whole.size() - 1),
                      [](std::size_t sum, const Lines& part) { return sum + columns_of(part); });
  if (columns <= screen::full_width(style) || style.width < kThirds) return screen::beside(whole, style, kGap);
  Style third = style;
  third.width = (style.width - kGap * (whole.size() - 1)) / whole.size();
  return screen::beside(drawn(figures, third), style, kGap);
}

Lines draw(const Compared& figures, bool is_attention, const Style& style) {
  if (figures.after) return is_attention ? as_heat(figures, style) : as_numbers(figures, style);
  Lines lines = screen::draw(figures.before, style);
  append(lines, screen::wrapped("The changed run has no such matrix.", style, 2));
  return lines;
}

bool is_attention(Name name) {
  const auto counts_tokens = [](Axis axis) { return axis == Axis::source || axis == Axis::target; };
  return counts_tokens(row_of(name).rows) && counts_tokens(row_of(name).cols);
}

}  // namespace

Lines render(const Session& session, const Trial& trial, Name shown, const Rendering& rendering) {
  const Style& style = rendering.style;
  Lines lines = heading(trial.title, style);
  append(lines, facts(session, trial, shown, style));
  append(lines, parting(session, trial, style));
  lines.emplace_back();
  append(lines, draw(compared(session, trial, shown), is_attention(shown), style));
  return lines;
}

}  // namespace glass::lesson
