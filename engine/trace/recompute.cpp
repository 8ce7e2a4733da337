#include "engine/trace/recompute.hpp"

#include <stdexcept>
#include <tuple>

namespace glass {
namespace {

/// The contract's shape of a tensor operand's weight: what a linear map [out, in], a norm or a table must be.
std::pair<std::size_t, std::size_t> tensor_shape(Op op, const Operands& x) {
  if (op == Op::linear) return {x.cols, x[0].cols};
  if (op == Op::layer_norm) return {1, x.cols};
  return {0, x.dims.d_model};  // a table: any number of rows
}

}  // namespace

void require_shape(const std::string& name, const MatrixView& view, std::size_t rows, std::size_t cols) {
  if (view.rows == rows && view.cols == cols) return;
  throw std::runtime_error("the contract cannot be applied: " + name + " is " + shape(view.rows, view.cols) +
                           ", expected " + shape(rows, cols));
}

Recomputation::Recomputation(const Sources& sources, Name name)
    : op_(row_of(name).op), operands_{name, sources.dims, 0, 0, {}} {
  std::tie(operands_.rows, operands_.cols) = shape_of(name, sources.dims, sources.lengths);
  for (const std::string& operand : operands_of(name, sources.dims)) add_operand(sources, operand);
}

void Recomputation::add_operand(const Sources& sources, const std::string& operand) {
  if (is_tensor(operand)) return add_tensors(sources, operand);
  const Name name = parse_name(operand).value();
  const auto found = sources.trace.find(name);
  if (found == sources.trace.end())
    throw std::runtime_error("the contract cannot be applied to " + to_string(operands_.name) + ": " + operand +
                             " was not recorded");
  const auto [rows, cols] = shape_of(name, sources.dims, sources.lengths);
  require_shape(operand, found->second.view(), rows, cols);
  operands_.all.push_back({operand, false, found->second.view()});
}

void Recomputation::add_tensors(const Sources& sources, const std::string& operand) {
  const auto [rows, cols] = tensor_shape(op_, operands_);
  add_tensor(sources, operand + ".weight", rows, cols);
  if (op_ == Op::linear || op_ == Op::layer_norm) {
    add_tensor(sources, operand == "lm_head" ? "final_logits_bias" : operand + ".bias", 1, operands_.cols);
  }
}

void Recomputation::add_tensor(const Sources& sources, const std::string& tensor, std::size_t rows, std::size_t cols) {
  const MatrixView view = sources.tensor(tensor);
  const bool may_be_absent = op_ == Op::position || tensor == "final_logits_bias";
  if (view.empty() && !may_be_absent)
    throw std::runtime_error("the contract cannot be applied to " + to_string(operands_.name) +
                             ": the checkpoint has no " + tensor);
  if (!view.empty()) require_shape(tensor, view, rows == 0 ? view.rows : rows, cols);
  if (op_ == Op::position && !view.empty() && view.rows < operands_.rows) {
    throw std::runtime_error("the contract cannot be applied: " + tensor + " is " + shape(view.rows, view.cols) +
                             ", too few rows for " + std::to_string(operands_.rows) + " positions");
  }
  operands_.all.push_back({tensor, true, view});
}

void Recomputation::require_cell(std::size_t i, std::size_t j) const {
  if (i < rows() && j < cols()) return;
  throw std::out_of_range(to_string(operands_.name) + " has no cell (" + std::to_string(i) + ", " + std::to_string(j) +
                          "): it is " + shape(rows(), cols()));
}

Cell Recomputation::at(std::size_t i, std::size_t j) const {
  require_cell(i, j);
  if (op_ != Op::log_softmax) return operation::compute(operands_, i, j, {});
  const MatrixView& logits = operands_[0];
  if (!log_sum_exp_ || log_sum_exp_->first != i) log_sum_exp_ = {i, operation::log_sum_exp(logits, i, {})};
  return operation::log_share(logits.at(i, j), log_sum_exp_->second, {});
}

Cell Recomputation::at(std::size_t i, std::size_t j, Working& working) const {
  require_cell(i, j);
  return operation::compute(operands_, i, j, Notes(working));
}

}  // namespace glass
