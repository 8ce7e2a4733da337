#include "engine/lesson/search_record.hpp"

#include "engine/lesson/beam_tree.hpp"
#include "engine/search/search.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/search/table_scorer.hpp"

using namespace glass;
using lesson::BeamTree;
using lesson::SearchRecord;

namespace {

constexpr std::int64_t kEnd = 0, kStart = 4;

/// After the start 1 or 2, after 1 again 1 or the end, after 2 the end; 3 is never likely.
test::TableScorer::Table table() {
  return {{{4}, {0.05, 0.5, 0.4, 0.05}},           {{4, 1}, {0.45, 0.35, 0.1, 0.1}},
          {{4, 2}, {0.9, 0.04, 0.03, 0.03}},       {{4, 1, 1}, {0.97, 0.01, 0.01, 0.01}},
          {{4, 1, 2}, {0.25, 0.25, 0.25, 0.25}},   {{4, 2, 1}, {0.25, 0.25, 0.25, 0.25}},
          {{4, 1, 3}, {0.25, 0.25, 0.25, 0.25}},   {{4, 1, 1, 1}, {0.25, 0.25, 0.25, 0.25}},
          {{4, 1, 1, 2}, {0.25, 0.25, 0.25, 0.25}}};
}

/// 1 starts better, but both good beams go on from 2, and end.
test::TableScorer::Table table_that_drops() {
  return {{{4}, {0.02, 0.5, 0.4, 0.08}},
          {{4, 1}, {0.25, 0.25, 0.25, 0.25}},
          {{4, 2}, {0.01, 0.5, 0.48, 0.01}},
          {{4, 2, 1}, {0.9, 0.04, 0.03, 0.03}},
          {{4, 2, 2}, {0.8, 0.1, 0.05, 0.05}}};
}

search::Settings settings(std::size_t num_beams) {
  search::Settings result;
  result.num_beams = num_beams;
  result.max_length = 6;
  result.start_id = kStart;
  return result;
}

/// The tokens from the root to a node.
search::Ids path_to(const BeamTree& tree, std::size_t node) {
  search::Ids path;
  for (; node != 0; node = tree.nodes[node].parent) path.insert(path.begin(), tree.nodes[node].token);
  return path;
}

}  // namespace

TEST_CASE("search record: the search finds what it finds without it", "[lesson][search_record]") {
  for (const std::size_t num_beams : {1U, 2U}) {
    test::TableScorer plain({table()}), inner({table()});
    SearchRecord record(inner, 3);
    const auto expected = search::search(plain, {{0}}, settings(num_beams));
    const auto found = search::search(record, {{0}}, settings(num_beams));
    REQUIRE(found.front().size() == expected.front().size());
    for (std::size_t k = 0; k < found.front().size(); ++k) {
      CHECK(found.front()[k].ids == expected.front()[k].ids);
      CHECK(found.front()[k].score == expected.front()[k].score);
    }
  }
}

TEST_CASE("search record: keeps every row of every step, and more candidates than were asked for",
          "[lesson][search_record]") {
  test::TableScorer inner({table()});
  SearchRecord record(inner, 3);
  const auto found = search::search(record, {{0}}, settings(1));
  REQUIRE(found.front().front().ids == search::Ids{1, kEnd});
  REQUIRE(record.steps().size() == 2);
  CHECK(record.steps()[0].at(0).token == kStart);
  CHECK(record.steps()[1].at(0).token == 1);
  CHECK(record.steps()[1].at(0).parent == 0);
  CHECK(record.steps()[0].at(0).scores.best.size() == 3);
  CHECK(record.steps()[0].at(0).scores.best[1].id == 2);
  (void)search::search(record, {{0}}, settings(1));
  CHECK(record.steps().size() == 2);
}

TEST_CASE("beam tree: paths, sums and ends are those of the search", "[lesson][search_record]") {
  test::TableScorer inner({table()});
  SearchRecord record(inner);
  const std::vector<search::Hypothesis> found = search::search(record, {{0}}, settings(2)).front();
  const BeamTree tree = lesson::beam_tree_of(record, found, settings(2));
  REQUIRE(found.size() == 2);
  REQUIRE(found[0].ids == search::Ids{2, kEnd});
  std::size_t n_translations = 0, n_rows = 0;
  for (std::size_t k = 0; k < tree.nodes.size(); ++k) {
    const BeamTree::Node& node = tree.nodes[k];
    if (!node.rank) continue;
    ++n_translations;
    CHECK(path_to(tree, k) == found.at(*node.rank).ids);
    const auto length = static_cast<double>(found[*node.rank].ids.size());
    CHECK(node.sum / length == check::Approx(found[*node.rank].score));
  }
  for (const auto& step : record.steps()) n_rows += step.size();
  CHECK(n_translations == found.size());
  CHECK(tree.nodes.size() == n_rows + n_translations);
  CHECK(tree.nodes[tree.nodes[0].children.front()].sum == check::Approx(std::log(0.5)));
}

TEST_CASE("beam tree: pruning takes dropped beams, never translations", "[lesson][search_record]") {
  test::TableScorer inner({table_that_drops()});
  SearchRecord record(inner);
  const std::vector<search::Hypothesis> found = search::search(record, {{0}}, settings(2)).front();
  BeamTree tree = lesson::beam_tree_of(record, found, settings(2));
  const std::size_t n_cut = lesson::prune(tree, 1);
  CHECK(n_cut == 1);
  CHECK(tree.nodes[0].children.size() == 1);
  for (std::size_t k = 1; k < tree.nodes.size(); ++k) {
    if (!tree.nodes[k].rank) continue;
    const std::vector<std::size_t>& siblings = tree.nodes[tree.nodes[k].parent].children;
    CHECK(std::find(siblings.begin(), siblings.end(), k) != siblings.end());
  }
  CHECK(lesson::prune(tree, 100) == 0);
}
