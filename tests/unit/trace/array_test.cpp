#include "engine/trace/array.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"

using namespace glass;

TEST_CASE("array: strides of any number of axes, in both orders") {
  Array array{kFloat64, {2, 3, 4}, false, {}, {}};
  CHECK(array.strides() == std::vector<std::ptrdiff_t>{12, 4, 1});
  array.fortran_order = true;
  CHECK(array.strides() == std::vector<std::ptrdiff_t>{1, 2, 6});
  CHECK(array.size() == 24);
}

TEST_CASE("array: a number is 1 x 1, a list a column") {
  const Array number{kFloat64, {}, false, {7}, {}}, list{kInt64, {3}, false, {1, 2, 3}, {}};
  CHECK(Matrix(number.view()).values == std::vector<double>{7});
  CHECK(list.view().rows == 3);
  CHECK(list.view().cols == 1);
  CHECK(list.view().at(2, 0) == 3);
}

TEST_CASE("array: text and more than two axes are no matrix") {
  const Array text{kText, {}, false, {}, {"a"}}, cube{kFloat64, {1, 1, 1}, false, {0}, {}};
  CHECK(test::message_of([&] { (void)text.view(); }) == "text is not a matrix");
  CHECK(test::message_of([&] { (void)cube.view(); }) == "an array of shape (1, 1, 1) is not a matrix");
}

TEST_CASE("array: a matrix becomes an array without being turned") {
  Matrix matrix(2, 3);
  matrix.values = {1, 2, 3, 4, 5, 6};
  const Array array = to_array(matrix);
  CHECK(array.fortran_order);
  CHECK(Matrix(array.view()) == matrix);
}

TEST_CASE("array: types and shapes are named as NumPy does") {
  CHECK(to_string(kFloat64) == "float64");
  CHECK(to_string(Dtype{Kind::unsigned_integer, 1}) == "uint8");
  CHECK(to_string(Dtype{Kind::boolean, 1}) == "bool");
  CHECK(to_string(kText) == "text");
  CHECK(shape_text({}) == "()");
  CHECK(shape_text({3}) == "(3,)");
  CHECK(shape_text({3, 4}) == "(3, 4)");
}

TEST_CASE("array: text from a file is shown without control characters and invalid UTF-8") {
  CHECK(in_quotes("plain \u25b8 text") == "\"plain \u25b8 text\"");
  CHECK(in_quotes("a\x1b[31m\n") == "\"a\\x1b[31m\\x0a\"");
  CHECK(in_quotes("\xff\xc3") == "\"\\xff\\xc3\"");
  CHECK(in_quotes("\xed\xa0\x80") == "\"\\xed\\xa0\\x80\"");
  CHECK(in_quotes("\xc0\xaf\x7f") == "\"\\xc0\\xaf\\x7f\"");
  CHECK(in_quotes("\xc2\x9b") == "\"\\xc2\\x9b\"");
  CHECK(in_quotes(std::string(200, 'x')) == "\"" + std::string(100, 'x') + "...\"");
}
