#include "engine/stages/heads.hpp"

namespace glass {

Mat project(const Mat& x, const Linear& linear) {
  check(x.n_cols == linear.W().n_rows,
        "project: x is " + shape(x) + " but " + linear.name + " maps " +
            std::to_string(linear.W().n_rows) + " columns to " +
            std::to_string(linear.W().n_cols));
  Mat y = x * linear.W();
  y.each_row() += linear.b;
  return y;
}

std::vector<Mat> split_heads(const Mat& x, std::size_t n_heads) {
  check(n_heads > 0 && x.n_cols % n_heads == 0,
        "split_heads: " + std::to_string(x.n_cols) +
            " columns cannot be cut into " + std::to_string(n_heads) +
            " equal heads");
  const std::size_t d_k = x.n_cols / n_heads;
  std::vector<Mat> heads;
  for (std::size_t h = 0; h < n_heads; ++h)
    heads.push_back(x.cols(h * d_k, (h + 1) * d_k - 1));
  return heads;
}

Mat join_heads(const std::vector<Mat>& contexts) {
  check(!contexts.empty(), "join_heads: there are no heads");
  Mat joined = contexts.front();
  for (std::size_t h = 1; h < contexts.size(); ++h) {
    check(contexts[h].n_rows == joined.n_rows,
          "join_heads: head " + std::to_string(h) + " is " +
              shape(contexts[h]) + " but head 0 has " +
              std::to_string(joined.n_rows) + " rows");
    joined = arma::join_rows(joined, contexts[h]);
  }
  return joined;
}

}  // namespace glass
