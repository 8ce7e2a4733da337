#include "engine/lesson/render_trial.hpp"

#include <algorithm>
#include <cmath>
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

std::string said(const std::string& text) { return text.empty() ? "(nothing)" : "*" + text + "*"; }

Lines bold(const std::string& text, const Style& style) {
  const std::size_t columns = screen::full_width(style);
  return screen::broken({{screen::spelt(text, style), screen::bold_ink()}}, columns, columns);
}

/// The shown attention, or the best head's.
Name attention_of(const Session& session, Name shown) {
  return shown.head >= 0 ? with_leaf(shown, "weights") : name_of(session, "best.weights");
}

/// "encoder.ids and 3 more; 12 of 359 matrices stay bit-equal"
std::string parting(const Session& session, const Trial& trial) {
  const std::size_t n_names = all_names(session.dims()).size(), n_equal = n_names - trial.changed.size();
  const std::string stay = std::to_string(n_equal) + " of " + std::to_string(n_names) + " matrices stay bit-equal";
  if (trial.changed.empty()) return "nothing; " + stay;
  const std::vector<Name>& first = trial.outcome.first_changed;
  const std::string more = first.size() > 1 ? " and " + std::to_string(first.size() - 1) + " more" : "";
  return "`" + to_string(first.front()) + "`" + more + "; " + stay;
}

/// True if every row sums to 1, as a softmax leaves it.
bool are_shares(const Matrix& weights) {
  for (std::size_t i = 0; i < weights.rows; ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < weights.cols; ++j) sum += weights(i, j);
    if (!(std::abs(sum - 1) < 1e-6)) return false;
  }
  return true;
}

/// "0.944 → 1.189 bits (0: all on one token), mean of entropy(NAME)"
std::string undecided_text(const Undecided& bits, const Trace& after) {
  const auto found = after.find(bits.name);
  const bool shares = found != after.end() && are_shares(found->second);
  return fixed(bits.before, 3) + " → " + (shares ? fixed(bits.after, 3) : "none: not shares any more;") +
         " bits (0: all on one token), mean of entropy(`" + to_string(bits.name) + "`)";
}

Lines facts(const Session& session, const Trial& trial, Name shown, const Style& style) {
  const Undecided bits = entropy_of(session, trial, attention_of(session, shown));
  const screen::Grid grid{{},
                          {{"left alone, it writes", said(trial.outcome.before_text)},
                           {"changed, it writes", said(trial.outcome.after_text)},
                           {"how undecided", undecided_text(bits, trial.after.trace)},
                           {"first to change", parting(session, trial)}},
                          {}};
  return screen::draw(grid, style);
}

/// The name with what its rows and columns are, and what the difference is.
Lines caption(const Compared& figures, const Style& style) {
  const auto counted = [](std::size_t count, const std::string& axis) { return std::to_string(count) + " " + axis; };
  const screen::Figure& before = figures.before;
  Lines lines = screen::wrapped("`" + before.title + "`   " + counted(before.values.rows, before.row_axis) + " × " +
                                    counted(before.values.cols, before.col_axis),
                                style, 2, 2);
  if (figures.difference)
    append(lines, screen::wrapped("the difference: changed - unchanged, cell by cell", style, 2, 2));
  return lines;
}

/// What a figure below the caption still has to say: which of the three it is.
void shorten(screen::Figure& figure) {
  figure.title = figure.panel;
  figure.row_axis.clear();
  figure.col_axis.clear();
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

Lines as_heat(const Compared& figures, const Style& style) {
  std::vector<Lines> parts;
  if (are_panels(figures)) {
    parts.push_back(screen::draw_panels("", {figures.before, *figures.after}, style));
  } else {
    parts.push_back(screen::draw(figures.before, style));
    parts.push_back(screen::draw(*figures.after, style));
  }
  if (figures.difference && are_panels(figures)) {
    parts.push_back(screen::draw_panels("", {*figures.difference}, style));
  } else if (figures.difference) {
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

bool is_attention(Name name) {
  const auto counts_tokens = [](Axis axis) { return axis == Axis::source || axis == Axis::target; };
  return counts_tokens(row_of(name).rows) && counts_tokens(row_of(name).cols);
}

/// Before, after, difference.
Lines draw(Compared figures, bool heat, const Style& style) {
  Lines lines = caption(figures, style);
  for (screen::Figure* figure : {&figures.before, figures.after ? &*figures.after : nullptr,
                                 figures.difference ? &*figures.difference : nullptr}) {
    if (figure == nullptr) continue;
    shorten(*figure);
    if (heat) figure->form = screen::Form::heat;
  }
  if (!figures.after) {
    append(lines, screen::draw(figures.before, style));
    append(lines, screen::wrapped("The changed run has no such matrix.", style, 2));
  } else {
    append(lines, heat ? as_heat(figures, style) : as_numbers(figures, style));
  }
  return lines;
}

}  // namespace

Lines render(const Session& session, const Trial& trial, Name shown, const Rendering& rendering, bool numbers) {
  const Style& style = rendering.style;
  Lines lines = bold(trial.title, style);
  append(lines, facts(session, trial, shown, style));
  lines.emplace_back();
  append(lines, draw(compared(session, trial, shown), is_attention(shown) && !numbers, style));
  return lines;
}

}  // namespace glass::lesson
