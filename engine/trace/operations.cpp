#include "engine/trace/operations.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "engine/trace/activation.hpp"

namespace glass::operation {
namespace {

constexpr double kEpsilon = 1e-5;
constexpr double kHidden = -std::numeric_limits<double>::infinity();
constexpr std::string_view kSum = "sum of the terms";

Cell whole(double value) { return {value, std::abs(value)}; }

Cell copied(std::size_t index, double value, Notes notes) { return whole(notes.term(index, value, 1, value)); }

/// sum_k left(k) right(k)
template <class Left, class Right>
Cell sum_of_products(std::size_t count, Left left, Right right, Notes notes) {
  Cell sum;
  for (std::size_t k = 0; k < count; ++k) {
    const double l = left(k), r = right(k);
    const double term = notes.term(k, l, r, l * r);
    sum.value += term;
    sum.magnitude += std::abs(term);
  }
  notes.stage(kSum, sum.value);
  return sum;
}

/// `sum_k x(i, k) w(j, k)`: row i of x with row j of w (a weight is stored [out, in])
Cell dot(const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  const MatrixView a = x[0], b = x[1];
  return sum_of_products(
      a.cols, [a, i](std::size_t k) { return a.at(i, k); }, [b, j](std::size_t k) { return b.at(j, k); }, notes);
}

double row_max(const MatrixView& x, std::size_t i, Notes notes) {
  double largest = kHidden;
  for (std::size_t k = 0; k < x.cols; ++k) largest = std::fmax(largest, x.at(i, k));
  return notes.stage("largest of the row", largest);
}

/// sum_k exp(x(i, k) - largest)
double exp_sum(const MatrixView& x, std::size_t i, double largest, Notes notes) {
  double sum = 0;
  for (std::size_t k = 0; k < x.cols; ++k) {
    const double each = x.at(i, k);
    sum += notes.term(k, each, largest, std::exp(each - largest));
  }
  return notes.stage(kSum, sum);
}

Cell given(const Operands& x, std::size_t /*i*/, std::size_t /*j*/, Notes /*notes*/) {
  throw std::runtime_error(to_string(x.name) + " is given: nothing computes it");
}

/// `E[id]`: row ids(i) of the table
Cell lookup(const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  const std::size_t id = table_row(x, i);
  notes.stage("the id at this position", static_cast<double>(id));
  return whole(notes.stage("in the table's row of that id, column", static_cast<double>(j), x[1].at(id, j)));
}

Cell scale(const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  const double token = x[0].at(i, j), factor = x.dims.embedding_scale;
  const double scaled = notes.term(j, token, factor, token * factor);
  if (factor == 1) return whole(notes.stage("times 1: this model does not scale", scaled));
  return whole(notes.stage("times sqrt(d_model) =", factor, scaled));
}

/// sin(p / 10000^(2i/d)) for columns i < ceil(d/2), then cos of the same; rounded to float32 as the checkpoint format
/// has it. The checkpoint's own table, where there is one.
Cell position(const Operands& x, std::size_t p, std::size_t j, Notes notes) {
  if (!x[0].empty()) {
    const Cell stored = copied(j, x[0].at(table_row(x, p), j), notes);
    notes.stage("row p of the checkpoint's own table, p =", static_cast<double>(p), stored.value);
    return stored;
  }
  const std::size_t sines = (x.cols + 1) / 2;
  const std::size_t pair = j < sines ? j : j - sines;
  const double exponent = 2.0 * static_cast<double>(pair) / static_cast<double>(x.cols);
  const double angle = notes.stage("position p", static_cast<double>(p)) / std::pow(10000.0, exponent);
  if (notes.on()) {
    notes.stage("angle: p / 10000^(2 i / d_model), i = " + std::to_string(pair) + ", d_model =",
                static_cast<double>(x.cols), angle);
  }
  const double wave = j < sines ? notes.stage("sine of the angle", std::sin(angle))
                                : notes.stage("cosine of the angle", std::cos(angle));
  return whole(notes.stage("rounded to float32", static_cast<double>(static_cast<float>(wave))));
}

Cell add(const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  return sum_of_products(
      2, [&](std::size_t k) { return x[k].at(i, j); }, [](std::size_t) { return 1.0; }, notes);
}

Cell linear(const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  const Cell sum = dot(x, i, j, notes);
  if (x[2].empty()) {
    notes.stage("this checkpoint has no bias", sum.value);
    return sum;
  }
  const double bias = x[2].at(0, j);
  return {notes.stage("plus bias =", bias, sum.value + bias), sum.magnitude + std::abs(bias)};
}

Cell head_columns(const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  const std::size_t column = slice_of(x, j).second;
  const Cell cell = copied(column, x[0].at(i, column), notes);
  if (notes.on()) {
    const std::string head = std::to_string(x.name.head), d_k = std::to_string(x.cols), c = std::to_string(j);
    notes.stage(
        "column " + c + " of head " + head + " is column H d_k + " + c + " = " + head + " * " + d_k + " + " + c + " =",
        static_cast<double>(column), cell.value);
  }
  return cell;
}

Cell scaled_dot(const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  const Cell sum = dot(x, i, j, notes);
  const double root = std::sqrt(static_cast<double>(x[0].cols));
  return {notes.stage("divided by sqrt(d_k) =", root, sum.value / root), sum.magnitude / root};
}

Cell score_where(bool visible, const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  return visible ? copied(j, x[0].at(i, j), notes) : whole(kHidden);
}

Cell hide_padding(const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  const bool visible = notes.stage("the key's mark: 1 real, 0 padding", x[1].at(j, 0)) == 1;
  const Cell cell = score_where(visible, x, i, j, notes);
  notes.stage(visible ? "visible: the score stays" : "hidden: -inf instead of the score", cell.value);
  return cell;
}

Cell hide_future(const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  const Cell cell = score_where(j <= i, x, i, j, notes);
  if (notes.on()) {
    const std::string key = "key " + std::to_string(j), query = "query " + std::to_string(i);
    notes.stage(j <= i ? "visible: " + key + " is not later than " + query + ", the score stays"
                       : "hidden: " + key + " is later than " + query + ", -inf instead of the score",
                cell.value);
  }
  return cell;
}

Cell softmax(const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  const double largest = row_max(x[0], i, notes);
  const double sum = exp_sum(x[0], i, largest, notes);
  const double own = notes.stage("the term of its own column", std::exp(x[0].at(i, j) - largest));
  return {notes.stage("divided by the sum: its share", own / sum), 1};
}

/// `sum_k weights(i, k) value(k, j)`
Cell mix(const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  const MatrixView a = x[0], b = x[1];
  return sum_of_products(
      a.cols, [a, i](std::size_t k) { return a.at(i, k); }, [b, j](std::size_t k) { return b.at(k, j); }, notes);
}

Cell join_heads(const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  const auto [head, column] = slice_of(x, j);
  const Cell cell = copied(column, x[head].at(i, column), notes);
  if (notes.on()) {
    const std::string h = std::to_string(head), d_k = std::to_string(x[0].cols), c = std::to_string(column);
    notes.stage("column " + std::to_string(j) + " = " + h + " * " + d_k + " + " + c + " is column " + c + " of head",
                static_cast<double>(head), cell.value);
  }
  return cell;
}

/// `(x - mean) / sqrt(variance + 1e-5) * gamma + beta`, the variance divided by d_model. @source Ba et al. (2016)
Cell layer_norm(const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  const MatrixView& row = x[0];
  const auto n = static_cast<double>(row.cols);
  double sum = 0, squares = 0;
  for (std::size_t k = 0; k < row.cols; ++k) sum += row.at(i, k);
  const double mean = notes.stage("mean of the row", sum / n);
  for (std::size_t k = 0; k < row.cols; ++k) {
    const double each = row.at(i, k);
    squares += notes.term(k, each, mean, (each - mean) * (each - mean));
  }
  notes.stage(kSum, squares);
  const double variance = notes.stage("variance: divided by d_model =", n, squares / n);
  const double root = notes.stage("root of variance + 1e-5", std::sqrt(variance + kEpsilon));
  const double own = row.at(i, j), gamma = x[1].at(0, j), beta = x[2].at(0, j);
  const double centred = notes.stage("its own number minus the mean, x =", own, own - mean);
  const double normalised = notes.stage("divided by the root: normalised", centred / root);
  const double stretched = notes.stage("times gamma =", gamma, normalised * gamma);
  const double magnitude = std::abs(own / root * gamma) + std::abs(mean / root * gamma) + std::abs(beta);
  return {notes.stage("plus beta =", beta, stretched + beta), magnitude};
}

Cell activation(const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  const double hidden = notes.stage("x", x[0].at(i, j));
  const double active = activation_function(x.dims.activation)(hidden);
  if (notes.on()) notes.stage(x.dims.activation + "(x)", active);
  return whole(active);
}

Cell copy(const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  const Cell cell = copied(j, x[0].at(i, j), notes);
  notes.stage("the same number", cell.value);
  return cell;
}

Cell log_softmax(const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  return log_share(x[0].at(i, j), log_sum_exp(x[0], i, notes), notes);
}

}  // namespace

Cell compute(const Operands& x, std::size_t i, std::size_t j, Notes notes) {
  using Routine = Cell (*)(const Operands&, std::size_t, std::size_t, Notes);
  static constexpr std::array<Routine, 17> kRoutines = {
      // in the order of Op
      given,       lookup,  scale, position,   add,        linear,     head_columns, scaled_dot, hide_padding,
      hide_future, softmax, mix,   join_heads, layer_norm, activation, copy,         log_softmax};
  return kRoutines.at(static_cast<std::size_t>(row_of(x.name).op))(x, i, j, notes);
}

double log_sum_exp(const MatrixView& x, std::size_t i, Notes notes) {
  const double largest = row_max(x, i, notes);
  const double sum = exp_sum(x, i, largest, notes);
  return notes.stage("log-sum-exp: largest + log(sum)", largest + std::log(sum));
}

Cell log_share(double logit, double log_sum_exp, Notes notes) {
  return {notes.stage("its own logit minus log-sum-exp, logit =", logit, logit - log_sum_exp),
          std::abs(logit) + std::abs(log_sum_exp)};
}

std::pair<std::size_t, std::size_t> slice_of(const Operands& x, std::size_t j) {
  if (row_of(x.name).op == Op::head_columns) return {0, static_cast<std::size_t>(x.name.head) * x.cols + j};
  const std::size_t d_k = x[0].cols;
  return {j / d_k, j % d_k};
}

std::size_t table_row(const Operands& x, std::size_t i) {
  if (row_of(x.name).op == Op::position) return i;
  const double id = x[0].at(i, 0);
  const std::size_t rows = x[1].rows;
  if (!(id >= 0) || id >= static_cast<double>(rows)) {
    throw std::runtime_error("the contract cannot be applied: id " + std::to_string(id) + " at position " +
                             std::to_string(i) + " is outside the table of " + std::to_string(rows) + " rows");
  }
  return static_cast<std::size_t>(id);
}

}  // namespace glass::operation
