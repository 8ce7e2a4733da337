#pragma once

#include <vector>

#include "engine/search/finished.hpp"

namespace glass::search {

/// Hugging Face from 4.50.0: n slots for finished translations, filled from the step's n best candidates. The search
/// goes on while the best beam *that goes on* could still beat the worst slot.
/// @source transformers 4.57.6, `_beam_search` and its helpers
/// @deviation there a finished translation goes on, 1e9 worse, when a tiny vocabulary gives too few others; here never
class FinishedSlots final : public Finished {
 public:
  FinishedSlots(const Settings& settings, const Rules& rules);

  std::vector<Continuation> advance(const std::vector<Beam>& beams,
                                    const std::vector<Continuation>& candidates) override;
  bool done() const override { return done_; }
  std::vector<Hypothesis> take(const std::vector<Beam>& beams) override;

 private:
  bool all_filled() const { return slots_.size() == settings_.num_beams; }
  void fill(Hypothesis hypothesis);
  bool can_improve(const std::vector<Continuation>& going_on, std::size_t length) const;

  const Settings& settings_;
  const Rules& rules_;
  std::vector<Hypothesis> slots_;  ///< the filled ones, best first
  bool done_ = false;
};

}  // namespace glass::search
