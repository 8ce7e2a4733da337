#include <array>
#include <cstdio>

#include "engine/golden/verdict.hpp"

namespace glass::golden {
namespace {

std::string number(const char* format, double value) {
  std::array<char, 64> text{};
  (void)std::snprintf(text.data(), text.size(), format, value);
  return text.data();
}

std::string line(std::string_view title, const std::string& text) {
  std::string padded(title);
  padded.resize(11, ' ');
  return "\n  " + padded + text;
}

std::string headline(const Difference& found) {
  const std::string name = to_string(found.name);
  switch (found.kind) {
    case Difference::Kind::missing:
      return name + " is missing";
    case Difference::Kind::shape:
      return name + " has the wrong shape: " + shape(found.got_rows, found.got_cols) + ", expected " +
             shape(found.rows, found.cols);
    case Difference::Kind::value:
      break;
  }
  return name + " differs";
}

std::string cell(const Difference& found, const Labels& labels, Spelling spelling) {
  return "row " + std::to_string(found.row) + " (" + row_label(found.name, found.row, labels, spelling) + "), column " +
         std::to_string(found.col) + " (" + column_label(found.name, found.col, labels, spelling) + ")";
}

std::string values(const Difference& found, const Labels& labels, Spelling spelling) {
  return line("cell", cell(found, labels, spelling)) + line("expected", number("%.12g", found.expected)) +
         line("got", number("%.12g", found.got)) + line("tolerance", number("%.2g", found.tolerance)) +
         line("largest", number("%.3g", found.largest) + ", the largest difference in the matrix") +
         line("wrong", std::to_string(found.wrong_cells) + " of " + std::to_string(found.rows * found.cols) + " cells");
}

}  // namespace

std::string to_text(const Verdict& verdict, const Labels& labels, Spelling spelling) {
  const std::string total = std::to_string(verdict.compared);
  if (!verdict.first) return verdict.compared == 1 ? "1 matrix, equal" : total + " matrices, all equal";
  std::string text = headline(*verdict.first) + line("what", std::string(row_of(verdict.first->name).meaning));
  if (verdict.first->kind == Difference::Kind::value) text += values(*verdict.first, labels, spelling);
  return text + line("before it", std::to_string(verdict.equal_before) + " matrices, all equal") +
         line("in all", std::to_string(verdict.equal) + " of " + total + " matrices equal");
}

}  // namespace glass::golden
