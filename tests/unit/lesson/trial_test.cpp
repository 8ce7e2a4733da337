#include "engine/lesson/trial.hpp"

#include <cmath>

#include "engine/lesson/changes.hpp"
#include "engine/lesson/names.hpp"
#include "engine/lesson/render_trial.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/screen/width.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary.hpp"
#include "tests/unit/lesson/sessions.hpp"

using namespace glass;
using namespace glass::lesson;
using test::course_session;
using test::message_of;

namespace {

const std::string kBest = "decoder.layers.1.encoder_attn.head.0";

Trial tried(const Session& session, const Offer& offer) { return try_out(session, offer.title, offer.make(session)); }

const Trial& first_word_hidden() {
  static const Trial trial = tried(course_session(), offers(course_session(), {}).at(2));
  return trial;
}

const Trial& source_swapped() {
  static const Trial trial = tried(course_session(), offers(course_session(), {}).at(0));
  return trial;
}

std::string text_of(const screen::Lines& lines) {
  std::string text;
  for (const screen::Line& line : lines) text += screen::plain(line) + "\n";
  return text;
}

std::string shown(const Trial& trial, const std::string& name, std::size_t width) {
  const screen::Lines lines =
      render(course_session(), trial, name_of(course_session(), name), {{.width = width}, false});
  for (const screen::Line& line : lines) CHECK(screen::width(line) <= width);
  return text_of(lines);
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::vector<std::string> titles(const std::vector<Offer>& offers) {
  std::vector<std::string> result;
  for (const Offer& offer : offers) result.push_back(offer.title);
  return result;
}

}  // namespace

TEST_CASE("trial: an experiment that changes nothing restores everything, bit for bit", "[lesson][trial]") {
  const Trial trial = try_out(course_session(), "nothing", {});
  CHECK(trial.changed.empty());
  CHECK(trial.after.trace == course_session().trace());
  CHECK(trial.after.labels.source == course_session().labels().source);
  CHECK(trial.after.labels.target_predicted == course_session().labels().target_predicted);
  CHECK(trial.outcome.after_text == trial.outcome.before_text);
  for (const Undecided& each : entropies(course_session(), trial)) CHECK(each.before == each.after);
  CHECK(contains(shown(trial, kBest + ".weights", 140), "nothing; 359 of 359 matrices stay bit-equal"));
}

TEST_CASE("trial: what changed is told name by name", "[lesson][trial]") {
  const Trial& trial = first_word_hidden();
  CHECK(trial.title == "hide the source word Hello from every encoder_attn");
  CHECK(to_string(trial.changed.front()) == "decoder.layers.0.encoder_attn.head.0.masked_scores");
  CHECK(is_equal(trial, name_of(course_session(), "encoder.memory")));
  CHECK_FALSE(is_equal(trial, name_of(course_session(), "decoder.logits")));
}

TEST_CASE("trial: before, after and their difference", "[lesson][trial]") {
  const Name name = name_of(course_session(), kBest + ".weights");
  const Compared figures = compared(course_session(), first_word_hidden(), name);
  CHECK(figures.before.title == kBest + ".weights");
  CHECK(figures.after.value().title == "changed " + kBest + ".weights");
  CHECK(figures.difference.value().title == "changed " + kBest + ".weights - " + kBest + ".weights");
  const Matrix &before = figures.before.values, &after = figures.after->values;
  CHECK(after(0, 0) == 0);
  CHECK(figures.difference->values(0, 0) == -before(0, 0));
  CHECK(figures.difference->values(2, 4) == after(2, 4) - before(2, 4));
}

TEST_CASE("trial: equal infinities differ by 0", "[lesson][trial]") {
  const Name name = name_of(course_session(), "decoder.layers.0.self_attn.head.0.masked_scores");
  const Compared figures = compared(course_session(), first_word_hidden(), name);
  CHECK(figures.before.values(0, 1) < -1e300);
  for (const double cell : figures.difference.value().values.values) CHECK(cell == 0);
}

TEST_CASE("trial: matrices of other shapes have no difference, and the changed one has its own labels",
          "[lesson][trial]") {
  const Compared figures = compared(course_session(), source_swapped(), name_of(course_session(), kBest + ".weights"));
  CHECK_FALSE(figures.difference);
  CHECK(figures.after.value().col_labels.front() == "▁Where");
  CHECK(figures.before.col_labels.front() == "▁He");
  CHECK(figures.after->row_labels == figures.before.row_labels);
}

TEST_CASE("trial: labels that differ are both told", "[lesson][trial]") {
  const Name ids = name_of(course_session(), "encoder.ids");
  const double other = course_session().trace().at(ids)(5, 0);
  const Trial trial = tried(course_session(), offer_number(course_session(), {ids, 4, 0}, other));
  const std::vector<std::string> labels = compared(course_session(), trial, ids).difference.value().row_labels;
  CHECK(labels.at(3) == ",");
  CHECK(labels.at(4) == "▁how→▁are");
}

TEST_CASE("trial: a matrix that the changed run never had is said to be missing", "[lesson][trial]") {
  Experiment experiment;
  experiment.stages.add_norm = [](const Stages& stage, const Mat& x, const Mat& output, const LayerNorm& norm,
                                  const Seam& trace) { return trace("norm", stage.norm(x + output, norm)); };
  const Trial trial = try_out(course_session(), "no residual is named", experiment);
  const std::string name = "encoder.layers.0.self_attn.residual";
  CHECK_FALSE(compared(course_session(), trial, name_of(course_session(), name)).after);
  CHECK(contains(shown(trial, name, 80), "The changed run has no such matrix."));
}

TEST_CASE("trial: entropy is the mean over the rows, in bits, of every attention", "[lesson][trial]") {
  Experiment experiment;
  experiment.edits.emplace_back([](Name name, Matrix& value, const Trace&) {
    if (to_string(name) != kBest + ".weights") return;
    value = Matrix(value.rows, value.cols);
    for (std::size_t i = 0; i < value.rows; ++i) value(i, 0) = 1;
    for (std::size_t j = 0; j < 4; ++j) value(0, j) = value(1, j) = 0.25;  // 2 bits in two rows of ten
  });
  const Trial trial = try_out(course_session(), "as by hand", experiment);
  const std::vector<Undecided> all = entropies(course_session(), trial);
  CHECK(all.size() == 36);
  for (const Undecided& each : all) {
    if (to_string(each.name) == kBest + ".weights") CHECK(each.after == check::Approx(0.4));
    if (is_equal(trial, each.name)) CHECK(each.after == each.before);
    CHECK(each.before > 0);
  }
}

TEST_CASE("offers: what can be tried here, without and with a cell in focus", "[lesson][trial]") {
  CHECK(titles(offers(course_session(), {})) ==
        std::vector<std::string>{"swap the source for Where is the station?", "switch off " + kBest,
                                 "hide the source word Hello from every encoder_attn",
                                 "zero encoder.embed.positions and decoder.embed.positions"});
  const NamedCell cross{name_of(course_session(), "decoder.layers.0.encoder_attn.head.2.scores"), 1, 5};
  CHECK(titles(offers(course_session(), cross)).at(1) == "switch off decoder.layers.0.encoder_attn.head.2");
  CHECK(titles(offers(course_session(), cross)).at(2) == "hide the source word are from every encoder_attn");
  const NamedCell row{name_of(course_session(), "encoder.memory"), 3, 100};
  CHECK(titles(offers(course_session(), row)).at(1) == "switch off " + kBest);
  CHECK(titles(offers(course_session(), row)).at(2) == "hide the source word , from every encoder_attn");
  const NamedCell target{name_of(course_session(), "decoder.layers.0.self_attn.head.1.weights"), 3, 3};
  CHECK(titles(offers(course_session(), target)).at(2) == "hide the source word Hello from every encoder_attn");
}

TEST_CASE("offers: what would be refused is not offered", "[lesson][trial]") {
  CHECK(offers(test::session_on("\u200b", "Oui."), {}).size() == 3);
  const NamedCell cell{name_of(course_session(), "encoder.ids"), 0, 0};
  CHECK(message_of([] { return offer_source(course_session(), ""); }) ==
        "the other source is blank; the encoder needs a sentence of at least one word");
  CHECK_THAT(message_of([&] { return offer_number(course_session(), cell, 0.5); }),
             check::StartsWith("encoder.ids (0, 0) cannot be 0.5"));
  CHECK(offer_number(course_session(), cell, 12).title == "set encoder.ids (0, 0) to 12");
}

TEST_CASE("render: a trial side by side where there is room, below each other where not", "[lesson][trial]") {
  const std::string wide = shown(first_word_hidden(), kBest + ".weights", 140);
  CHECK(contains(wide, "left alone, it writes   *Bonjour, comment allez-vous ?*"));
  CHECK(contains(wide, "changed, it writes      *Comment vas-tu ?*"));
  CHECK(contains(wide, "bits (0: all on one token), mean of entropy(`" + kBest + ".weights`)"));
  CHECK(contains(wide, "`decoder.layers.0.encoder_attn.head.0.masked_scores` and 3 more; 206 of 359 matrices stay "));
  CHECK(contains(wide, "the difference: changed - unchanged, cell by cell"));
  const auto in_one_line = [](const std::string& text) {
    const std::size_t at = text.find("\n  unchanged");
    const std::string line = text.substr(at + 1, text.find('\n', at + 1) - at);
    return contains(line, " changed - unchanged");
  };
  CHECK(in_one_line(wide));
  CHECK_FALSE(in_one_line(shown(first_word_hidden(), kBest + ".weights", 80)));
}

TEST_CASE("render: every kind of matrix fits every width, in other shapes too", "[lesson][trial]") {
  for (const std::size_t width : {20u, 60u, 80u, 100u, 140u}) {
    for (const std::string name : {"encoder.ids", "encoder.visible", "encoder.memory", "decoder.logits",
                                   "decoder.layers.0.self_attn.head.0.masked_scores", "best.weights"}) {
      CHECK(contains(shown(first_word_hidden(), name, width), "changed"));
      CHECK(contains(shown(source_swapped(), name, width), "changed"));
    }
  }
}
