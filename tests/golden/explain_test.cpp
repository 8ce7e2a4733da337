#include "engine/trace/explain.hpp"

#include <cmath>
#include <map>
#include <random>
#include <set>

#include "engine/golden/case.hpp"
#include "engine/reference/weights.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"

using namespace glass;

namespace {

constexpr std::size_t kCells = 10000;

const checkpoint::Checkpoint& shipped() {
  static const checkpoint::Checkpoint loaded = checkpoint::Checkpoint::load(test::root() / "data" / "model");
  return loaded;
}

double by_rule(TermRule rule, const Term& term) {
  switch (rule) {
    case TermRule::none:
      return std::nan("");
    case TermRule::copy:
      return term.left;
    case TermRule::product:
      return term.left * term.right;
    case TermRule::exponential:
      return std::exp(term.left - term.right);
    case TermRule::squared_error:
      return (term.left - term.right) * (term.left - term.right);
  }
  return std::nan("");
}

/// The number that stands where the part says.
double operand_at(const Sources& sources, const OperandPart& part, std::size_t index) {
  const auto [row, col] = part.cell(index);
  if (part.is_tensor) return sources.tensor(part.name).at(row, col);
  return sources.trace.at(parse_name(part.name).value())(row, col);
}

/// True if left, and of a product right, stand in the operands where the explanation says.
bool stands_in_operands(const Sources& sources, const Explanation& cell, const Term& term) {
  const OperandPart& left = cell.operands.at(cell.op == Op::add ? term.index : 0);
  if (term.left != operand_at(sources, left, term.index)) return false;
  const bool two = cell.rule == TermRule::product && cell.op != Op::scale;
  return !two || term.right == operand_at(sources, cell.operands.at(1), term.index);
}

/// True if the terms follow from the operands, add up to their stage or are the value, and the last stage is the value.
bool leads_to_value(const Sources& sources, const Explanation& cell) {
  double sum = 0;
  for (const Term& term : cell.terms) {
    if (term.value != by_rule(cell.rule, term) || !stands_in_operands(sources, cell, term)) return false;
    sum += term.value;
  }
  bool summed = cell.terms.empty() || (cell.terms.size() == 1 && cell.terms[0].value == cell.value);
  for (const Stage& stage : cell.stages) summed = summed || (stage.says == "sum of the terms" && stage.value == sum);
  return summed && !cell.stages.empty() && cell.stages.back().value == cell.value;
}

/// Explains `count` cells of a matrix, drawn at random.
void check_cells(const Sources& sources, Name name, std::size_t count, std::mt19937_64& random) {
  const Matrix& matrix = sources.trace.at(name);
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t row = random() % matrix.rows, col = random() % matrix.cols;
    const Explanation cell = explain(sources, name, row, col);
    INFO(to_string(name) << " (" << row << ", " << col << ")");
    CHECK(cell.recorded == matrix(row, col));
    CHECK(cell.agrees());
    CHECK(leads_to_value(sources, cell));
  }
}

}  // namespace

TEST_CASE("explain: 10,000 cells of three goldens, over all names, follow from what the explanation says") {
  const Dims dims = dims_of(shipped().config());
  const std::size_t names = all_names(dims).size(), each = kCells / (3 * names) + 1;
  std::mt19937_64 random(4);
  std::size_t cells = 0;
  for (const char* const name : {"hello", "long", "padded"}) {
    const golden::Case golden = golden::load(test::root() / "data" / "golden" / (std::string(name) + ".npz"), dims);
    const Sources sources{golden.expected, dims, golden.lengths, tensors_of(shipped())};
    std::set<Op> operations;
    std::set<Name> reached;
    for (const auto& [name_reached, matrix] : golden.expected) {
      check_cells(sources, name_reached, each, random);
      operations.insert(row_of(name_reached).op);
      reached.insert(name_reached);
      cells += each;
    }
    CHECK(operations.size() == 17);
    CHECK(reached.size() == names);
  }
  CHECK(cells >= kCells);
}

TEST_CASE("explain: a number that a stage got wrong does not agree, and the contract's is told") {
  const Dims dims = dims_of(shipped().config());
  golden::Case golden = golden::load(test::root() / "data" / "golden" / "hello.npz", dims);
  const Name scores = parse_name("decoder.layers.1.encoder_attn.head.0.scores").value();
  const double right = golden.expected.at(scores)(1, 2);
  golden.expected.at(scores)(1, 2) = right * 1.001;
  const Sources sources{golden.expected, dims, golden.lengths, tensors_of(shipped())};
  const Explanation cell = explain(sources, scores, 1, 2);
  CHECK_FALSE(cell.agrees());
  CHECK(cell.recorded == right * 1.001);
  CHECK(std::abs(cell.value - right) <= 1e-12 * cell.magnitude);
}
