#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/trace/dims.hpp"

namespace glass {

/// What the rows or columns of a matrix count.
enum class Axis { one, source, target, d_model, d_k, d_ff, vocab_size };

/// How a matrix follows from its operands. Closed: `why`, the checks and the pages know exactly these.
enum class Op {
  given,
  lookup,
  scale,
  position,
  add,
  linear,
  head_columns,
  scaled_dot,
  hide_padding,
  hide_future,
  softmax,
  mix,
  join_heads,
  layer_norm,
  activation,
  copy,
  log_softmax
};

/// Which part of an operand the cell (i, j) of the result reads.
enum class Read {
  cell,             ///< (i, j)
  row,              ///< row i
  row_of_column,    ///< row j
  column,           ///< column j
  first_of_row,     ///< (i, 0)
  first_of_column,  ///< (j, 0); of a vector, element j
  slice,            ///< the cell of row i where head h keeps its column
  table             ///< the row that an id or a position points at, column j
};

/// One line of the contract: everything that is known of a matrix before it is computed. `name` and `operands` are
/// patterns: `L` stands for the layer, `L-1` for the one below (under layer 0: `SIDE.embed.sum`), `N-1` for the last
/// layer, `H` for the head, `H*` for all heads. An operand is a contract name or a checkpoint tensor; the tensor
/// `model.….q_proj` means the pair `.weight` and `.bias`, `lm_head` the output table and `final_logits_bias`.
struct Row {
  std::string name;
  Axis rows, cols;
  Op op;
  std::vector<std::string> operands;
  std::string_view formula, meaning;
};

/// A contract name with its layer and head filled in; -1 where it has none.
struct Name {
  std::int16_t row = 0, layer = -1, head = -1;
  auto operator<=>(const Name&) const = default;
};

/// All rows, in the order of computation within one layer and head. Name::row is an index into it.
/// @source formulas: Vaswani et al. (2017), sections 3.1 to 3.5.
[[nodiscard]] const std::vector<Row>& contract();

[[nodiscard]] const Row& row_of(Name name);

/// How the operands of an operation are read, one entry an operand.
[[nodiscard]] const std::vector<Read>& reads(Op op);

/// How operand `index` is read, where a linear map and a norm have three: the bias is read like any vector; the last
/// entry of reads() holds for all heads.
[[nodiscard]] Read read_of(Op op, std::size_t index);

/// "decoder.layers.0.encoder_attn.head.1.scores" as a Name; nothing if the contract has no such name.
[[nodiscard]] std::optional<Name> parse_name(std::string_view text);

[[nodiscard]] std::string to_string(Name name);

/// Every name of a model of these sizes, in the order of computation.
[[nodiscard]] std::vector<Name> all_names(const Dims& dims);

/// The stack (encoder or decoder) that a name belongs to.
[[nodiscard]] const StackDims& stack_of(Name name, const Dims& dims);

/// True if a model of these sizes has such a layer and head.
[[nodiscard]] bool exists(Name name, const Dims& dims);

/// Rows and columns that the matrix must have.
[[nodiscard]] std::pair<std::size_t, std::size_t> shape_of(Name name, const Dims& dims, const Lengths& lengths);

/// The operands of one matrix with every placeholder filled in; `H*` gives one entry a head.
[[nodiscard]] std::vector<std::string> operands_of(Name name, const Dims& dims);

/// True for an operand that is a checkpoint tensor, not a recorded matrix.
[[nodiscard]] bool is_tensor(std::string_view operand);

/// The known names nearest to a misspelt one, for error messages (at most `count`, by edit distance).
[[nodiscard]] std::vector<std::string> nearest_names(std::string_view text, const Dims& dims, std::size_t count = 3);

}  // namespace glass
