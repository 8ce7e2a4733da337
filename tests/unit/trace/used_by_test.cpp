#include "engine/trace/used_by.hpp"

#include <set>
#include <tuple>

#include "tests/support/complete_example.hpp"
#include "tests/support/temporary.hpp"

using namespace glass;

namespace {

/// A cell of the memory of a matrix or tensor, whatever its names.
using Place = std::tuple<const void*, std::size_t, std::size_t>;
using Computed = std::set<std::tuple<Name, std::size_t, std::size_t>>;

/// What every cell is read by, from explaining every cell of every matrix.
std::map<Place, Computed> read_by_explanation(const Sources& sources) {
  std::map<Place, Computed> result;
  for (const auto& [name, matrix] : sources.trace) {
    for (std::size_t i = 0; i < matrix.rows; ++i) {
      for (std::size_t j = 0; j < matrix.cols; ++j) {
        for (const OperandPart& part : explain(sources, name, i, j).operands) {
          const MatrixView view = matrix_of(sources, {part.name, part.is_tensor, part.row, part.col});
          const std::size_t count = part.whole_row() ? view.cols : part.whole_column() ? view.rows : 1;
          for (std::size_t k = 0; k < count; ++k) {
            const auto [row, col] = part.cell(k);
            result[{view.data, row, col}].insert({name, i, j});
          }
        }
      }
    }
  }
  return result;
}

/// The cells that the uses cover.
Computed covered(const Sources& sources, const std::vector<Use>& uses) {
  Computed result;
  for (const Use& use : uses) {
    const Matrix& matrix = sources.trace.at(use.name);
    for (std::size_t i = 0; i < matrix.rows; ++i) {
      for (std::size_t j = 0; j < matrix.cols; ++j) {
        if (use.covers(i, j)) result.insert({use.name, i, j});
      }
    }
  }
  return result;
}

/// How many cells of a matrix or tensor have other uses than the explanations say.
std::size_t wrong_cells(const Sources& sources, const std::map<Place, Computed>& expected, CellRef cell) {
  const MatrixView view = matrix_of(sources, cell);
  std::size_t wrong = 0;
  for (cell.row = 0; cell.row < view.rows; ++cell.row) {
    for (cell.col = 0; cell.col < view.cols; ++cell.col) {
      const auto found = expected.find({view.data, cell.row, cell.col});
      const Computed uses = covered(sources, uses_of(sources, cell));
      if (uses != (found == expected.end() ? Computed{} : found->second)) ++wrong;
    }
  }
  return wrong;
}

Name name(std::string_view text) { return parse_name(text).value(); }

}  // namespace

TEST_CASE("used by: a cell is used by exactly those cells whose explanation reads it") {
  const test::CompleteExample example;
  const Sources sources = example.sources();
  const std::map<Place, Computed> expected = read_by_explanation(sources);
  for (const auto& [matrix, values] : example.trace) {
    INFO(to_string(matrix));
    CHECK(wrong_cells(sources, expected, {to_string(matrix), false, 0, 0}) == 0);
  }
  for (const auto& [tensor, values] : example.tensors) {
    INFO(tensor);
    CHECK(wrong_cells(sources, expected, {tensor, true, 0, 0}) == 0);
  }
}

TEST_CASE("used by: a query is used by its head, and a head's context by the heads side by side") {
  const test::CompleteExample example;
  const Sources sources = example.sources();
  const std::vector<Use> query = uses_of(sources, {test::kSelf + ".query", false, 2, 4});  // d_k is 3
  CHECK(query == std::vector<Use>{{name(test::kSelf + ".head.1.query"), 2, 1}});
  const std::vector<Use> context = uses_of(sources, {test::kSelf + ".head.1.context", false, 2, 0});
  CHECK(context == std::vector<Use>{{name(test::kSelf + ".context"), 2, 3}});
}

TEST_CASE("used by: the uses of a tied table's cell are the positions of its id on both sides, and its logit") {
  const test::CompleteExample example;  // id 3 stands at 0 and 2 of the source, at 2 of the target
  const std::vector<Use> uses = uses_of(example.sources(), {"model.shared.weight", true, 3, 5});
  CHECK(uses == std::vector<Use>{{name("encoder.embed.tokens"), 0, 5},
                                 {name("encoder.embed.tokens"), 2, 5},
                                 {name("decoder.embed.tokens"), 2, 5},
                                 {name("decoder.logits"), std::nullopt, 3}});
}

TEST_CASE("used by: nothing is computed from the log-probabilities") {
  const test::CompleteExample example;
  CHECK(uses_of(example.sources(), {"decoder.log_probabilities", false, 0, 0}).empty());
}

TEST_CASE("used by: a cell that does not exist is refused") {
  const test::CompleteExample example;
  const Sources sources = example.sources();
  CHECK(test::message_of([&] {
          (void)uses_of(sources, {"encoder.memory", false, 4, 0});
        }) == "encoder.memory has no cell (4, 0): it is 4 x 6");
  CHECK(test::message_of([&] {
          (void)uses_of(sources, {"model.none.weight", true, 0, 0});
        }) == "the checkpoint has no model.none.weight");
  CHECK(test::message_of([&] {
          (void)uses_of(sources, {"encoder.memories", false, 0, 0});
        }) == "encoder.memories was not recorded");
}
