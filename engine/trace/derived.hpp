#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/trace/labels.hpp"
#include "engine/trace/matrix.hpp"
#include "engine/trace/words.hpp"

namespace glass {

/// How a matrix without a contract name follows from others.
enum class DerivedOp {
  mean,         ///< cell by cell over any number of matrices of one shape
  difference,   ///< a - b, cell by cell
  ratio,        ///< a / b, cell by cell
  exponential,  ///< exp(a), cell by cell
  entropy,      ///< of every row, in bits: -sum_k p_k log2 p_k, 0 log 0 being 0
  likeness,     ///< a b^T: the dot product of every row of a with every row of b
  word_sum      ///< the pieces of a source word added up, in the rows that predict a target word's first piece
};

/// The words that `word_sum` adds up and keeps: the columns of the matrix are the source's pieces, its rows *predict*
/// the target's.
struct Grouping {
  std::vector<Word> source;  ///< cover all columns
  std::vector<Word> target;  ///< one row of the result each, read at row `begin`
};

/// The words of a labelled sentence: all of the source, the closing `</s>` and padding included; of what the decoder
/// rows predict, the words of text (`<unk>` too, the closing `</s>` and padding not).
/// @source data/recipes/alignments
[[nodiscard]] Grouping grouping_of(const Labels& labels, WordRule source, WordRule target);

/// @throws std::invalid_argument unless the operation takes so many operands ("difference: takes two operands, not 3")
void require_count(DerivedOp op, std::size_t count);

/// The expression over the operands' names: "mean over H of decoder.layers.1.encoder_attn.head.H.weights" where they
/// are the same but for heads (or layers, or both) counted from 0, "exp(decoder.log_probabilities)",
/// "encoder.embed.tokens encoder.embed.tokens^T". Heads that leave some out are told: "mean over H = 0, 2 of ...". An
/// operand that is itself an expression with blanks is put in parentheses.
/// @throws std::invalid_argument for a wrong number of operands
[[nodiscard]] std::string expression(DerivedOp op, const std::vector<std::string>& operands);

/// Computes it. Shapes: cell by cell as the operands; entropy T x 1; likeness rows of a x rows of b; word_sum target
/// words x source words.
/// @throws std::invalid_argument in one sentence for a wrong number of operands, shapes that do not fit, an absent
///         operand, and words that do not cover the columns or lie outside the rows
/// @source entropy: Shannon (1948); word_sum: data/recipes/alignments
[[nodiscard]] Matrix derive(DerivedOp op, const std::vector<MatrixView>& operands, const Grouping& grouping = {});

/// The column with the largest share in a row; the first of equals.
/// @throws std::invalid_argument if there is no such row, or no column
[[nodiscard]] std::size_t best(const MatrixView& shares, std::size_t row);

}  // namespace glass
