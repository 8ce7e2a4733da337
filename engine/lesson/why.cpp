#include "engine/lesson/why.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "engine/reference/model.hpp"

namespace glass::lesson {
namespace {

/// What rows and columns of matrices and tensors are called.
struct Namer {
  const Model& model;
  const Labels& labels;

  [[nodiscard]] std::string row(const CellRef& cell) const {
    if (!cell.is_tensor) return row_label(parse_name(cell.name).value(), cell.row, labels);
    if (cell.name == "model.encoder.embed_tokens.weight") return piece(cell.row, text::Side::source);
    const bool target = cell.name == "model.decoder.embed_tokens.weight" || cell.name == "model.shared.weight" ||
                        cell.name == "lm_head.weight";
    return target ? piece(cell.row, text::Side::target) : std::to_string(cell.row);
  }

  [[nodiscard]] std::string column(const CellRef& cell) const {
    if (!cell.is_tensor) return column_label(parse_name(cell.name).value(), cell.col, labels);
    return cell.name == "final_logits_bias" ? piece(cell.col, text::Side::target) : std::to_string(cell.col);
  }

 private:
  [[nodiscard]] std::string piece(std::size_t id, text::Side side) const {
    return model.tokenizer.piece(static_cast<std::int64_t>(id), side);
  }
};

bool hides(Op op) { return op == Op::hide_padding || op == Op::hide_future; }

/// The parts that the number depends on: whatever a hidden score is, it is hidden.
std::vector<OperandPart> depended_on(const Explanation& cell) {
  if (!hides(cell.op) || !cell.terms.empty()) return cell.operands;
  if (cell.op == Op::hide_future) return {};
  return {cell.operands.begin() + 1, cell.operands.end()};
}

std::string leaf_text(const Explanation& cell) {
  if (cell.op == Op::given) return "given with the sentence: nothing computes it";
  if (hides(cell.op)) return "by the mask's rule, from nothing else: whatever the score is, it is not read";
  return "by the formula, from nothing else";
}

/// The name under which the checkpoint's file has a tensor, if that is another.
std::string name_in_file(const Model& model, const std::string& tensor) {
  const std::optional<checkpoint::Tensor> own = model.checkpoint.find(tensor);
  for (const checkpoint::Expected& each : model.checkpoint.names()) {
    const std::optional<checkpoint::Tensor> other = model.checkpoint.find(each.name);
    if (own && other && own->data == other->data && each.name != tensor) return "; it shares " + each.name;
  }
  return "";
}

std::string weight_text(const Why& why, const Model& model) {
  const std::string row = why.rows == 1 ? "" : std::to_string(why.cell.row) + ", ";
  const std::string rows = why.rows == 1 ? "" : std::to_string(why.rows) + " × ";
  return "a weight of the checkpoint: element [" + row + std::to_string(why.cell.col) + "] of " + rows +
         std::to_string(why.cols) + name_in_file(model, why.cell.name);
}

/// The tokens that the terms run over, if they do.
std::vector<std::string> term_labels(const Explanation& cell, const Labels& labels) {
  const std::optional<Name> first = cell.operands.empty() ? std::nullopt : parse_name(cell.operands.front().name);
  if (!first || !cell.operands.front().whole_row()) return {};
  const Axis axis = glass::row_of(*first).cols;
  if (axis != Axis::source && axis != Axis::target && axis != Axis::vocab_size) return {};
  std::vector<std::string> result;
  for (const Term& term : cell.terms) result.push_back(column_label(*first, term.index, labels));
  return result;
}

CellRef cell_of(const OperandPart& part, std::size_t element) {
  const auto [row, col] = part.cell(element);
  return {part.name, part.is_tensor, row, col};
}

bool is_whole(const OperandPart& part) { return part.whole_row() || part.whole_column(); }

std::string place(const CellRef& cell) {
  return cell.name + " (" + std::to_string(cell.row) + ", " + std::to_string(cell.col) + ")";
}

/// "1 encoder.embed.scaled, 2 encoder.embed.positions"
std::string choices(const Why& why) {
  std::string text;
  for (std::size_t k = 0; k < why.operands.size(); ++k)
    text += (k == 0 ? "" : ", ") + std::to_string(k + 1) + " " + why.operands[k].part.name;
  return text;
}

}  // namespace

Why why(const Session& session, const Pass& pass, const CellRef& cell) {
  const Sources sources = session.sources(pass);
  const Namer namer{session.model(), pass.labels};
  const MatrixView matrix = matrix_of(sources, cell);
  Why result;
  result.cell = cell;
  result.row_label = namer.row(cell);
  result.col_label = namer.column(cell);
  result.rows = matrix.rows;
  result.cols = matrix.cols;
  result.value = matrix.at(cell.row, cell.col);
  if (cell.is_tensor) {
    result.leaf = weight_text(result, session.model());
    return result;
  }
  result.explanation = explain(sources, parse_name(cell.name).value(), cell.row, cell.col);
  for (const OperandPart& part : depended_on(*result.explanation)) {
    const CellRef first = cell_of(part, 0);
    result.operands.push_back({part, namer.row(first), namer.column(first)});
  }
  result.term_labels = term_labels(*result.explanation, pass.labels);
  if (result.is_leaf()) result.leaf = leaf_text(*result.explanation);
  return result;
}

std::size_t largest_term(const Why& why) {
  if (!why.explanation || why.explanation->terms.empty()) return 0;
  const auto size = [](const Term& term) {
    return std::isnan(term.value) ? std::numeric_limits<double>::infinity() : std::abs(term.value);
  };
  const std::vector<Term>& terms = why.explanation->terms;
  return std::max_element(terms.begin(), terms.end(), [&](const Term& a, const Term& b) { return size(a) < size(b); })
      ->index;
}

std::size_t followed_element(const Why& why) {
  const TermRule rule = why.explanation ? why.explanation->rule : TermRule::none;
  const bool own = rule == TermRule::exponential || rule == TermRule::squared_error;
  return own ? why.cell.col : largest_term(why);
}

std::string which_element(const Why& why) {
  const TermRule rule = why.explanation ? why.explanation->rule : TermRule::none;
  if (rule == TermRule::exponential || rule == TermRule::squared_error) return "the one in its own column";
  return "the largest of " + std::to_string(why.explanation ? why.explanation->terms.size() : 0) + " terms";
}

std::vector<CellRef> up(const Why& why) {
  std::vector<CellRef> cells;
  for (const WhyOperand& operand : why.operands) cells.push_back(cell_of(operand.part, followed_element(why)));
  return cells;
}

CellRef up(const Why& why, std::size_t operand, std::optional<std::size_t> element) {
  const std::string here = place(why.cell);
  if (why.is_leaf()) throw std::invalid_argument(here + " is " + why.leaf + "; there is nothing to follow");
  if (operand < 1 || operand > why.operands.size())
    throw std::invalid_argument(here + " has no operand " + std::to_string(operand) + ": it has " + choices(why));
  const OperandPart& part = why.operands[operand - 1].part;
  if (!element) return up(why)[operand - 1];
  const std::string which = "operand " + std::to_string(operand) + " of " + here + ", " + part.name + ", ";
  if (!is_whole(part)) throw std::invalid_argument(which + "is one number and has no elements");
  const std::size_t count = why.explanation->terms.size();
  if (*element >= count)
    throw std::invalid_argument(which + "has no element " + std::to_string(*element) + ": they are 0 to " +
                                std::to_string(count - 1));
  return cell_of(part, *element);
}

}  // namespace glass::lesson
