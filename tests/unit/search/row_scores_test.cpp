#include "engine/search/row_scores.hpp"

#include <cmath>
#include <limits>

#include "tests/support/catch.hpp"

namespace glass::search {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

RowScores score(std::vector<double> logits, const std::vector<Change>& changes, bool log_probabilities = true) {
  return score_row(logits, changes, 10, log_probabilities);
}

std::vector<std::int64_t> ids(const RowScores& scores) {
  std::vector<std::int64_t> list;
  for (const Candidate& candidate : scores.best) list.push_back(candidate.id);
  return list;
}

}  // namespace

TEST_CASE("row scores: the best come first, of equal ones the lower id", "[search]") {
  std::vector<double> logits{1, 4, 2, 4, 3};
  const RowScores scores = score_row(logits, {}, 3, true);
  CHECK(ids(scores) == std::vector<std::int64_t>{1, 3, 4});
  CHECK(scores.best[2].logit == 3.0);
  std::vector<double> equal{5, 5, 5, 5};
  CHECK(ids(score_row(equal, {}, 2, true)) == std::vector<std::int64_t>{0, 1});
}

TEST_CASE("row scores: log-sum-exp by hand, and where exp would overflow", "[search]") {
  CHECK_THAT(score({std::log(1.0), std::log(2.0), std::log(5.0)}, {}).log_sum_exp,
             check::WithinAbs(std::log(8.0), 1e-15));
  CHECK_THAT(score({1000, 1000}, {}).log_sum_exp, check::WithinAbs(1000 + std::log(2.0), 1e-12));
  CHECK_THAT(score({-1000, -1001}, {}).log_sum_exp, check::WithinAbs(-1000 + std::log1p(std::exp(-1.0)), 1e-12));
}

TEST_CASE("row scores: a banned token is left out, and only the changed sum loses its share", "[search]") {
  const RowScores scores = score({std::log(1.0), std::log(2.0), std::log(5.0)}, {{.id = 2, .kind = Change::Kind::ban}});
  CHECK(ids(scores) == std::vector<std::int64_t>{1, 0});
  CHECK_THAT(scores.log_sum_exp, check::WithinAbs(std::log(8.0), 1e-15));
  CHECK_THAT(scores.log_sum_exp_changed, check::WithinAbs(std::log(3.0), 1e-15));
}

TEST_CASE("row scores: the only token allowed has log-probability zero, whatever bans it", "[search]") {
  const RowScores scores =
      score({1, 2, 5}, {{.id = 0, .kind = Change::Kind::only}, {.id = 0, .kind = Change::Kind::ban}});
  REQUIRE(ids(scores) == std::vector<std::int64_t>{0});
  CHECK(scores.best[0].logit - scores.log_sum_exp == 0.0);
  CHECK(scores.best[0].logit - scores.log_sum_exp_changed == 0.0);
  CHECK(ids(score({1, 2, 5}, {{.id = 2, .kind = Change::Kind::only}, {.id = 0, .kind = Change::Kind::only}})) ==
        std::vector<std::int64_t>{0, 2});
}

TEST_CASE("row scores: a penalty acts on logits or on log-probabilities", "[search]") {
  const std::vector<Change> changes{{.id = 0, .kind = Change::Kind::penalise, .factor = 2},
                                    {.id = 1, .kind = Change::Kind::penalise, .factor = 2}};
  const RowScores on_logits = score({3, -1, 2}, changes, false);
  CHECK(ids(on_logits) == std::vector<std::int64_t>{2, 0, 1});
  CHECK(on_logits.best[1].logit == 1.5);
  CHECK(on_logits.best[2].logit == -2.0);
  const RowScores on_log_probabilities = score({std::log(0.25), std::log(0.5), std::log(0.25)}, changes);
  CHECK_THAT(on_log_probabilities.best[1].logit, check::WithinAbs(2 * std::log(0.5), 1e-15));
  CHECK_THAT(on_log_probabilities.best[2].logit, check::WithinAbs(2 * std::log(0.25), 1e-15));
}

TEST_CASE("row scores: a row's changes are found in a list sorted by row", "[search]") {
  const std::vector<Change> changes{{.row = 0, .id = 5}, {.row = 2, .id = 6}, {.row = 2, .id = 7}, {.row = 3, .id = 8}};
  CHECK(changes_of(changes, 0).size() == 1);
  CHECK(changes_of(changes, 1).empty());
  REQUIRE(changes_of(changes, 2).size() == 2);
  CHECK(changes_of(changes, 2)[1].id == 7);
  CHECK(changes_of(changes, 4).empty());
}

TEST_CASE("row scores: logits that are no numbers and unknown ids are refused", "[search]") {
  CHECK_THROWS_WITH(score({0, std::nan("")}, {}),
                    "search: the logit of token 1 is not a number or infinite; the model's weights are damaged");
  CHECK_THROWS_WITH(score({kInfinity, 0}, {}),
                    "search: the logit of token 0 is not a number or infinite; the model's weights are damaged");
  CHECK(ids(score({-kInfinity, 0}, {})) == std::vector<std::int64_t>{1});
  CHECK_THROWS_WITH(score({0, 1}, {{.id = 2}}), "search: a change names token 2, but there are 2");
  CHECK_THROWS_WITH(score({0, 1}, {{.id = -1}}), "search: a change names token -1, but there are 2");
  CHECK_THROWS_WITH(score({}, {}), "search: a row needs at least one logit, found none");
}

}  // namespace glass::search
