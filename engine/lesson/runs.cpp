#include "engine/lesson/runs.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/reference/scorer.hpp"
#include "engine/reference/settings.hpp"

namespace glass::lesson {

Source source_in(const Session& session) { return source_of(session.source_ids()); }

Ids read_in(const Session& session) {
  const Mat ids = recorded(session.trace(), "decoder.ids");
  return {ids.begin(), ids.end()};
}

Trace record(const Model& model, const Experiment& experiment, const Source& source, const Ids& read) {
  Recording recording{.trace = {}, .edits = experiment.edits, .wants = {}};
  run(*model.weights, experiment.stages, source, read, Seam(recording));
  return std::move(recording.trace);
}

Trace record(const Session& session, const Experiment& experiment) {
  return record(session.model(), experiment, source_in(session), read_in(session));
}

search::Settings quick_settings(const Session& session) { return quick_settings(session, session.source_ids().size()); }

search::Settings quick_settings(const Session& session, std::size_t n_source) {
  constexpr std::size_t kBeamSource = 20, kBeamTarget = 37, kGreedyTarget = 48;
  search::Settings settings = settings_of(session.model().checkpoint);
  const bool is_long = n_source > kBeamSource;
  if (is_long) settings.num_beams = 1;
  const std::size_t most = is_long ? kGreedyTarget : std::min(kBeamTarget, 3 * n_source + 10);
  settings.max_length = std::min(settings.max_length, most);
  settings.min_length = std::min(settings.min_length, settings.max_length);
  return settings;
}

Mat stepwise_logits(const Session& session, const Experiment& experiment, std::size_t n_steps) {
  const Ids read = read_in(session);
  const std::size_t n_ids = session.dims().vocab_size;
  ReferenceScorer scorer(session.model().weights, experiment.stages, experiment.edits);
  scorer.start({session.source_ids()});
  Mat logits(std::min(n_steps, read.size()), n_ids);
  for (std::size_t i = 0; i < logits.n_rows; ++i) {
    const search::RowScores scores = scorer.step({read[i]}, {0}, {}, n_ids, false).front();
    for (const search::Candidate& next : scores.best) logits(i, static_cast<arma::uword>(next.id)) = next.logit;
  }
  return logits;
}

Mat recorded(const Trace& trace, Name name) {
  const Matrix& matrix = trace.at(name);
  return Mat(matrix.values.data(), matrix.rows, matrix.cols);
}

Mat recorded(const Trace& trace, const std::string& name) { return recorded(trace, parse_name(name).value()); }

Name with_leaf(Name name, const std::string& leaf) {
  const std::string text = to_string(name);
  return parse_name(text.substr(0, text.rfind('.') + 1) + leaf).value();
}

double difference(const Mat& a, const Mat& b) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  if (arma::size(a) != arma::size(b)) return kInfinity;
  double largest = 0;
  for (arma::uword k = 0; k < a.n_elem; ++k) {
    if (a[k] == b[k]) continue;
    const double off = std::abs(a[k] - b[k]) / (1 + std::abs(b[k]));
    if (std::isnan(off)) return kInfinity;
    largest = std::max(largest, off);
  }
  return largest;
}

std::size_t n_differing(const Ids& a, const Ids& b) {
  const std::size_t common = std::min(a.size(), b.size());
  std::size_t n = std::max(a.size(), b.size()) - common;
  for (std::size_t i = 0; i < common; ++i) n += a[i] != b[i] ? 1 : 0;
  return n;
}

Mat columns_of_head(const Mat& x, std::size_t head, std::size_t n_heads) {
  const std::size_t d_k = x.n_cols / n_heads;
  return x.cols(head * d_k, (head + 1) * d_k - 1);
}

}  // namespace glass::lesson
