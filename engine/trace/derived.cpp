#include "engine/trace/derived.hpp"

#include <cmath>
#include <stdexcept>

namespace glass {
namespace {

std::string_view name_of(DerivedOp op) {
  switch (op) {
    case DerivedOp::mean:
      return "mean";
    case DerivedOp::difference:
      return "difference";
    case DerivedOp::ratio:
      return "ratio";
    case DerivedOp::exponential:
      return "exponential";
    case DerivedOp::entropy:
      return "entropy";
    case DerivedOp::likeness:
      return "likeness";
    case DerivedOp::word_sum:
      return "word_sum";
  }
  return "";
}

[[noreturn]] void refuse(DerivedOp op, const std::string& sentence) {
  throw std::invalid_argument(std::string(name_of(op)) + ": " + sentence);
}

std::string shape(const MatrixView& x) { return glass::shape(x.rows, x.cols); }

void require_operands(DerivedOp op, const std::vector<MatrixView>& x) {
  require_count(op, x.size());
  for (const MatrixView& each : x) {
    if (each.empty()) refuse(op, "an operand is absent");
  }
}

void require_one_shape(DerivedOp op, const std::vector<MatrixView>& x) {
  for (const MatrixView& each : x) {
    if (each.rows == x[0].rows && each.cols == x[0].cols) continue;
    refuse(op, "the first operand is " + shape(x[0]) + ", another " + shape(each) + "; all need one shape");
  }
}

/// cell(i, j) everywhere
template <class Cell>
Matrix filled(std::size_t rows, std::size_t cols, Cell cell) {
  Matrix result(rows, cols);
  for (std::size_t j = 0; j < cols; ++j) {
    for (std::size_t i = 0; i < rows; ++i) result(i, j) = cell(i, j);
  }
  return result;
}

double mean_at(const std::vector<MatrixView>& x, std::size_t i, std::size_t j) {
  double sum = 0;
  for (const MatrixView& each : x) sum += each.at(i, j);
  return sum / static_cast<double>(x.size());
}

/// -sum_k p(i, k) log2 p(i, k)
double entropy_of_row(const MatrixView& p, std::size_t i) {
  double bits = 0;
  for (std::size_t k = 0; k < p.cols; ++k) {
    const double share = p.at(i, k);
    if (share != 0) bits -= share * std::log2(share);
  }
  return bits;
}

double dot_of_rows(const MatrixView& a, std::size_t i, const MatrixView& b, std::size_t j) {
  double sum = 0;
  for (std::size_t k = 0; k < a.cols; ++k) sum += a.at(i, k) * b.at(j, k);
  return sum;
}

Matrix likeness(const MatrixView& a, const MatrixView& b) {
  if (a.cols != b.cols) {
    refuse(DerivedOp::likeness,
           "the first operand is " + shape(a) + ", the second " + shape(b) + "; both need as many columns");
  }
  return filled(a.rows, b.rows, [&](std::size_t i, std::size_t j) { return dot_of_rows(a, i, b, j); });
}

void require_words(const MatrixView& x, const Grouping& words) {
  std::size_t covered = 0;
  for (const Word& word : words.source) {
    if (word.begin != covered || word.end < word.begin) refuse(DerivedOp::word_sum, "the source words leave a gap");
    covered = word.end;
  }
  if (covered != x.cols) {
    refuse(DerivedOp::word_sum, "the source words have " + std::to_string(covered) + " pieces, but the matrix is " +
                                    shape(x) + ", a column a piece");
  }
  for (const Word& word : words.target) {
    if (word.begin >= x.rows) {
      refuse(DerivedOp::word_sum, "the target word \"" + word.name + "\" begins at row " + std::to_string(word.begin) +
                                      ", but the matrix is " + shape(x));
    }
  }
}

Matrix word_sum(const MatrixView& x, const Grouping& words) {
  require_words(x, words);
  return filled(words.target.size(), words.source.size(), [&](std::size_t i, std::size_t j) {
    double sum = 0;
    for (std::size_t k = words.source[j].begin; k < words.source[j].end; ++k) sum += x.at(words.target[i].begin, k);
    return sum;
  });
}

/// The operations whose result has its operands' shape.
Matrix cell_by_cell(DerivedOp op, const std::vector<MatrixView>& x) {
  require_one_shape(op, x);
  return filled(x[0].rows, x[0].cols, [&](std::size_t i, std::size_t j) {
    if (op == DerivedOp::mean) return mean_at(x, i, j);
    if (op == DerivedOp::exponential) return std::exp(x[0].at(i, j));
    return op == DerivedOp::ratio ? x[0].at(i, j) / x[1].at(i, j) : x[0].at(i, j) - x[1].at(i, j);
  });
}

}  // namespace

void require_count(DerivedOp op, std::size_t count) {
  const bool two = op == DerivedOp::difference || op == DerivedOp::ratio || op == DerivedOp::likeness;
  const std::size_t needed = two ? 2 : 1;
  const bool fits = op == DerivedOp::mean ? count > 0 : count == needed;
  if (fits) return;
  const std::string takes = op == DerivedOp::mean ? "at least one operand" : two ? "two operands" : "one operand";
  refuse(op, "takes " + takes + ", not " + std::to_string(count));
}

Grouping grouping_of(const Labels& labels, WordRule source, WordRule target) {
  Grouping result{words_of_pieces(labels.source, source), words_of_pieces(labels.target_predicted, target)};
  std::erase_if(result.target, [](const Word& word) { return word.special && word.name != "<unk>"; });
  return result;
}

Matrix derive(DerivedOp op, const std::vector<MatrixView>& operands, const Grouping& grouping) {
  require_operands(op, operands);
  const MatrixView& x = operands[0];
  switch (op) {
    case DerivedOp::entropy:
      return filled(x.rows, 1, [&](std::size_t i, std::size_t) { return entropy_of_row(x, i); });
    case DerivedOp::likeness:
      return likeness(x, operands[1]);
    case DerivedOp::word_sum:
      return word_sum(x, grouping);
    default:
      return cell_by_cell(op, operands);
  }
}

std::size_t best(const MatrixView& shares, std::size_t row) {
  if (row >= shares.rows || shares.cols == 0) {
    throw std::invalid_argument("best: there is no share in row " + std::to_string(row) + " of a matrix that is " +
                                shape(shares));
  }
  std::size_t largest = 0;
  for (std::size_t j = 1; j < shares.cols; ++j) {
    if (shares.at(row, j) > shares.at(row, largest)) largest = j;
  }
  return largest;
}

}  // namespace glass
