#include "engine/trace/npz.hpp"

#include <zip.h>

#include <cmath>
#include <limits>

#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"

using namespace glass;
using glass::test::message_of;
using glass::test::read_file;
using glass::test::TemporaryDirectory;
using glass::test::write_file;

namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

/// What a file of these arrays looks like.
std::string npz(const std::vector<NamedArray>& arrays) {
  const TemporaryDirectory directory;
  write_npz(directory / "x.npz", arrays);
  return read_file(directory / "x.npz");
}

std::string npy(const Array& array) { return npy_prefix(array) + npy_data(array); }

/// A zip archive with one deflated entry.
std::string deflated(const std::string& name, const std::string& bytes) {
  const TemporaryDirectory directory;
  zip_t* archive = zip_open((directory / "x.zip").c_str(), ZIP_CREATE, nullptr);
  const zip_int64_t at =
      zip_file_add(archive, name.c_str(), zip_source_buffer(archive, bytes.data(), bytes.size(), 0), 0);
  zip_set_file_compression(archive, static_cast<zip_uint64_t>(at), ZIP_CM_DEFLATE, 9);
  REQUIRE(zip_close(archive) == 0);
  return read_file(directory / "x.zip");
}

/// Reads every array; the message of what is thrown, without the file's path.
std::string npz_refusal(const std::string& bytes) {
  const TemporaryDirectory directory;
  const auto file = write_file(directory / "x.npz", bytes);
  const std::string message = message_of([&] {
    const Npz archive(file);
    for (const std::string& name : archive.names()) (void)archive.read(name);
  });
  const std::size_t at = message.find("x.npz");
  return at == std::string::npos ? message : message.substr(at);
}

std::string with_number(std::string bytes, std::size_t at, std::uint32_t number) {
  for (std::size_t k = 0; k < 4; ++k) bytes.at(at + k) = static_cast<char>(number >> (8 * k) & 0xff);
  return bytes;
}

const Array kPair{kFloat64, {2}, false, {1.5, -kInf}, {}};

}  // namespace

TEST_CASE("npz: arrays come back as they were written, in their order") {
  const std::vector<NamedArray> arrays = {{"z", {kFloat64, {2, 3}, true, {1, 2, 3, 4, 5, -kInf}, {}}},
                                          {"ids", {kInt64, {3}, false, {7, 0, -1}, {}}},
                                          {"stage", {kText, {}, false, {}, {"h\u00e9 \u25b8 \U0001f600"}}},
                                          {"none", {kFloat64, {0, 4}, true, {}, {}}},
                                          {"one", {kFloat32, {}, false, {0.5}, {}}}};
  const TemporaryDirectory directory;
  write_npz(directory / "x.npz", arrays);
  const Npz archive(directory / "x.npz");
  CHECK(archive.names() == std::vector<std::string>{"z", "ids", "stage", "none", "one"});
  for (const NamedArray& each : arrays) {
    const Array back = archive.read(each.name);
    CHECK(back.dtype == each.array.dtype);
    CHECK(back.shape == each.array.shape);
    CHECK(back.values == each.array.values);
    CHECK(back.texts == each.array.texts);
    CHECK(archive.header(each.name).shape == each.array.shape);
  }
  CHECK(directory.names() == std::vector<std::string>{"x.npz"});
}

TEST_CASE("npz: equal arrays make equal files") {
  CHECK(npz({{"a", kPair}, {"b", kPair}}) == npz({{"a", kPair}, {"b", kPair}}));
}

TEST_CASE("npz: compressed archives are read") {
  Array zeros{kFloat32, {1000}, false, std::vector<double>(1000), {}};
  const TemporaryDirectory directory;
  const Npz archive(write_file(directory / "x.npz", deflated("a.npy", npy(zeros))));
  CHECK(archive.read("a").values == zeros.values);
}

TEST_CASE("npz: no arrays, two of one name and a name that no file can have are not written") {
  const TemporaryDirectory directory;
  const std::string file = (directory / "x.npz").string();
  CHECK(message_of([&] { write_npz(file, {}); }) == file + ": there is no array to write");
  CHECK(message_of([&] {
          write_npz(file, {{"a", kPair}, {"a", kPair}});
        }) == file + ": \"a\" cannot be added: File already exists");
  CHECK(directory.names().empty());
}

TEST_CASE("npz: what is no archive of arrays is refused in one sentence") {
  const std::string no_zip = "x.npz: is not a readable .npz archive: Not a zip archive";
  CHECK(npz_refusal("") == no_zip);
  CHECK(npz_refusal("hello") == no_zip);
  CHECK(npz_refusal(npy(kPair)) == no_zip);
  CHECK(npz_refusal(deflated("readme.txt", "hello")) == "x.npz: holds \"readme.txt\", which is not an .npy array");
  CHECK(npz_refusal(deflated("a.npy", "hello, world")) ==
        "x.npz: \"a\": is not an .npy array: it does not begin with the magic number");
  CHECK(npz_refusal(deflated("a.npy", "")) == "x.npz: \"a\": ends too early: the file is truncated");
  CHECK(npz_refusal(deflated("\x1b[2J.npy", "")) == "x.npz: \"\u2190[2J\": ends too early: the file is truncated");
}

TEST_CASE("npz: a missing array is refused by name") {
  const TemporaryDirectory directory;
  const auto file = directory / "x.npz";
  write_npz(file, {{"a", kPair}});
  CHECK(message_of([&] { (void)Npz(file).read("b"); }) == file.string() + ": holds no array \"b\"");
}

TEST_CASE("npz: every truncation is refused") {
  const std::string good = npz({{"a", kPair}});
  CHECK(npz_refusal(good) == "(nothing thrown)");
  for (std::size_t length = 0; length < good.size(); ++length) {
    CHECK(npz_refusal(good.substr(0, length)).starts_with("x.npz: "));
  }
}

TEST_CASE("npz: a changed number is found by the checksum, stored or compressed") {
  const std::string stored = npz({{"a", kPair}});
  const std::size_t at = stored.find("\x93NUMPY") + 128;
  std::string changed = stored;
  changed.at(at + 5) = 1;
  CHECK(npz_refusal(changed) == "x.npz: \"a\": is damaged: CRC error");
  const std::string compressed = deflated("a.npy", npy(kPair));
  changed = with_number(compressed, compressed.find("PK\1\2") + 16, 0x12345678);
  CHECK(npz_refusal(changed).starts_with("x.npz: \"a\": "));
}

TEST_CASE("npz: no changed byte crashes the reader or is taken for another number") {
  const std::string good = npz({{"a", kPair}});
  const TemporaryDirectory directory;
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (const char byte : {'\0', '\xff', '\x7f'}) {
      std::string bytes = good;
      bytes[at] = byte;
      const auto file = write_file(directory / "x.npz", bytes);
      std::vector<double> values = kPair.values;
      const std::string message = message_of([&] {
        const Npz archive(file);
        if (!archive.names().empty()) values = archive.read(archive.names().front()).values;
      });
      INFO("byte " << at);
      CHECK(values == kPair.values);
      CHECK((message == "(nothing thrown)" || message.starts_with(file.string() + ": ")));
    }
  }
}

TEST_CASE("npz: an archive that lies about an array's size is refused") {
  const std::string bytes = deflated("a.npy", npy({kFloat64, {2000}, false, std::vector<double>(2000), {}}));
  const std::size_t directory_size = bytes.find("PK\1\2") + 24, local_size = 22;
  for (const std::uint32_t lie : {0U, 100U, 16127U, 16129U, 0xfffffffeU}) {
    CHECK(npz_refusal(with_number(bytes, directory_size, lie)).starts_with("x.npz: "));
    CHECK(npz_refusal(with_number(with_number(bytes, directory_size, lie), local_size, lie)).starts_with("x.npz: "));
  }
}

TEST_CASE("npz: a bomb is refused by its header, before it is unpacked") {
  const std::string prefix = npy_prefix({kFloat64, {2}, false, {0, 0}, {}});
  CHECK(npz_refusal(deflated("a.npy", prefix + std::string(std::size_t{1} << 26, '\0'))) ==
        "x.npz: \"a\": the header promises 144 bytes (shape (2,)), but there are 67108992");
  const std::string huge = npy_prefix({kFloat64, {std::size_t{1} << 40}, false, {}, {}});
  CHECK(npz_refusal(deflated("a.npy", huge)) ==
        "x.npz: \"a\": an array of shape (1099511627776,) is too large to be read (at most 134217728 elements)");
}

TEST_CASE("npz: two arrays of one name are refused") {
  std::string bytes = npz({{"a", kPair}, {"b", kPair}});
  for (std::size_t at = bytes.find("b.npy"); at != std::string::npos; at = bytes.find("b.npy", at)) bytes[at] = 'a';
  CHECK(npz_refusal(bytes).starts_with("x.npz: "));
}

TEST_CASE("npz: folders in the archive are passed over") {
  const TemporaryDirectory directory;
  write_npz(directory / "x.npz", {{"a", kPair}});
  zip_t* archive = zip_open((directory / "x.npz").c_str(), 0, nullptr);
  REQUIRE(zip_dir_add(archive, "folder", 0) >= 0);
  REQUIRE(zip_close(archive) == 0);
  CHECK(Npz(directory / "x.npz").names() == std::vector<std::string>{"a"});
}

TEST_CASE("npz: an encrypted archive is refused") {
  const TemporaryDirectory directory;
  write_npz(directory / "x.npz", {{"a", kPair}});
  zip_t* archive = zip_open((directory / "x.npz").c_str(), 0, nullptr);
  if (zip_file_set_encryption(archive, 0, ZIP_EM_AES_256, "secret") != 0) {
    zip_discard(archive);
    WARN("not tested: this libzip cannot encrypt");
    return;
  }
  REQUIRE(zip_close(archive) == 0);
  CHECK(npz_refusal(read_file(directory / "x.npz")) == "x.npz: \"a\": cannot be read: No password provided");
}
