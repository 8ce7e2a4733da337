#include "engine/trace/recompute.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "engine/trace/activation.hpp"
#include "engine/trace/operations.hpp"

namespace glass {
namespace {

Cell whole(double value) { return {value, std::abs(value)}; }

/// The contract's shape of a tensor operand's weight: what a linear map [out, in], a norm or a table must be.
std::pair<std::size_t, std::size_t> tensor_shape(Op op, const MatrixView& x, std::size_t cols, const Dims& dims) {
  if (op == Op::linear) return {cols, x.cols};
  if (op == Op::layer_norm) return {1, cols};
  return {0, dims.d_model};  // a table: any number of rows
}

void require_shape(const std::string& operand, const MatrixView& view, std::size_t rows, std::size_t cols) {
  if (view.rows == rows && view.cols == cols) return;
  throw std::runtime_error("the contract cannot be applied: " + operand + " is " + shape(view.rows, view.cols) +
                           ", expected " + shape(rows, cols));
}

}  // namespace

Recomputation::Recomputation(const Sources& sources, Name name)
    : name_(name), dims_(sources.dims), op_(row_of(name).op) {
  std::tie(rows_, cols_) = shape_of(name, sources.dims, sources.lengths);
  for (const std::string& operand : operands_of(name, sources.dims)) add_operand(sources, operand);
}

void Recomputation::add_operand(const Sources& sources, const std::string& operand) {
  if (is_tensor(operand)) return add_tensors(sources, operand);
  const Name name = parse_name(operand).value();
  const auto found = sources.trace.find(name);
  if (found == sources.trace.end())
    throw std::runtime_error("the contract cannot be applied to " + to_string(name_) + ": " + operand +
                             " was not recorded");
  const auto [rows, cols] = shape_of(name, sources.dims, sources.lengths);
  require_shape(operand, found->second.view(), rows, cols);
  operands_.push_back(found->second.view());
}

void Recomputation::add_tensors(const Sources& sources, const std::string& operand) {
  const auto [rows, cols] = tensor_shape(op_, operands_.empty() ? MatrixView{} : operands_[0], cols_, dims_);
  add_tensor(sources, operand + ".weight", rows, cols);
  if (op_ == Op::linear || op_ == Op::layer_norm) {
    add_tensor(sources, operand == "lm_head" ? "final_logits_bias" : operand + ".bias", 1, cols_);
  }
}

void Recomputation::add_tensor(const Sources& sources, const std::string& tensor, std::size_t rows, std::size_t cols) {
  const MatrixView view = sources.tensor(tensor);
  const bool may_be_absent = op_ == Op::position || tensor == "final_logits_bias";
  if (view.empty() && !may_be_absent)
    throw std::runtime_error("the contract cannot be applied to " + to_string(name_) + ": the checkpoint has no " +
                             tensor);
  if (!view.empty()) require_shape(tensor, view, rows == 0 ? view.rows : rows, cols);
  if (op_ == Op::position && !view.empty() && view.rows < rows_) {
    throw std::runtime_error("the contract cannot be applied: " + tensor + " is " + shape(view.rows, view.cols) +
                             ", too few rows for " + std::to_string(rows_) + " positions");
  }
  operands_.push_back(view);
}

Cell Recomputation::at(std::size_t i, std::size_t j) const {
  if (i >= rows_ || j >= cols_) {
    throw std::out_of_range(to_string(name_) + " has no cell (" + std::to_string(i) + ", " + std::to_string(j) +
                            "): it is " + shape(rows_, cols_));
  }
  return combine(i, j);
}

Cell Recomputation::log_softmax(std::size_t i, std::size_t j) const {
  const MatrixView& logits = operands_[0];
  if (!log_sum_exp_ || log_sum_exp_->first != i) log_sum_exp_ = {i, operation::log_sum_exp(logits, i)};
  const double logit = logits.at(i, j);
  return {logit - log_sum_exp_->second, std::abs(logit) + std::abs(log_sum_exp_->second)};
}

Cell Recomputation::combine(std::size_t i, std::size_t j) const {
  constexpr double kHidden = -std::numeric_limits<double>::infinity();
  const std::vector<MatrixView>& x = operands_;
  switch (op_) {
    case Op::given:
      throw std::runtime_error(to_string(name_) + " is given: nothing computes it");
    case Op::lookup:
      return operation::lookup(x[0], x[1], i, j);
    case Op::scale:
      return whole(x[0].at(i, j) * dims_.embedding_scale);
    case Op::position:
      return x[0].empty() ? operation::position(i, j, cols_) : whole(x[0].at(i, j));
    case Op::add:
      return {x[0].at(i, j) + x[1].at(i, j), std::abs(x[0].at(i, j)) + std::abs(x[1].at(i, j))};
    case Op::linear: {
      const Cell sum = operation::dot(x[0], i, x[1], j);
      const double bias = x[2].empty() ? 0 : x[2].at(0, j);
      return {sum.value + bias, sum.magnitude + std::abs(bias)};
    }
    case Op::head_columns:
      return whole(x[0].at(i, static_cast<std::size_t>(name_.head) * cols_ + j));
    case Op::scaled_dot: {
      const Cell sum = operation::dot(x[0], i, x[1], j);
      const double root = std::sqrt(static_cast<double>(x[0].cols));
      return {sum.value / root, sum.magnitude / root};
    }
    case Op::hide_padding:
      return whole(x[1].at(j, 0) == 1 ? x[0].at(i, j) : kHidden);
    case Op::hide_future:
      return whole(j <= i ? x[0].at(i, j) : kHidden);
    case Op::softmax:
      return operation::softmax(x[0], i, j);
    case Op::mix:
      return operation::mix(x[0], x[1], i, j);
    case Op::join_heads:
      return whole(x[j / x[0].cols].at(i, j % x[0].cols));
    case Op::layer_norm:
      return operation::layer_norm(x[0], x[1], x[2], i, j);
    case Op::activation:
      return whole(activation_function(dims_.activation)(x[0].at(i, j)));
    case Op::copy:
      return whole(x[0].at(i, j));
    case Op::log_softmax:
      return log_softmax(i, j);
  }
  throw std::logic_error("an operation without arithmetic");
}

}  // namespace glass
