#include "engine/stages/output.hpp"

#include <cmath>
#include <limits>

#include "engine/stages/attention.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/matrices.hpp"

using namespace glass;
using test::difference;

TEST_CASE("logits: each row asks every column of the table", "[stages][output]") {
  const Linear lm_head = {"lm_head", std::make_shared<const Mat>(Mat{{1, 0, 2}, {3, 1, 1}}), {0.5, -1, 0}};
  CHECK(difference(logits(paper_stages(), {{1, 1}, {2, -1}, {0, 3}, {1, 0}}, lm_head, Seam()),
                   {{4.5, 0, 3}, {-0.5, -2, 3}, {9.5, 2, 3}, {1.5, -1, 2}}) == 0);
}

TEST_CASE("log_softmax: logarithms of 1, 2 and 5 become those of eighths", "[stages][output]") {
  const Mat log_probabilities = log_softmax(arma::rowvec{std::log(1.0), std::log(2.0), std::log(5.0)});
  CHECK(difference(log_probabilities, arma::rowvec{std::log(0.125), std::log(0.25), std::log(0.625)}) <= 1e-15);
}

TEST_CASE("log_softmax: exponentials sum to 1 and are the softmax", "[stages][output]") {
  const Mat some = test::Random(8).matrix(2, 5) * 20;
  CHECK(difference(arma::sum(arma::exp(log_softmax(some)), 1), Mat(2, 1, arma::fill::ones)) <= 1e-14);
  CHECK(difference(arma::exp(log_softmax(some)), softmax(some)) <= 1e-14);
}

TEST_CASE("log_softmax: huge and banned logits", "[stages][output]") {
  const double hidden = -std::numeric_limits<double>::infinity();
  CHECK(difference(log_softmax(arma::rowvec{1e6, hidden, 1e6}), arma::rowvec{-std::log(2.0), hidden, -std::log(2.0)}) <=
        1e-15);
}

TEST_CASE("shift_right: the start token first, the last id left out", "[stages][output]") {
  CHECK(shift_right({7, 8, 0}, 99) == Ids{99, 7, 8});
  CHECK(shift_right({0}, 99) == Ids{99});
  CHECK_THROWS_MATCHES(shift_right({}, 99), std::invalid_argument,
                       check::Message("shift_right: the target is empty; it ends with end-of-sentence at least"));
}
