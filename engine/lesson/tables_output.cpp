#include "engine/lesson/cells.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/lesson/tables.hpp"

namespace glass::lesson::table {
namespace {

constexpr std::size_t kRows = 24;

/// Says how many rows a long sentence has beyond those shown.
void tell_rest(std::size_t n_rows, screen::Grid& grid) {
  if (n_rows > kRows) grid.rows.push_back({"…", std::to_string(n_rows - kRows) + " more"});
}

}  // namespace

screen::Grid top_five(const Session& session) {
  constexpr std::size_t kBest = 5;
  const Mat probabilities = arma::exp(recorded(session.trace(), "decoder.log_probabilities"));
  screen::Grid grid{{"reads", "best, %", "2nd", "3rd", "4th", "5th"}, {}, {}};
  for (arma::uword i = 0; i < std::min<arma::uword>(probabilities.n_rows, kRows); ++i) {
    const arma::uvec order = arma::stable_sort_index(probabilities.row(i), "descend");
    std::vector<std::string> row = {narrow(session.labels().target_read.at(i), 8)};
    for (std::size_t k = 0; k < std::min<std::size_t>(kBest, order.n_elem); ++k) {
      const std::string& piece = target_piece(session, static_cast<std::int64_t>(order(k)));
      row.push_back(narrow(piece, k == 0 ? 8 : 7) + " " + percent(probabilities(i, order(k)), 0));
    }
    grid.rows.push_back(std::move(row));
  }
  tell_rest(probabilities.n_rows, grid);
  return grid;
}

screen::Grid shift_right(const Session& session) {
  screen::Grid grid{{"position", "the decoder reads", "and should predict"}, {}, {true}};
  const Labels& labels = session.labels();
  const std::size_t n_rows = labels.target_read.size();
  for (std::size_t i = 0; i < std::min(n_rows, kRows); ++i)
    grid.rows.push_back(
        {std::to_string(i), narrow(labels.target_read[i], 30), narrow(labels.target_predicted.at(i), 30)});
  tell_rest(n_rows, grid);
  return grid;
}

screen::Grid two_views(const Session& session) {
  const Mat all_at_once = recorded(session.trace(), "decoder.log_probabilities");
  const Mat stepwise = paper_stages().log_softmax(stepwise_logits(session, {}, kRows));
  screen::Grid grid{
      {"position", "reads", "should predict", "all at once", "token by token"}, {}, {true, false, false, true, true}};
  for (arma::uword i = 0; i < stepwise.n_rows; ++i) {
    const auto id = static_cast<arma::uword>(session.target_ids().at(i));
    grid.rows.push_back({std::to_string(i), narrow(session.labels().target_read.at(i), 14),
                         narrow(session.labels().target_predicted.at(i), 14), fixed(all_at_once(i, id), 4),
                         fixed(stepwise(i, id), 4)});
  }
  tell_rest(all_at_once.n_rows, grid);
  return grid;
}

}  // namespace glass::lesson::table
