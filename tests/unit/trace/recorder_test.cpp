#include "engine/trace/recorder.hpp"

#include "tests/support/catch.hpp"

using namespace glass;

namespace {

Matrix column(std::vector<double> values) {
  Matrix matrix(values.size(), 1);
  matrix.values = std::move(values);
  return matrix;
}

const Name kSum = parse_name("encoder.embed.sum").value();
const Name kScaled = parse_name("encoder.embed.scaled").value();

}  // namespace

TEST_CASE("recorder: a matrix is kept under the place and the leaf") {
  Recording recording;
  const Recorder trace(recording);
  const Matrix value = column({1, 2});
  trace.in("encoder").in("layers", 1).in("self_attn").in("head", 0)("scores", value.view());
  REQUIRE(recording.trace.size() == 1);
  CHECK(to_string(recording.trace.begin()->first) == "encoder.layers.1.self_attn.head.0.scores");
  CHECK(recording.trace.begin()->second == value);
}

TEST_CASE("recorder: a name that the contract does not have is a fault of the program") {
  Recording recording;
  CHECK_THROWS_MATCHES(Recorder(recording).in("encoder")("score", column({1}).view()), std::logic_error,
                       check::Message("trace: the contract has no matrix named encoder.score"));
}

TEST_CASE("recorder: nothing is recorded where nobody records, and any name passes") {
  const Recorder off;
  CHECK_FALSE(off.on());
  CHECK_FALSE(off.in("nowhere", 7).on());
  CHECK_FALSE(off.pass("nothing", column({1}).view()));
}

TEST_CASE("recorder: edits change what is kept, one after the other, and see what was recorded before") {
  Recording recording;
  recording.edits = {[](Name name, Matrix& value, const Trace&) {
                       if (name == kSum) value(0, 0) += 1;
                     },
                     [](Name name, Matrix& value, const Trace& so_far) {
                       if (name == kSum) value(0, 0) *= so_far.at(kScaled)(1, 0);
                     }};
  const Recorder trace = Recorder(recording).in("encoder").in("embed");
  const Matrix scaled = column({5, 7}), sum = column({2, 3});
  CHECK(trace.pass("scaled", scaled.view()) == scaled);
  CHECK(trace.pass("sum", sum.view()) == column({21, 3}));
  CHECK(recording.trace.at(kSum) == column({21, 3}));
  CHECK(sum == column({2, 3}));
}

TEST_CASE("recorder: without edits the matrix is copied and nothing comes back") {
  Recording recording;
  Matrix sum = column({2, 3});
  CHECK_FALSE(Recorder(recording).in("encoder.embed").pass("sum", sum.view()));
  sum(0, 0) = 9;
  CHECK(recording.trace.at(kSum) == column({2, 3}));
}

TEST_CASE("recorder: only what is wanted is kept, but every name passes the edits") {
  Recording recording;
  int seen = 0;
  recording.wants = [](Name name) { return name == kSum; };
  recording.edits = {[&](Name, Matrix&, const Trace&) { ++seen; }};
  const Recorder trace = Recorder(recording).in("encoder").in("embed");
  trace("scaled", column({1}).view());
  trace("sum", column({2}).view());
  CHECK(seen == 2);
  CHECK(recording.trace.size() == 1);
  CHECK(recording.trace.contains(kSum));
}

TEST_CASE("recorder: an edit may change the shape, or stop the run, which keeps what was recorded") {
  Recording recording;
  recording.edits = {[](Name name, Matrix& value, const Trace&) {
    if (name == kSum) throw std::runtime_error("stop");
    value = Matrix(1, 3);
  }};
  const Recorder trace = Recorder(recording).in("encoder").in("embed");
  (void)trace.pass("scaled", column({1, 2}).view());
  CHECK_THROWS_MATCHES(trace.pass("sum", column({2}).view()), std::runtime_error, check::Message("stop"));
  CHECK(recording.trace.size() == 1);
  CHECK(recording.trace.at(kScaled) == Matrix(1, 3));
}

TEST_CASE("recorder: where a matrix is only shown, an edit may look, but a change is refused") {
  Recording recording;
  const Recorder encoder = Recorder(recording).in("encoder");
  std::size_t seen = 0;
  recording.edits = {[&seen](Name, Matrix&, const Trace&) { ++seen; }};
  encoder("memory", column({1, 2}).view());
  CHECK(seen == 1);
  recording.edits = {[](Name, Matrix& value, const Trace&) { value(0, 0) += 1; }};
  CHECK_THROWS_MATCHES(encoder("memory", column({1, 2}).view()), std::logic_error,
                       check::Message("trace: an edit changed encoder.memory, but this path only records"));
}
