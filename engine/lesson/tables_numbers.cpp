#include <cmath>
#include <numbers>
#include <set>

#include "engine/lesson/cells.hpp"
#include "engine/lesson/made_up.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/lesson/tables.hpp"

namespace glass::lesson::table {
namespace {

constexpr arma::uword kKeys = 24;

/// Rows score, score - max, exp, share of one row of masked scores, keyed by the first column.
void add_softmax_rows(const arma::rowvec& scores, const std::vector<std::string>& keys, screen::Grid& grid) {
  const double largest = scores.max();
  const arma::rowvec powers = arma::exp(scores - largest);
  const double sum = arma::accu(powers);
  for (arma::uword j = 0; j < std::min(scores.n_elem, kKeys); ++j)
    grid.rows.push_back({narrow(keys.at(j), 16), fixed(scores(j), 3), fixed(scores(j) - largest, 3),
                         fixed(powers(j), 4), fixed(powers(j) / sum, 4)});
  if (scores.n_elem > kKeys) grid.rows.push_back({"… " + std::to_string(scores.n_elem - kKeys) + " more"});
  grid.rows.push_back({"sum", "", "", fixed(sum, 4), fixed(arma::accu(powers / sum), 4)});
}

void add_overflow_rows(const arma::rowvec& scores, screen::Grid& grid) {
  const double sum = arma::accu(arma::exp(scores)), largest = scores.max();
  const double lowered_sum = arma::accu(arma::exp(scores - largest));
  for (const double score : scores)
    grid.rows.push_back({fixed(score, 1), compact(std::exp(score)), compact(std::exp(score) / sum),
                         fixed(score - largest, 1), compact(std::exp(score - largest)),
                         fixed(std::exp(score - largest) / lowered_sum, 4)});
}

}  // namespace

screen::Grid wavelengths(const Session& session) {
  const std::size_t d_model = session.dims().d_model, n_sines = (d_model + 1) / 2;
  std::set<std::size_t> pairs = {0, 1, n_sines - 1};
  for (std::size_t pair = 2; pair < n_sines; pair *= 2) pairs.insert(pair);
  screen::Grid grid{
      {"sine in column", "cosine in column", "comes round after so many positions"}, {}, {true, true, true}};
  for (const std::size_t pair : pairs) {
    const double wavelength = std::pow(10000.0, 2 * static_cast<double>(pair) / static_cast<double>(d_model));
    const std::string cosine = n_sines + pair < d_model ? std::to_string(n_sines + pair) : "";
    grid.rows.push_back({std::to_string(pair), cosine, fixed(2 * std::numbers::pi * wavelength, 1)});
  }
  return grid;
}

screen::Grid dot_product_variance(const Session& session) {
  screen::Grid grid{{"d_k", "variance of q . k", "variance of q . k / sqrt(d_k)"}, {}, {true, true, true}};
  const std::size_t model_d_k = session.dims().d_model / session.dims().encoder.n_heads;
  for (const std::size_t d_k : std::set<std::size_t>{1, 4, 16, 64, 256, model_d_k}) {
    const double variance = variance_of_scores(paper_stages(), d_k);
    grid.rows.push_back({std::to_string(d_k), fixed(variance * static_cast<double>(d_k), 1), fixed(variance, 2)});
  }
  return grid;
}

screen::Grid softmax_by_hand(const Session& session) {
  const Mat masked_scores = recorded(session.padded().trace, "encoder.layers.0.self_attn.head.0.masked_scores");
  screen::Grid grid{{"key", "masked score", "minus the largest", "exp", "share"}, {}, {false, true, true, true, true}};
  add_softmax_rows(masked_scores.row(0), session.padded().labels.source, grid);
  return grid;
}

screen::Grid overflow(const Session& session) {
  screen::Grid grid{{"x", "exp(x)", "share", "x - max", "exp(x - max)", "share"}, {}, std::vector<bool>(6, true)};
  const Mat scores = huge_scores(session);
  add_overflow_rows(scores.row(0), grid);
  grid.rows.emplace_back();
  add_overflow_rows(scores.row(1), grid);
  return grid;
}

screen::Grid epsilon(const Session& session) {
  constexpr double kEpsilon = 1e-5;
  const Mat rows = flat_rows(session);
  const double flat = arma::var(rows.row(0), 1), ordinary = arma::var(rows.row(rows.n_rows - 1), 1);
  screen::Grid grid{{"what a row is multiplied by", "flat row", "ordinary row"}, {}, {false, true, true}};
  const auto add = [&](const std::string& way, double (*factor)(double variance)) {
    grid.rows.push_back({way, fixed(factor(flat), 2), fixed(factor(ordinary), 4)});
  };
  grid.rows.push_back({"variance", compact(flat), compact(ordinary)});
  add("1 / sqrt(variance + 1e-5), as here", [](double variance) { return 1 / std::sqrt(variance + kEpsilon); });
  add("1 / (sqrt(variance) + 1e-5)", [](double variance) { return 1 / (std::sqrt(variance) + kEpsilon); });
  add("1 / sqrt(variance)", [](double variance) { return 1 / std::sqrt(variance); });
  return grid;
}

}  // namespace glass::lesson::table
