#include "engine/stages/embed.hpp"

#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/support/matrices.hpp"

using namespace glass;
using test::difference;

namespace {

// clang-format off
const Mat kTable = {{1, 2, 3, 4},   // d_model 3, 4 tokens: one column a token
                    {5, 6, 7, 8},
                    {9, 0, 1, 2}};
// clang-format on

Embedding embedding(const Mat& positions) {
  return {"model.encoder.embed_tokens", std::make_shared<const Mat>(kTable), 10, positions};
}

}  // namespace

TEST_CASE("lookup: each id fetches its token's row", "[stages][embed]") {
  CHECK(difference(lookup(kTable, {2, 0}), {{3, 7, 1}, {1, 5, 9}}) == 0);
}

TEST_CASE("lookup: an id outside the table is refused with its position", "[stages][embed]") {
  CHECK_THROWS_MATCHES(lookup(kTable, {1, 4}), std::invalid_argument,
                       check::Message("lookup: id 4 at position 1 is outside the table of 4 tokens"));
  CHECK_THROWS_MATCHES(lookup(kTable, {-1}), std::invalid_argument,
                       check::Message("lookup: id -1 at position 0 is outside the table of 4 tokens"));
}

TEST_CASE("positions: sines first, then cosines of the same angles, as float32", "[stages][embed]") {
  const Mat table = positions(3, 4);  // angles of row p: p and p / 100
  CHECK(difference(table.row(0), {{0, 0, 1, 1}}) == 0);
  CHECK(difference(table.row(1), {{0.8414709848, 0.0099998333, 0.5403023059, 0.9999500004}}) <= 6e-8);
  CHECK(difference(table.row(2), {{0.9092974268, 0.0199986667, -0.4161468365, 0.9998000067}}) <= 6e-8);
  CHECK(table(1, 0) == static_cast<double>(static_cast<float>(std::sin(1.0))));
}

TEST_CASE("positions: of an odd width the sines have one column more", "[stages][embed]") {
  CHECK(difference(positions(1, 5), {{0, 0, 0, 1, 1}}) == 0);
}

TEST_CASE("positions: the paper's columns in another order", "[stages][embed]") {
  const Mat table = positions(9, 6);
  for (arma::uword p = 0; p < 9; ++p) {
    for (arma::uword i = 0; i < 3; ++i) {
      const double angle = static_cast<double>(p) / std::pow(10000.0, static_cast<double>(2 * i) / 6.0);
      CHECK(std::abs(table(p, i) - std::sin(angle)) <= 6e-8);      // the paper's column 2i
      CHECK(std::abs(table(p, 3 + i) - std::cos(angle)) <= 6e-8);  // the paper's column 2i + 1
    }
  }
}

TEST_CASE("positions: a step further is the same rotation everywhere", "[stages][embed]") {
  const Mat table = positions(40, 8);
  for (arma::uword i = 0; i < 4; ++i) {
    const double sine = table(1, i), cosine = table(1, 4 + i);
    for (arma::uword p = 0; p + 1 < 40; ++p) {
      CHECK(std::abs(table(p + 1, i) - (table(p, i) * cosine + table(p, 4 + i) * sine)) <= 3e-7);
    }
  }
}

TEST_CASE("embed: scaled tokens plus positions, the formula's or the checkpoint's own", "[stages][embed]") {
  const Mat formula = embed(paper_stages(), embedding({}), {3, 1}, Seam());
  CHECK(difference(formula, Mat{{40, 80, 20}, {20, 60, 0}} + positions(2, 3)) == 0);
  const Mat own = embed(paper_stages(), embedding({{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}), {3, 1}, Seam());
  CHECK(difference(own, {{41, 82, 23}, {24, 65, 6}}) == 0);
}

TEST_CASE("embed: more tokens than the checkpoint has positions are refused", "[stages][embed]") {
  const Embedding short_table = embedding({{1, 2, 3}, {4, 5, 6}});
  CHECK_THROWS_MATCHES(embed(paper_stages(), short_table, {0, 0, 0}, Seam()), std::invalid_argument,
                       check::Message("embed: 3 tokens, but the checkpoint has 2 positions"));
}
