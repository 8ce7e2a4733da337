#pragma once

#include <limits>
#include <vector>

#include "engine/search/finished.hpp"

namespace glass::search {

/// Hugging Face up to 4.49: a list of at most n finished translations. The search stops once the worst of them is no
/// worse than the step's best candidate, one that has just ended included; beams still running then are added at the
/// end if the list is not done.
/// @source transformers 4.47.1, `BeamSearchScorer` and `BeamHypotheses`
class FinishedList final : public Finished {
 public:
  FinishedList(const Settings& settings, const Rules& rules);

  std::vector<Continuation> advance(const std::vector<Beam>& beams,
                                    const std::vector<Continuation>& candidates) override;
  bool done() const override { return done_ || at_end_; }
  std::vector<Hypothesis> take(const std::vector<Beam>& beams) override;

 private:
  void add(const Ids& ids, double score);
  bool is_done(double best, std::size_t length) const;

  const Settings& settings_;
  const Rules& rules_;
  std::vector<Hypothesis> list_;  ///< in the order added, without the end token
  double worst_ = 1e9;
  bool done_ = false;
  bool at_end_ = false;
};

}  // namespace glass::search
