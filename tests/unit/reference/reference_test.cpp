#include <cmath>

#include "engine/reference/decoder.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/matrices.hpp"
#include "tests/support/random_model.hpp"

using namespace glass;
using test::difference;

namespace {

const Ids kSource = {3, 1, 4, 1, 0};
const Ids kTarget = {16, 5, 9};

/// The small model with the paper's stages, recording nothing.
struct SmallModel {
  std::shared_ptr<const Weights> weights = test::random_model(test::small_dims(), 11);
  Stages stage = paper_stages();

  [[nodiscard]] Memory encode(const Source& source) const { return glass::encode(*weights, stage, source, Seam()); }
  [[nodiscard]] Mat decode(const Memory& memory, const Ids& ids) const {
    return glass::decode(*weights, stage, memory, ids, Seam());
  }
  [[nodiscard]] Mat propose(const Mat& y) const { return glass::propose(*weights, stage, y, Seam()); }
};

}  // namespace

TEST_CASE("encode and decode: a row a token, and logits for the whole vocabulary", "[reference]") {
  const SmallModel model;
  const Memory memory = model.encode(source_of(kSource));
  CHECK(arma::size(memory.rows) == arma::SizeMat(5, 12));
  CHECK(memory.visible == Ids{1, 1, 1, 1, 1});
  const Mat y = model.decode(memory, kTarget);
  CHECK(arma::size(y) == arma::SizeMat(3, 12));
  CHECK(arma::size(model.propose(y)) == arma::SizeMat(3, 17));
}

TEST_CASE("encode and decode: padding, whatever it holds, changes no real token", "[reference]") {
  const SmallModel model;
  const Memory memory = model.encode(source_of(kSource));
  const Mat y = model.decode(memory, kTarget);
  for (const std::int64_t pad : {16, 2}) {
    const Memory padded = model.encode({{3, 1, 4, 1, 0, pad, pad}, {1, 1, 1, 1, 1, 0, 0}});
    CHECK(arma::size(padded.rows) == arma::SizeMat(7, 12));
    CHECK(difference(padded.rows.head_rows(5), memory.rows) <= 1e-13);
    CHECK(difference(model.decode(padded, kTarget), y) <= 1e-13);
  }
  CHECK(difference(model.encode(source_of({3, 1, 4, 1, 0, 16, 16})).rows.head_rows(5), memory.rows) > 1e-3);
}

TEST_CASE("decode: all positions at once are the steps one after another", "[reference]") {
  const SmallModel model;
  const Memory memory = model.encode(source_of(kSource));
  const Ids ids = {16, 5, 9, 2, 5, 5, 13};
  const Mat logits = model.propose(model.decode(memory, ids));
  for (std::size_t n = 1; n <= ids.size(); ++n) {
    const Ids read(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(n));
    CHECK(difference(model.propose(model.decode(memory, read)).row(n - 1), logits.row(n - 1)) <= 1e-12);
  }
}

TEST_CASE("decode: no row reads a later token", "[reference]") {
  const SmallModel model;
  const Memory memory = model.encode(source_of(kSource));
  const Mat before = model.decode(memory, {16, 5, 9, 2}), after = model.decode(memory, {16, 5, 9, 7});
  CHECK(difference(after.head_rows(3), before.head_rows(3)) == 0);
  CHECK(difference(after.row(3), before.row(3)) > 1e-3);
}

TEST_CASE("encode: a word hidden at the seam is hidden from every layer of both sides", "[reference]") {
  const SmallModel model;
  Recording recording;
  recording.edits = {[](Name which, Matrix& value, const Trace&) {
    if (to_string(which) == "encoder.visible") value(2, 0) = 0;
  }};
  const Seam trace(recording);
  const Memory memory = encode(*model.weights, model.stage, source_of(kSource), trace);
  (void)decode(*model.weights, model.stage, memory, kTarget, trace);
  CHECK(memory.visible == Ids{1, 1, 0, 1, 1});
  for (const auto& [which, matrix] : recording.trace) {
    const std::string text = to_string(which);
    const bool among_targets = text.starts_with("decoder.") && text.find(".self_attn.") != std::string::npos;
    if (!text.ends_with(".weights") || among_targets) continue;
    CAPTURE(text);
    for (std::size_t i = 0; i < matrix.rows; ++i) CHECK(matrix(i, 2) == 0);
  }
}

TEST_CASE("encode: ids changed at the seam are the ids that are read", "[reference]") {
  const SmallModel model;
  Recording recording;
  recording.edits = {[](Name which, Matrix& value, const Trace&) {
    if (to_string(which) == "encoder.ids") value(1, 0) = 8;
  }};
  const Memory edited = encode(*model.weights, model.stage, source_of(kSource), Seam(recording));
  CHECK(test::bit_equal(edited.rows, model.encode(source_of({3, 8, 4, 1, 0})).rows));
}

TEST_CASE("encode and decode: what cannot be read is refused", "[reference]") {
  const SmallModel model;
  const auto refused = [](const std::string& message) { return check::Message(message); };
  CHECK_THROWS_MATCHES(model.encode({}), std::invalid_argument,
                       refused("encode: the source has no tokens; it ends with end-of-sentence at least"));
  CHECK_THROWS_MATCHES(model.encode(source_of(Ids(12, 1))), std::invalid_argument,
                       refused("the source has 12 tokens, but the model has positions for 11"));
  CHECK_THROWS_MATCHES(model.encode({{1, 2, 0}, {1, 1}}), std::invalid_argument,
                       refused("encode: 3 ids but 2 marks of visibility"));
  CHECK_THROWS_MATCHES(model.encode(source_of({1, 17})), std::invalid_argument,
                       refused("lookup: id 17 at position 1 is outside the table of 17 tokens"));
  const Memory memory = model.encode(source_of(Ids(11, 1)));
  CHECK(model.decode(memory, Ids(11, 1)).n_rows == 11);
  CHECK_THROWS_MATCHES(model.decode(memory, {}), std::invalid_argument,
                       refused("decode: there is no token to read; the first is the start token"));
  CHECK_THROWS_MATCHES(model.decode(memory, Ids(12, 1)), std::invalid_argument,
                       refused("the target has 12 tokens, but the model has positions for 11"));
}
