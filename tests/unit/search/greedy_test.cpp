#include "engine/search/greedy.hpp"

#include <cmath>

#include "tests/support/catch.hpp"
#include "tests/unit/search/table_scorer.hpp"

namespace glass::search {

namespace {

constexpr double kGreedyTolerance = 1e-14;

/// Token 0 ends, 3 starts and has probability 0.
const test::TableScorer::Table kLong{{{3}, {0.1, 0.6, 0.3, 0}},
                                     {{3, 1}, {0.2, 0.3, 0.5, 0}},
                                     {{3, 1, 2}, {0.9, 0.05, 0.05, 0}},
                                     {{3, 2}, {0.3, 0.5, 0.2, 0}},
                                     {{3, 2, 1}, {0.8, 0.1, 0.1, 0}}};
const test::TableScorer::Table kShort{{{3}, {0.8, 0.1, 0.1, 0}}};

Settings settings() { return {.max_length = 5, .start_id = 3, .eos_ids = {0}}; }

Hypothesis translate(const Settings& settings, const Rules& rules = {}) {
  test::TableScorer scorer({kLong});
  return greedy(scorer, {{0}}, settings, rules).front();
}

}  // namespace

TEST_CASE("greedy: takes the likeliest token until the end token, by hand", "[search]") {
  const Hypothesis found = translate(settings());
  CHECK(found.ids == Ids{1, 2, 0});
  CHECK_THAT(found.score, check::WithinAbs(std::log(0.6 * 0.5 * 0.9) / 3, kGreedyTolerance));
}

TEST_CASE("greedy: of equal tokens the lower id is taken", "[search]") {
  test::TableScorer scorer({{{{3}, {0.3, 0.3, 0.3, 0.1}}}});
  CHECK(greedy(scorer, {{0}}, settings()).front().ids == Ids{0});
}

TEST_CASE("greedy: max_length cuts, and forces the end where that is asked for", "[search]") {
  Settings cut = settings();
  cut.max_length = 3;
  CHECK(translate(cut).ids == Ids{1, 2});
  cut.forced_eos_ids = {0};
  const Hypothesis forced = translate(cut);
  CHECK(forced.ids == Ids{1, 0});
  CHECK_THAT(forced.score, check::WithinAbs(std::log(0.6) / 2, kGreedyTolerance));
}

TEST_CASE("greedy: a banned token is not taken, and renormalising shares out its probability", "[search]") {
  Settings banned = settings();
  banned.bad_words_ids = {{1}};
  banned.max_length = 2;
  CHECK(translate(banned).ids == Ids{2});
  CHECK_THAT(translate(banned).score, check::WithinAbs(std::log(0.3), kGreedyTolerance));
  banned.renormalize_logits = true;
  CHECK_THAT(translate(banned).score, check::WithinAbs(std::log(0.75), kGreedyTolerance));
}

TEST_CASE("greedy: a sentence that has ended leaves the batch and keeps its place", "[search]") {
  test::TableScorer scorer({kLong, kShort});
  const auto found = greedy(scorer, {{1}, {0}, {1}}, settings());
  REQUIRE(found.size() == 3);
  CHECK(found[0].ids == Ids{0});
  CHECK(found[1].ids == Ids{1, 2, 0});
  CHECK(found[2].ids == Ids{0});
  CHECK(scorer.rows_per_step == std::vector<std::size_t>{3, 1, 1});
}

TEST_CASE("greedy: no sentences give no translations", "[search]") {
  test::TableScorer scorer({kLong});
  CHECK(greedy(scorer, {}, settings()).empty());
}

TEST_CASE("greedy: another rule of choice can be put in", "[search]") {
  Rules rules;
  rules.choose_from = 2;
  rules.choose = [](const RowScores& scores) { return scores.best.at(1); };
  CHECK(translate(settings(), rules).ids == Ids{2, 0});
}

TEST_CASE("greedy: a row without any allowed token is refused", "[search]") {
  Settings all = settings();
  all.bad_words_ids = {{1}, {2}, {3}};
  all.min_length = 5;
  CHECK_THROWS_WITH(translate(all), "search: every token is forbidden; see bad_words_ids");
}

TEST_CASE("settings: what contradicts itself is refused", "[search]") {
  const auto changed = [](auto change) {
    Settings wrong = settings();
    change(wrong);
    return wrong;
  };
  CHECK_THROWS_WITH(check(changed([](Settings& s) { s.num_beams = 0; })),
                    "search: num_beams must be at least 1, found 0");
  CHECK_THROWS_WITH(check(changed([](Settings& s) { s.max_length = 1; })),
                    "search: max_length must be at least 2, the start token and one more, found 1");
  CHECK_THROWS_WITH(check(changed([](Settings& s) { s.length_penalty = std::nan(""); })),
                    "search: length_penalty must be finite, found nan");
  CHECK_THROWS_WITH(check(changed([](Settings& s) { s.repetition_penalty = 0; })),
                    "search: repetition_penalty must be above 0, found 0.000000");
  CHECK_THROWS_WITH(check(changed([](Settings& s) { s.eos_ids.clear(); })),
                    "search: eos_ids must name at least one end token, found none");
  CHECK_THROWS_WITH(check(changed([](Settings& s) { s.bad_words_ids = {{}}; })),
                    "search: bad_words_ids must not hold an empty list");
}

}  // namespace glass::search
