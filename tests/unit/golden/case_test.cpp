#include "engine/golden/case.hpp"

#include "engine/trace/trace_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"

using namespace glass;
using glass::test::message_of;
using glass::test::TemporaryDirectory;

namespace {

Dims case_dims() { return {{1, 2, 3}, {1, 2, 3}, 4, 5, 2.0, "relu"}; }

Name name(std::string_view text) { return parse_name(text).value(); }

NamedArray array(const std::string& key, const std::string& matrix, std::size_t rows, std::size_t cols) {
  return {key, to_array(name(matrix), Matrix(rows, cols))};
}

NamedArray stage(const std::string& text) { return {"stage", {kText, {}, false, {}, {text}}}; }

const std::string kNorm = "encoder.layers.0.self_attn.norm", kResidual = "encoder.layers.0.self_attn.residual";

std::string refusal(const std::vector<NamedArray>& arrays) {
  const TemporaryDirectory directory;
  write_npz(directory / "x.npz", arrays);
  const std::string message = message_of([&] { (void)golden::load(directory / "x.npz", case_dims()); });
  const std::size_t at = message.find("x.npz");
  return at == std::string::npos ? message : message.substr(at);
}

}  // namespace

TEST_CASE("case: a whole case has its matrices and its lengths") {
  const TemporaryDirectory directory;
  write_npz(directory / "small.npz",
            {array("encoder.ids", "encoder.ids", 3, 1), array("decoder.ids", "decoder.ids", 2, 1),
             array("decoder.logits", "decoder.logits", 2, 5)});
  const golden::Case small = golden::load(directory / "small.npz", case_dims());
  CHECK(small.name == "small");
  CHECK_FALSE(small.stage);
  CHECK(small.inputs.empty());
  CHECK(small.expected.size() == 3);
  CHECK(small.lengths.source == 3);
  CHECK(small.lengths.target == 2);
}

TEST_CASE("case: a stage case has its stage, the inputs to force and what must come out") {
  const TemporaryDirectory directory;
  write_npz(directory / "flat.npz",
            {stage(kNorm), array("input." + kResidual, kResidual, 5, 4), array(kNorm, kNorm, 5, 4)});
  const golden::Case flat = golden::load(directory / "flat.npz", case_dims());
  CHECK(flat.stage == kNorm);
  CHECK(flat.inputs.contains(name(kResidual)));
  CHECK(flat.expected.contains(name(kNorm)));
  CHECK(flat.expected.size() == 1);
  CHECK(flat.lengths.source == 5);
}

TEST_CASE("case: the names of a directory's cases are in alphabetical order") {
  const TemporaryDirectory directory;
  for (const char* each : {"b.npz", "a.npz", "README.md"}) test::write_file(directory / each, "");
  CHECK(golden::case_names(directory.path()) == std::vector<std::string>{"a", "b"});
  const auto none = directory / "none";
  CHECK(message_of([&] { (void)golden::case_names(none); }) ==
        none.string() + ": cannot be read: No such file or directory");
}

TEST_CASE("case: what is no case is refused") {
  const NamedArray source = array("encoder.ids", "encoder.ids", 3, 1),
                   target = array("decoder.ids", "decoder.ids", 2, 1);
  CHECK(refusal({source, target}) == "(nothing thrown)");
  CHECK(refusal({source}) == "x.npz: has no decoder.ids, which every case but a stage case needs");
  CHECK(refusal({source, target, array("encoder.memory", "encoder.memory", 3, 5)}) ==
        "x.npz: encoder.memory is 3 x 5, expected 3 x 4");
  CHECK(refusal({source, target, array("encoder.memory", "encoder.memory", 2, 4)}) ==
        "x.npz: encoder.memory is 2 x 4, expected 3 x 4");
  CHECK(refusal({source, target, array("encoder.memori", "encoder.memory", 3, 4)}) ==
        "x.npz: \"encoder.memori\" is not the name of a matrix; the nearest are encoder.memory, encoder.ids, "
        "encoder.embed.sum");
  CHECK(refusal({stage(kNorm), array(kNorm, kNorm, 5, 4)}) == "x.npz: a stage case without an input.NAME");
  CHECK(refusal({source, target, array("input." + kResidual, kResidual, 3, 4)}) ==
        "x.npz: has inputs, but no \"stage\"");
  CHECK(refusal({{"stage", {kInt64, {1}, false, {1}, {}}}}) ==
        "x.npz: \"stage\" is int64 of shape (1,), expected one text, a contract name");
  CHECK_THAT(refusal({stage("encoder.layers.0.self_attn.nrm")}),
             check::StartsWith("x.npz: \"stage\": \"encoder.layers.0.self_attn.nrm\" is not the name of a matrix; the "
                               "nearest are encoder.layers.0.self_attn.norm"));
}
