#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/lesson/render.hpp"
#include "engine/screen/figure.hpp"
#include "engine/screen/grid.hpp"
#include "engine/screen/text.hpp"
#include "engine/screen/width.hpp"

namespace glass::lesson {
namespace {

using screen::Lines;
using screen::Style;

constexpr int kDigits = 3;
constexpr std::size_t kAllTerms = 32, kLargest = 6;

std::string number(double value) { return screen::number(value, kDigits); }

/// A number as an operand: negative ones in parentheses.
std::string operand(double value) { return value < 0 ? "(" + number(value) + ")" : number(value); }

/// "12: 0.410 × 1.200 = 0.492": which feature, and the arithmetic.
std::string numbered(const Term& term, const std::string& text) { return std::to_string(term.index) + ": " + text; }

std::string text_of(const Term& term, TermRule rule) {
  const std::string result = " = " + number(term.value);
  switch (rule) {
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

/// The terms that are shown: all of a few, the largest of many; in their own order.
std::vector<Term> shown_terms(const std::vector<Term>& terms) {
  if (terms.size() <= kAllTerms) return terms;
  std::vector<Term> largest = terms;
  std::stable_sort(largest.begin(), largest.end(),
                   [](const Term& a, const Term& b) { return std::abs(a.value) > std::abs(b.value); });
  largest.resize(kLargest);
  std::sort(largest.begin(), largest.end(), [](const Term& a, const Term& b) { return a.index < b.index; });
  return largest;
}

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

std::string part_text(const OperandPart& part) {
  if (part.whole_row()) return "row " + std::to_string(part.row);
  if (part.whole_column()) return "column " + std::to_string(part.col);
  return "row " + std::to_string(part.row) + ", column " + std::to_string(part.col);
}

/// The terms of a few tokens, a line each.
Lines terms_by_token(const Shown& shown, const Style& style) {
  screen::Grid grid{{}, {}, {true, true}};
  for (std::size_t k = 0; k < shown.cell->terms.size(); ++k)
    grid.rows.push_back({"`" + shown.term_labels[k] + "`", text_of(shown.cell->terms[k], shown.cell->rule)});
  return screen::draw(grid, style, 4);
}

/// Copies that are added up, in one line; a single one is the value itself.
Lines copies(const std::vector<Term>& terms, const Style& style) {
  if (terms.size() < 2) return {};
  std::string text = number(terms.front().value);
  for (std::size_t k = 1; k < terms.size(); ++k) text += " + " + operand(terms[k].value);
  return screen::wrapped(text, style, 4);
}

/// "and 122 smaller ones, together 0.863", with the zeros apart.
std::string rest_text(const std::vector<Term>& all, const std::vector<Term>& shown) {
  const auto zeros_in = [](const std::vector<Term>& terms) {
    return static_cast<std::size_t>(
        std::count_if(terms.begin(), terms.end(), [](const Term& term) { return term.value == 0; }));
  };
  const std::size_t zeros = zeros_in(all) - zeros_in(shown), rest = all.size() - shown.size() - zeros;
  const std::string none = std::to_string(zeros) + (zeros == 1 ? " more is 0" : " more are 0");
  if (rest == 0) return "and " + none;
  const std::string text = "and " + std::to_string(rest) + (rest == 1 ? " smaller one, " : " smaller ones, together ") +
                           number(sum(all) - sum(shown));
  return zeros == 0 ? text : text + "; " + none;
}

Lines terms(const Shown& all, const Style& style) {
  const Explanation& cell = *all.cell;
  if (cell.rule == TermRule::copy) return copies(cell.terms, style);
  if (!all.term_labels.empty() && cell.terms.size() <= kAllTerms) return terms_by_token(all, style);
  const std::vector<Term> shown = shown_terms(cell.terms);
  std::vector<std::string> texts;
  for (const Term& term : shown) texts.push_back(screen::spelt(numbered(term, text_of(term, cell.rule)), style));
  Lines lines = in_columns(texts, style, 4);
  if (shown.size() < cell.terms.size()) {
    const Lines more = screen::wrapped(rest_text(cell.terms, shown), style, 4);
    lines.insert(lines.end(), more.begin(), more.end());
  }
  return lines;
}

/// "4 (`▁how`)", or the number alone where that is the label.
std::string labelled(std::size_t index, const std::string& label) {
  const std::string number = std::to_string(index);
  return label == number ? number : number + " (`" + label + "`)";
}

void append(Lines& lines, const Lines& more) { lines.insert(lines.end(), more.begin(), more.end()); }

}  // namespace

Lines render(const Shown& shown, const Rendering& rendering) {
  const Explanation& cell = *shown.cell;
  const Style& style = rendering.style;
  Lines lines = screen::wrapped("`" + to_string(cell.name) + "`, row " + labelled(cell.row, shown.row_label) +
                                    ", column " + labelled(cell.col, shown.col_label),
                                style, 2, 2);
  if (!cell.formula.empty()) append(lines, screen::wrapped("= " + std::string(cell.formula), style, 2));
  screen::Grid operands;
  for (const OperandPart& part : cell.operands) operands.rows.push_back({"`" + part.name + "`", part_text(part)});
  append(lines, screen::draw(operands, style, 4));
  if (!cell.operands.empty()) lines.emplace_back();
  append(lines, terms(shown, style));
  screen::Grid stages{{}, {}, {false, true}};
  for (const Stage& stage : cell.stages) stages.rows.push_back({stage.says, number(stage.value)});
  append(lines, screen::draw(stages, style, 4));
  return lines;
}

}  // namespace glass::lesson
