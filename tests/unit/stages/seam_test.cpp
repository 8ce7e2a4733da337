#include "engine/stages/seam.hpp"

#include <stdexcept>

#include "engine/reference/decoder.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/matrices.hpp"
#include "tests/support/random_model.hpp"

using namespace glass;

namespace {

/// The whole small model over five source and three target tokens.
struct Pass {
  std::shared_ptr<const Weights> weights = test::random_model(test::small_dims(), 7);
  Memory memory;
  Mat logits;

  explicit Pass(const Seam& trace) {
    const Stages stage = paper_stages();
    memory = encode(*weights, stage, {{3, 1, 4, 1, 0}, {1, 1, 1, 1, 1}}, trace);
    logits = propose(*weights, stage, decode(*weights, stage, memory, {16, 5, 9}, trace), trace);
  }
};

Name name(std::string_view text) { return parse_name(text).value(); }

Mat recorded(const Recording& recording, std::string_view text) { return test::to_mat(recording.trace.at(name(text))); }

}  // namespace

TEST_CASE("seam: off, the very same matrix is handed on under any name", "[stages][seam]") {
  Mat matrix = test::Random(1).matrix(20, 30);
  const double* numbers = matrix.memptr();
  const Seam off = Seam().in("decoder").in("layers", 5);
  CHECK_FALSE(off.on());
  const Mat handed_on = off("no such name", std::move(matrix));
  CHECK(handed_on.memptr() == numbers);
  CHECK(off("ids", Ids{4, 2}) == Ids{4, 2});
}

TEST_CASE("seam: on, it records under its place's name and changes no number", "[stages][seam]") {
  Recording recording;
  const Mat matrix = test::Random(2).matrix(3, 4);
  const Seam trace = Seam(recording).in("decoder").in("layers", 5).in("encoder_attn").in("head", 2);
  CHECK(test::bit_equal(trace("scores", matrix), matrix));
  REQUIRE(recording.trace.size() == 1);
  CHECK(to_string(recording.trace.begin()->first) == "decoder.layers.5.encoder_attn.head.2.scores");
  CHECK(test::bit_equal(test::to_mat(recording.trace.begin()->second), matrix));
}

TEST_CASE("seam: recording a whole pass moves no bit of it", "[stages][seam]") {
  Recording recording;
  const Pass off{Seam()}, on{Seam(recording)};
  CHECK(test::bit_equal(on.memory.rows, off.memory.rows));
  CHECK(test::bit_equal(on.logits, off.logits));
  CHECK(test::bit_equal(recorded(recording, "encoder.memory"), off.memory.rows));
  CHECK(test::bit_equal(recorded(recording, "decoder.logits"), off.logits));
}

TEST_CASE("seam: a name that the contract lacks is a fault of the code", "[stages][seam]") {
  Recording recording;
  CHECK_THROWS_MATCHES(Seam(recording).in("encoder")("nonsense", Mat(2, 3)), std::logic_error,
                       check::Message("trace: the contract has no matrix named encoder.nonsense"));
}

TEST_CASE("seam: a pass says every name of the contract, once, in its order and its shape", "[stages][seam]") {
  std::vector<Name> said;
  Recording recording;
  recording.edits = {[&said](Name which, Matrix&, const Trace&) { said.push_back(which); }};
  const Pass pass{Seam(recording)};
  const Dims dims = test::small_dims();
  CHECK(said == all_names(dims));
  for (const auto& [which, matrix] : recording.trace) {
    CAPTURE(to_string(which));
    CHECK(std::pair(matrix.rows, matrix.cols) == shape_of(which, dims, {5, 3}));
  }
}

TEST_CASE("seam: an edit travels to everything after it and to nothing before", "[stages][seam]") {
  Recording plain, changed;
  const Name edited = name("decoder.layers.1.self_attn.output");
  changed.edits = {[edited](Name which, Matrix& value, const Trace&) {
    if (which == edited) value(2, 0) += 1;
  }};
  const Pass before{Seam(plain)}, after{Seam(changed)};
  for (const Name which : all_names(test::small_dims())) {
    CAPTURE(to_string(which));
    const bool earlier = which < edited && which.layer <= 1;
    if (earlier || to_string(which).starts_with("decoder.layers.0.")) {
      CHECK(changed.trace.at(which) == plain.trace.at(which));
    }
  }
  const auto differs = [&](std::string_view text) {
    return changed.trace.at(name(text)) != plain.trace.at(name(text));
  };
  CHECK(differs("decoder.layers.1.self_attn.residual"));
  CHECK(differs("decoder.layers.2.encoder_attn.head.1.weights"));
  CHECK(differs("decoder.log_probabilities"));
  CHECK(test::difference(after.logits.head_rows(2), before.logits.head_rows(2)) == 0);
  CHECK(test::difference(after.logits.row(2), before.logits.row(2)) > 1e-3);
}

TEST_CASE("seam: edits run one after the other, see what was recorded, and may change the shape", "[stages][seam]") {
  Recording recording;
  recording.edits = {[](Name, Matrix& value, const Trace&) { value = Matrix(2, 5); },
                     [](Name which, Matrix& value, const Trace& so_far) {
                       if (which == name("encoder.embed.scaled"))
                         value(1, 4) = static_cast<double>(so_far.at(name("encoder.embed.tokens")).cols);
                     }};
  const Seam embed = Seam(recording).in("encoder").in("embed");
  CHECK(arma::size(embed("tokens", Mat{{1, 2, 3}})) == arma::SizeMat(2, 5));
  CHECK(embed("scaled", Mat{{1, 2, 3}})(1, 4) == 5);
  CHECK(recorded(recording, "encoder.embed.scaled")(1, 4) == 5);
}

TEST_CASE("seam: only what is wanted is kept, and edits still see every name", "[stages][seam]") {
  std::size_t seen = 0;
  Recording recording;
  recording.wants = [](Name which) { return which == name("encoder.layers.1.self_attn.head.2.weights"); };
  const Pass unedited{Seam(recording)};
  CHECK(recording.trace.size() == 1);
  recording.edits = {[&seen](Name, Matrix&, const Trace&) { ++seen; }};
  const Pass edited{Seam(recording)};
  CHECK(recording.trace.size() == 1);
  CHECK(seen == all_names(test::small_dims()).size());
}

TEST_CASE("seam: a run that an edit stops keeps what it recorded", "[stages][seam]") {
  Recording recording;
  const Name last = name("encoder.layers.0.self_attn.head.1.scores");
  recording.edits = {[last](Name which, Matrix&, const Trace&) {
    if (which == last) throw std::runtime_error("far enough");
  }};
  CHECK_THROWS_WITH(Pass{Seam(recording)}, "far enough");
  CHECK(recording.trace.count(name("encoder.layers.0.self_attn.head.1.value")) == 1);
  CHECK(recording.trace.count(last) == 0);
}

TEST_CASE("seam: ids can be edited too, but stay one column of whole numbers", "[stages][seam]") {
  Recording recording;
  const Seam encoder = Seam(recording).in("encoder");
  const auto edited = [&](Matrix result) {
    recording.edits = {[result](Name, Matrix& value, const Trace&) { value = result; }};
    return encoder("ids", Ids{1, 2, 3});
  };
  Matrix two(2, 1);
  two(0, 0) = 7;
  two(1, 0) = 16;
  CHECK(edited(two) == Ids{7, 16});
  two(1, 0) = 0.5;
  CHECK_THROWS_MATCHES(edited(two), std::runtime_error,
                       check::Message("encoder.ids: an edit left 0.500000, which is no whole number"));
  CHECK_THROWS_MATCHES(edited(Matrix(1, 3)), std::runtime_error,
                       check::Message("encoder.ids: an edit left 1 x 3, expected one column"));
}
