#pragma once

#include <vector>

#include "engine/search/finished.hpp"

namespace glass::search {

/// Hugging Face from 4.50.0: n slots for finished translations. The search goes on while the best beam *that goes on*
/// could still beat the worst slot. A finished translation counts only among the step's n best candidates, and never
/// goes on (there it may, with 1e9 taken off, when a vocabulary is too small to give n others).
/// @source transformers 4.57.6, `_beam_search` and its helpers
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
