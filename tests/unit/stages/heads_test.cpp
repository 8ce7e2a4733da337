#include "engine/stages/heads.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/matrices.hpp"

using namespace glass;
using test::difference;

namespace {

Linear linear(const Mat& matrix, const arma::rowvec& b) {
  return {"model.fc1", std::make_shared<const Mat>(matrix), b};
}

}  // namespace

TEST_CASE("project: x W + b by hand", "[stages][heads]") {
  const Linear map = linear({{1, 0, 2, 1}, {0, 1, -1, 1}, {3, 0, 0, 1}}, {10, 20, 30, 40});
  CHECK(difference(project({{1, 2, 3}, {0, 1, 0}}, map), {{20, 22, 30, 46}, {10, 21, 29, 41}}) == 0);
}

TEST_CASE("project: columns that the map does not take are refused", "[stages][heads]") {
  const Linear map = linear(Mat(4, 5, arma::fill::zeros), arma::rowvec(5, arma::fill::zeros));
  CHECK_THROWS_MATCHES(project(Mat(2, 3, arma::fill::zeros), map), std::invalid_argument,
                       check::Message("project: x is 2 x 3 but model.fc1 maps 4 columns to 5"));
}

TEST_CASE("split_heads: a head is a run of neighbouring columns", "[stages][heads]") {
  const std::vector<Mat> heads = split_heads({{1, 2, 3, 4, 5, 6}, {7, 8, 9, 10, 11, 12}}, 3);
  REQUIRE(heads.size() == 3);
  CHECK(difference(heads[0], {{1, 2}, {7, 8}}) == 0);
  CHECK(difference(heads[1], {{3, 4}, {9, 10}}) == 0);
  CHECK(difference(heads[2], {{5, 6}, {11, 12}}) == 0);
}

TEST_CASE("split_heads: columns that cannot be cut evenly are refused", "[stages][heads]") {
  const Mat x(2, 6, arma::fill::zeros);
  CHECK_THROWS_MATCHES(split_heads(x, 4), std::invalid_argument,
                       check::Message("split_heads: 6 columns cannot be cut into 4 equal heads"));
  CHECK_THROWS_MATCHES(split_heads(x, 0), std::invalid_argument,
                       check::Message("split_heads: 6 columns cannot be cut into 0 equal heads"));
}

TEST_CASE("split_heads: one projection, cut, is as many separate projections", "[stages][heads]") {
  test::Random random(3);
  const Mat x = random.matrix(2, 4);
  const Mat matrix = random.matrix(4, 15);
  const arma::rowvec b = random.row(15);
  const std::vector<Mat> heads = split_heads(project(x, linear(matrix, b)), 3);
  for (arma::uword h = 0; h < 3; ++h) {
    const arma::uword first = 5 * h, last = first + 4;
    const Linear own = linear(matrix.cols(first, last), b.cols(first, last));
    CHECK(difference(heads.at(h), project(x, own)) <= 1e-14);
  }
}

TEST_CASE("join_heads: undoes the cut, and refuses rows that differ", "[stages][heads]") {
  const Mat x = test::Random(4).matrix(5, 6);
  CHECK(test::bit_equal(join_heads(split_heads(x, 3)), x));
  CHECK_THROWS_MATCHES(join_heads({}), std::invalid_argument, check::Message("join_heads: there are no heads"));
  CHECK_THROWS_MATCHES(join_heads({Mat(2, 3), Mat(4, 3)}), std::invalid_argument,
                       check::Message("join_heads: head 1 is 4 x 3 but head 0 has 2 rows"));
}
