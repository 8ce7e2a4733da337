#include <algorithm>

#include "engine/lesson/by_hand.hpp"
#include "engine/lesson/session.hpp"
#include "engine/lesson/tables.hpp"

namespace glass::lesson::table {
namespace {

constexpr std::size_t kFeatures = 3, kTokens = 2;
constexpr const char* kName = "encoder.embed.scaled";

/// A corner of the table: some tokens from the middle of the sentence on, each with its first features. A short
/// sentence begins again.
FewRows corner(const Session& session, std::size_t skip) {
  const std::size_t n_tokens = session.labels().source.size();
  const std::size_t first = n_tokens < 2 * kTokens ? 0 : std::min(n_tokens / 2, n_tokens - 2 * kTokens);
  std::vector<std::size_t> rows;
  for (std::size_t k = 0; k < kTokens; ++k) rows.push_back((first + skip + k) % n_tokens);
  return rounded(session.at(kName), session.labels().source, rows, kFeatures);
}

}  // namespace

screen::Grid dot_product_by_hand(const Session& session) { return lesson::dot_product(corner(session, 0), 0, 1); }

screen::Grid product_scheme(const Session& session) {
  return lesson::product_scheme(corner(session, 0), corner(session, kTokens));
}

screen::Grid product_by_hand(const Session& session) {
  return lesson::matrix_product(corner(session, 0), corner(session, kTokens));
}

screen::Grid all_names_in_order(const Session& session) {
  return in_order(all_names(session.dims()), session.dims(), session.plain().lengths);
}

}  // namespace glass::lesson::table
