#include "engine/lesson/render_terms.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "engine/screen/figure.hpp"
#include "engine/screen/grid.hpp"
#include "engine/screen/text.hpp"
#include "engine/screen/width.hpp"

namespace glass::lesson {
namespace {

using screen::Lines;
using screen::Style;

constexpr std::size_t kAllTerms = 32, kLargest = 6;

/// The terms of one cell and how they are written.
struct Terms {
  const Explanation& cell;
  const std::vector<std::string>& labels;
  Detail detail;

  [[nodiscard]] std::string number(double value) const { return term_number(value, detail); }

  /// A number as an operand: negative ones in parentheses.
  [[nodiscard]] std::string operand(double value) const {
    return value < 0 ? "(" + number(value) + ")" : number(value);
  }

  /// The arithmetic of one.
  [[nodiscard]] std::string text(const Term& term) const {
    const std::string result = " = " + number(term.value);
    switch (cell.rule) {
      case TermRule::product:
        return number(term.left) + " × " + operand(term.right) + result;
      case TermRule::exponential:
        return "exp(" + number(term.left) + " − " + operand(term.right) + ")" + result;
      case TermRule::squared_error:
        return "(" + number(term.left) + " − " + operand(term.right) + ")²" + result;
      default:
        return number(term.value);
    }
  }

  /// Those that are shown: all of a few, the largest of many; in their own order.
  [[nodiscard]] std::vector<Term> shown() const {
    if (detail == Detail::all || cell.terms.size() <= kAllTerms) return cell.terms;
    std::vector<Term> largest = cell.terms;
    std::stable_sort(largest.begin(), largest.end(),
                     [](const Term& a, const Term& b) { return std::abs(a.value) > std::abs(b.value); });
    largest.resize(kLargest);
    std::sort(largest.begin(), largest.end(), [](const Term& a, const Term& b) { return a.index < b.index; });
    return largest;
  }
};

double sum(const std::vector<Term>& terms) {
  return std::accumulate(terms.begin(), terms.end(), 0.0, [](double s, const Term& term) { return s + term.value; });
}

/// Texts in as many columns as the width allows, read row by row.
Lines in_columns(const std::vector<std::string>& texts, const Style& style, std::size_t indent) {
  std::size_t widest = 1;
  for (const std::string& text : texts) widest = std::max(widest, screen::width(text));
  const std::size_t columns = std::max<std::size_t>(1, (style.width - indent) / (widest + 3));
  Lines lines;
  for (std::size_t i = 0; i < texts.size(); i += columns) {
    std::string line(indent, ' ');
    for (std::size_t j = i; j < std::min(i + columns, texts.size()); ++j)
      line += std::string(widest - screen::width(texts[j]), ' ') + texts[j] + (j + 1 < i + columns ? "   " : "");
    line.erase(line.find_last_not_of(' ') + 1);
    lines.push_back({{line, {}}});
  }
  return lines;
}

/// The terms of tokens, a line each.
Lines by_token(const Terms& terms, const std::vector<Term>& shown, const Style& style) {
  screen::Grid grid;
  for (const Term& term : shown) {
    grid.rows.push_back({"`" + terms.labels.at(term.index) + "`", terms.text(term)});
    if (terms.detail != Detail::lesson)
      grid.rows.back().insert(grid.rows.back().begin(), std::to_string(term.index) + ":");
  }
  grid.right = {true, true, true};
  return screen::draw(grid, style, 4);
}

/// "12: 0.410 × 1.200 = 0.492": which feature, and the arithmetic, several in a line.
Lines by_feature(const Terms& terms, const std::vector<Term>& shown, const Style& style) {
  std::vector<std::string> texts;
  for (const Term& term : shown)
    texts.push_back(screen::spelt(std::to_string(term.index) + ": " + terms.text(term), style));
  return in_columns(texts, style, 4);
}

/// Copies that are added up, in one line; a single one is the value itself.
Lines copies(const Terms& terms, const Style& style) {
  const std::vector<Term>& all = terms.cell.terms;
  if (all.size() < 2) return {};
  std::string text = terms.number(all.front().value);
  for (std::size_t k = 1; k < all.size(); ++k) text += " + " + terms.operand(all[k].value);
  return screen::wrapped(text, style, 4);
}

/// "and 122 smaller ones, together 0.863", with the zeros apart.
std::string rest_text(const Terms& terms, const std::vector<Term>& shown) {
  const std::vector<Term>& all = terms.cell.terms;
  const auto zeros_in = [](const std::vector<Term>& some) {
    return static_cast<std::size_t>(
        std::count_if(some.begin(), some.end(), [](const Term& term) { return term.value == 0; }));
  };
  const std::size_t zeros = zeros_in(all) - zeros_in(shown), rest = all.size() - shown.size() - zeros;
  const std::string none = std::to_string(zeros) + (zeros == 1 ? " more is 0" : " more are 0");
  if (rest == 0) return "and " + none;
  const std::string text = "and " + std::to_string(rest) + (rest == 1 ? " smaller one, " : " smaller ones, together ") +
                           terms.number(sum(all) - sum(shown));
  return zeros == 0 ? text : text + "; " + none;
}

/// Tiny numbers in their own size, others with so many digits behind the point.
std::string sized(double value, int digits) {
  const double least = std::pow(10.0, -digits) / 2;
  if (value == 0 || !(std::abs(value) < least)) return screen::number(value, digits);
  std::array<char, 32> text{};
  (void)std::snprintf(text.data(), text.size(), "%.1e", value);
  return text.data();
}

}  // namespace

std::string term_number(double value, Detail detail) {
  return detail == Detail::lesson ? screen::number(value, 3) : sized(value, 4);
}

Lines draw_terms(const Explanation& cell, const std::vector<std::string>& labels, Detail detail, const Style& style) {
  const Terms terms{cell, labels, detail};
  if (cell.rule == TermRule::copy) return copies(terms, style);
  const std::vector<Term> shown = terms.shown();
  Lines lines = labels.empty() ? by_feature(terms, shown, style) : by_token(terms, shown, style);
  if (shown.size() < cell.terms.size()) {
    const Lines more = screen::wrapped(rest_text(terms, shown), style, 4);
    lines.insert(lines.end(), more.begin(), more.end());
  }
  return lines;
}

Lines draw_stages(const std::vector<Stage>& stages, Detail detail, const Style& style) {
  screen::Grid grid{{}, {}, {false, true}};
  for (const Stage& stage : stages) {
    const bool whole = detail != Detail::lesson && stage.value == std::floor(stage.value);
    grid.rows.push_back({stage.says, whole ? screen::number(stage.value, 0) : term_number(stage.value, detail)});
  }
  return screen::draw(grid, style, 4);
}

std::string labelled(std::size_t index, const std::string& label) {
  const std::string number = std::to_string(index);
  return label == number || label.empty() ? number : number + " (`" + label + "`)";
}

}  // namespace glass::lesson
