#include "engine/stages/attention.hpp"

#include <cmath>
#include <limits>

#include "engine/stages/heads.hpp"
#include "engine/stages/mask.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/matrices.hpp"

using namespace glass;
using test::difference;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// clang-format off
const Mat kQuery = {{1, 0, 2, -1},
                    {0, 3, 1,  1}};
const Mat kKey = {{1,  1, 0, 0},
                  {2,  0, 1, 3},
                  {0, -1, 2, 0}};
const Mat kValue = {{4,  8, 0, -4, 1},
                    {0,  4, 4,  8, 3},
                    {2, -2, 6,  0, 5}};
// clang-format on

/// A multi-head attention on random numbers: 2 queries, 3 keys, 2 heads of 3 columns.
struct Example {
  test::Random random{5};
  AttentionWeights weights = {2, linear("q_proj"), linear("k_proj"), linear("v_proj"), linear("out_proj"), {}};
  Mat x = random.matrix(2, 6);
  Mat memory = random.matrix(3, 6);
  Visible visible = Visible(2, 3, arma::fill::ones);

  Linear linear(const std::string& name) {
    return {name, std::make_shared<const Mat>(random.matrix(6, 6)), random.row(6)};
  }
  [[nodiscard]] Mat output() const { return attention(paper_stages(), weights, {x, memory, visible}, Seam()); }
};

}  // namespace

TEST_CASE("scores: each is a dot product over the root of d_k", "[stages][attention]") {
  // q0 k0 = 1, q0 k1 = 2 + 2 - 3, q0 k2 = 4; q1 k0 = 3, q1 k1 = 1 + 3, q1 k2 = -3 + 2; d_k = 4, its root 2
  CHECK(difference(scores(kQuery, kKey), {{0.5, 0.5, 2}, {1.5, 2, -0.5}}) == 0);
}

TEST_CASE("scores: four times the columns halve them", "[stages][attention]") {
  const Mat four_queries = arma::repmat(kQuery, 1, 4);
  const Mat one_key = arma::join_rows(kKey, Mat(3, 12, arma::fill::zeros));
  CHECK(difference(scores(four_queries, one_key), scores(kQuery, kKey) / 2) == 0);
}

TEST_CASE("scores: a query and a key of different d_k are refused", "[stages][attention]") {
  CHECK_THROWS_MATCHES(scores(kQuery, kValue), std::invalid_argument,
                       check::Message("scores: query is 2 x 4 but key is 3 x 5; both need d_k columns"));
}

TEST_CASE("mask: -inf where hidden, the score itself where visible", "[stages][attention]") {
  const Mat masked = mask({{1, 2, 3}, {4, 5, 6}}, {{1, 0, 1}, {0, 0, 1}});
  CHECK(difference(masked, {{1, -kInfinity, 3}, {-kInfinity, -kInfinity, 6}}) == 0);
}

TEST_CASE("mask: visible of another shape and a row that sees nothing are refused", "[stages][attention]") {
  const Mat some(2, 3, arma::fill::zeros);
  CHECK_THROWS_MATCHES(mask(some, Visible(3, 2, arma::fill::ones)), std::invalid_argument,
                       check::Message("mask: scores are 2 x 3 but visible is 3 x 2"));
  CHECK_THROWS_MATCHES(mask(some, {{0, 1, 0}, {0, 0, 0}}), std::invalid_argument,
                       check::Message("mask: query 1 may see no key"));
}

TEST_CASE("padding: a query sees every real key and no other", "[stages][attention]") {
  const Visible expected = {{1, 1, 0}, {1, 1, 0}};
  CHECK(arma::approx_equal(padding({1, 1, 0}, 2), expected, "absdiff", 0));
  CHECK_THROWS_MATCHES(padding({0, 0, 0}, 2), std::invalid_argument,
                       check::Message("padding: every one of the 3 keys is hidden; a query must see something"));
}

TEST_CASE("causal: a token sees itself and what stands before it", "[stages][attention]") {
  const Visible expected = {{1, 0, 0}, {1, 1, 0}, {1, 1, 1}};
  CHECK(arma::approx_equal(causal(3), expected, "absdiff", 0));
}

TEST_CASE("softmax: logarithms of 1, 2 and 5 give eighths, and -inf gives 0", "[stages][attention]") {
  const Mat weights = softmax({{std::log(1.0), std::log(2.0), std::log(5.0)}, {0, -kInfinity, std::log(3.0)}});
  CHECK(difference(weights, {{0.125, 0.25, 0.625}, {0.25, 0, 0.75}}) <= 1e-15);
  CHECK(weights(1, 1) == 0);
}

TEST_CASE("softmax: rows, not columns, sum to 1, and a constant added to a row changes nothing",
          "[stages][attention]") {
  const Mat scores = test::Random(1).matrix(2, 3) * 9;
  const Mat weights = softmax(scores);
  CHECK(difference(arma::sum(weights, 1), Mat(2, 1, arma::fill::ones)) <= 1e-15);
  CHECK(difference(arma::sum(weights, 0), {{1, 1, 1}}) > 0.1);
  CHECK(difference(softmax(scores + 300), weights) <= 1e-12);
}

TEST_CASE("softmax: scores whose exponential overflows still give shares", "[stages][attention]") {
  CHECK(difference(softmax(arma::rowvec{5000, 5000, -5000}), arma::rowvec{0.5, 0.5, 0}) == 0);
}

TEST_CASE("mix: every row is the values weighted by its shares", "[stages][attention]") {
  const Mat weights = {{0.25, 0.25, 0.5}, {1, 0, 0}};
  CHECK(difference(mix(weights, kValue), {{2, 2, 4, 1, 3.5}, {4, 8, 0, -4, 1}}) == 0);
  CHECK_THROWS_MATCHES(mix(weights.t(), kValue), std::invalid_argument,
                       check::Message("mix: weights are 3 x 2 but value is 3 x 5; both need T_k keys"));
}

TEST_CASE("attention: the heads as written in the paper, one at a time", "[stages][attention]") {
  const Example e;
  Mat concatenated;
  for (const arma::uword first : {0U, 3U}) {
    const arma::span columns(first, first + 2);
    const auto part = [&](const Mat& rows, const Linear& linear) {
      return Mat(rows * linear.W().cols(first, first + 2) + arma::repmat(linear.b(columns), rows.n_rows, 1));
    };
    const Mat exponentials = arma::exp(part(e.x, e.weights.query) * part(e.memory, e.weights.key).t() / std::sqrt(3.0));
    const Mat shares = exponentials / arma::repmat(arma::sum(exponentials, 1), 1, 3);
    concatenated = arma::join_rows(concatenated, shares * part(e.memory, e.weights.value));
  }
  const Mat expected = concatenated * e.weights.output.W() + arma::repmat(e.weights.output.b, 2, 1);
  CHECK(difference(e.output(), expected) <= 1e-13);
}

TEST_CASE("attention: a hidden key moves nothing", "[stages][attention]") {
  Example e;
  e.visible.col(1).zeros();
  const Mat before = e.output();
  e.memory.row(1).fill(1e6);
  CHECK(difference(e.output(), before) == 0);
  e.visible.col(1).ones();
  CHECK(difference(e.output(), before) > 1);
}

TEST_CASE("attention: under the causal mask no row reads the future", "[stages][attention]") {
  Example e;
  e.x = e.memory;
  e.visible = causal(3);
  const Mat before = e.output();
  e.x.row(2) += 7;
  e.memory.row(2) -= 7;
  const Mat after = e.output();
  CHECK(difference(after.head_rows(2), before.head_rows(2)) == 0);
  CHECK(difference(after.row(2), before.row(2)) > 0.1);
}

TEST_CASE("attention: the order of the memory's rows does not matter, that of the queries orders the answers",
          "[stages][attention]") {
  Example e;
  const Mat before = e.output();
  e.memory = Mat(arma::reverse(e.memory));
  CHECK(difference(e.output(), before) <= 1e-14);
  e.x = Mat(arma::reverse(e.x));
  CHECK(difference(e.output(), arma::reverse(before)) <= 1e-14);
}

TEST_CASE("cross_attention: it is attention, and calls the table's", "[stages][attention]") {
  const Example e;
  Stages stage = paper_stages();
  CHECK(difference(cross_attention(stage, e.weights, {e.x, e.memory, e.visible}, Seam()), e.output()) == 0);
  stage.attention = [](const Stages&, const AttentionWeights&, const Question&, const Seam&) {
    return Mat(1, 1, arma::fill::zeros);
  };
  CHECK(difference(cross_attention(stage, e.weights, {e.x, e.memory, e.visible}, Seam()),
                   Mat(1, 1, arma::fill::zeros)) == 0);
}

TEST_CASE("attention: every leaf is taken from the table", "[stages][attention]") {
  const Example e;
  const Question question{e.x, e.memory, e.visible};
  const Mat before = e.output();
  const auto moves = [&](auto change) {
    Stages stage = paper_stages();
    change(stage);
    return difference(attention(stage, e.weights, question, Seam()), before) > 1e-6;
  };
  CHECK(moves([](Stages& s) { s.project = [](const Mat& x, const Linear& l) { return Mat(x * l.W()); }; }));
  CHECK(moves([](Stages& s) { s.scores = [](const Mat& q, const Mat& k) { return Mat(q * k.t()); }; }));
  CHECK(moves([](Stages& s) { s.mask = [](const Mat& m, const Visible&) { return Mat(m * 2); }; }));
  CHECK(moves([](Stages& s) { s.softmax = [](const Mat& m) { return Mat(m); }; }));
  CHECK(moves([](Stages& s) { s.mix = [](const Mat& w, const Mat& v) { return Mat(w * v * 2); }; }));
  CHECK(moves([](Stages& s) {
    s.split_heads = [](const Mat& x, std::size_t) { return std::vector<Mat>{x.tail_cols(3), x.head_cols(3)}; };
  }));
  CHECK(moves([](Stages& s) {
    s.join_heads = [](const std::vector<Mat>& c) { return Mat(arma::join_rows(c.at(1), c.at(0))); };
  }));
}
