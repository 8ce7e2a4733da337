#include <algorithm>

#include "engine/lesson/cells.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/lesson/tables.hpp"

namespace glass::lesson::table {
namespace {

constexpr arma::uword kFollowed = 4, kMostShown = 12;

std::string tokens_text(arma::uword count) { return std::to_string(count) + (count == 1 ? " token" : " tokens"); }

}  // namespace

screen::Grid row_spread(const Session& session) {
  const Mat before = recorded(session.trace(), "encoder.layers.0.self_attn.residual");
  const Mat after = recorded(session.trace(), "encoder.layers.0.self_attn.norm");
  screen::Grid grid{{"token", "mean", "spread", "mean after", "spread after"}, {}, {true, true, true, true, true}};
  for (arma::uword i = 0; i < before.n_rows; ++i) {
    const arma::rowvec was = before.row(i), is = after.row(i);
    grid.rows.push_back({narrow(session.labels().source.at(i), 16), fixed(arma::mean(was), 2),
                         fixed(arma::stddev(was, 1), 2), fixed(arma::mean(is), 2), fixed(arma::stddev(is, 1), 2)});
  }
  return grid;
}

screen::Grid firing(const Session& session) {
  const Mat activation = recorded(session.trace(), "encoder.layers.0.feed_forward.activation");
  const arma::rowvec row = activation.row(std::min(kFollowed, activation.n_rows - 1));
  const arma::uvec order = arma::stable_sort_index(row, "descend");
  const arma::uword n_firing = arma::accu(row > 0);
  screen::Grid grid{{"feature", "activation", "fires for"}, {}, {true, true}};
  for (arma::uword k = 0; k < std::min(n_firing, kMostShown); ++k) {
    const arma::uword n_tokens = arma::accu(activation.col(order(k)) > 0);
    grid.rows.push_back({std::to_string(order(k)), fixed(row(order(k)), 3), tokens_text(n_tokens)});
  }
  if (n_firing > kMostShown) grid.rows.push_back({"…", "", std::to_string(n_firing - kMostShown) + " more features"});
  return grid;
}

}  // namespace glass::lesson::table
