#include "engine/reference/scorer.hpp"

#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/support/matrices.hpp"
#include "tests/support/random_model.hpp"

using namespace glass;
using search::Change;
using search::RowScores;

namespace {

const Ids kFirst = {3, 1, 4, 0}, kSecond = {9, 2, 6, 5, 3, 0};

/// The small model, and what a whole pass over one sentence gives for the last of some tokens.
struct SmallModel {
  std::shared_ptr<const Weights> weights = test::random_model(test::small_dims(), 13);
  ReferenceScorer scorer{weights, paper_stages()};

  std::vector<RowScores> step(const Ids& tokens, const std::vector<std::uint32_t>& parents,
                              const std::vector<Change>& changes = {}) {
    return scorer.step(tokens, parents, changes, 17, false);
  }
  [[nodiscard]] Mat embedded(const Ids& source) const {
    const Stages stage = paper_stages();
    return stage.embed(stage, weights->encoder_embed, source, Seam());
  }
  [[nodiscard]] arma::rowvec logits(const Ids& source, const Ids& read) const {
    const Stages stage = paper_stages();
    const Memory memory = encode(*weights, stage, source_of(source), Seam());
    return propose(*weights, stage, decode(*weights, stage, memory, read, Seam()), Seam()).tail_rows(1);
  }
};

/// A row's candidates as logits by id.
arma::rowvec by_id(const RowScores& scores) {
  arma::rowvec logits(17);
  logits.fill(-std::numeric_limits<double>::infinity());
  for (const search::Candidate& candidate : scores.best)
    logits(static_cast<arma::uword>(candidate.id)) = candidate.logit;
  return logits;
}

}  // namespace

TEST_CASE("reference scorer: every row is scored as a pass over its own prefix", "[reference][scorer]") {
  SmallModel model;
  model.scorer.start({kFirst, kSecond});
  const std::vector<RowScores> scores = model.step({16, 16}, {0, 1});
  REQUIRE(scores.size() == 2);
  CHECK(test::difference(by_id(scores[0]), model.logits(kFirst, {16})) <= 1e-12);
  CHECK(test::difference(by_id(scores[1]), model.logits(kSecond, {16})) <= 1e-12);
  CHECK(std::abs(scores[1].log_sum_exp - std::log(arma::accu(arma::exp(model.logits(kSecond, {16}))))) <= 1e-12);
}

TEST_CASE("reference scorer: parents reorder rows, split them and drop them", "[reference][scorer]") {
  SmallModel model;
  model.scorer.start({kFirst, kSecond});
  (void)model.step({16, 16}, {0, 1});
  (void)model.step({7, 8, 9}, {1, 0, 1});                                  // second 7, first 8, second 9
  const std::vector<RowScores> scores = model.step({4, 5, 6}, {2, 2, 1});  // second 9 4, second 9 5, first 8 6
  CHECK(test::difference(by_id(scores.at(0)), model.logits(kSecond, {16, 9, 4})) <= 1e-12);
  CHECK(test::difference(by_id(scores.at(1)), model.logits(kSecond, {16, 9, 5})) <= 1e-12);
  CHECK(test::difference(by_id(scores.at(2)), model.logits(kFirst, {16, 8, 6})) <= 1e-12);
  const std::vector<RowScores> one = model.step({2}, {2});
  REQUIRE(one.size() == 1);
  CHECK(test::difference(by_id(one[0]), model.logits(kFirst, {16, 8, 6, 2})) <= 1e-12);
}

TEST_CASE("reference scorer: start forgets what was before", "[reference][scorer]") {
  SmallModel model;
  model.scorer.start({kFirst});
  (void)model.step({5}, {0});
  model.scorer.start({kSecond});
  CHECK(test::difference(by_id(model.step({16}, {0}).at(0)), model.logits(kSecond, {16})) <= 1e-12);
}

TEST_CASE("reference scorer: a change touches its own row", "[reference][scorer]") {
  SmallModel model;
  model.scorer.start({kFirst, kSecond});
  const std::vector<RowScores> scores = model.step({16, 16}, {0, 1}, {{.row = 1, .id = 4}});
  arma::rowvec banned = model.logits(kSecond, {16});
  banned(4) = -std::numeric_limits<double>::infinity();
  CHECK(test::difference(by_id(scores.at(0)), model.logits(kFirst, {16})) <= 1e-12);
  CHECK(test::difference(by_id(scores.at(1)), banned) <= 1e-12);
  CHECK(scores.at(1).best.size() == 16);
}

TEST_CASE("reference scorer: an experiment's edit and stages act in every step", "[reference][scorer]") {
  const SmallModel plain;
  const std::vector<Edit> doubled = {[](Name which, Matrix& value, const Trace&) {
    if (to_string(which) != "decoder.logits") return;
    for (double& logit : value.values) logit *= 2;
  }};
  ReferenceScorer edited(plain.weights, paper_stages(), doubled);
  edited.start({kFirst});
  (void)edited.step({16}, {0}, {}, 17, false);
  const arma::rowvec twice = 2 * plain.logits(kFirst, {16, 3});
  CHECK(test::difference(by_id(edited.step({3}, {0}, {}, 17, false).at(0)), twice) <= 1e-12);

  Stages unbiased = paper_stages();
  unbiased.logits = [](const Stages&, const Mat& y, const Linear& table, const Seam&) { return Mat(y * table.W()); };
  ReferenceScorer replaced(plain.weights, unbiased);
  replaced.start({kFirst});
  const arma::rowvec without = plain.logits(kFirst, {16}) - plain.weights->lm_head.b;
  CHECK(test::difference(by_id(replaced.step({16}, {0}, {}, 17, false).at(0)), without) <= 1e-12);
}

TEST_CASE("reference scorer: an edit sees what its own sentence and row recorded so far", "[reference][scorer]") {
  const SmallModel plain;
  const Name embedded = parse_name("encoder.embed.sum").value(), logits = parse_name("decoder.logits").value();
  const std::vector<Edit> borrowed = {[=](Name which, Matrix& value, const Trace& so_far) {
    if (which == logits) value(value.rows - 1, 0) = so_far.at(embedded)(0, 0);
  }};
  ReferenceScorer edited(plain.weights, paper_stages(), borrowed);
  edited.start({kFirst, kSecond});
  const std::vector<RowScores> scores = edited.step({16, 16}, {1, 0}, {}, 17, false);
  const auto first_cell = [&](const Ids& ids) { return plain.embedded(ids)(0, 0); };
  CHECK(by_id(scores.at(0))(0) == first_cell(kSecond));
  CHECK(by_id(scores.at(1))(0) == first_cell(kFirst));
}

TEST_CASE("reference scorer: a step that does not fit is refused", "[reference][scorer]") {
  SmallModel model;
  model.scorer.start({kFirst});
  CHECK_THROWS_MATCHES(model.step({16, 16}, {0}), std::invalid_argument,
                       check::Message("step: 2 tokens but 1 parents"));
  CHECK_THROWS_MATCHES(model.step({16}, {1}), std::invalid_argument,
                       check::Message("step: row 0 continues row 1, but there are only 1"));
  CHECK_THROWS_MATCHES(model.scorer.start({Ids(12, 1)}), std::invalid_argument,
                       check::Message("the source has 12 tokens, but the model has positions for 11"));
}
