#include "engine/lesson/changes.hpp"

#include <array>
#include <cmath>

#include "engine/lesson/runs.hpp"
#include "engine/lesson/what_if.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/matrices.hpp"
#include "tests/unit/lesson/sessions.hpp"

using namespace glass;
using namespace glass::lesson;

namespace {

/// A change, and the contract rows that differ first, each followed by a blank.
struct Expected {
  const char* name;
  void (*change)(const Session&, Experiment&);
  const char* first;
};

constexpr std::array kChanges = {
    Expected{"swap_source", change::swap_source,
             "encoder.ids encoder.visible decoder.layers.L.encoder_attn.key decoder.layers.L.encoder_attn.value "},
    Expected{"interleave_positions", change::interleave_positions, "encoder.embed.positions decoder.embed.positions "},
    Expected{"forget_positions", change::forget_positions, "encoder.embed.positions decoder.embed.positions "},
    Expected{"forget_scale", change::forget_scale,
             "encoder.layers.L.self_attn.head.H.scores decoder.layers.L.self_attn.head.H.scores "},
    Expected{"see_the_future", change::see_the_future, "decoder.layers.L.self_attn.head.H.masked_scores "},
    Expected{"interleave_heads", change::interleave_heads,
             "encoder.layers.L.self_attn.head.H.query encoder.layers.L.self_attn.head.H.key "
             "encoder.layers.L.self_attn.head.H.value decoder.layers.L.self_attn.head.H.query "
             "decoder.layers.L.self_attn.head.H.key decoder.layers.L.self_attn.head.H.value "},
    Expected{"forget_residual", change::forget_residual,
             "encoder.layers.L.self_attn.residual decoder.layers.L.self_attn.residual "},
    Expected{"norm_before", change::norm_before,
             "encoder.layers.L.self_attn.query encoder.layers.L.self_attn.key encoder.layers.L.self_attn.value "
             "decoder.layers.L.self_attn.query decoder.layers.L.self_attn.key decoder.layers.L.self_attn.value "},
    Expected{"forget_activation", change::forget_activation,
             "encoder.layers.L.feed_forward.activation decoder.layers.L.encoder_attn.key "
             "decoder.layers.L.encoder_attn.value "},
    Expected{"hide_first_word", change::hide_first_word, "decoder.layers.L.encoder_attn.head.H.masked_scores "},
    Expected{"forget_bias", change::forget_bias, "decoder.logits "},
};

Trace under(const Session& session, void (*change)(const Session&, Experiment&)) {
  Experiment experiment;
  change(session, experiment);
  return record(session, experiment);
}

std::string first_rows(const Session& session, const Trace& after) {
  std::string rows;
  for (const Name name : part(session.trace(), after, session.dims()).first_changed) {
    const std::string row = row_of(name).name + " ";
    if (rows.find(row) == std::string::npos) rows += row;
    CHECK(name.layer <= 0);
  }
  return rows;
}

}  // namespace

TEST_CASE("changes: each touches first what it says", "[lesson][changes]") {
  const Session long_session = test::session_on("The cat is sleeping on the table.");
  const Session foreign = test::foreign_session("Far?", "Oui, trop loin.");
  const Session reshaped = test::reshaped_session("Is it far?", "Oui, trop loin.");
  for (const Session* session : {&test::course_session(), &long_session, &foreign, &reshaped}) {
    for (const Expected& expected : kChanges) {
      INFO(expected.name << " of \"" << session->text() << "\", d_model " << session->dims().d_model);
      const Trace after = under(*session, expected.change);
      CHECK(after.size() == session->trace().size());
      CHECK(first_rows(*session, after) == expected.first);
    }
  }
}

TEST_CASE("changes: each has its effect in the search too", "[lesson][changes]") {
  const Session& session = test::course_session();
  for (const Expected& expected : kChanges) {
    INFO(expected.name);
    Experiment experiment;
    expected.change(session, experiment);
    CHECK(difference(stepwise_logits(session, experiment, 3), stepwise_logits(session, {}, 3)) > 1e-6);
  }
}

TEST_CASE("changes: positions interleaved are the paper's, whole rows of sin, cos, sin, cos", "[lesson][changes]") {
  const Mat positions =
      recorded(under(test::course_session(), change::interleave_positions), "encoder.embed.positions");
  CHECK(positions(0, 0) == 0);
  CHECK(positions(0, 1) == 1);
  CHECK(positions(3, 0) == check::Approx(std::sin(3.0)));
  CHECK(positions(3, 1) == check::Approx(std::cos(3.0)));
  CHECK(positions(3, 2) == check::Approx(std::sin(3 / std::pow(10000, 2.0 / 128))));
  CHECK(arma::abs(recorded(under(test::course_session(), change::forget_positions), "decoder.embed.positions")).max() ==
        0);
}

TEST_CASE("changes: the first word is hidden from cross-attention alone", "[lesson][changes]") {
  const Trace after = under(test::course_session(), change::hide_first_word);
  const Mat weights = recorded(after, "decoder.layers.2.encoder_attn.head.1.weights");
  CHECK(arma::accu(weights.head_cols(3)) == 0);  // ▁He ll o
  CHECK(arma::all(arma::vectorise(weights.tail_cols(6)) > 0));
  CHECK(after.at(parse_name("encoder.memory").value()) == test::course_session().at("encoder.memory"));

  const Session one_word = test::session_on("Thanks", "Merci");
  const Mat rest = recorded(under(one_word, change::hide_first_word), "decoder.layers.0.encoder_attn.head.0.weights");
  CHECK(arma::accu(rest.col(0)) == 0);
  CHECK(arma::all(rest.col(rest.n_cols - 1) == 1));
}

TEST_CASE("changes: a source is never swapped for itself", "[lesson][changes]") {
  const auto source = [](const Session& session) {
    const Mat ids = recorded(under(session, change::swap_source), "encoder.ids");
    return session.model().tokenizer.decode(Ids(ids.begin(), ids.end()), text::SpecialTokens::skip, text::Side::source);
  };
  CHECK(source(test::course_session()) == "Where is the station?");
  CHECK(source(test::session_on("Where is the station?", "Ici.")) == "I am hungry.");
}

TEST_CASE("changes: pre-norm layers add what they read to what they answer", "[lesson][changes]") {
  const Trace after = under(test::course_session(), change::norm_before);
  const std::string layer = "decoder.layers.1.";
  const Mat x = recorded(after, "decoder.layers.0.feed_forward.residual");
  const Mat attended = recorded(after, layer + "self_attn.residual");
  CHECK(difference(attended, x + recorded(after, layer + "self_attn.output")) <= 1e-12);
  const Mat crossed = recorded(after, layer + "encoder_attn.residual");
  CHECK(difference(crossed, attended + recorded(after, layer + "encoder_attn.output")) <= 1e-12);
  const LayerNorm& norm = test::shipped_model().weights->decoder[1].encoder_attn.norm;
  CHECK(difference(recorded(after, layer + "encoder_attn.norm"), paper_stages().norm(attended, norm)) <= 1e-12);
}
