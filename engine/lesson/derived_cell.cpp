#include "engine/lesson/derived_cell.hpp"

#include <stdexcept>

#include "engine/lesson/figures.hpp"
#include "engine/lesson/names.hpp"

namespace glass::lesson {
namespace {

std::string rule_of(DerivedOp op) {
  switch (op) {
    case DerivedOp::mean:
      return "the mean of these";
    case DerivedOp::difference:
      return "the first less the second";
    case DerivedOp::ratio:
      return "the first divided by the second";
    case DerivedOp::exponential:
      return "exp of this";
    case DerivedOp::entropy:
      return "-sum p log2 p over these shares p";
    case DerivedOp::likeness:
      return "the dot product of these two rows";
    case DerivedOp::word_sum:
      return "the sum of these: the pieces that spell the word";
  }
  return "";
}

std::vector<Name> operands(const Session& session, const Derive& derive) {
  std::vector<Name> names;
  for (const std::string& text : derive.operands) {
    const std::vector<Name> more = names_of(session, text);
    names.insert(names.end(), more.begin(), more.end());
  }
  return names;
}

/// Columns [begin, end) of one row.
std::vector<CellRef> cells_of(Name name, std::size_t row, std::size_t begin, std::size_t end) {
  std::vector<CellRef> cells;
  for (std::size_t j = begin; j < end; ++j) cells.push_back({to_string(name), false, row, j});
  return cells;
}

std::vector<CellRef> read_by(const Session& session, const Derive& derive, std::size_t row, std::size_t col) {
  const std::vector<Name> names = operands(session, derive);
  switch (derive.op) {
    case DerivedOp::entropy:
      return cells_of(names.at(0), row, 0, session.trace().at(names[0]).cols);
    case DerivedOp::likeness:
      return {{to_string(names.front()), false, row, 0}, {to_string(names.back()), false, col, 0}};
    case DerivedOp::word_sum: {
      const Grouping words = grouping_of(session.labels(), WordRule::plain, WordRule::french);
      const Word& source = words.source.at(col);
      return cells_of(names.at(0), words.target.at(row).begin, source.begin, source.end);
    }
    default:
      break;
  }
  std::vector<CellRef> cells;
  for (const Name name : names) cells.push_back({to_string(name), false, row, col});
  return cells;
}

}  // namespace

DerivedCell derived_cell(const Session& session, const Derive& derive, std::size_t row, std::size_t col) {
  const Matrix matrix = derived_from(session.trace(), session, derive);
  if (row >= matrix.rows || col >= matrix.cols)
    throw std::out_of_range("the derived matrix is " + shape(matrix.rows, matrix.cols) + " and has no cell (" +
                            std::to_string(row) + ", " + std::to_string(col) + ")");
  return {rule_of(derive.op), read_by(session, derive, row, col), matrix(row, col)};
}

}  // namespace glass::lesson
