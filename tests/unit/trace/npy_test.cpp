#include "engine/trace/npy.hpp"

#include <sys/stat.h>

#include <cmath>
#include <limits>

#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"

using namespace glass;
using glass::test::message_of;
using glass::test::TemporaryDirectory;
using glass::test::write_file;

namespace {

std::string npy(const std::string& dictionary, const std::string& data, int version = 1) {
  std::string bytes("\x93NUMPY", 6);
  bytes.append(1, static_cast<char>(version)).append(1, '\0');
  for (int k = 0; k < (version == 1 ? 2 : 4); ++k)
    bytes.append(1, static_cast<char>(dictionary.size() >> (8 * k) & 0xff));
  return bytes + dictionary + data;
}

std::string typed(const std::string& descr, const std::string& data, const std::string& shape = "(1,)") {
  return npy("{'descr': '" + descr + "', 'fortran_order': False, 'shape': " + shape + "}", data);
}

/// The array that these bytes are, read from a file.
Array read(const std::string& bytes) {
  const TemporaryDirectory directory;
  return read_npy(write_file(directory / "x.npy", bytes));
}

double number(const std::string& descr, const std::string& data) { return read(typed(descr, data)).values.at(0); }

/// The message without the file's path, which differs at every run.
std::string refusal(const std::string& bytes) {
  const std::string message = message_of([&] { (void)read(bytes); });
  const std::size_t at = message.find("x.npy");
  return at == std::string::npos ? message : message.substr(at);
}

}  // namespace

TEST_CASE("npy: every number type is read in either byte order") {
  using std::string_literals::operator""s;
  CHECK(number("<f8", "\0\0\0\0\0\0\xf8\xbf"s) == -1.5);
  CHECK(number(">f8", "\xbf\xf8\0\0\0\0\0\0"s) == -1.5);
  CHECK(number("<f4", "\0\0\xc0\xbf"s) == -1.5);
  CHECK(number(">f4", "\xbf\xc0\0\0"s) == -1.5);
  CHECK(number("<f2", "\0\xbe"s) == -1.5);
  CHECK(number(">f2", "\xbe\0"s) == -1.5);
  CHECK(number("<i8", "\xfe\xff\xff\xff\xff\xff\xff\xff"s) == -2);
  CHECK(number(">i8", "\xff\xff\xff\xff\xff\xff\xff\xfe"s) == -2);
  CHECK(number("<i4", "\xfe\xff\xff\xff"s) == -2);
  CHECK(number(">i2", "\xff\xfe"s) == -2);
  CHECK(number("|i1", "\xfe"s) == -2);
  CHECK(number("<u8", "\0\0\0\0\0\0\0\x80"s) == 9223372036854775808.0);
  CHECK(number(">u4", "\xff\xff\xff\xfe"s) == 4294967294.0);
  CHECK(number("<u2", "\x01\x02"s) == 513);
  CHECK(number("|u1", "\xfe"s) == 254);
  CHECK(number("|b1", "\x01"s) == 1);
  CHECK(number("|b1", "\0"s) == 0);
  CHECK(number("=f4", "\0\0\xc0\xbf"s) == -1.5);
  CHECK(std::isnan(number("<f2", "\0\x7e"s)));
  CHECK(number("<f4", "\0\0\x80\xff"s) == -std::numeric_limits<double>::infinity());
}

TEST_CASE("npy: text is read from UTF-32 and from bytes, without what fills it up") {
  using std::string_literals::operator""s;
  CHECK(read(typed("<U3", "h\0\0\0\xe9\0\0\0\0\0\0\0"s, "()")).texts == std::vector<std::string>{"h\u00e9"});
  CHECK(read(typed(">U2", "\0\0\x25\xb8\0\x01\xf6\0"s, "()")).texts == std::vector<std::string>{"\u25b8\U0001f600"});
  CHECK(read(typed("|S2", "ab\0c"s, "(2,)")).texts.size() == 2);
  CHECK(read(typed("<U1", "\xff\xff\xff\xff"s, "()")).texts == std::vector<std::string>{"\ufffd"});
  CHECK(read(typed("<U0", "", "(2,)")).texts == std::vector<std::string>{"", ""});
}

TEST_CASE("npy: the order of the elements is kept, and a matrix reads them right in either") {
  const std::string data = "\1\2\3\4\5\6";
  const Array rows = read(npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3)}", data));
  const Array columns = read(npy("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3)}", data));
  CHECK(rows.view().at(0, 1) == 2);
  CHECK(rows.view().at(1, 0) == 4);
  CHECK(columns.view().at(0, 1) == 3);
  CHECK(columns.view().at(1, 0) == 2);
  CHECK(rows.strides() == std::vector<std::ptrdiff_t>{3, 1});
  CHECK(columns.strides() == std::vector<std::ptrdiff_t>{1, 2});
}

TEST_CASE("npy: headers of version 2 and 3 are read") {
  const std::string dictionary = "{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}";
  CHECK(read(npy(dictionary, "\7\x8", 2)).values == std::vector<double>{7, 8});
  CHECK(read(npy(dictionary, "\7\x8", 3)).values == std::vector<double>{7, 8});
}

TEST_CASE("npy: an array larger than the reading buffer comes whole") {
  Array array{kFloat32, {300001, 2}, false, {}, {}};
  for (std::size_t i = 0; i < array.size(); ++i) array.values.push_back(static_cast<double>(i % 1024));
  const TemporaryDirectory directory;
  write_npy(directory / "a.npy", array);
  CHECK(read_npy(directory / "a.npy").values == array.values);
}

TEST_CASE("npy: numbers survive writing and reading bit for bit") {
  constexpr double kInf = std::numeric_limits<double>::infinity();
  const std::vector<double> values = {0.1, -0.0, 5e-324, 1.7976931348623157e308, kInf, -kInf};
  const TemporaryDirectory directory;
  write_npy(directory / "a.npy", {kFloat64, {2, 3}, true, values, {}});
  const Array back = read_npy(directory / "a.npy");
  CHECK(back.values == values);
  CHECK(std::signbit(back.values[1]));
  CHECK(back.fortran_order);
  CHECK(directory.names() == std::vector<std::string>{"a.npy"});
}

TEST_CASE("npy: what an integer type cannot hold is not written") {
  const auto refusal_of = [](Dtype dtype, double value) {
    return message_of([&] { (void)npy_data({dtype, {1}, false, {value}, {}}); });
  };
  CHECK(refusal_of(kInt64, 1.5) == "1.500000 cannot be stored as int64");
  CHECK(refusal_of(kInt64, 9223372036854775808.0) == "9223372036854775808.000000 cannot be stored as int64");
  CHECK(refusal_of(kInt64, std::nan("")) == "nan cannot be stored as int64");
  CHECK(refusal_of({Kind::unsigned_integer, 1}, -1) == "-1.000000 cannot be stored as uint8");
  CHECK(refusal_of({Kind::signed_integer, 1}, -128) == "(nothing thrown)");
}

TEST_CASE("npy: hostile and damaged files are refused in one sentence") {
  const std::string good = typed("<f8", std::string(16, '\0'), "(2,)");
  CHECK(refusal(good) == "(nothing thrown)");
  CHECK(refusal("") == "x.npy: ends too early: the file is truncated");
  CHECK(refusal("\x93NUMPY") == "x.npy: ends too early: the file is truncated");
  CHECK(refusal("PK\3\4 this is no array") == "x.npy: is not an .npy array: it does not begin with the magic number");
  CHECK(refusal(npy("{}", "", 4)) == "x.npy: is an .npy array of version 4.0; known are 1.0, 2.0 and 3.0");
  CHECK(refusal(good.substr(0, 30)) == "x.npy: ends too early: the file is truncated");
  CHECK(refusal(good.substr(0, good.size() - 1)) ==
        "x.npy: the header promises 81 bytes (shape (2,)), but there are 80");
  CHECK(refusal(good + "!") == "x.npy: the header promises 81 bytes (shape (2,)), but there are 82");
  CHECK(refusal(std::string("\x93NUMPY\2\0\xff\xff\xff\x7f{}", 14)) ==
        "x.npy: the .npy header is damaged: it claims to be 2147483647 bytes long");
  CHECK(refusal(typed("<f8", "", "(134217728,)")) ==
        "x.npy: the header promises 1073741897 bytes (shape (134217728,)), but there are 73");
  CHECK_THAT(refusal(typed("|O", std::string(16, '\0'), "(2,)")), check::StartsWith("x.npy: object arrays (pickles)"));
}

TEST_CASE("npy: every truncation of a file is refused") {
  const std::string good = typed("<f4", std::string(8, '\1'), "(2,)");
  for (std::size_t length = 0; length < good.size(); ++length) {
    CHECK_THAT(refusal(good.substr(0, length)), check::StartsWith("x.npy: "));
  }
}

TEST_CASE("npy: no single changed byte of the header crashes the reader or makes it allocate") {
  const std::string good = typed("<f4", std::string(8, '\1'), "(2,)");
  for (std::size_t at = 0; at < good.size() - 8; ++at) {
    for (const char byte : {'\0', '\xff', '9', '(', '\'', '{', ',', ' '}) {
      std::string bytes = good;
      bytes[at] = byte;
      const std::string message = refusal(bytes);
      CHECK((message == "(nothing thrown)" || message.starts_with("x.npy: ")));
    }
  }
}

TEST_CASE("npy: what is not a regular file is not read") {
  const TemporaryDirectory directory;
  CHECK(message_of([&] { (void)read_npy(directory.path()); }) == directory.path().string() + ": is not a regular file");
  const auto pipe = directory / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK(message_of([&] { (void)read_npy(pipe); }) == pipe.string() + ": is not a regular file");
  const auto none = directory / "none";
  CHECK(message_of([&] { (void)read_npy(none); }) == none.string() + ": cannot be read: No such file or directory");
}
