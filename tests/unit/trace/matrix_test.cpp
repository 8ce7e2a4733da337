#include "engine/trace/matrix.hpp"

#include <bit>
#include <cmath>
#include <cstring>

#include "tests/support/catch.hpp"

using glass::Element;
using glass::Matrix;
using glass::MatrixView;

TEST_CASE("matrix: a view reads the same numbers in any order and element type") {
  const double by_columns[] = {1, 4, 2, 5, 3, 6};
  const float by_rows[] = {1, 2, 3, 4, 5, 6};
  const std::int64_t backwards[] = {6, 5, 4, 3, 2, 1};
  const std::uint16_t halves[] = {0x3c00, 0x4000, 0x4200, 0x4400, 0x4500, 0x4600};
  const std::uint16_t bfloats[] = {0x3f80, 0x4000, 0x4040, 0x4080, 0x40a0, 0x40c0};
  const MatrixView views[] = {{by_columns, 2, 3, 1, 2, Element::f64},
                              {by_rows, 2, 3, 3, 1, Element::f32},
                              {backwards + 5, 2, 3, -3, -1, Element::i64},
                              {halves, 2, 3, 3, 1, Element::f16},
                              {bfloats, 2, 3, 3, 1, Element::bf16}};
  for (const MatrixView& view : views) {
    const Matrix matrix(view);
    CHECK(matrix.rows == 2);
    CHECK(matrix.cols == 3);
    CHECK(matrix.values == std::vector<double>{1, 4, 2, 5, 3, 6});
    CHECK(view.at(1, 0) == 4);
  }
}

TEST_CASE("matrix: half precision is widened exactly, from the smallest number to the largest") {
  const std::uint16_t bits[] = {0x0001, 0x03ff, 0x0400, 0x7bff, 0x8001, 0x7c00, 0xfc00, 0x8000};
  const MatrixView view{bits, 8, 1, 1, 1, Element::f16};
  CHECK(view.at(0, 0) == std::ldexp(1.0, -24));
  CHECK(view.at(1, 0) == std::ldexp(1023.0, -24));
  CHECK(view.at(2, 0) == std::ldexp(1.0, -14));
  CHECK(view.at(3, 0) == 65504.0);
  CHECK(view.at(4, 0) == -std::ldexp(1.0, -24));
  CHECK(view.at(5, 0) == HUGE_VAL);
  CHECK(view.at(6, 0) == -HUGE_VAL);
  CHECK(std::signbit(view.at(7, 0)));
  const std::uint16_t nan = 0x7e00;
  CHECK(std::isnan(MatrixView{&nan, 1, 1, 1, 1, Element::f16}.at(0, 0)));
}

TEST_CASE("matrix: the address of the numbers need not be aligned") {
  char bytes[1 + 2 * sizeof(double)] = {};
  const double numbers[] = {0.1, -7.5};
  std::memcpy(bytes + 1, numbers, sizeof numbers);
  const Matrix matrix(MatrixView{bytes + 1, 2, 1, 1, 2, Element::f64});
  CHECK(matrix.values == std::vector<double>{0.1, -7.5});
}

TEST_CASE("matrix: a matrix without cells is no absent matrix") {
  const Matrix none(0, 3);
  CHECK(none.values.empty());
  CHECK(Matrix(none.view()) == none);
  CHECK(MatrixView{}.empty());
  CHECK(glass::shape(37, 64) == "37 x 64");
}
