#include <optional>
#include <stdexcept>

#include "engine/golden/verdict.hpp"
#include "engine/trace/trace_file.hpp"
#include "tests/golden/diagnosis_mistakes.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/matrices.hpp"
#include "tests/support/paths.hpp"

using namespace glass;
using test::Mistake;

// The names and the seam carry a diagnosis: from a wrong trace to the mistake that makes exactly its numbers.

namespace {

constexpr golden::Tolerance kSame{1e-6, 1e-6};

const Weights& weights() {
  static const std::shared_ptr<const Weights> loaded =
      read_weights(checkpoint::Checkpoint::load(test::data("oracle/models/tiny-swish-unigram")));
  return *loaded;
}

/// A teacher-forced pass and what it should give.
struct Pass {
  Dims dims;
  Source source;
  Ids read;
  Trace golden;

  [[nodiscard]] Trace theirs(const Experiment& experiment) const {
    Recording recording{.trace = {}, .edits = experiment.edits, .wants = {}};
    try {
      (void)run(weights(), experiment.stages, source, read, Seam(recording));
    } catch (const std::invalid_argument&) {  // shapes that do not fit end a learner's run too
    }
    return recording.trace;
  }
};

/// Case c02 as PyTorch computed it in float64: ten source tokens, nine target tokens.
Pass pytorch_pass() {
  const checkpoint::Config config = checkpoint::read_config(test::data("oracle/models/tiny-swish-unigram/config.json"));
  Pass pass{dims_of(config), {}, {}, {}};
  pass.golden = read_trace(test::data("oracle/trace/c02.npz"), pass.dims);
  const auto ids = [&](std::string_view name) {
    const Matrix& matrix = pass.golden.at(parse_name(name).value());
    return Ids(matrix.values.begin(), matrix.values.end());
  };
  pass.source = {ids("encoder.ids"), ids("encoder.visible")};
  pass.read = ids("decoder.ids");
  return pass;
}

/// As many target tokens as source tokens, where swapping the two sides breaks no shape.
Pass equal_length_pass() {
  Pass pass = pytorch_pass();
  pass.source = source_of(Ids(pass.source.ids.begin() + 1, pass.source.ids.end()));
  pass.golden = pass.theirs(Experiment());
  return pass;
}

/// "decoder.layers.1.encoder_attn": the embedding, or the sub-layer of one layer.
std::string sub_layer(Name name) {
  const std::string text = to_string(name);
  const std::size_t layers = text.find(".layers.");
  const std::size_t start = layers == std::string::npos ? 0 : text.find('.', layers + 8) + 1;
  return text.substr(0, text.find('.', std::max(start, text.find('.') + 1)));
}

std::optional<Name> first_wrong(const Pass& pass, const Trace& theirs) {
  for (const Name name : all_names(pass.dims)) {
    const auto given = theirs.find(name);
    if (given != theirs.end() && golden::compare(name, pass.golden.at(name), given->second, kSame)) return name;
  }
  return std::nullopt;
}

struct Stop {};

/// Does the mistake, with everything around the wrong matrix as it should be, give exactly the wrong matrix?
bool explains(const Mistake& mistake, const Pass& pass, const Trace& theirs, Name wrong) {
  Experiment experiment;
  mistake.apply(experiment);
  bool same = false;
  const auto force = [&](Name name, Matrix& value, const Trace&) {
    if (name == wrong) {
      same = !golden::compare(name, theirs.at(name), value, kSame);
      throw Stop();
    }
    const bool own = sub_layer(name) == sub_layer(wrong);
    if (own && theirs.count(name) == 0) return;
    if (own && golden::compare(name, pass.golden.at(name), value, kSame)) throw Stop();  // but theirs was right
    value = pass.golden.at(name);
  };
  experiment.edits.emplace_back(force);
  try {
    (void)pass.theirs(experiment);
  } catch (const Stop&) {
  }
  return same;
}

/// The numbers of all mistakes that explain the first wrong matrix.
std::vector<int> diagnose(const Pass& pass, const Trace& theirs) {
  const std::optional<Name> wrong = first_wrong(pass, theirs);
  std::vector<int> explanations;
  for (const Mistake& mistake : test::five_mistakes()) {
    if (wrong && explains(mistake, pass, theirs, *wrong)) explanations.push_back(mistake.id);
  }
  return explanations;
}

Trace under(const Pass& pass, const std::vector<Mistake>& mistakes) {
  Experiment experiment;
  for (const Mistake& mistake : mistakes) mistake.apply(experiment);
  return pass.theirs(experiment);
}

}  // namespace

TEST_CASE("diagnosis: each of five mistakes is named, and no other", "[golden][diagnosis]") {
  for (const Pass& pass : {pytorch_pass(), equal_length_pass()}) {
    for (const Mistake& mistake : test::five_mistakes()) {
      CAPTURE(mistake.name, pass.source.ids.size());
      const Trace theirs = under(pass, {mistake});
      CHECK(to_string(first_wrong(pass, theirs).value()) == mistake.first_wrong);
      CHECK(diagnose(pass, theirs) == std::vector<int>{mistake.id});
    }
  }
}

TEST_CASE("diagnosis: the untouched model gets no verdict, a foreign mistake no name", "[golden][diagnosis]") {
  const Pass pass = pytorch_pass();
  CHECK_FALSE(first_wrong(pass, under(pass, {})));
  const Mistake foreign = {
      0, "tripled",
      [](Experiment& experiment) { experiment.stages.mix = [](const Mat& w, const Mat& v) { return Mat(3 * w * v); }; },
      ""};
  const Trace theirs = under(pass, {foreign});
  CHECK(to_string(first_wrong(pass, theirs).value()) == "encoder.layers.0.self_attn.head.0.context");
  CHECK(diagnose(pass, theirs).empty());
}

TEST_CASE("diagnosis: of two mistakes the first is named, and a single late matrix is enough", "[golden][diagnosis]") {
  const Pass pass = pytorch_pass();
  const std::vector<Mistake> all = test::five_mistakes();
  CHECK(diagnose(pass, under(pass, {all[4], all[2]})) == std::vector<int>{all[4].id});
  CHECK(diagnose(pass, under(pass, {all[1], all[0]})) == std::vector<int>{all[0].id});
  for (const Mistake& mistake : {all[1], all[3]}) {
    const std::string site(mistake.first_wrong.substr(0, mistake.first_wrong.find("_attn") + 5));
    const Name output = parse_name(site + ".output").value();
    CHECK(diagnose(pass, {{output, under(pass, {mistake}).at(output)}}) == std::vector<int>{mistake.id});
  }
}
