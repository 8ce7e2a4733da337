#include <cmath>

#include "engine/lesson/made_up.hpp"
#include "engine/lesson/names.hpp"
#include "engine/lesson/proofs.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/lesson/sites.hpp"

namespace glass::lesson::proof {
namespace {

/// Stages whose keys are projected without their bias.
Stages without_key_bias(const Stages& stage) {
  Stages changed = stage;
  changed.project = [whole = stage.project](const Mat& x, const Linear& linear) {
    if (!linear.name.ends_with(".k_proj")) return whole(x, linear);
    Linear bare = linear;
    bare.b.zeros();
    return whole(x, bare);
  };
  return changed;
}

}  // namespace

bool holds(Measured (*claim)(const Session&, const Experiment&), const Session& session, double bound) {
  return claim(session, Experiment{}).value <= bound;
}

Measured scaled_query_scales_scores(const Session& session, const Experiment& under) {
  double largest = 0;
  for (const Name name : names_matching(session.dims(), {"*.head.H.scores"})) {
    const Mat query = recorded(session.trace(), with_leaf(name, "query"));
    const Mat key = recorded(session.trace(), with_leaf(name, "key"));
    const Mat small_query = query / std::sqrt(static_cast<double>(query.n_cols));
    largest = std::max(largest, difference(under.stages.scores(query, key), small_query * key.t()));
  }
  return {largest, ""};
}

Measured variance_is_d_k(const Session& session, const Experiment& under) {
  double largest = 0;
  for (const std::size_t d_k :
       {std::size_t{4}, std::size_t{16}, std::size_t{64}, session.dims().d_model / session.dims().encoder.n_heads}) {
    largest = std::max(largest, std::abs(variance_of_scores(under.stages, d_k) - 1));
  }
  return {largest, ""};
}

Measured key_bias_is_unseen(const Session& session, const Experiment& under) {
  double largest = 0;
  const Stages bare = without_key_bias(under.stages);
  for (const Site& site : attention_sites(session, session.plain(), under.stages)) {
    const Trace with = attend_at(site, under.stages), without = attend_at(site, bare);
    for (const auto& [name, weights] : with) {
      if (!row_of(name).name.ends_with(".weights")) continue;
      largest = std::max(largest, difference(recorded(without, name), recorded(with, name)));
    }
  }
  return {largest, ""};
}

}  // namespace glass::lesson::proof
