#include "engine/stages/add_norm.hpp"

namespace glass {

Mat norm(const Mat& x, const LayerNorm& norm) {
  check(x.n_cols == norm.gamma.n_elem,
        "norm: x is " + shape(x) + " but " + norm.name + " has " +
            std::to_string(norm.gamma.n_elem) + " columns");
  constexpr double kEpsilon = 1e-5;
  Mat y = x;
  y.each_col() -= arma::vec(arma::mean(x, 1));
  const arma::vec variance = arma::mean(arma::square(y), 1);
  y.each_col() /= arma::vec(arma::sqrt(variance + kEpsilon));
  y.each_row() %= norm.gamma;
  y.each_row() += norm.beta;
  return y;
}

Mat add_norm(const Stages& stage, const Mat& x, const Mat& output,
             const LayerNorm& weights, const Seam& trace) {
  check(arma::size(x) == arma::size(output),
        "add_norm: the sub-layer read " + shape(x) + " but answered " +
            shape(output));
  const Mat residual = trace("residual", x + output);
  return trace("norm", stage.norm(residual, weights));
}

}  // namespace glass
