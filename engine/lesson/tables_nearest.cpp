#include <algorithm>
#include <numeric>

#include "engine/lesson/cells.hpp"
#include "engine/lesson/tables.hpp"
#include "engine/trace/words.hpp"

namespace glass::lesson::table {
namespace {

constexpr std::size_t kPieces = 6, kNeighbours = 4;

/// The piece of a row of the source table, or nothing where it stands for no text.
const std::string* text_piece(const Session& session, std::size_t id) {
  const text::Vocabulary& vocabulary = session.model().tokenizer.vocabulary(text::Side::source);
  const std::string* piece = vocabulary.piece(static_cast<std::int64_t>(id));
  return piece == nullptr || is_special(*piece) ? nullptr : piece;
}

/// Cosines of the angles between one column and all.
arma::rowvec cosines(const Mat& table, std::size_t id) {
  const arma::rowvec lengths = arma::sqrt(arma::sum(arma::square(table), 0));
  arma::rowvec result = table.col(id).t() * table;
  result /= lengths * lengths(id);
  result.replace(arma::datum::nan, -1);  // a zero vector has no direction
  return result;
}

std::vector<std::string> row_for(const Session& session, std::size_t id) {
  const arma::rowvec likeness = cosines(*session.model().weights->encoder_embed.table, id);
  const arma::uvec order = arma::stable_sort_index(likeness, "descend");
  std::vector<std::string> row = {narrow(*text_piece(session, id), 8)};
  for (const arma::uword other : order) {
    const std::string* piece = text_piece(session, other);
    if (other == id || piece == nullptr) continue;
    row.push_back(narrow(*piece, 8) + " " + fixed(likeness(other), 2));
    if (row.size() == 1 + kNeighbours) break;
  }
  return row;
}

/// The ids of the sentence's first words that are one piece; of its first pieces, if there is no such word.
std::vector<std::size_t> chosen_ids(const Session& session) {
  std::vector<std::size_t> whole, all;
  const auto add = [&](std::vector<std::size_t>& ids, std::size_t at) {
    const auto id = static_cast<std::size_t>(session.source_ids().at(at));
    const bool again = std::find(ids.begin(), ids.end(), id) != ids.end();
    if (!again && text_piece(session, id) != nullptr && ids.size() < kPieces) ids.push_back(id);
  };
  for (const Word& word : words_of_pieces(session.labels().source, WordRule::plain)) {
    if (word.end == word.begin + 1) add(whole, word.begin);
    for (std::size_t at = word.begin; at < word.end; ++at) add(all, at);
  }
  return whole.empty() ? all : whole;
}

}  // namespace

screen::Grid nearest_pieces(const Session& session) {
  screen::Grid grid{{"piece", "nearest, cosine", "2nd", "3rd", "4th"}, {}, {}};
  for (const std::size_t id : chosen_ids(session)) grid.rows.push_back(row_for(session, id));
  return grid;
}

}  // namespace glass::lesson::table
