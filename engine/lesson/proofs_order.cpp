#include "engine/lesson/changes.hpp"
#include "engine/lesson/proofs.hpp"
#include "engine/lesson/runs.hpp"

namespace glass::lesson::proof {

Measured order_is_unseen_without_positions(const Session& session, const Experiment& under) {
  Source source = source_in(session);
  if (source.ids.size() < 2) return {0, "there is only one token"};
  Experiment placeless = under;
  change::forget_positions(session, placeless);
  const Mat before = recorded(record(session.model(), placeless, source, read_in(session)), "encoder.memory");
  std::swap(source.ids.front(), source.ids.back());
  Mat after = recorded(record(session.model(), placeless, source, read_in(session)), "encoder.memory");
  after.swap_rows(0, after.n_rows - 1);
  return {difference(after, before), ""};
}

}  // namespace glass::lesson::proof
