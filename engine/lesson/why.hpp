#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/lesson/render.hpp"
#include "engine/lesson/session.hpp"
#include "engine/trace/cell.hpp"
#include "engine/trace/explain.hpp"
#include "engine/trace/used_by.hpp"

namespace glass::lesson {

/// A part of an operand that a number is computed from, and what its row and column stand for: a token, or their index.
struct WhyOperand {
  OperandPart part;
  std::string row_label, col_label;
};

/// The arithmetic behind one number of a sentence, with the words of a person.
struct Why {
  CellRef cell;
  std::string row_label, col_label;
  std::size_t rows = 0, cols = 0;          ///< of the matrix or tensor that it is in
  std::optional<Explanation> explanation;  ///< none of a tensor
  std::vector<WhyOperand> operands;  ///< what it depends on, in the contract's order; of a hidden score not the score
  std::vector<std::string> term_labels;  ///< the tokens that its terms stand for, by their index; empty for features
  std::string leaf;                      ///< where it comes from, if from nothing that can be asked; else empty
  double value = 0;                      ///< what is recorded, or stored

  [[nodiscard]] bool is_leaf() const { return operands.empty(); }
};

/// Explains a recorded cell or a tensor's.
/// @throws std::runtime_error and std::out_of_range as explain() and matrix_of()
[[nodiscard]] Why why(const Session& session, const Pass& pass, const CellRef& cell);

/// The index of the term with the largest magnitude, NaN before all others; 0 if there are none.
[[nodiscard]] std::size_t largest_term(const Why& why);

/// Which element of a whole row or column is followed, unless somebody chooses: where an operation treats the cells of
/// a row alike (softmax, norms), that of the cell's own column; of a sum, that of the largest term.
[[nodiscard]] std::size_t followed_element(const Why& why);

/// In words: "the largest of 128 terms", "the one in its own column".
[[nodiscard]] std::string which_element(const Why& why);

/// The cells that it is computed from, one for each operand in their order: the cell itself, or of a whole row or
/// column the followed element.
[[nodiscard]] std::vector<CellRef> up(const Why& why);

/// One of them.
/// @param operand  counts from 1
/// @param element  of a whole row or column; without it, the followed one
/// @throws std::invalid_argument in one sentence with the choices: of a leaf, and for what does not exist
[[nodiscard]] CellRef up(const Why& why, std::size_t operand, std::optional<std::size_t> element);

/// What it is, its formula, the operands by their numbers, the terms, the numbers on the way; `the contract gives X` if
/// something else was recorded; and at last `= VALUE` with all digits.
[[nodiscard]] screen::Lines render(const Why& why, const Rendering& rendering, bool all_terms);

/// "row 4 (`▁how`)", "column 17", or both: which cells a use is.
[[nodiscard]] std::string place_of(const Use& use, const Labels& labels);

/// What it is, what is computed from it, and at last `= VALUE`.
[[nodiscard]] screen::Lines render(const Why& why, const std::vector<Use>& uses, const Pass& pass,
                                   const Rendering& rendering);

}  // namespace glass::lesson
