#include "engine/trace/npy_header.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"

using namespace glass;
using glass::test::message_of;

namespace {

NpyHeader parse(const std::string& dictionary) { return parse_npy_header(dictionary, "x.npy"); }

std::string refusal(const std::string& dictionary) {
  return message_of([&] { (void)parse(dictionary); });
}

std::string with_type(const std::string& descr) {
  return "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (2,)}";
}

std::string with_shape(const std::string& shape) {
  return "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + "}";
}

}  // namespace

TEST_CASE("npy header: what NumPy writes is read") {
  const NpyHeader header = parse("{'descr': '>f4', 'fortran_order': True, 'shape': (3, 4), }             \n");
  CHECK(header.dtype == kFloat32);
  CHECK(header.big_endian);
  CHECK(header.fortran_order);
  CHECK(header.shape == std::vector<std::size_t>{3, 4});
  CHECK(header.bytes() == 48);
  CHECK(parse(with_shape("()")).size() == 1);
  CHECK(parse(with_shape("(7,)")).size() == 7);
  CHECK(parse(with_shape("(0, 5)")).size() == 0);
}

TEST_CASE("npy header: keys may stand in any order, spaced and quoted in any way, integers long as in Python 2") {
  const NpyHeader header = parse("{ \"shape\":(2L,3L) ,'fortran_order' : False,\n 'descr':\"|u1\"}");
  CHECK(header.shape == std::vector<std::size_t>{2, 3});
  CHECK(header.dtype == Dtype{Kind::unsigned_integer, 1});
}

TEST_CASE("npy header: element types that are not numbers or text are refused by name") {
  const std::string object =
      "x.npy: object arrays (pickles) are not read, because reading one can run any program; "
      "save the numbers as float64";
  CHECK(refusal(with_type("|O")) == object);
  CHECK(refusal(with_type("O")) == object);
  CHECK(refusal("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)}") ==
        "x.npy: structured arrays are not read; save each field alone");
  for (const std::string descr : {"<c16", "<f16", "<M8[ns]", "|V2", "<f", "<f3", "f8", "", "<i16", "<b8", "<f8x",
                                  "<f-8", "<f99999999999999999999", "<U99999999999999999999"}) {
    CHECK(refusal(with_type(descr)) ==
          "x.npy: the element type \"" + descr +
              "\" is not read; save it as float64, float32, float16, an integer type or bool");
  }
}

TEST_CASE("npy header: shapes that cannot be meant are refused before anything is allocated") {
  for (const std::string shape : {"(1099511627776,)", "(134217729,)", "(65536, 65536)", "(4294967296, 4294967296)",
                                  "(0, 1099511627776)", "(134217728, 134217728, 134217728, 0)"}) {
    const std::string comma_less = shape;
    CHECK(refusal(with_shape(shape)) ==
          "x.npy: an array of shape " + comma_less + " is too large to be read (at most 134217728 elements)");
  }
  CHECK(refusal("{'descr': '<U1000000000', 'fortran_order': False, 'shape': ()}") ==
        "x.npy: an array of shape () is too large to be read (at most 134217728 elements)");
  CHECK(parse(with_shape("(134217728,)")).bytes() == 4 * kMaxElements);
}

TEST_CASE("npy header: damage is refused with its place") {
  const std::string damaged = "x.npy: the .npy header is damaged: ";
  CHECK(refusal("") == damaged + "expected { before \"\"");
  CHECK(refusal("{") == damaged + "expected \" before \"\"");
  CHECK(refusal("{}") == damaged + "descr, fortran_order and shape must all be there");
  CHECK(refusal("{'descr: 1}") == damaged + "a string has no end");
  CHECK(refusal("{'descr': '<f8', 'descr': '<f8'}") == damaged + "the key \"descr\" is unknown or stands twice");
  CHECK(refusal("{'shapes': (2,)}") == damaged + "the key \"shapes\" is unknown or stands twice");
  CHECK(refusal(with_shape("(-2,)")) == damaged + "\"-2,)}\" is not the length of an axis");
  CHECK(refusal(with_shape("(2)")) == damaged + "a shape of one axis lacks its comma");
  CHECK(refusal(with_shape("[2]")) == damaged + "expected ( before \"[2]}\"");
  CHECK(refusal(with_shape("(2, x)")) == damaged + "\"x)}\" is not the length of an axis");
  CHECK(refusal(with_shape("(99999999999999999999,)")) ==
        damaged + "\"99999999999999999999\" is not the length of an axis");
  CHECK(refusal(with_shape("(2,)") + "import os") == damaged + "\"import os\" stands after the dictionary");
  CHECK(refusal("{'descr': '<f8', 'fortran_order': None, 'shape': (2,)}") ==
        damaged + "expected False before \"None, 'shape': (2,)}\"");
  std::string axes = "(";
  for (int i = 0; i < 33; ++i) axes += "1, ";
  CHECK(refusal(with_shape(axes + ")")) == damaged + "more than 32 axes");
}

TEST_CASE("npy header: what is written is what numpy.save writes") {
  const std::string prefix = npy_prefix({kFloat64, {2, 3}, true, std::vector<double>(6), {}});
  CHECK(prefix.size() == 128);
  CHECK(prefix.substr(0, 10) == std::string("\x93NUMPY\x01\x00\x76\x00", 10));
  CHECK_THAT(prefix, check::ContainsSubstring("{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }  "));
  CHECK(prefix.back() == '\n');
  const auto type = [](Dtype dtype) {
    return parse_npy_header(npy_prefix({dtype, {1}, false, {0}, {"abc"}}).substr(10), "x").dtype;
  };
  for (const Dtype dtype : {kFloat64, kFloat32, kInt64, kText, Dtype{Kind::boolean, 1}, Dtype{Kind::signed_integer, 1},
                            Dtype{Kind::unsigned_integer, 4}}) {
    CHECK(type(dtype) == dtype);
  }
}
