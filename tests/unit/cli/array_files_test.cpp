#include "engine/cli/array_files.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "engine/cli/options.hpp"
#include "engine/trace/npz.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"

using namespace glass;
using cli::Arrays;
using cli::destination;
using cli::Destination;
using cli::write_arrays;
using glass::test::message_of;
using glass::test::read_file;
using glass::test::TemporaryDirectory;
using Format = Destination::Format;

namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();

const Array kMatrix{kFloat64, {2, 3}, true, {1, 4, 0.1, 5e-324, -kInf, 6}, {}};
const Arrays kArrays = {
    {"m", kMatrix}, {"ids", {kInt64, {2}, false, {7, -1}, {}}}, {"stage", {kText, {}, false, {}, {"a.b"}}}};

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("array files: the ending says what is written, a path without one is a directory") {
  CHECK(destination("a/x.npz", "").format == Format::npz);
  CHECK(destination("x.csv", "csv").format == Format::csv);
  CHECK_FALSE(destination("x.json", "").directory);
  CHECK(destination("out", "").directory);
  CHECK(destination("out", "").format == Format::npy);
  CHECK(destination("out", "csv").format == Format::csv);
  CHECK(destination("out.d", "npz").directory);
}

TEST_CASE("array files: no path and contradictions are refused") {
  CHECK(message_of([] { (void)destination("", "npz"); }) == "--to says where to write: --to FILE.npz or --to DIR");
  CHECK(message_of([] { (void)destination("x.npz", "csv"); }) == "--format csv contradicts --to x.npz");
  CHECK(message_of([] { (void)destination("/dev/null", ""); }) ==
        "--to /dev/null is no directory; the name of a file ends in .npz, .npy, .csv or .json");
  const TemporaryDirectory directory;
  const std::string file = (directory / "x.csv").string();
  CHECK(message_of([&] { write_arrays(kArrays, destination(file, ""), "x"); }) ==
        file +
            ": holds one array, but there are 3 (with what it is computed from); write to a directory, to .npz or "
            "to .json");
  CHECK(directory.names().empty());
}

TEST_CASE("array files: CSV has a line a row, and numbers that read as the same bits") {
  CHECK(cli::to_csv(kMatrix) == "1,0.1,-inf\n4,5e-324,6\n");
  CHECK(cli::to_csv(kArrays[1].array) == "7\n-1\n");
  CHECK(cli::to_csv(kArrays[2].array) == "a.b\n");
  CHECK(cli::to_csv({kFloat32, {}, false, {static_cast<double>(0.1F)}, {}}) == "0.10000000149011612\n");
}

TEST_CASE("array files: JSON is an object of nested lists, infinities are words") {
  CHECK(cli::to_json(kArrays) == R"({"m":[[1.0,0.1,"-Infinity"],[4.0,5e-324,6.0]],"ids":[7,-1],"stage":"a.b"})"
                                 "\n");
  CHECK(cli::to_json({{"x", {kFloat64, {3}, false, {kInf, std::nan(""), -0.0}, {}}}}) ==
        "{\"x\":[\"Infinity\",\"NaN\",-0.0]}\n");
  CHECK(cli::to_json({{"none", {kFloat64, {0, 4}, true, {}, {}}}, {"one", {kInt64, {}, false, {3}, {}}}}) ==
        "{\"none\":[],\"one\":3}\n");
}

TEST_CASE("array files: a directory gets a file an array, missing directories are made") {
  const TemporaryDirectory directory;
  const auto out = directory / "a" / "b";
  write_arrays(kArrays, destination(out.string(), ""), "x");
  CHECK(read_npy(out / "m.npy").values == kMatrix.values);
  CHECK(read_npy(out / "stage.npy").texts == std::vector<std::string>{"a.b"});
  write_arrays(kArrays, destination(out.string(), "csv"), "x");
  CHECK(read_file(out / "ids.csv") == "7\n-1\n");
  write_arrays(kArrays, destination(out.string(), "json"), "x");
  CHECK(nlohmann::json::parse(read_file(out / "m.json")).at("m").at(1).at(0) == 4);
  write_arrays(kArrays, destination(out.string(), "npz"), "hello");
  CHECK(Npz(out / "hello.npz").names() == std::vector<std::string>{"m", "ids", "stage"});
}

TEST_CASE("array files: when one array cannot be written none is, and no directory remains") {
  const TemporaryDirectory directory;
  const auto out = directory / "out";
  const Arrays bad = {{"good", kMatrix}, {"bad", {kInt64, {1}, false, {0.5}, {}}}};
  CHECK_THROWS_AS(write_arrays(bad, destination(out.string(), ""), "x"), std::invalid_argument);
  CHECK(directory.names().empty());
  write_arrays({{"good", kMatrix}}, destination(out.string(), ""), "x");
  CHECK_THROWS_AS(write_arrays(bad, destination(out.string(), "npy"), "x"), std::invalid_argument);
  CHECK(sorted(directory.names()) == std::vector<std::string>{"out"});
  CHECK(read_npy(out / "good.npy").values == kMatrix.values);
}

TEST_CASE("array files: a directory that cannot be made is refused") {
  const TemporaryDirectory directory;
  const std::string below = (test::write_file(directory / "file", "") / "out").string();
  CHECK(message_of([&] { write_arrays(kArrays, destination(below, ""), "x"); }) ==
        below + ": cannot be made: Not a directory");
}
