#include "engine/lesson/why.hpp"

#include <random>

#include "engine/lesson/changes.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/reference/model.hpp"
#include "engine/screen/layout.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"

using namespace glass;

namespace {

const lesson::Session& hello() {
  static const lesson::Session session = [] {
    lesson::Topic topic;
    topic.data = test::root() / "data";
    return lesson::Session(Model::load(topic.data / "model"), topic);
  }();
  return session;
}

/// Every operand of a cell is computed before it, so that no chain is longer than there are names, and a weight.
std::size_t bound() { return all_names(hello().dims()).size() + 1; }

/// Follows operands up to a leaf. @return the steps that it took; more than bound() if there was no end
template <class Choose>
std::size_t steps_to_leaf(const CellRef& start, Choose choose) {
  lesson::Why here = lesson::why(hello(), hello().plain(), start);
  std::size_t steps = 0;
  for (; !here.is_leaf() && steps <= bound(); ++steps) here = why(hello(), hello().plain(), choose(here));
  CHECK_FALSE(here.leaf.empty());
  return steps;
}

}  // namespace

TEST_CASE("why: following any operand up from any logit ends in a leaf") {
  std::mt19937_64 random(11);
  const Matrix& logits = hello().at("decoder.logits");
  for (std::size_t walk = 0; walk < 300; ++walk) {
    const CellRef start{"decoder.logits", false, walk % logits.rows, random() % logits.cols};
    const std::size_t steps = steps_to_leaf(start, [&](const lesson::Why& here) {
      const std::size_t operand = random() % here.operands.size();
      const OperandPart& part = here.operands[operand].part;
      if (!part.whole_row() && !part.whole_column()) return lesson::up(here, operand + 1, std::nullopt);
      return lesson::up(here, operand + 1, random() % here.explanation->terms.size());
    });
    CHECK(steps <= bound());
  }
}

TEST_CASE("why: following the largest term up from any logit ends in a leaf, by each operand") {
  const Matrix& logits = hello().at("decoder.logits");
  for (std::size_t walk = 0; walk < 100; ++walk) {
    const CellRef start{"decoder.logits", false, walk % logits.rows, (walk * 397) % logits.cols};
    CHECK(steps_to_leaf(start, [](const lesson::Why& here) { return lesson::up(here).front(); }) <= bound());
    CHECK(steps_to_leaf(start, [](const lesson::Why& here) { return lesson::up(here).back(); }) <= bound());
  }
}

TEST_CASE("why: what a changed stage recorded is told beside what the contract gives") {
  Experiment experiment;
  lesson::change::forget_scale(hello(), experiment);
  const lesson::Pass changed = lesson::pass_of(hello().model(), lesson::record(hello(), experiment));
  const CellRef score{"decoder.layers.1.encoder_attn.head.0.scores", false, 1, 2};
  const lesson::Why why = lesson::why(hello(), changed, score);
  const screen::Lines lines = render(why, {screen::Style{}, false}, false);
  REQUIRE(lines.size() > 2);
  CHECK_THAT(screen::plain(lines[lines.size() - 2]), check::StartsWith("the contract gives "));
  CHECK_THAT(std::stod(screen::plain(lines[lines.size() - 2]).substr(19)) * std::sqrt(32.0),
             check::WithinRel(std::stod(screen::plain(lines.back()).substr(2)), 1e-12));
}
