#include "engine/checkpoint/safetensors.hpp"

#include <fstream>

#include "tests/support/catch.hpp"
#include "tests/unit/checkpoint/safetensors_bytes.hpp"

namespace glass::checkpoint {

namespace {

Tensors parse(std::string_view header, std::size_t data_size) {
  static std::vector<std::byte> bytes;
  bytes = test::safetensors_bytes(header, data_size);
  return parse_safetensors(bytes, "m.safetensors");
}

std::string refusal(std::span<const std::byte> bytes) {
  try {
    parse_safetensors(bytes, "m.safetensors");
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "accepted";
}

std::string refusal(std::string_view header, std::size_t data_size) {
  return refusal(test::safetensors_bytes(header, data_size));
}

std::string nested(std::size_t depth) {
  return R"({"a":{"dtype":"U8","shape":[0],"data_offsets":[0,0],"x":)" + std::string(depth, '[') +
         std::string(depth, ']') + "}}";
}

}  // namespace

TEST_CASE("safetensors: a file by hand has its tensors where the offsets say", "[checkpoint]") {
  const Tensors tensors =
      parse(R"({"__metadata__":{"format":"pt"},"b":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},)"
            R"("a":{"data_offsets":[3,11],"shape":[1,2],"dtype":"F32"}}  )",
            11);
  REQUIRE(tensors.size() == 2);
  CHECK(tensors.at("a").dtype == Dtype::f32);
  CHECK(tensors.at("a").shape == std::vector<std::uint64_t>{1, 2});
  CHECK(tensors.at("a").data[0] == std::byte{3});
  CHECK(tensors.at("b").data[2] == std::byte{2});
}

TEST_CASE("safetensors: what the format allows is read", "[checkpoint]") {
  CHECK(parse("{}", 0).empty());
  CHECK(parse(R"({"__metadata__":null})", 0).empty());
  CHECK(parse(R"({"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}})", 4).at("a").size() == 1);
  CHECK(parse(R"({"a":{"dtype":"F32","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}})", 0).at("a").size() ==
        0);
  CHECK(parse(R"({"":{"dtype":"BOOL","shape":[1],"data_offsets":[0,1]}})", 1).contains(""));
  CHECK(parse(R"({"a":{"dtype":"F4","shape":[4],"data_offsets":[0,2]}})", 2).at("a").dtype == Dtype::f4);
  CHECK(parse(R"({"a":{"x":{"y":[1.5,-1,null]},"dtype":"C64","x":true,"shape":[1],"data_offsets":[0,8]}})", 8).size() ==
        1);
  CHECK(parse("{\"\\u0061\":{\"dtype\":\"I8\",\"shape\":[1],\"data_offsets\":[0,1]}}\n\t ", 1).contains("a"));
  CHECK(parse(nested(125), 0).size() == 1);
}

TEST_CASE("safetensors: a cut or padded file is refused", "[checkpoint]") {
  const std::string header = R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})";
  CHECK(refusal(std::vector<std::byte>(7)) ==
        "m.safetensors: must have at least 8 bytes, found 7; download the file again");
  CHECK(refusal(test::safetensors_bytes(header, 8, 9)) ==
        "m.safetensors: the header of 63 bytes reaches past the end of the file (70 bytes); download the file again");
  CHECK(refusal(test::safetensors_bytes(header, 8, 200'000'000)) ==
        "m.safetensors: the header must have at most 100000000 bytes, found 200000054; this is not a safetensors file");
  CHECK(refusal(test::safetensors_bytes("{}", 0, -3)) ==
        "m.safetensors: the header must have at most 100000000 bytes, found 18446744073709551615; this is not a "
        "safetensors file");
  CHECK(refusal(header, 7) == "m.safetensors: the tensors need 8 bytes of data, found 7; download the file again");
  CHECK(refusal(header, 9) == "m.safetensors: the tensors need 8 bytes of data, found 9; download the file again");
  CHECK(refusal("{}", 1) == "m.safetensors: the tensors need 0 bytes of data, found 1; download the file again");
}

TEST_CASE("safetensors: every prefix of a valid file is refused", "[checkpoint]") {
  const auto bytes = test::safetensors_bytes(R"({"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}})", 4);
  REQUIRE(refusal(bytes) == "accepted");
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    CHECK(refusal(std::span(bytes).first(size)) != "accepted");
  }
}

TEST_CASE("safetensors: data that is not laid end to end is refused", "[checkpoint]") {
  const auto two = [](const std::string& first, const std::string& second) {
    return R"({"a":{"dtype":"U8","shape":[4],"data_offsets":)" + first +
           R"(},"b":{"dtype":"U8","shape":[4],"data_offsets":)" + second + "}}";
  };
  const std::string start = "m.safetensors: tensor \"";
  CHECK(refusal(two("[0,4]", "[4,8]"), 8) == "accepted");
  CHECK(refusal(two("[4,8]", "[0,4]"), 8) == "accepted");
  CHECK(refusal(two("[0,4]", "[5,9]"), 9) ==
        start + "b\" must begin at byte 4 of the data and not end before it begins, found data_offsets [5, 9]");
  CHECK(refusal(two("[0,4]", "[3,7]"), 7) ==
        start + "b\" must begin at byte 4 of the data and not end before it begins, found data_offsets [3, 7]");
  CHECK(refusal(two("[0,4]", "[0,4]"), 4) ==
        start + "b\" must begin at byte 4 of the data and not end before it begins, found data_offsets [0, 4]");
  CHECK(refusal(two("[1,5]", "[5,9]"), 9) ==
        start + "a\" must begin at byte 0 of the data and not end before it begins, found data_offsets [1, 5]");
  CHECK(refusal(two("[0,4]", "[4,0]"), 8) ==
        start + "b\" must begin at byte 4 of the data and not end before it begins, found data_offsets [4, 0]");
}

TEST_CASE("safetensors: a shape that does not fit its bytes is refused", "[checkpoint]") {
  const auto one = [](const std::string& dtype, const std::string& shape, const std::string& offsets) {
    return R"({"a":{"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}}";
  };
  const std::string start = "m.safetensors: tensor \"a\" of type ";
  const std::string too_large = " is larger than 64 bits can count or does not fill whole bytes";
  CHECK(refusal(one("F32", "[2]", "[0,4]"), 4) ==
        start + "F32 and shape [2] needs 8 bytes, but its data_offsets span 4");
  CHECK(refusal(one("F16", "[]", "[0,0]"), 0) == start + "F16 and shape [] needs 2 bytes, but its data_offsets span 0");
  CHECK(refusal(one("F32", "[4294967296,4294967296,0]", "[0,0]"), 0) ==
        start + "F32 and shape [4294967296, 4294967296, 0]" + too_large);
  CHECK(refusal(one("F32", "[4611686018427387904]", "[0,0]"), 0) ==
        start + "F32 and shape [4611686018427387904]" + too_large);
  CHECK(refusal(one("F4", "[3]", "[0,2]"), 2) == start + "F4 and shape [3]" + too_large);
  CHECK(refusal(one("U8", "[18446744073709551615]", "[0,18446744073709551615]"), 3) ==
        "m.safetensors: the tensors need 18446744073709551615 bytes of data, found 3; download the file again");
}

TEST_CASE("safetensors: a header that is not strict JSON is refused", "[checkpoint]") {
  const std::string entry = R"("a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]})";
  const std::string not_json = "m.safetensors: the header is not valid JSON at byte ";
  const std::string no_brace = "m.safetensors: the header must begin with {; this is not a safetensors file";
  CHECK(refusal("", 0) == no_brace);
  CHECK(refusal("[]", 0) == no_brace);
  CHECK(refusal(" {" + entry + "}", 1) == no_brace);
  CHECK(refusal("\xEF\xBB\xBF{" + entry + "}", 1) == no_brace);
  CHECK(refusal("{" + entry + "}" + std::string(3, '\0'), 1) ==
        "m.safetensors: the header is padded with zero bytes; only spaces may follow it");
  CHECK(refusal("{" + entry + "}x", 1) == not_json + "54");
  CHECK(refusal("{" + entry + "}{}", 1) == not_json + "54");
  CHECK(refusal("{" + entry, 1) == not_json + "53");
  CHECK(refusal("{" + entry + ",}", 1) == not_json + "54");
  CHECK(refusal("{\"\xFF\":1}", 0) == not_json + "3");
  CHECK(refusal("{\"\\ud800\":1}", 0) == not_json + "9");
  CHECK(refusal(R"({"a":{"dtype":"U8","shape":[01],"data_offsets":[0,1]}})", 1) == not_json + "30");
  CHECK(refusal("{/**/" + entry + "}", 1) == not_json + "2");
}

TEST_CASE("safetensors: numbers other than unsigned integers are refused", "[checkpoint]") {
  const std::string start = "m.safetensors: the header is wrong: tensor \"a\": ";
  const auto shape = [](const std::string& number) {
    return R"({"a":{"dtype":"U8","shape":[)" + number + R"(],"data_offsets":[0,1]}})";
  };
  const std::string not_integer = start + "a number that is not an unsigned 64-bit integer is out of place";
  CHECK(refusal(shape("1"), 1) == "accepted");
  CHECK(refusal(shape("1.0"), 1) == not_integer);
  CHECK(refusal(shape("1e0"), 1) == not_integer);
  CHECK(refusal(shape("18446744073709551616"), 1) == not_integer);
  CHECK(refusal(shape("-1"), 1) == start + "a negative number is out of place");
  CHECK(refusal(shape("-0"), 1) == start + "a negative number is out of place");
  CHECK(refusal(shape("true"), 1) == start + "a boolean is out of place");
  CHECK(refusal(shape("null"), 1) == start + "null is out of place");
  CHECK(refusal(shape("\"1\""), 1) == start + "a string is out of place");
  CHECK(refusal(shape("[1]"), 1) == start + "an array is out of place");
  CHECK(refusal(shape("{}"), 1) == start + "an object is out of place");
}

TEST_CASE("safetensors: an entry of another form is refused", "[checkpoint]") {
  const std::string start = "m.safetensors: the header is wrong: ";
  const std::string in_a = start + "tensor \"a\": ";
  CHECK(refusal(R"({"a":1})", 0) == in_a + "a number is out of place");
  CHECK(refusal(R"({"a":"x"})", 0) == in_a + "a string is out of place");
  CHECK(refusal(R"({"a":["U8",[1],[0,1]]})", 1) == in_a + "an array is out of place");
  CHECK(refusal(R"({"a":null})", 0) == in_a + "null is out of place");
  CHECK(refusal(R"({"a":{"dtype":"U8","shape":[1]}})", 1) == in_a + "dtype, shape or data_offsets is missing");
  CHECK(refusal(R"({"a":{"shape":[1],"data_offsets":[0,1]}})", 1) == in_a + "dtype, shape or data_offsets is missing");
  CHECK(refusal(R"({"a":{"dtype":"f32","shape":[1],"data_offsets":[0,4]}})", 4) == in_a + "dtype \"f32\" is not known");
  CHECK(refusal(R"({"a":{"dtype":["U8"],"shape":[1],"data_offsets":[0,1]}})", 1) == in_a + "an array is out of place");
  CHECK(refusal(R"({"a":{"dtype":"U8","shape":1,"data_offsets":[0,1]}})", 1) == in_a + "a number is out of place");
  CHECK(refusal(R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0]}})", 1) ==
        in_a + "data_offsets must be two numbers");
  CHECK(refusal(R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1,1]}})", 1) ==
        in_a + "data_offsets must be two numbers");
  CHECK(refusal(R"({"a":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}})", 1) ==
        in_a + "dtype is given twice");
  CHECK(refusal(R"({"__metadata__":{"format":1}})", 0) == start + "__metadata__: a number is out of place");
  CHECK(refusal(R"({"__metadata__":"pt"})", 0) == start + "__metadata__: a string is out of place");
  CHECK(refusal(R"({"__metadata__":{},"__metadata__":{}})", 0) == start + "\"__metadata__\" is given twice");
}

TEST_CASE("safetensors: a tensor name given twice is refused", "[checkpoint]") {
  CHECK(refusal(R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},)"
                "\"\\u0061\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}",
                2) == "m.safetensors: the header is wrong: \"a\" is given twice");
}

TEST_CASE("safetensors: deep nesting is refused without recursion", "[checkpoint]") {
  const std::string message = "m.safetensors: the header is wrong: tensor \"a\": nested deeper than 127";
  CHECK(refusal(nested(126), 0) == message);
  CHECK(refusal(nested(2'000), 0) == message);
  CHECK(refusal(nested(5'000'000), 0) == message);
}

TEST_CASE("safetensors: a name in a message cannot steer the terminal", "[checkpoint]") {
  CHECK(refusal("{\"\\u001b[2J\":{\"dtype\":\"\\u0007\"}}", 0) ==
        "m.safetensors: the header is wrong: tensor \"\\x1b[2J\": dtype \"\\x07\" is not known");
  CHECK(refusal("{\"" + std::string(3'000, 'n') + "\":1}", 0) ==
        "m.safetensors: the header is wrong: tensor \"" + std::string(100, 'n') + "...\": a number is out of place");
}

TEST_CASE("safetensors: a file that is not there or not a file is named", "[checkpoint]") {
  CHECK_THROWS_WITH(Safetensors("no/such/model.safetensors"),
                    "no/such/model.safetensors: cannot be read: No such file or directory");
  CHECK_THROWS_WITH(Safetensors("/"), "/: must be a regular file");
}

}  // namespace glass::checkpoint
