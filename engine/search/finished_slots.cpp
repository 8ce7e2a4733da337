#include "engine/search/finished_slots.hpp"

#include <algorithm>

namespace glass::search {

namespace {

constexpr double kEmpty = -1e9;  ///< the score of an empty slot

Hypothesis finish(const Beam& beam, const Continuation& last, double score) {
  Hypothesis hypothesis{Ids(beam.ids.begin() + 1, beam.ids.end()), score};
  hypothesis.ids.push_back(last.id);
  return hypothesis;
}

}  // namespace

FinishedSlots::FinishedSlots(const Settings& settings, const Rules& rules) : settings_(settings), rules_(rules) {}

std::vector<Continuation> FinishedSlots::advance(const std::vector<Beam>& beams,
                                                 const std::vector<Continuation>& candidates) {
  const std::size_t length = beams.front().ids.size();  // tokens generated, with this one
  const bool at_end = length + 1 >= settings_.max_length;
  std::vector<Continuation> going_on;
  for (std::size_t rank = 0; rank < candidates.size(); ++rank) {
    const Continuation& candidate = candidates[rank];
    if (!at_end && !is_eos(candidate.id, settings_)) {
      if (going_on.size() < settings_.num_beams) going_on.push_back(candidate);
    } else if (rank < settings_.num_beams) {
      fill(finish(beams[candidate.beam], candidate, rules_.score(candidate.total, length, settings_)));
    }
  }
  const bool full = settings_.early_stopping == EarlyStopping::yes && all_filled();
  done_ = full || going_on.empty() || !can_improve(going_on, length);
  return going_on;
}

void FinishedSlots::fill(Hypothesis hypothesis) {
  if (!(hypothesis.score > kEmpty)) return;
  const auto worse = [](double score, const Hypothesis& slot) { return score > slot.score; };
  slots_.insert(std::upper_bound(slots_.begin(), slots_.end(), hypothesis.score, worse), std::move(hypothesis));
  if (slots_.size() > settings_.num_beams) slots_.pop_back();
}

bool FinishedSlots::can_improve(const std::vector<Continuation>& going_on, std::size_t length) const {
  const bool any_length = settings_.early_stopping == EarlyStopping::never && settings_.length_penalty > 0;
  const double best = rules_.score(going_on.front().total, any_length ? settings_.max_length - 1 : length, settings_);
  return best > (all_filled() ? slots_.back().score : kEmpty);
}

std::vector<Hypothesis> FinishedSlots::take(const std::vector<Beam>&) { return std::move(slots_); }

}  // namespace glass::search
