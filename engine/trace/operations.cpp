#include "engine/trace/operations.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

namespace glass::operation {
namespace {

constexpr double kEpsilon = 1e-5;

double row_max(const MatrixView& x, std::size_t i) {
  double largest = -std::numeric_limits<double>::infinity();
  for (std::size_t k = 0; k < x.cols; ++k) largest = std::fmax(largest, x.at(i, k));
  return largest;
}

/// sum_k exp(x(i, k) - largest)
double exp_sum(const MatrixView& x, std::size_t i, double largest) {
  double sum = 0;
  for (std::size_t k = 0; k < x.cols; ++k) sum += std::exp(x.at(i, k) - largest);
  return sum;
}

}  // namespace

Cell lookup(const MatrixView& ids, const MatrixView& table, std::size_t i, std::size_t j) {
  const double id = ids.at(i, 0);
  if (!(id >= 0) || id >= static_cast<double>(table.rows)) {
    throw std::runtime_error("the contract cannot be applied: id " + std::to_string(id) + " at position " +
                             std::to_string(i) + " is outside the table of " + std::to_string(table.rows) + " rows");
  }
  const double value = table.at(static_cast<std::size_t>(id), j);
  return {value, std::abs(value)};
}

Cell position(std::size_t p, std::size_t j, std::size_t d_model) {
  const std::size_t sines = (d_model + 1) / 2;
  const std::size_t pair = j < sines ? j : j - sines;
  const double angle =
      static_cast<double>(p) / std::pow(10000.0, 2.0 * static_cast<double>(pair) / static_cast<double>(d_model));
  const double value = static_cast<double>(static_cast<float>(j < sines ? std::sin(angle) : std::cos(angle)));
  return {value, std::abs(value)};
}

Cell dot(const MatrixView& x, std::size_t i, const MatrixView& w, std::size_t j) {
  Cell sum;
  for (std::size_t k = 0; k < x.cols; ++k) {
    const double term = x.at(i, k) * w.at(j, k);
    sum.value += term;
    sum.magnitude += std::abs(term);
  }
  return sum;
}

Cell mix(const MatrixView& weights, const MatrixView& value, std::size_t i, std::size_t j) {
  Cell sum;
  for (std::size_t k = 0; k < weights.cols; ++k) {
    const double term = weights.at(i, k) * value.at(k, j);
    sum.value += term;
    sum.magnitude += std::abs(term);
  }
  return sum;
}

Cell softmax(const MatrixView& x, std::size_t i, std::size_t j) {
  const double largest = row_max(x, i);
  return {std::exp(x.at(i, j) - largest) / exp_sum(x, i, largest), 1};
}

double log_sum_exp(const MatrixView& x, std::size_t i) {
  const double largest = row_max(x, i);
  return largest + std::log(exp_sum(x, i, largest));
}

Cell layer_norm(const MatrixView& x, const MatrixView& gamma, const MatrixView& beta, std::size_t i, std::size_t j) {
  const auto n = static_cast<double>(x.cols);
  double mean = 0;
  for (std::size_t k = 0; k < x.cols; ++k) mean += x.at(i, k) / n;
  double variance = 0;
  for (std::size_t k = 0; k < x.cols; ++k) variance += (x.at(i, k) - mean) * (x.at(i, k) - mean) / n;
  const double factor = gamma.at(0, j) / std::sqrt(variance + kEpsilon);
  const double b = beta.at(0, j);
  return {(x.at(i, j) - mean) * factor + b, std::abs(x.at(i, j) * factor) + std::abs(mean * factor) + std::abs(b)};
}

}  // namespace glass::operation
