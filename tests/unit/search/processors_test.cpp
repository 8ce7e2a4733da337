#include "engine/search/processors.hpp"

#include <utility>

#include "tests/support/catch.hpp"

namespace glass::search {

namespace {

std::vector<Change> run(const Processor& processor, const Ids& prefix, const Settings& settings) {
  std::vector<Change> changes;
  processor(prefix, settings, changes);
  return changes;
}

/// The ids that a processor bans; every change must be a ban.
Ids banned(const Processor& processor, const Ids& prefix, const Settings& settings) {
  Ids ids;
  for (const Change& change : run(processor, prefix, settings)) {
    CHECK(change.kind == Change::Kind::ban);
    ids.push_back(change.id);
  }
  return ids;
}

}  // namespace

TEST_CASE("processors: with default settings nothing is changed", "[search]") {
  std::vector<Change> changes;
  for (const Processor& processor : all_processors()) processor({9, 1, 1, 1}, Settings{}, changes);
  CHECK(changes.empty());
}

TEST_CASE("processors: each token read so far is penalised once", "[search]") {
  const auto changes = run(penalise_repetition, {9, 4, 9, 4, 2}, {.repetition_penalty = 1.5});
  REQUIRE(changes.size() == 3);
  CHECK(changes[0].id == 2);
  CHECK(changes[1].id == 4);
  CHECK(changes[2].id == 9);
  CHECK(changes[2].kind == Change::Kind::penalise);
  CHECK(changes[2].factor == 1.5);
}

TEST_CASE("processors: what followed the same tokens before is banned", "[search]") {
  const Settings three{.no_repeat_ngram_size = 3};
  CHECK(banned(ban_repeated_ngrams, {9, 1, 2, 3, 1, 2}, three) == Ids{3});
  CHECK(banned(ban_repeated_ngrams, {1, 2, 3, 1, 2, 4, 1, 2}, three) == Ids{3, 4});
  CHECK(banned(ban_repeated_ngrams, {9, 1, 2, 3, 2}, three).empty());
  CHECK(banned(ban_repeated_ngrams, {1, 1}, three).empty());
  CHECK(banned(ban_repeated_ngrams, {1, 1, 1}, three) == Ids{1});
  CHECK(banned(ban_repeated_ngrams, {9, 4}, {.no_repeat_ngram_size = 1}) == Ids{9, 4});
  CHECK(banned(ban_repeated_ngrams, {9, 4, 9}, {.no_repeat_ngram_size = 2}) == Ids{4});
  CHECK(banned(ban_repeated_ngrams, {9, 4, 9}, {.no_repeat_ngram_size = 4}).empty());
}

TEST_CASE("processors: a bad word is banned at its last token", "[search]") {
  const Settings settings{.bad_words_ids = {{7}, {1, 2}, {3, 4, 5}, {0}}, .eos_ids = {0}};
  CHECK(banned(ban_bad_words, {9}, settings) == Ids{7});
  CHECK(banned(ban_bad_words, {9, 1}, settings) == Ids{7, 2});
  CHECK(banned(ban_bad_words, {9, 3, 4}, settings) == Ids{7, 5});
  CHECK(banned(ban_bad_words, {9, 4, 3}, settings) == Ids{7});
}

TEST_CASE("processors: a long bad word is not looked for in fewer tokens than it has", "[search]") {
  CHECK(banned(ban_bad_words, {1}, {.bad_words_ids = {{1, 2}}}).empty());
  CHECK(banned(ban_bad_words, {5, 1}, {.bad_words_ids = {{1, 2}}}) == Ids{2});
}

TEST_CASE("processors: the end is banned before min_length and forced at max_length", "[search]") {
  const Settings settings{.max_length = 5, .min_length = 3, .forced_eos_ids = {0}, .eos_ids = {0, 8}};
  CHECK(banned(ban_early_end, {9, 1}, settings) == Ids{0, 8});
  CHECK(banned(ban_early_end, {9, 1, 1}, settings).empty());
  CHECK(run(force_end, {9, 1, 1}, settings).empty());
  const auto forced = run(force_end, {9, 1, 1, 1}, settings);
  REQUIRE(forced.size() == 1);
  CHECK(forced[0].id == 0);
  CHECK(forced[0].kind == Change::Kind::only);
}

TEST_CASE("processors: the first token is forced, unless it is the last too", "[search]") {
  Settings settings{.forced_bos_id = 6};
  const auto forced = run(force_first, {9}, settings);
  REQUIRE(forced.size() == 1);
  CHECK(forced[0].id == 6);
  CHECK(forced[0].kind == Change::Kind::only);
  CHECK(run(force_first, {9, 6}, settings).empty());
  settings.max_length = 2;
  CHECK(run(force_first, {9}, settings).size() == 1);
  settings.forced_eos_ids = {0};
  CHECK(run(force_first, {9}, settings).empty());
}

}  // namespace glass::search
