#include "engine/lesson/perform.hpp"

#include <algorithm>
#include <cmath>

#include "engine/golden/case.hpp"
#include "engine/lesson/code.hpp"
#include "engine/lesson/expand.hpp"
#include "engine/lesson/figures.hpp"
#include "engine/lesson/names.hpp"
#include "engine/lesson/why.hpp"
#include "engine/reference/experiment.hpp"

namespace glass::lesson {
namespace {

/// Computes a step's body.
struct Performer {
  const Lesson& lesson;
  const Session& session;
  using Result = decltype(Performed::result);

  Result operator()(const Prose&) const { return std::monostate{}; }

  Result operator()(const Show& show) const {
    const Pass& pass = show.padded ? session.padded() : session.plain();
    if (show.zoom == Zoom::cell) return cell(show, pass);
    Shown shown{.padded = show.padded};
    if (show.zoom == Zoom::heat || show.zoom == Zoom::growing) shown.title = panels_title(session, show.names);
    for (const std::string& text : show.names) {
      for (const Name name : names_of(session, text)) add(shown, figure_of(pass, name), show, name);
    }
    return shown;
  }

  Result operator()(const Derive& derive) const {
    screen::Figure figure = figure_of(session, derive);
    if (derive.zoom == Zoom::heat) figure.form = screen::Form::heat;
    return Shown{.figures = {std::move(figure)}};
  }

  Result operator()(const Epochs& epochs) const {
    if (!session.has_golden())
      return Shown{.not_here = "the record of the training is of the course's own sentence and model"};
    const std::string name = to_string(name_of(session, epochs.name));
    return Shown{.title = "word_sum(epoch.E." + name + ")", .figures = epoch_figures(session, epochs)};
  }

  Result operator()(const Code& code) const { return Listed{code.file, function_text(code.file, code.function)}; }

  Result operator()(const Departure& departure) const {
    return Departed{expand(departure.paper, lesson, session), expand(departure.model, lesson, session)};
  }

  Result operator()(const Proof& proof) const { return Proved{proof.measure(session, Experiment{}), proof.bound}; }

  Result operator()(const Predict& predict) const {
    Asked asked;
    const std::string right = expand(predict.choices.at(predict.answer(session)), lesson, session);
    for (const Text& choice : predict.choices) {
      const std::string text = expand(choice, lesson, session);
      if (std::find(asked.choices.begin(), asked.choices.end(), text) == asked.choices.end())
        asked.choices.push_back(text);
    }
    const auto found = std::find(asked.choices.begin(), asked.choices.end(), right);
    asked.answer = static_cast<std::size_t>(found - asked.choices.begin());
    return asked;
  }

  Result operator()(const Try& trial) const {
    Experiment experiment;
    trial.change(session, experiment);
    Tried tried{what_if(session, experiment), trial.lists, {}, {}};
    const Pass after = pass_of(session.model(), tried.outcome.after);
    for (const std::string& text : trial.shows) {
      for (const Name name : names_of(session, text)) {
        if (!after.trace.contains(name)) continue;
        tried.figures.emplace_back(figure_of(session.plain(), name), figure_of(after, name));
        tried.origins.push_back({name});
      }
    }
    return tried;
  }

  Result operator()(const Table& table) const { return Tabled{expand(table.of, lesson, session), table.grid(session)}; }

 private:
  static void add(Shown& shown, screen::Figure figure, const Show& show, Name name) {
    const std::size_t n_rows = figure.values.rows;
    std::vector<screen::Figure>& figures = shown.figures;
    const std::size_t first = show.zoom == Zoom::row ? index_of(show.at.row, n_rows) : 0;
    if (show.zoom == Zoom::heat || show.zoom == Zoom::growing) figure.form = screen::Form::heat;
    if (show.zoom == Zoom::row) figure = row_of(figure, first);
    if (show.zoom == Zoom::growing && n_rows > 2) {
      for (const std::size_t rows : {std::size_t{1}, (n_rows + 2) / 3, (2 * n_rows + 2) / 3})
        figures.push_back(first_rows(figure, rows));
    }
    if (show.zoom == Zoom::growing) figure = first_rows(figure, n_rows);
    figures.push_back(std::move(figure));
    shown.origins.resize(figures.size(), {name, first});
  }

  Shown cell(const Show& show, const Pass& pass) const {
    const Name name = name_of(session, show.names.front());
    const Matrix& matrix = pass.trace.at(name);
    const std::size_t i = index_of(show.at.row, matrix.rows);
    const std::size_t j = show.predicted ? static_cast<std::size_t>(session.target_ids().at(i))
                          : show.largest ? best(matrix.view(), i)
                                         : index_of(show.at.col, matrix.cols);
    Why why = lesson::why(session, pass, {to_string(name), false, i, j});
    return {.padded = show.padded,
            .cell = std::move(why.explanation),
            .row_label = std::move(why.row_label),
            .col_label = std::move(why.col_label),
            .term_labels = std::move(why.term_labels)};
  }
};

std::string failure_of(const Performed& step) {
  if (const auto* proved = std::get_if<Proved>(&step.result); proved != nullptr && !proved->holds()) {
    return "\"" + step.title + "\" does not hold: the difference is " + std::to_string(proved->measured.value) +
           ", expected at most " + std::to_string(proved->bound);
  }
  const auto* shown = std::get_if<Shown>(&step.result);
  if (shown != nullptr && shown->cell && !shown->cell->agrees())
    return to_string(shown->cell->name) + ": the contract gives " + std::to_string(shown->cell->value) +
           ", recorded is " + std::to_string(shown->cell->recorded);
  return "";
}

/// The recorded matrices that a step stands on.
std::vector<std::string> names_in(const Step& step) {
  if (const auto* show = std::get_if<Show>(&step.body)) return show->names;
  if (const auto* derive = std::get_if<Derive>(&step.body)) return derive->operands;
  if (const auto* trial = std::get_if<Try>(&step.body)) return trial->shows;
  return {};
}

/// A derived matrix of the golden operands against the one that was shown; empty if they agree.
std::string check_derived(const Session& session, const Trace& golden, const Derive& derive) {
  const Matrix expected = derived_from(golden, session, derive), got = derived_from(session.trace(), session, derive);
  for (std::size_t k = 0; k < expected.values.size(); ++k) {
    const double off = std::abs(expected.values[k] - got.values[k]);
    if (!(off <= 1e-9 * (1 + std::abs(expected.values[k]))))
      return figure_of(session, derive).title + " differs from what the golden gives in cell " + std::to_string(k);
  }
  return "";
}

std::string check_derived(const Performance& performance) {
  const Session& session = performance.session;
  if (!session.has_golden()) return "";
  const golden::Case hello = golden::load(session.topic().data / "golden" / "hello.npz", session.dims());
  for (const Step& step : performance.lesson.steps) {
    const auto* derive = std::get_if<Derive>(&step.body);
    if (derive == nullptr) continue;
    std::string failure = check_derived(session, hello.expected, *derive);
    if (!failure.empty()) return failure;
  }
  return "";
}

}  // namespace

Performed perform(const Step& step, const Lesson& lesson, const Session& session) {
  return {expand(step.title, lesson, session), expand(step.says, lesson, session),
          expand(step.because, lesson, session), std::visit(Performer{lesson, session}, step.body)};
}

Performance perform(const Lesson& lesson, const Session& session) {
  Performance performance{lesson, session, {}, {}, ""};
  for (const Step& step : lesson.steps) {
    performance.steps.push_back(perform(step, lesson, session));
    for (const std::string& text : names_in(step)) {
      for (const Name name : names_of(session, text)) performance.shown.push_back(name);
    }
    if (performance.failure.empty()) performance.failure = failure_of(performance.steps.back());
  }
  return performance;
}

Verification verify(const Performance& performance) {
  std::vector<Name> names = names_matching(performance.session.dims(), performance.lesson.builds);
  names.insert(names.end(), performance.shown.begin(), performance.shown.end());
  Verification found = verify(performance.session, names);
  if (found.failure.empty()) found.failure = check_derived(performance);
  if (found.failure.empty()) found.failure = performance.failure;
  return found;
}

}  // namespace glass::lesson
