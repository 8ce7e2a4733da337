#include "engine/stages/embed.hpp"

#include <cmath>

namespace glass {

Mat lookup(const Mat& table, const Ids& ids) {
  Mat tokens(ids.size(), table.n_rows);
  for (std::size_t p = 0; p < ids.size(); ++p) {
    const auto id = static_cast<arma::uword>(ids[p]);
    if (ids[p] < 0 || id >= table.n_cols) {
      check(false, "lookup: id " + std::to_string(ids[p]) +
                       " at position " + std::to_string(p) +
                       " is outside the table of " +
                       std::to_string(table.n_cols) + " tokens");
    }
    tokens.row(p) = table.col(id).t();
  }
  return tokens;
}

Mat positions(std::size_t n_positions, std::size_t d_model) {
  const std::size_t n_sines = (d_model + 1) / 2;
  Mat table(n_positions, d_model);
  for (std::size_t j = 0; j < d_model; ++j) {
    const std::size_t pair = j < n_sines ? j : j - n_sines;
    const double wavelength =
        std::pow(10000.0, 2.0 * static_cast<double>(pair) /
                              static_cast<double>(d_model));
    for (std::size_t p = 0; p < n_positions; ++p) {
      const double angle = static_cast<double>(p) / wavelength;
      table(p, j) = static_cast<float>(j < n_sines ? std::sin(angle)
                                                   : std::cos(angle));
    }
  }
  return table;
}

Mat embed(const Stages& stage, const Embedding& embedding, const Ids& ids,
          const Seam& trace) {
  const Mat tokens = trace("tokens", stage.lookup(*embedding.table, ids));
  const Mat scaled = trace("scaled", tokens * embedding.scale);
  const bool has_table = !embedding.positions.is_empty();
  check(!has_table || ids.size() <= embedding.positions.n_rows,
        "embed: " + std::to_string(ids.size()) +
            " tokens, but the checkpoint has " +
            std::to_string(embedding.positions.n_rows) + " positions");
  const Mat positions =
      trace("positions",
            has_table ? Mat(embedding.positions.head_rows(ids.size()))
                      : stage.positions(ids.size(), tokens.n_cols));
  return trace("sum", scaled + positions);
}

}  // namespace glass
