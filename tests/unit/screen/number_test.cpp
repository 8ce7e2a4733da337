#include <cmath>
#include <limits>

#include "engine/screen/figure.hpp"
#include "tests/support/catch.hpp"

using glass::screen::number;

TEST_CASE("number: rounded to its digits, never a negative zero") {
  CHECK(number(-0.123, 2) == "-0.12");
  CHECK(number(-0.001, 2) == "0.00");
  CHECK(number(-0.0, 1) == "0.0");
  CHECK(number(1.5, 0) == "2");
  CHECK(number(7, 0) == "7");
  CHECK(number(0.6666666, 4) == "0.6667");
}

TEST_CASE("number: what is not finite has a name") {
  CHECK(number(-std::numeric_limits<double>::infinity(), 2) == "-inf");
  CHECK(number(std::numeric_limits<double>::infinity(), 2) == "inf");
  CHECK(number(std::nan(""), 2) == "nan");
  CHECK(number(-std::nan(""), 2) == "nan");
}

TEST_CASE("number: a magnitude that does not fit is written with an exponent") {
  CHECK(number(9999.99, 2) == "9999.99");
  CHECK(number(-9999.99, 2) == "-9999.99");
  CHECK(number(10000, 2) == "1.0e+04");
  CHECK(number(-10000, 2) == "-1.0e+04");
  CHECK(number(58100, 0) == "58100");
  CHECK(number(1e300, 2) == "1.0e+300");
  CHECK(number(1234.56789, 6) == "1234.567890");
}
