#include "engine/trace/trace_file.hpp"

#include <limits>

#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"

using namespace glass;
using glass::test::message_of;
using glass::test::TemporaryDirectory;

namespace {

Dims dims() { return {{1, 2, 3}, {1, 2, 3}, 4, 5, 2.0, "relu"}; }

Name name(std::string_view text) { return parse_name(text).value(); }

Matrix matrix(std::size_t rows, std::size_t cols) {
  Matrix result(rows, cols);
  for (std::size_t k = 0; k < result.values.size(); ++k) result.values[k] = 0.1 * static_cast<double>(k);
  return result;
}

Trace example() {
  Matrix ids(3, 1), masked(2, 3);
  ids.values = {4, 1, 0};
  masked.values = {1, 2, -std::numeric_limits<double>::infinity(), 4, 5, 6};
  return {{name("encoder.ids"), ids},
          {name("encoder.memory"), matrix(3, 4)},
          {name("decoder.layers.0.encoder_attn.head.1.masked_scores"), masked}};
}

}  // namespace

TEST_CASE("trace file: a trace comes back bit for bit") {
  const TemporaryDirectory directory;
  write_trace(directory / "t.npz", example());
  CHECK(read_trace(directory / "t.npz", dims()) == example());
}

TEST_CASE("trace file: ids are a list of int64, all else float64 in the order in which it lies") {
  const TemporaryDirectory directory;
  write_trace(directory / "t.npz", example());
  const Npz archive(directory / "t.npz");
  CHECK(archive.header("encoder.ids").dtype == kInt64);
  CHECK(archive.header("encoder.ids").shape == std::vector<std::size_t>{3});
  CHECK(archive.header("encoder.memory").dtype == kFloat64);
  CHECK(archive.header("encoder.memory").fortran_order);
  CHECK(archive.header("encoder.memory").shape == std::vector<std::size_t>{3, 4});
}

TEST_CASE("trace file: unknown names are refused with the nearest ones") {
  const TemporaryDirectory directory;
  const std::string file = (directory / "t.npz").string();
  const auto refusal = [&](const std::string& key) {
    write_npz(file, {{key, to_array(matrix(3, 4))}});
    return message_of([&] { (void)read_trace(file, dims()); });
  };
  CHECK(refusal("encoder.memmory") == file +
                                          ": \"encoder.memmory\" is not the name of a matrix; the nearest are "
                                          "encoder.memory, encoder.embed.sum, encoder.ids");
  CHECK_THAT(refusal("encoder.layers.1.self_attn.norm"),
             check::ContainsSubstring("the nearest are encoder.layers.0.self_attn.norm, "));
}

TEST_CASE("trace file: arrays that are no such matrix are refused") {
  const Name ids = name("encoder.ids"), memory = name("encoder.memory");
  CHECK(message_of([&] {
          (void)to_matrix(memory, {kFloat64, {2, 3, 4}, false, {}, {}}, "f: m");
        }) == "f: m: has shape (2, 3, 4), expected a matrix, one row a position");
  CHECK(message_of([&] {
          (void)to_matrix(memory, {kFloat64, {4}, false, {1, 2, 3, 4}, {}}, "f: m");
        }) == "f: m: has shape (4,), expected a matrix, one row a position");
  CHECK(message_of([&] {
          (void)to_matrix(ids, {kInt64, {2, 1}, false, {1, 2}, {}}, "f: m");
        }) == "f: m: has shape (2, 1), expected a list, one number a position");
  CHECK(message_of([&] {
          (void)to_matrix(memory, {kText, {1, 1}, false, {}, {"a"}}, "f: m");
        }) == "f: m: is text, expected numbers");
  CHECK(message_of([&] { (void)to_array(ids, Matrix(3, 2)); }) == "encoder.ids is 3 x 2, expected one column");
}

TEST_CASE("trace file: ids that are not whole numbers are not written, and nothing half written remains") {
  const TemporaryDirectory directory;
  Trace trace = example();
  trace[name("encoder.ids")](1, 0) = 0.5;
  CHECK(message_of([&] { write_trace(directory / "t.npz", trace); }) == "0.500000 cannot be stored as int64");
  CHECK(directory.names().empty());
}

TEST_CASE("trace file: the lengths of both sides follow from any matrix that has them") {
  CHECK(lengths_of(example()).source == 3);
  CHECK(lengths_of(example()).target == 2);
  CHECK(lengths_of({{name("decoder.logits"), Matrix(7, 5)}}).target == 7);
  CHECK(lengths_of({{name("decoder.logits"), Matrix(7, 5)}}).source == 0);
}
