#include "engine/search/beam.hpp"

#include <cmath>

#include "engine/search/search.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/search/table_scorer.hpp"

namespace glass::search {

namespace {

constexpr double kTight = 1e-13;
using Table = test::TableScorer::Table;

/// Token 0 ends, 3 starts and has probability 0. Greedy finds 1 0 (0.2), the best is 2 0 (0.36).
const Table kGreedyTrap{{{3}, {0.1, 0.5, 0.4, 0}},
                        {{3, 1}, {0.4, 0.3, 0.3, 0}},
                        {{3, 2}, {0.9, 0.05, 0.05, 0}},
                        {{3, 1, 1}, {0.9, 0.05, 0.05, 0}},
                        {{3, 1, 2}, {0.5, 0.3, 0.2, 0}}};

/// An end at the first step and another at the second fill two slots, while 1 1 0 is still better.
const Table kLateBest{{{3}, {0.3, 0.5, 0.2, 0}},
                      {{3, 1}, {0.3, 0.6, 0.1, 0}},
                      {{3, 2}, {0.7, 0.2, 0.1, 0}},
                      {{3, 1, 1}, {0.9, 0.05, 0.05, 0}},
                      {{3, 1, 2}, {0.5, 0.3, 0.2, 0}}};

Settings settings(double length_penalty, std::size_t max_length = 4) {
  return {.num_beams = 2, .max_length = max_length, .length_penalty = length_penalty, .start_id = 3, .eos_ids = {0}};
}

std::vector<Hypothesis> translate(const Table& table, const Settings& settings, const Rules& rules = {}) {
  test::TableScorer scorer({table});
  return beam(scorer, {{0}}, settings, rules).front();
}

void check_is(const Hypothesis& found, const Ids& ids, double score) {
  CHECK(found.ids == ids);
  CHECK_THAT(found.score, check::WithinAbs(score, kTight));
}

}  // namespace

TEST_CASE("beam: two beams find what greedy search misses, by hand", "[search]") {
  const auto found = translate(kGreedyTrap, settings(0));
  REQUIRE(found.size() == 2);
  check_is(found[0], {2, 0}, std::log(0.36));
  check_is(found[1], {1, 0}, std::log(0.2));
}

TEST_CASE("beam: one beam is greedy search", "[search]") {
  test::TableScorer scorer({kGreedyTrap});
  Settings one = settings(1);
  one.num_beams = 1;
  const auto found = search(scorer, {{0}}, one).front();
  REQUIRE(found.size() == 1);
  check_is(found[0], {1, 0}, std::log(0.2) / 2);
}

TEST_CASE("beam: the score is the sum divided by length to the power of the penalty", "[search]") {
  check_is(translate(kGreedyTrap, settings(1))[0], {2, 0}, std::log(0.36) / 2);
  check_is(translate(kGreedyTrap, settings(0.5))[0], {2, 0}, std::log(0.36) / std::sqrt(2.0));
  check_is(translate(kGreedyTrap, settings(-1))[0], {2, 0}, std::log(0.36) * 2);
}

TEST_CASE("beam: an end that is not among the n best candidates is not kept", "[search]") {
  const Table table{{{3}, {0.25, 0.4, 0.35, 0}},
                    {{3, 1}, {0.3, 0.5, 0.2, 0}},
                    {{3, 2}, {0.3, 0.4, 0.3, 0}},
                    {{3, 1, 1}, {0.5, 0.25, 0.25, 0}},
                    {{3, 2, 1}, {0.5, 0.3, 0.2, 0}}};
  const auto found = translate(table, settings(0));
  REQUIRE(found.size() == 2);
  check_is(found[0], {1, 1, 0}, std::log(0.1));
  check_is(found[1], {2, 1, 0}, std::log(0.07));
}

TEST_CASE("beam: early stopping ends the search once the slots are full, by hand", "[search]") {
  Settings early = settings(1, 9);
  early.early_stopping = EarlyStopping::yes;
  const auto at_once = translate(kLateBest, early);
  REQUIRE(at_once.size() == 2);
  check_is(at_once[0], {1, 0}, std::log(0.15) / 2);
  check_is(at_once[1], {0}, std::log(0.3));
  const auto later = translate(kLateBest, settings(1, 9));
  REQUIRE(later.size() == 2);
  check_is(later[0], {1, 1, 0}, std::log(0.27) / 3);
  check_is(later[1], {1, 0}, std::log(0.15) / 2);
}

TEST_CASE("beam: with early stopping never it goes on while a longer translation could win", "[search]") {
  Settings never = settings(2);
  CHECK(translate(kGreedyTrap, never)[0].ids == Ids{2, 0});
  never.early_stopping = EarlyStopping::never;
  const auto found = translate(kGreedyTrap, never);
  REQUIRE(found.size() == 2);
  check_is(found[0], {1, 1, 0}, std::log(0.135) / 9);
  check_is(found[1], {2, 0}, std::log(0.36) / 4);
}

TEST_CASE("beam: the older release looks at candidates that have ended, and so goes on longer", "[search]") {
  Settings older = settings(2);
  CHECK(translate(kGreedyTrap, older)[1].ids == Ids{1, 0});
  older.release = BeamRelease::hf_4_49;
  const auto found = translate(kGreedyTrap, older);
  REQUIRE(found.size() == 2);
  check_is(found[0], {1, 1, 0}, std::log(0.135) / 9);
  check_is(found[1], {2, 0}, std::log(0.36) / 4);
}

TEST_CASE("beam: what max_length cuts off is kept without an end, in both releases", "[search]") {
  for (const BeamRelease release : {BeamRelease::hf_4_50, BeamRelease::hf_4_49}) {
    Settings cut = settings(1, 2);
    cut.release = release;
    const auto found = translate(kGreedyTrap, cut);
    REQUIRE(found.size() == 2);
    check_is(found[0], {1}, std::log(0.5));
    check_is(found[1], {2}, std::log(0.4));
  }
}

TEST_CASE("beam: a forced end costs nothing", "[search]") {
  for (const BeamRelease release : {BeamRelease::hf_4_50, BeamRelease::hf_4_49}) {
    Settings forced = settings(1, 3);
    forced.forced_eos_ids = {0};
    forced.release = release;
    const auto found = translate(kGreedyTrap, forced);
    REQUIRE(found.size() == 2);
    check_is(found[0], {1, 0}, std::log(0.5) / 2);
    check_is(found[1], {2, 0}, std::log(0.4) / 2);
  }
}

TEST_CASE("beam: a forced first token leaves the beams alike, and the next step parts them", "[search]") {
  const Table table{{{3}, {0.1, 0.5, 0.4, 0}}, {{3, 2}, {0.6, 0.3, 0.1, 0}}};
  Settings forced = settings(0, 3);
  forced.forced_bos_id = 2;
  test::TableScorer scorer({table});
  const auto found = beam(scorer, {{0}}, forced).front();
  REQUIRE(found.size() == 2);
  check_is(found[0], {2, 0}, std::log(0.6));
  check_is(found[1], {2, 1}, std::log(0.3));
  CHECK(scorer.rows_per_step == std::vector<std::size_t>{1, 1});
}

TEST_CASE("beam: renormalising shares out the probability of a banned token", "[search]") {
  Settings banned = settings(0, 2);
  banned.bad_words_ids = {{1}};
  check_is(translate(kGreedyTrap, banned)[0], {2}, std::log(0.4));
  banned.renormalize_logits = true;
  check_is(translate(kGreedyTrap, banned)[0], {2}, std::log(0.8));
}

TEST_CASE("beam: of equal totals the earlier beam and the lower id come first", "[search]") {
  const Table table{{{3}, {0.2, 0.4, 0.4, 0}}, {{3, 1}, {0.2, 0.4, 0.4, 0}}, {{3, 2}, {0.2, 0.4, 0.4, 0}}};
  const auto found = translate(table, settings(1, 3));
  REQUIRE(found.size() == 2);
  CHECK(found[0].ids == Ids{1, 1});
  CHECK(found[1].ids == Ids{1, 2});
}

TEST_CASE("beam: every end token ends a beam", "[search]") {
  const Table table{{{3}, {0.4, 0.1, 0.5, 0}}, {{3, 1}, {0.5, 0.3, 0.2, 0}}};
  Settings both = settings(0, 3);
  both.eos_ids = {0, 2};
  const auto found = translate(table, both);
  REQUIRE(found.size() == 2);
  check_is(found[0], {2}, std::log(0.5));
  check_is(found[1], {0}, std::log(0.4));
}

TEST_CASE("beam: sentences together give what each gives alone, and leave when done", "[search]") {
  test::TableScorer scorer({kGreedyTrap, kLateBest});
  const auto together = beam(scorer, {{0}, {1}, {0}}, settings(1, 9));
  CHECK(scorer.rows_per_step == std::vector<std::size_t>{3, 6, 2});
  REQUIRE(together.size() == 3);
  for (std::size_t sentence = 0; sentence < 3; ++sentence) {
    const auto alone = translate(sentence == 1 ? kLateBest : kGreedyTrap, settings(1, 9));
    REQUIRE(together[sentence].size() == alone.size());
    for (std::size_t rank = 0; rank < alone.size(); ++rank) {
      check_is(together[sentence][rank], alone[rank].ids, alone[rank].score);
    }
  }
}

TEST_CASE("beam: beams that all start at zero stay identical", "[search]") {
  Rules rules;
  rules.first_sums = [](std::size_t beams) { return std::vector<double>(beams, 0.0); };
  const auto found = translate(kGreedyTrap, settings(0), rules);
  REQUIRE(found.size() == 2);
  CHECK(found[0].ids == found[1].ids);
}

TEST_CASE("beam: another score can be put in", "[search]") {
  Rules rules;
  rules.score = [](double sum, std::size_t length, const Settings&) { return sum - static_cast<double>(length); };
  check_is(translate(kGreedyTrap, settings(1), rules)[0], {2, 0}, std::log(0.36) - 2);
}

TEST_CASE("beam: settings are checked and a row without any allowed token is refused", "[search]") {
  Settings wrong = settings(1);
  wrong.max_length = 0;
  CHECK_THROWS_WITH(translate(kGreedyTrap, wrong),
                    "search: max_length must be at least 2, the start token and one more, found 0");
  Settings all = settings(1);
  all.bad_words_ids = {{1}, {2}};
  all.min_length = 4;
  CHECK_THROWS_WITH(translate(kGreedyTrap, all), "search: every token is forbidden; see bad_words_ids");
}

}  // namespace glass::search
