#include "engine/stages/add_norm.hpp"

#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/support/matrices.hpp"

using namespace glass;
using test::difference;

namespace {

const LayerNorm kPlain = {"plain_layer_norm", {1, 1, 1, 1}, {0, 0, 0, 0}};

}  // namespace

TEST_CASE("norm: mean 3 and variance 3.5 by hand, then gamma and beta", "[stages][add_norm]") {
  const Mat x = {{1, 2, 3, 6}};  // deviations -2, -1, 0, 3; their squares' mean is 14 / 4
  const double root = std::sqrt(3.5 + 1e-5);
  CHECK(difference(norm(x, kPlain), Mat{{-2, -1, 0, 3}} / root) <= 1e-15);
  const LayerNorm shaped = {"shaped", {1, 2, 3, 4}, {5, 6, 7, 8}};
  CHECK(difference(norm(x, shaped), Mat{{-2 / root + 5, -2 / root + 6, 7, 12 / root + 8}}) <= 1e-14);
}

TEST_CASE("norm: rows have mean 0 and variance 1, whatever was added to them", "[stages][add_norm]") {
  const Mat x = test::Random(6).matrix(3, 4) * 100;
  const Mat y = norm(x, kPlain);
  CHECK(difference(arma::mean(y, 1), Mat(3, 1, arma::fill::zeros)) <= 1e-14);
  CHECK(difference(arma::var(y, 1, 1), Mat(3, 1, arma::fill::ones)) <= 1e-5);
  CHECK(difference(norm(x + 1000, kPlain), y) <= 1e-11);
}

TEST_CASE("norm: an almost flat row shows that epsilon stands inside the root", "[stages][add_norm]") {
  const LayerNorm two = {"two", {1, 1}, {0, 0}};
  const double expected = 0.001 / std::sqrt(1.1e-5);  // variance 1e-6; with epsilon outside it would be 0.99
  CHECK(difference(norm({{0.001, -0.001}}, two), {{expected, -expected}}) <= 1e-15);
  CHECK(difference(norm({{7, 7}}, two), {{0, 0}}) == 0);
}

TEST_CASE("norm: another width than the weight's is refused", "[stages][add_norm]") {
  CHECK_THROWS_MATCHES(norm(Mat(2, 3, arma::fill::zeros), kPlain), std::invalid_argument,
                       check::Message("norm: x is 2 x 3 but plain_layer_norm has 4 columns"));
}

TEST_CASE("add_norm: normalises the sum of what was read and what was answered", "[stages][add_norm]") {
  test::Random random(7);
  const Mat x = random.matrix(2, 4), output = random.matrix(2, 4);
  CHECK(difference(add_norm(paper_stages(), x, output, kPlain, Seam()), norm(x + output, kPlain)) == 0);
  CHECK_THROWS_MATCHES(add_norm(paper_stages(), x, Mat(2, 3), kPlain, Seam()), std::invalid_argument,
                       check::Message("add_norm: the sub-layer read 2 x 4 but answered 2 x 3"));
}
