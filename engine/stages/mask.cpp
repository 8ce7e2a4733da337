#include "engine/stages/mask.hpp"

#include <limits>

namespace glass {

Visible padding(const Ids& real, std::size_t n_queries) {
  Visible visible(n_queries, real.size());
  for (std::size_t j = 0; j < real.size(); ++j)
    visible.col(j).fill(real[j] == 1 ? 1 : 0);
  check(n_queries == 0 || arma::any(visible.row(0)),
        "padding: every one of the " + std::to_string(real.size()) +
            " keys is hidden; a query must see something");
  return visible;
}

Visible causal(std::size_t n_tokens) {
  return arma::trimatl(Visible(n_tokens, n_tokens, arma::fill::ones));
}

Mat mask(const Mat& scores, const Visible& visible) {
  check(arma::size(scores) == arma::size(visible),
        "mask: scores are " + shape(scores) + " but visible is " +
            shape(visible.n_rows, visible.n_cols));
  Mat masked_scores = scores;
  masked_scores.elem(arma::find(visible != 1))
      .fill(-std::numeric_limits<double>::infinity());
  const arma::uvec blind = arma::find(arma::sum(visible == 1, 1) == 0, 1);
  if (!blind.is_empty())
    check(false,
          "mask: query " + std::to_string(blind(0)) + " may see no key");
  return masked_scores;
}

}  // namespace glass
