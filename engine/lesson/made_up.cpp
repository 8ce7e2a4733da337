#include "engine/lesson/made_up.hpp"

#include <limits>

#include "engine/golden/case.hpp"
#include "engine/lesson/random.hpp"
#include "engine/lesson/runs.hpp"

namespace glass::lesson {
namespace {

/// The one input of a stage case.
Mat input_of(const Session& session, const std::string& case_name) {
  const golden::Case made_up = golden::load(session.topic().data / "golden" / (case_name + ".npz"), session.dims());
  return recorded(made_up.inputs, made_up.inputs.begin()->first);
}

}  // namespace

Mat huge_scores(const Session& session) {
  if (session.topic().shipped_model) return input_of(session, "huge-scores");
  const double hidden = -std::numeric_limits<double>::infinity();
  return {{1000.2, -1000.5, 996.6, 597.6, 1001.8, hidden}, {-1000.3, -999.2, -999.7, -1000.6, -999.0, hidden}};
}

Mat flat_rows(const Session& session) {
  if (session.topic().shipped_model) return input_of(session, "flat-row");
  Random random(20160721);
  Mat rows = random.normal(2, session.dims().d_model);
  rows.row(0) *= 1e-3;
  return rows;
}

double variance_of_scores(const Stages& stage, std::size_t d_k) {
  constexpr std::size_t kVectors = 16, kNumbers = 5120;
  Random random(d_k);
  double sum = 0, squares = 0, count = 0;
  for (std::size_t block = 0; block < std::max<std::size_t>(kNumbers / d_k, 1); ++block) {
    const Mat query = random.normal(kVectors, d_k), key = random.normal(kVectors, d_k);
    const Mat scores = stage.scores(query, key);
    sum += arma::accu(scores);
    squares += arma::accu(arma::square(scores));
    count += static_cast<double>(scores.n_elem);
  }
  return squares / count - (sum / count) * (sum / count);
}

}  // namespace glass::lesson
