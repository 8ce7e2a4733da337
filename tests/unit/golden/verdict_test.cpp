#include "engine/golden/verdict.hpp"

#include <cmath>
#include <limits>

#include "tests/support/catch.hpp"

using namespace glass;
using golden::compare;
using golden::Difference;
using golden::kDouble;
using golden::kFloat;
using golden::Verdict;

namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

Dims dims() { return {{1, 2, 3}, {1, 2, 3}, 4, 5, 2.0, "relu"}; }

Name name(std::string_view text) { return parse_name(text).value(); }

const Name kScores = name("encoder.layers.0.self_attn.head.0.scores");
const Name kMemory = name("encoder.memory");
const Name kLogits = name("decoder.logits");
const Name kIds = name("encoder.ids");

/// rows x cols, all 1.
Matrix ones(std::size_t rows, std::size_t cols) {
  Matrix result(rows, cols);
  result.values.assign(rows * cols, 1);
  return result;
}

Trace example() { return {{kIds, ones(3, 1)}, {kScores, ones(3, 3)}, {kMemory, ones(3, 4)}, {kLogits, ones(2, 5)}}; }

std::optional<Difference> difference(Name which, double expected, double got,
                                     const golden::Tolerance& tolerance = kDouble) {
  Matrix a(1, 1), b(1, 1);
  a(0, 0) = expected;
  b(0, 0) = got;
  return compare(which, a, b, tolerance);
}

}  // namespace

TEST_CASE("verdict: the tolerance grows with the golden number and depends on the precision and the matrix") {
  CHECK(kDouble.at(kMemory, -3) == 4e-9);
  CHECK(kFloat.at(kMemory, 1) == 4e-5);
  CHECK(kFloat.at(kLogits, 1) == 2e-4);
  CHECK(kFloat.at(name("decoder.log_probabilities"), 0) == 1e-4);
  CHECK(kFloat.at(kIds, 7) == 0);
  CHECK(kDouble.at(kMemory, -kInf) == 0);
}

TEST_CASE("verdict: a number passes up to the tolerance and not beyond") {
  CHECK_FALSE(difference(kMemory, 1, 1 + 1.9e-9));
  CHECK(difference(kMemory, 1, 1 + 2.1e-9));
  CHECK_FALSE(difference(kMemory, 1, 1 - 3.9e-5, kFloat));
  CHECK(difference(kMemory, 1, 1 - 4.1e-5, kFloat));
  CHECK(difference(kIds, 7, 7 + 1e-12));
}

TEST_CASE("verdict: NaN never passes, an infinity only beside the same infinity") {
  const double nan = std::nan("");
  CHECK(difference(kScores, nan, nan));
  CHECK(difference(kScores, 1, nan));
  CHECK(difference(kScores, nan, 1));
  CHECK(difference(kScores, -kInf, nan));
  CHECK_FALSE(difference(kScores, -kInf, -kInf));
  CHECK_FALSE(difference(kScores, kInf, kInf));
  CHECK(difference(kScores, -kInf, kInf));
  CHECK(difference(kScores, -kInf, -1e308));
  CHECK(difference(kScores, -1e308, -kInf));
  CHECK(difference(kScores, 1, kInf)->largest == kInf);
}

TEST_CASE("verdict: equal traces are equal, and what more one of them has does not matter") {
  Trace more = example();
  more.emplace(name("decoder.ids"), ones(2, 1));
  const Verdict verdict = compare(example(), more, dims());
  CHECK_FALSE(verdict.first);
  CHECK(verdict.compared == 4);
  CHECK(verdict.equal == 4);
  CHECK(verdict.largest == 0);
  CHECK(golden::to_text(verdict, {}) == "4 matrices, all equal");
}

TEST_CASE("verdict: the first difference in the order of computation is named, with its first cell row by row") {
  Trace got = example();
  got[kLogits](0, 0) = 2;
  got[kMemory](1, 3) = 1.5;
  got[kMemory](2, 0) = -4;
  got[kMemory](1, 0) = 1 + 1e-10;
  const Verdict verdict = compare(example(), got, dims());
  REQUIRE(verdict.first);
  CHECK(verdict.first->name == kMemory);
  CHECK(verdict.first->kind == Difference::Kind::value);
  CHECK(verdict.first->row == 1);
  CHECK(verdict.first->col == 3);
  CHECK(verdict.first->expected == 1);
  CHECK(verdict.first->got == 1.5);
  CHECK(verdict.first->tolerance == 2e-9);
  CHECK(verdict.first->wrong_cells == 2);
  CHECK(verdict.first->largest == 5);
  CHECK(verdict.equal_before == 2);
  CHECK(verdict.equal == 2);
  CHECK(verdict.compared == 4);
}

TEST_CASE("verdict: the largest difference within equal matrices measures the noise") {
  Trace got = example();
  got[kMemory](1, 3) += 0x1p-40;
  CHECK(compare(example(), got, dims()).largest == 0x1p-40);
}

TEST_CASE("verdict: a missing matrix and a wrong shape are differences of their own kind") {
  Trace got = example();
  got.erase(kMemory);
  Verdict verdict = compare(example(), got, dims());
  REQUIRE(verdict.first);
  CHECK(verdict.first->kind == Difference::Kind::missing);
  CHECK(golden::to_text(verdict, {}) ==
        "encoder.memory is missing\n"
        "  what       the encoder's result, read by every decoder layer\n"
        "  before it  2 matrices, all equal\n"
        "  in all     3 of 4 matrices equal");
  got[kMemory] = ones(4, 3);
  verdict = compare(example(), got, dims());
  REQUIRE(verdict.first);
  CHECK(verdict.first->kind == Difference::Kind::shape);
  CHECK_THAT(golden::to_text(verdict, {}),
             check::StartsWith("encoder.memory has the wrong shape: 4 x 3, expected 3 x 4\n"));
}

TEST_CASE("verdict: the report names matrix, cell with its labels, both numbers and how far") {
  Trace got = example();
  got[kScores](2, 1) = 1.25;
  Labels labels;
  labels.source = {"\u2581Hello", ",", "</s>"};
  CHECK(golden::to_text(compare(example(), got, dims()), labels) ==
        "encoder.layers.0.self_attn.head.0.scores differs\n"
        "  what       row i, column j: how well the question of token i fits the label of token j\n"
        "  cell       row 2 (</s>), column 1 (,)\n"
        "  expected   1\n"
        "  got        1.25\n"
        "  tolerance  2e-09\n"
        "  largest    0.25, the largest difference in the matrix\n"
        "  wrong      1 of 9 cells\n"
        "  before it  1 matrices, all equal\n"
        "  in all     3 of 4 matrices equal");
}
