#include "engine/lesson/what_if.hpp"

#include <limits>
#include <tuple>

#include "engine/lesson/changes.hpp"
#include "engine/lesson/runs.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/lesson/sessions.hpp"

using namespace glass;
using namespace glass::lesson;

namespace {

std::string texts(const std::vector<Name>& names) {
  std::string result;
  for (const Name name : names) result += to_string(name) + " ";
  return result;
}

/// What parting finds after one cell of each of these matrices has been changed.
Parting after_changing(const std::vector<std::string>& names) {
  const Session& session = test::course_session();
  Trace after = session.trace();
  for (const std::string& name : names) after.at(parse_name(name).value())(0, 0) += 1;
  return part(session.trace(), after, session.dims());
}

}  // namespace

TEST_CASE("what if: nothing changed, everything equal", "[lesson][what_if]") {
  const Parting parting = after_changing({});
  CHECK(parting.equal == all_names(test::course_session().dims()));
  CHECK(parting.first_changed.empty());
}

TEST_CASE("what if: equal are the names of each side before its first change, and beside it", "[lesson][what_if]") {
  const Parting parting = after_changing({"encoder.embed.positions", "decoder.embed.tokens"});
  CHECK(texts(parting.equal) ==
        "encoder.ids encoder.visible encoder.embed.tokens encoder.embed.scaled encoder.embed.sum decoder.ids "
        "decoder.embed.scaled decoder.embed.positions decoder.embed.sum ");
  CHECK(texts(parting.first_changed) == "encoder.embed.positions decoder.embed.tokens ");
}

TEST_CASE("what if: what follows from a change of its own side is not first", "[lesson][what_if]") {
  const std::string layer = "decoder.layers.1.self_attn.head.2.";
  CHECK(texts(after_changing({layer + "scores", layer + "masked_scores", layer + "weights"}).first_changed) ==
        layer + "scores ");
  CHECK(texts(after_changing({layer + "scores", layer + "weights"}).first_changed) ==
        layer + "scores " + layer + "weights ");
}

TEST_CASE("what if: what the other side's change reached first is first", "[lesson][what_if]") {
  const Parting parting =
      after_changing({"encoder.memory", "decoder.layers.0.encoder_attn.key", "decoder.layers.0.encoder_attn.head.0.key",
                      "decoder.layers.1.encoder_attn.key"});
  CHECK(texts(parting.first_changed) == "encoder.memory decoder.layers.0.encoder_attn.key ");
}

TEST_CASE("what if: another shape, another bit and a missing matrix are changes, equal NaN is none",
          "[lesson][what_if]") {
  const Session& session = test::course_session();
  const Name logits = parse_name("decoder.logits").value();
  Trace before = session.trace(), after = session.trace();
  before.at(logits)(0, 0) = after.at(logits)(0, 0) = std::numeric_limits<double>::quiet_NaN();
  CHECK(part(before, after, session.dims()).first_changed.empty());
  after.at(logits).values.pop_back();
  after.at(logits).cols -= 1;
  CHECK(texts(part(before, after, session.dims()).first_changed) == "decoder.logits ");
  after.erase(logits);
  CHECK(texts(part(before, after, session.dims()).first_changed) == "decoder.logits ");
  after = before;
  after.at(logits)(1, 1) = std::nextafter(after.at(logits)(1, 1), 1e9);
  CHECK(texts(part(before, after, session.dims()).first_changed) == "decoder.logits ");
}

TEST_CASE("what if: another source under the same target", "[lesson][what_if]") {
  Experiment experiment;
  change::swap_source(test::course_session(), experiment);
  const Outcome outcome = what_if(test::course_session(), experiment);
  CHECK(texts(outcome.first_changed) ==
        "encoder.ids encoder.visible decoder.layers.0.encoder_attn.key decoder.layers.0.encoder_attn.value ");
  CHECK(to_string(outcome.equal.front()) == "decoder.ids");
  CHECK(to_string(outcome.equal.back()) == "decoder.layers.0.encoder_attn.head.3.query");
  CHECK(outcome.before_text == "Bonjour, comment allez-vous ?");
  CHECK(outcome.after_text == "Où est la gare ?");
  CHECK(outcome.after.size() == test::course_session().trace().size());
}

TEST_CASE("what if: a translation that never ends is cut, and says so", "[lesson][what_if]") {
  Experiment experiment;
  change::forget_residual(test::course_session(), experiment);
  CHECK_THAT(what_if(test::course_session(), experiment).after_text, check::EndsWith(" …"));
}

TEST_CASE("what if: the search is short, and greedy where the source is long", "[lesson][what_if]") {
  const std::size_t beams = quick_settings(test::course_session()).num_beams;
  CHECK(beams > 1);
  for (const auto& [n_source, most, num_beams] : {std::tuple<std::size_t, std::size_t, std::size_t>{2, 16, beams},
                                                  {9, 37, beams},
                                                  {20, 37, beams},
                                                  {21, 48, 1},
                                                  {200, 48, 1}}) {
    CHECK(quick_settings(test::course_session(), n_source).max_length == most);
    CHECK(quick_settings(test::course_session(), n_source).num_beams == num_beams);
  }
}

TEST_CASE("what if: a stage that throws is heard", "[lesson][what_if]") {
  Experiment experiment;
  experiment.stages.mix = [](const Mat&, const Mat&) -> Mat { throw std::runtime_error("no values today"); };
  CHECK_THROWS_MATCHES(what_if(test::course_session(), experiment), std::runtime_error,
                       check::Message("no values today"));
}
