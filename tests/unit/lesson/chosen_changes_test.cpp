#include "engine/lesson/chosen_changes.hpp"

#include <cmath>
#include <limits>

#include "engine/lesson/names.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/lesson/what_if.hpp"
#include "engine/trace/words.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"
#include "tests/unit/lesson/sessions.hpp"

using namespace glass;
using namespace glass::lesson;
using test::course_session;
using test::message_of;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

using Change = std::function<void(const Session&, Experiment&)>;

Trace under(const Session& session, const Change& change) {
  Experiment experiment;
  change(session, experiment);
  return record(session, experiment);
}

/// The names that change first, each followed by a blank.
std::string first_names(const Session& session, const Trace& after) {
  std::string names;
  for (const Name name : part(session.trace(), after, session.dims()).first_changed) names += to_string(name) + " ";
  return names;
}

Change setting(const Session& session, const std::string& name, std::size_t row, std::size_t col, double value) {
  const NamedCell cell{name_of(session, name), row, col};
  return
      [cell, value](const Session& here, Experiment& experiment) { change::set_number(here, cell, value, experiment); };
}

std::string refusal(const Change& change, const Session& session = course_session()) {
  Experiment experiment;
  const std::string message = message_of([&] { change(session, experiment); });
  CHECK(experiment.edits.empty());
  return message;
}

std::string refusal(const std::string& name, std::size_t row, std::size_t col, double value) {
  return refusal(setting(course_session(), name, row, col, value));
}

/// Whether a matrix is the result of computing with another, directly or through others, or is that one.
bool uses(const Session& session, Name name, Name used) {
  if (name == used) return true;
  for (const std::string& operand : operands_of(name, session.dims())) {
    if (!is_tensor(operand) && uses(session, parse_name(operand).value(), used)) return true;
  }
  return false;
}

/// A sentence without a letter: its source is the closing </s> alone.
Session wordless_session() { return test::session_on("\u200b", "Oui."); }

}  // namespace

TEST_CASE("chosen changes: another sentence is what the encoder reads, and only that changes first",
          "[lesson][changes]") {
  const Session foreign = test::foreign_session("Far?", "Oui, trop loin.");
  const Session reshaped = test::reshaped_session("Is it far?", "Oui, trop loin.");
  for (const Session* session : {&course_session(), &foreign, &reshaped}) {
    const std::string text = "The cat is here.";
    const Trace after = under(*session, [&](const Session& here, Experiment& experiment) {
      change::swap_source_for(here, text, experiment);
    });
    const Mat ids = recorded(after, "encoder.ids");
    CHECK(Ids(ids.begin(), ids.end()) == session->model().source_ids(text));
    CHECK(first_names(*session, after) ==
          "encoder.ids encoder.visible decoder.layers.0.encoder_attn.key decoder.layers.0.encoder_attn.value ");
    for (const Name name : names_matching(session->dims(), {"decoder.layers.L.self_attn.*"})) {
      if (name.layer == 0) CHECK(after.at(name) == session->trace().at(name));
    }
  }
}

TEST_CASE("chosen changes: a blank, invalid or too long source is refused", "[lesson][changes]") {
  const auto swapped = [](const std::string& text) {
    return refusal(
        [&](const Session& here, Experiment& experiment) { change::swap_source_for(here, text, experiment); });
  };
  CHECK(swapped(" \n") == "the other source is blank; the encoder needs a sentence of at least one word");
  CHECK(swapped("a\xff") == "the other source is not valid UTF-8: \"a\\xFF\"");
  std::string text;
  for (int i = 0; i < 600; ++i) text += "cat ";
  const std::size_t n_tokens = course_session().model().source_ids(text).size();
  CHECK(swapped(text) == "the other source has " + std::to_string(n_tokens) +
                             " tokens, but the model has positions for " +
                             std::to_string(course_session().model().weights->max_positions));
}

TEST_CASE("chosen changes: a head that is off has a context of zeros, and nothing before it changes",
          "[lesson][changes]") {
  const Session reshaped = test::reshaped_session("Is it far?", "Oui, trop loin.");
  for (const Session* session : {&course_session(), &reshaped}) {
    for (const std::string head : {"encoder.layers.0.self_attn.head.1", "decoder.layers.1.self_attn.head.0",
                                   "decoder.layers.1.encoder_attn.head.1"}) {
      const Name weights = name_of(*session, head + ".weights");
      const Trace after = under(*session, [&](const Session& here, Experiment& experiment) {
        change::switch_off_head(here, weights, experiment);
      });
      CHECK(arma::abs(recorded(after, head + ".context")).max() == 0);
      CHECK(after.at(weights) == session->trace().at(weights));
      const std::vector<Name> changed = changed_names(session->trace(), after, session->dims());
      CHECK(to_string(changed.front()) == head + ".context");
      CHECK(to_string(changed.at(1)) == head.substr(0, head.rfind(".head.")) + ".context");
    }
  }
}

TEST_CASE("chosen changes: only a head of this model can be switched off", "[lesson][changes]") {
  const auto off = [](const std::string& name) {
    return refusal([&](const Session& here, Experiment& experiment) {
      change::switch_off_head(here, parse_name(name).value(), experiment);
    });
  };
  CHECK(off("encoder.memory") == "encoder.memory does not belong to a single head, so there is none to switch off");
  CHECK(off("decoder.layers.1.self_attn.head.9.scores") ==
        "this model has no matrix named decoder.layers.1.self_attn.head.9.scores");
}

TEST_CASE("chosen changes: a hidden word gets weight exactly 0 in every cross-attention, and rows still sum to 1",
          "[lesson][changes]") {
  const Session foreign = test::foreign_session("It is far away.", "Oui, trop loin.");
  for (const Session* session : {&course_session(), &foreign}) {
    const std::vector<Word> words = words_of_pieces(session->labels().source, WordRule::plain);
    for (std::size_t w = 0; w < words.size(); ++w) {
      const Trace after =
          under(*session, [w](const Session& here, Experiment& experiment) { change::hide_word(here, w, experiment); });
      for (const Name name : names_matching(session->dims(), {"decoder.layers.L.encoder_attn.head.H.weights"})) {
        const Mat weights = recorded(after, name);
        CHECK(arma::accu(weights.cols(words[w].begin, words[w].end - 1)) == 0);
        CHECK(arma::abs(arma::sum(weights, 1) - 1).max() <= 1e-12);
        CHECK(arma::accu(weights == 0) == (words[w].end - words[w].begin) * weights.n_rows);
      }
      CHECK(changed_names(session->trace(), after, session->dims()).front() ==
            name_of(*session, "decoder.layers.0.encoder_attn.head.0.masked_scores"));
    }
  }
}

TEST_CASE("chosen changes: a word that is not there, or the only one, is not hidden", "[lesson][changes]") {
  const auto hide = [](std::size_t word) {
    return [word](const Session& here, Experiment& experiment) { change::hide_word(here, word, experiment); };
  };
  CHECK(refusal(hide(7)) == "the source has no word 7; its words count from 0 to 6");
  const Session wordless = wordless_session();
  REQUIRE(wordless.labels().source.size() == 1);
  CHECK(refusal(hide(0), wordless) == "the source's only word, \"</s>\", cannot be hidden: a query must see something");
}

TEST_CASE("chosen changes: a number set to what it is changes nothing, bit for bit", "[lesson][changes]") {
  for (const Name name : all_names(course_session().dims())) {
    const Matrix& matrix = course_session().trace().at(name);
    const std::size_t row = matrix.rows - 1, col = matrix.cols / 2;
    const Trace after = under(course_session(), setting(course_session(), to_string(name), row, col, matrix(row, col)));
    CHECK(changed_names(course_session().trace(), after, course_session().dims()).empty());
    if (name.layer > 0 || name.head > 0) break;
  }
}

TEST_CASE("chosen changes: a set number is the first to change, and only what uses it follows", "[lesson][changes]") {
  const Session foreign = test::foreign_session("It is far away.", "Oui, trop loin.");
  for (const Session* session : {&course_session(), &foreign}) {
    for (const std::string name :
         {"encoder.ids", "encoder.embed.scaled", "encoder.layers.1.self_attn.head.1.scores", "encoder.memory",
          "decoder.ids", "decoder.embed.positions", "decoder.layers.0.encoder_attn.head.0.weights",
          "decoder.layers.1.feed_forward.norm", "decoder.logits", "decoder.log_probabilities"}) {
      INFO(name);
      const Name set = name_of(*session, name);
      const double value = session->trace().at(set)(1, 0) == 7 ? 8 : 7;
      const Trace after = under(*session, setting(*session, name, 1, 0, value));
      CHECK(after.at(set)(1, 0) == value);
      const std::vector<Name> changed = changed_names(session->trace(), after, session->dims());
      CHECK(changed.front() == set);
      for (const Name each : changed) CHECK(uses(*session, each, set));
      Matrix restored = after.at(set);
      restored(1, 0) = session->trace().at(set)(1, 0);
      CHECK(restored == session->trace().at(set));
    }
  }
}

TEST_CASE("chosen changes: in the search a number is set as soon as its row is there", "[lesson][changes]") {
  Experiment experiment;
  setting(course_session(), "decoder.layers.2.feed_forward.norm", 2, 5, 50)(course_session(), experiment);
  const Mat plain = stepwise_logits(course_session(), {}, 4), set = stepwise_logits(course_session(), experiment, 4);
  CHECK(difference(set.head_rows(2), plain.head_rows(2)) <= 1e-12);
  CHECK(difference(set.row(2), plain.row(2)) > 1e-6);
  const Trace after = record(course_session(), experiment);
  CHECK(difference(set, recorded(after, "decoder.logits").head_rows(4)) <= 1e-9);
}

TEST_CASE("chosen changes: a key can be hidden from one query, while the query has another", "[lesson][changes]") {
  const std::string head = "decoder.layers.0.self_attn.head.0.";
  const Trace after = under(course_session(), setting(course_session(), head + "masked_scores", 1, 0, -kInfinity));
  CHECK(recorded(after, head + "weights")(1, 0) == 0);
  CHECK(recorded(after, head + "weights")(1, 1) == 1);
  CHECK(refusal(head + "masked_scores", 0, 0, -kInfinity) ==
        head + "masked_scores (0, 0) cannot be -inf: it takes a number between -1e100 and 1e100");
}

TEST_CASE("chosen changes: what the matrix cannot hold is refused", "[lesson][changes]") {
  const Model& model = course_session().model();
  const std::string last = std::to_string(model.weights->encoder_embed.table->n_cols - 1);
  CHECK(refusal("encoder.memory", 9, 0, 1) == "encoder.memory is 9 x 128; it has no cell (9, 0)");
  CHECK(refusal("decoder.ids", 0, 1, 1) == "decoder.ids is 10 x 1; it has no cell (0, 1)");
  CHECK(refusal("encoder.memory", 0, 3, std::nan("")) ==
        "encoder.memory (0, 3) cannot be nan: it takes a number between -1e100 and 1e100");
  CHECK(refusal("encoder.memory", 0, 3, 1e101) ==
        "encoder.memory (0, 3) cannot be 1e+101: it takes a number between -1e100 and 1e100");
  CHECK(refusal("decoder.layers.0.self_attn.head.0.scores", 0, 0, -kInfinity) ==
        "decoder.layers.0.self_attn.head.0.scores (0, 0) cannot be -inf: it takes a number between -1e100 and 1e100");
  CHECK(refusal("encoder.ids", 2, 0, 1e9) ==
        "encoder.ids (2, 0) cannot be 1e+09: the vocabulary has the ids 0 to " + last);
  CHECK(refusal("decoder.ids", 2, 0, 3.5) ==
        "decoder.ids (2, 0) cannot be 3.5: the vocabulary has the ids 0 to " + last);
  CHECK(refusal("encoder.ids", 2, 0, -1) == "encoder.ids (2, 0) cannot be -1: the vocabulary has the ids 0 to " + last);
  CHECK(refusal("encoder.visible", 2, 0, 0.5) ==
        "encoder.visible (2, 0) cannot be 0.5: a token is visible, 1, or padding, 0");
  const Session wordless = wordless_session();
  CHECK(refusal(setting(wordless, "encoder.visible", 0, 0, 0), wordless) ==
        "encoder.visible (0, 0) cannot be 0: no other token is visible, and a query must see something");
}
