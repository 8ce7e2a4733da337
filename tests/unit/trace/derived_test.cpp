#include "engine/trace/derived.hpp"

#include <cmath>
#include <limits>

#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"

using namespace glass;
using glass::test::message_of;

namespace {

using Rows = std::initializer_list<std::initializer_list<double>>;

Matrix matrix(Rows rows) {
  Matrix result(rows.size(), rows.begin()->size());
  std::size_t i = 0;
  for (const auto& row : rows) {
    std::size_t j = 0;
    for (const double value : row) result(i, j++) = value;
    ++i;
  }
  return result;
}

const Matrix kShares = matrix({{0.5, 0.25, 0.25, 0}, {0, 0, 1, 0}, {0.25, 0.25, 0.25, 0.25}});
const Matrix kOther = matrix({{0.25, 0.5, 0.25, 0}, {1, 0, 0, 0}, {0.75, 0.25, -0.25, 0.5}});
const Grouping kWords{{{"a", 0, 1}, {"bc", 1, 3}, {"</s>", 3, 4, true}}, {{"x", 0, 2}, {"y", 2, 3}}};

std::string head(int layer, int h) {
  return "decoder.layers." + std::to_string(layer) + ".encoder_attn.head." + std::to_string(h) + ".weights";
}

std::string refusal(DerivedOp op, const std::vector<MatrixView>& operands, const Grouping& words = {}) {
  return message_of([&] { (void)derive(op, operands, words); });
}

}  // namespace

TEST_CASE("derived: mean, difference, ratio and exponential go cell by cell") {
  CHECK(derive(DerivedOp::mean, {kShares.view(), kOther.view()}) ==
        matrix({{0.375, 0.375, 0.25, 0}, {0.5, 0, 0.5, 0}, {0.5, 0.25, 0, 0.375}}));
  CHECK(derive(DerivedOp::difference, {kShares.view(), kOther.view()}) ==
        matrix({{0.25, -0.25, 0, 0}, {-1, 0, 1, 0}, {-0.5, 0, 0.5, -0.25}}));
  CHECK(derive(DerivedOp::ratio, {kOther.view(), matrix({{1, 2, 1, 1}, {2, 1, 1, 1}, {3, 1, -1, 4}}).view()}) ==
        matrix({{0.25, 0.25, 0.25, 0}, {0.5, 0, 0, 0}, {0.25, 0.25, 0.25, 0.125}}));
  const Matrix probabilities = derive(DerivedOp::exponential, {matrix({{0, std::log(0.25), -HUGE_VAL}}).view()});
  CHECK(probabilities(0, 0) == 1);
  CHECK_THAT(probabilities(0, 1), check::WithinRel(0.25, 1e-15));
  CHECK(probabilities(0, 2) == 0);
}

TEST_CASE("derived: the mean of equal matrices is that matrix, a difference from itself 0, a ratio 1") {
  CHECK(derive(DerivedOp::mean, {kOther.view(), kOther.view(), kOther.view(), kOther.view()}) == kOther);
  CHECK(derive(DerivedOp::difference, {kOther.view(), kOther.view()}) == Matrix(3, 4));
  const Matrix ratio = derive(DerivedOp::ratio, {kOther.view(), kOther.view()});
  CHECK(ratio(2, 2) == 1);
  CHECK(std::isnan(ratio(0, 3)));
}

TEST_CASE("derived: entropy is 0 for one choice, log2 n for n equal ones") {
  CHECK(derive(DerivedOp::entropy, {kShares.view()}) == matrix({{1.5}, {0}, {2}}));
  const Matrix uniform = derive(DerivedOp::entropy, {Matrix(1, 1).view()});
  CHECK(uniform == matrix({{0}}));
  for (const std::size_t n : {3U, 5U, 24U}) {
    Matrix row(1, n);
    for (double& share : row.values) share = 1 / static_cast<double>(n);
    CHECK_THAT(derive(DerivedOp::entropy, {row.view()})(0, 0),
               check::WithinRel(std::log2(static_cast<double>(n)), 1e-14));
  }
}

TEST_CASE("derived: likeness multiplies rows by rows, and with itself is symmetric") {
  const Matrix a = matrix({{1, 2, 3, 4}, {0, -1, 0, 2}}), b = matrix({{1, 1, 0, 0}, {0, 0, 1, -1}, {2, 0, 0, 5}});
  CHECK(derive(DerivedOp::likeness, {a.view(), b.view()}) == matrix({{3, -1, 22}, {-1, -2, 10}}));
  const Matrix own = derive(DerivedOp::likeness, {b.view(), b.view()});
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) CHECK(own(i, j) == own(j, i));
  }
}

TEST_CASE("derived: word_sum adds pieces up to words and keeps the rows that predict a word's first piece") {
  const Matrix words = derive(DerivedOp::word_sum, {kShares.view()}, kWords);
  CHECK(words == matrix({{0.5, 0.5, 0}, {0.25, 0.5, 0.25}}));
  CHECK(best(words.view(), 0) == 0);
  CHECK(best(words.view(), 1) == 1);
  CHECK(best(kOther.view(), 2) == 0);
}

TEST_CASE("derived: words of a labelled sentence, the closing piece predicted but not kept") {
  const Labels labels{
      {"▁Hel", "lo", ".", "</s>", "<pad>"}, {"<pad>", "▁Sal", "ut", "<unk>"}, {"▁Sal", "ut", "<unk>", "</s>"}, {}};
  const Grouping words = grouping_of(labels, WordRule::plain, WordRule::french);
  CHECK(words.source == std::vector<Word>{{"Hello", 0, 2}, {".", 2, 3}, {"</s>", 3, 4, true}, {"<pad>", 4, 5, true}});
  CHECK(words.target == std::vector<Word>{{"Salut", 0, 2}, {"<unk>", 2, 3, true}});
}

TEST_CASE("derived: an expression names its operands") {
  CHECK(expression(DerivedOp::exponential, {"decoder.log_probabilities"}) == "exp(decoder.log_probabilities)");
  CHECK(expression(DerivedOp::likeness, {"encoder.embed.tokens", "encoder.embed.tokens"}) ==
        "encoder.embed.tokens encoder.embed.tokens^T");
  CHECK(expression(DerivedOp::ratio, {"decoder.logits", "decoder.logits"}) == "decoder.logits / decoder.logits");
  CHECK(expression(DerivedOp::difference, {"a", expression(DerivedOp::mean, {"b", "c"})}) == "a - (mean of b, c)");
  CHECK(expression(DerivedOp::word_sum, {head(1, 0)}) == "word_sum(decoder.layers.1.encoder_attn.head.0.weights)");
  CHECK(expression(DerivedOp::entropy, {head(1, 0)}) == "entropy(decoder.layers.1.encoder_attn.head.0.weights)");
}

TEST_CASE("derived: a mean over heads or layers says so, and tells which where some are left out") {
  const auto mean = [](const std::vector<std::string>& operands) { return expression(DerivedOp::mean, operands); };
  CHECK(mean({head(1, 0), head(1, 1), head(1, 2)}) == "mean over H of decoder.layers.1.encoder_attn.head.H.weights");
  CHECK(mean({head(1, 2), head(1, 0)}) == "mean over H = 0, 2 of decoder.layers.1.encoder_attn.head.H.weights");
  CHECK(mean({head(0, 3), head(1, 3)}) == "mean over L of decoder.layers.L.encoder_attn.head.3.weights");
  CHECK(mean({head(0, 0), head(0, 1), head(1, 0), head(1, 1)}) ==
        "mean over L and H of decoder.layers.L.encoder_attn.head.H.weights");
  CHECK(mean({head(0, 0), head(1, 1)}) == "mean of " + head(0, 0) + ", " + head(1, 1));
  CHECK(mean({head(0, 0), head(0, 0)}) == "mean of " + head(0, 0) + ", " + head(0, 0));
  CHECK(mean({"encoder.layers.0.feed_forward.norm", "encoder.layers.1.feed_forward.norm"}) ==
        "mean over L of encoder.layers.L.feed_forward.norm");
  CHECK(mean({"encoder.memory", "encoder.embed.sum"}) == "mean of encoder.memory, encoder.embed.sum");
  CHECK(mean({head(1, 0)}) == "mean of " + head(1, 0));
}

TEST_CASE("derived: what does not fit is refused in one sentence") {
  const Matrix small(2, 3);
  CHECK(refusal(DerivedOp::mean, {}) == "mean: takes at least one operand, not 0");
  CHECK(refusal(DerivedOp::ratio, {small.view()}) == "ratio: takes two operands, not 1");
  CHECK(refusal(DerivedOp::entropy, {small.view(), small.view()}) == "entropy: takes one operand, not 2");
  CHECK(refusal(DerivedOp::exponential, {MatrixView{}}) == "exponential: an operand is absent");
  CHECK(refusal(DerivedOp::difference, {small.view(), kShares.view()}) ==
        "difference: the first operand is 2 x 3, another 3 x 4; all need one shape");
  CHECK(refusal(DerivedOp::likeness, {small.view(), kShares.view()}) ==
        "likeness: the first operand is 2 x 3, the second 3 x 4; both need as many columns");
  CHECK(refusal(DerivedOp::word_sum, {kShares.view()}, {{{"a", 0, 3}}, {}}) ==
        "word_sum: the source words have 3 pieces, but the matrix is 3 x 4, a column a piece");
  CHECK(refusal(DerivedOp::word_sum, {kShares.view()}, {{{"a", 0, 1}, {"b", 2, 4}}, {}}) ==
        "word_sum: the source words leave a gap");
  CHECK(refusal(DerivedOp::word_sum, {kShares.view()}, {kWords.source, {{"z", 3, 4}}}) ==
        "word_sum: the target word \"z\" begins at row 3, but the matrix is 3 x 4");
  CHECK(message_of([&] { (void)best(small.view(), 2); }) ==
        "best: there is no share in row 2 of a matrix that is 2 x 3");
  CHECK(message_of([&] { (void)expression(DerivedOp::likeness, {"a"}); }) == "likeness: takes two operands, not 1");
}
