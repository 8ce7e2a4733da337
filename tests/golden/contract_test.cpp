#include <cmath>

#include "engine/golden/case.hpp"
#include "engine/reference/weights.hpp"
#include "engine/trace/recompute.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/paths.hpp"

using namespace glass;

namespace {

/// Rounding relative to what was added up. PyTorch adds in another order than the contract.
constexpr double kRounding = 1e-12;

const checkpoint::Checkpoint& shipped() {
  static const checkpoint::Checkpoint loaded = checkpoint::Checkpoint::load(test::root() / "data" / "model");
  return loaded;
}

/// The largest distance of a golden cell from the contract's value, in units of what rounding explains.
double largest_excess(const Recomputation& contract, const Matrix& golden) {
  double largest = 0;
  for (std::size_t i = 0; i < golden.rows; ++i) {
    for (std::size_t j = 0; j < golden.cols; ++j) {
      const Cell cell = contract.at(i, j);
      if (cell.value == golden(i, j)) continue;
      const double excess = std::abs(cell.value - golden(i, j)) / (kRounding * cell.magnitude);
      largest = std::isnan(excess) ? HUGE_VAL : std::max(largest, excess);
    }
  }
  return largest;
}

/// Recomputes every matrix of a trace that is not given. @return how many cells
std::size_t check_all(const Trace& trace, const golden::Case& golden, const Dims& dims) {
  const Sources sources{trace, dims, golden.lengths, tensors_of(shipped())};
  std::size_t cells = 0;
  for (const auto& [name, matrix] : golden.expected) {
    if (row_of(name).op == Op::given) continue;
    INFO(golden.name << ": " << to_string(name));
    CHECK(largest_excess(Recomputation(sources, name), matrix) <= 1);
    cells += matrix.values.size();
  }
  return cells;
}

}  // namespace

TEST_CASE("contract: every cell that PyTorch computed follows from its operands by the contract's operation") {
  const Dims dims = dims_of(shipped().config());
  const std::filesystem::path directory = test::root() / "data" / "golden";
  const std::vector<std::string> names = golden::case_names(directory);
  REQUIRE(names.size() >= 7);
  for (const std::string& name : names) {
    const golden::Case golden = golden::load(directory / (name + ".npz"), dims);
    Trace trace = golden.expected;
    trace.insert(golden.inputs.begin(), golden.inputs.end());
    CHECK(check_all(trace, golden, dims) > 0);
    if (!golden.stage) CHECK(golden.expected.size() == all_names(dims).size());
  }
}

TEST_CASE("contract: a golden cell that is changed by a thousandth no longer follows") {
  const Dims dims = dims_of(shipped().config());
  const golden::Case golden = golden::load(test::root() / "data" / "golden" / "hello.npz", dims);
  const Sources sources{golden.expected, dims, golden.lengths, tensors_of(shipped())};
  for (const auto& [name, matrix] : golden.expected) {
    if (row_of(name).op == Op::given) continue;
    Matrix changed(1, 1);
    const Cell cell = Recomputation(sources, name).at(0, 0);
    changed(0, 0) = matrix(0, 0) + 1e-3 * (1 + cell.magnitude);
    INFO(to_string(name));
    CHECK(largest_excess(Recomputation(sources, name), changed) > 1);
  }
}
