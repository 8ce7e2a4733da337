#include "engine/lesson/by_hand.hpp"

#include "engine/lesson/tables.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/lesson/sessions.hpp"

using namespace glass;
using namespace glass::lesson;

namespace {

using Rows = std::vector<std::vector<std::string>>;

Matrix matrix_of(const std::vector<std::vector<double>>& rows) {
  Matrix matrix(rows.size(), rows.front().size());
  for (std::size_t i = 0; i < matrix.rows; ++i) {
    for (std::size_t j = 0; j < matrix.cols; ++j) matrix(i, j) = rows[i][j];
  }
  return matrix;
}

/// Two rows of three columns from a matrix of three by four.
FewRows left() {
  const Matrix matrix = matrix_of({{9, 9, 9, 9}, {0.31, -0.84, 1.06, 9}, {-0.52, 0.36, -0.04, 9}});
  return rounded(matrix, {"a", "b", "c"}, {1, 2}, 3);
}

FewRows right() { return rounded(matrix_of({{-0.14, 0, 0.11}, {2, -1, 0.5}}), {"d", "e"}, {0, 1}, 3); }

}  // namespace

TEST_CASE("by hand: rows are cut to their first columns and rounded to tenths", "[lesson][by_hand]") {
  const FewRows few = left();
  CHECK(few.labels == std::vector<std::string>{"b", "c"});
  CHECK(few.values.cols == 3);
  CHECK(few.values.values == matrix_of({{0.3, -0.8, 1.1}, {-0.5, 0.4, 0}}).values);
}

TEST_CASE("by hand: a dot product is its products and their sum", "[lesson][by_hand]") {
  CHECK(dot_product(left(), 0, 1).rows == Rows{{"0", "0.3", "×", "-0.5", "=", "-0.15"},
                                               {"1", "-0.8", "×", "0.4", "=", "-0.32"},
                                               {"2", "1.1", "×", "0.0", "=", "0.00"},
                                               {"", "", "", "sum", "=", "-0.47"}});
}

TEST_CASE("by hand: a matrix product has a line for each cell, row by row", "[lesson][by_hand]") {
  const screen::Grid grid = matrix_product(left(), right());
  CHECK(grid.rows == Rows{{"b", "d", "0.3 × (-0.1) + (-0.8) × 0.0 + 1.1 × 0.1", "=", "0.08"},
                          {"b", "e", "0.3 × 2.0 + (-0.8) × (-1.0) + 1.1 × 0.5", "=", "1.95"},
                          {"c", "d", "(-0.5) × (-0.1) + 0.4 × 0.0 + 0.0 × 0.1", "=", "0.05"},
                          {"c", "e", "(-0.5) × 2.0 + 0.4 × (-1.0) + 0.0 × 0.5", "=", "-1.40"}});
}

TEST_CASE("by hand: on paper the result stands where row and column meet", "[lesson][by_hand]") {
  const screen::Grid grid = product_scheme(left(), right());
  CHECK(grid.headers == std::vector<std::string>{"", "0", "1", "2", "", "d", "e"});
  CHECK(grid.rows == Rows{{"", "", "", "", "0", "-0.1", "2.0"},
                          {"", "", "", "", "1", "0.0", "-1.0"},
                          {"", "", "", "", "2", "0.1", "0.5"},
                          {"b", "0.3", "-0.8", "1.1", "", "0.08", "1.95"},
                          {"c", "-0.5", "0.4", "0.0", "", "0.05", "-1.40"}});
}

TEST_CASE("by hand: all names stand in one list, counted once, in order", "[lesson][by_hand]") {
  const Dims& dims = test::shipped_model().dims;
  const std::vector<Name> names = all_names(dims);
  const Rows rows = in_order(names, dims, {.source = 5, .target = 7}).rows;
  CHECK(rows.front() == std::vector<std::string>{"1-2", "encoder", "ids  visible", "5 × 1"});
  CHECK(rows[1] == std::vector<std::string>{"3-6", "encoder.embed", "tokens  scaled  positions  sum", "5 × 128"});
  CHECK(rows[2][1] == "encoder.layers.0");
  CHECK(rows[2][2].starts_with("self_attn "));
  CHECK(rows.back()[2] == "logits  log_probabilities");
  CHECK(rows.back()[0].ends_with("-" + std::to_string(names.size())));
  CHECK(rows.back()[3] == "7 × 4000");
}

TEST_CASE("by hand: a sentence of two tokens has enough rows", "[lesson][by_hand]") {
  const Session session = test::session_on("Thanks", "Merci");
  CHECK(table::dot_product_by_hand(session).rows.size() == 4);
  CHECK(table::product_by_hand(session).rows.size() == 4);
  CHECK(table::product_scheme(session).rows.size() == 5);
}
