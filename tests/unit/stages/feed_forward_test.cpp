#include "engine/stages/feed_forward.hpp"

#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/support/matrices.hpp"

using namespace glass;
using test::difference;

namespace {

Linear linear(const std::string& name, const Mat& matrix, const arma::rowvec& b) {
  return {name, std::make_shared<const Mat>(matrix), b};
}

FeedForwardWeights weights() {
  return {linear("fc1", {{1, -1, 0, 2}, {0, 1, 3, -1}, {1, 1, 1, 1}}, {0, 0, -5, 1}),
          linear("fc2", {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 1, 1}}, {10, 20, 30}),
          "relu",
          {}};
}

}  // namespace

TEST_CASE("activation: by name, element by element", "[stages][feed_forward]") {
  const Mat hidden = {{-2, 0}, {1, 3}};
  CHECK(difference(activation(hidden, "relu"), {{0, 0}, {1, 3}}) == 0);
  const auto swish = [](double x) { return x / (1 + std::exp(-x)); };
  CHECK(difference(activation(hidden, "swish"), {{swish(-2), 0}, {swish(1), swish(3)}}) <= 1e-15);
  CHECK_THROWS_WITH(activation(hidden, "sine"), check::StartsWith("activation: \"sine\" is unknown; known are gelu, "));
}

TEST_CASE("feed_forward: widens, keeps what is positive, and narrows again", "[stages][feed_forward]") {
  // row 0: hidden (1+3, -1+2+3, 6+3-5, 2-2+3+1) = (4, 4, 4, 4); row 1: (-1, 1, -5, -1), of which 1 stays
  const Mat x = {{1, 2, 3}, {-1, 0, 0}};
  CHECK(difference(feed_forward(paper_stages(), weights(), x, Seam()), {{18, 28, 38}, {10, 21, 30}}) == 0);
}

TEST_CASE("feed_forward: every row alone, so that rows in another order give answers in that order",
          "[stages][feed_forward]") {
  const Mat x = test::Random(9).matrix(2, 3);
  const Mat output = feed_forward(paper_stages(), weights(), x, Seam());
  CHECK(difference(feed_forward(paper_stages(), weights(), arma::reverse(x), Seam()), arma::reverse(output)) == 0);
}

TEST_CASE("feed_forward: rows of another width are refused by the projection", "[stages][feed_forward]") {
  CHECK_THROWS_MATCHES(feed_forward(paper_stages(), weights(), Mat(2, 5, arma::fill::zeros), Seam()),
                       std::invalid_argument, check::Message("project: x is 2 x 5 but fc1 maps 3 columns to 4"));
}
