#include "engine/search/finished_list.hpp"

#include <algorithm>

namespace glass::search {

FinishedList::FinishedList(const Settings& settings, const Rules& rules) : settings_(settings), rules_(rules) {}

std::vector<Continuation> FinishedList::advance(const std::vector<Beam>& beams,
                                                const std::vector<Continuation>& candidates) {
  const std::size_t length = beams.front().ids.size();  // tokens generated, with this one
  std::vector<Continuation> going_on;
  for (std::size_t rank = 0; rank < candidates.size() && going_on.size() < settings_.num_beams; ++rank) {
    const Continuation& candidate = candidates[rank];
    if (!is_eos(candidate.id, settings_)) {
      going_on.push_back(candidate);
    } else if (rank < settings_.num_beams) {
      add(beams[candidate.beam].ids, rules_.score(candidate.total, length, settings_));
    }
  }
  done_ = is_done(candidates.front().total, length);
  at_end_ = going_on.empty() || length + 1 >= settings_.max_length;
  return going_on;
}

void FinishedList::add(const Ids& ids, double score) {
  if (list_.size() >= settings_.num_beams && !(score > worst_)) return;
  list_.push_back({Ids(ids.begin() + 1, ids.end()), score});
  const auto lower = [](const Hypothesis& left, const Hypothesis& right) { return left.score < right.score; };
  if (list_.size() <= settings_.num_beams) {
    worst_ = std::min(worst_, score);
    return;
  }
  list_.erase(std::min_element(list_.begin(), list_.end(), lower));
  worst_ = std::min_element(list_.begin(), list_.end(), lower)->score;
}

bool FinishedList::is_done(double best, std::size_t length) const {
  if (list_.size() < settings_.num_beams) return false;
  if (settings_.early_stopping == EarlyStopping::yes) return true;
  const bool any_length = settings_.early_stopping == EarlyStopping::never && settings_.length_penalty > 0;
  return worst_ >= rules_.score(best, any_length ? settings_.max_length - 1 : length, settings_);
}

std::vector<Hypothesis> FinishedList::take(const std::vector<Beam>& beams) {
  if (!done_) {
    for (const Beam& beam : beams) add(beam.ids, rules_.score(beam.sum, beam.ids.size() - 1, settings_));
  }
  const auto lower = [](const Hypothesis& left, const Hypothesis& right) { return left.score < right.score; };
  std::stable_sort(list_.begin(), list_.end(), lower);
  std::reverse(list_.begin(), list_.end());
  for (Hypothesis& hypothesis : list_) {
    if (hypothesis.ids.size() + 1 < settings_.max_length) hypothesis.ids.push_back(settings_.eos_ids.front());
  }
  return std::move(list_);
}

}  // namespace glass::search
