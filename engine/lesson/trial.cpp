#include "engine/lesson/trial.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

#include "engine/lesson/figures.hpp"
#include "engine/lesson/names.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/trace/derived.hpp"

namespace glass::lesson {
namespace {

/// a - b, and 0 where both are the same infinity.
Matrix difference_of(const Matrix& a, const Matrix& b) {
  Matrix result = derive(DerivedOp::difference, {a.view(), b.view()});
  for (std::size_t k = 0; k < result.values.size(); ++k) {
    if (a.values[k] == b.values[k]) result.values[k] = 0;
  }
  return result;
}

/// The labels of both runs; where they differ, "▁how→▁where".
std::vector<std::string> joined(std::vector<std::string> before, const std::vector<std::string>& after) {
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i] != after[i]) before[i] += "→" + after[i];
  }
  return before;
}

screen::Figure difference_figure(const screen::Figure& before, const screen::Figure& after) {
  screen::Figure figure = before;
  figure.title = "changed " + before.title + " - " + before.title;
  figure.panel = "changed - unchanged";
  figure.values = difference_of(after.values, before.values);
  figure.row_labels = joined(before.row_labels, after.row_labels);
  figure.col_labels = joined(before.col_labels, after.col_labels);
  if (before.scale != screen::Scale::none) figure.scale = screen::Scale::signed_;
  return figure;
}

/// Mean over the rows of entropy(NAME).
double mean_entropy(const Trace& trace, Name weights) {
  const auto found = trace.find(weights);
  if (found == trace.end()) return std::numeric_limits<double>::quiet_NaN();
  const std::vector<double> bits = derive(DerivedOp::entropy, {found->second.view()}).values;
  return std::accumulate(bits.begin(), bits.end(), 0.0) / static_cast<double>(bits.size());
}

}  // namespace

Trial try_out(const Session& session, std::string title, const Experiment& experiment) {
  Trial trial;
  trial.title = std::move(title);
  trial.outcome = what_if(session, experiment);
  trial.after = pass_of(session.model(), std::move(trial.outcome.after));
  std::vector<std::string>& predicted = trial.after.labels.target_predicted;
  const std::vector<std::string>& asked = session.labels().target_predicted;
  if (!predicted.empty() && predicted.size() == asked.size()) predicted.back() = asked.back();
  trial.changed = changed_names(session.trace(), trial.after.trace, session.dims());
  return trial;
}

Compared compared(const Session& session, const Trial& trial, Name name) {
  Compared result{figure_of(session.plain(), name), {}, {}};
  result.before.panel = "unchanged";
  if (!trial.after.trace.contains(name)) return result;
  result.after = figure_of(trial.after, name);
  result.after->panel = "changed";
  const Matrix &before = result.before.values, &after = result.after->values;
  if (before.rows == after.rows && before.cols == after.cols)
    result.difference = difference_figure(result.before, *result.after);
  result.after->title = "changed " + result.before.title;
  return result;
}

Undecided entropy_of(const Session& session, const Trial& trial, Name weights) {
  return {weights, mean_entropy(session.trace(), weights), mean_entropy(trial.after.trace, weights)};
}

std::vector<Undecided> entropies(const Session& session, const Trial& trial) {
  std::vector<Undecided> all;
  for (const Name name : names_matching(session.dims(), {"*.weights"})) all.push_back(entropy_of(session, trial, name));
  return all;
}

bool is_equal(const Trial& trial, Name name) {
  return std::find(trial.changed.begin(), trial.changed.end(), name) == trial.changed.end();
}

}  // namespace glass::lesson
