#include <algorithm>
#include <set>

#include "engine/lesson/changes.hpp"
#include "engine/lesson/history.hpp"
#include "engine/lesson/names.hpp"
#include "engine/lesson/proofs.hpp"
#include "engine/lesson/runs.hpp"
#include "engine/lesson/what_if.hpp"

namespace glass::lesson::proof {
namespace {

/// The decoder's side of what another source sentence does.
Parting part_by_source(const Session& session, const Experiment& under) {
  Experiment swapped = under;
  change::swap_source(session, swapped);
  Parting parting = part(record(session, under), record(session, swapped), session.dims());
  for (std::vector<Name>* names : {&parting.equal, &parting.first_changed})
    std::erase_if(*names, [](Name name) { return row_of(name).name.starts_with("encoder."); });
  return parting;
}

}  // namespace

Measured source_is_not_read_before(const Session& session, const Experiment& under) {
  const std::vector<Name> equal = part_by_source(session, under).equal;
  const std::vector<Name> decoder = names_matching(session.dims(), {"decoder.*"});
  const Name query = parse_name("decoder.layers.0.encoder_attn.query").value();
  const auto expected = std::find(decoder.begin(), decoder.end(), query) - decoder.begin() + 1;
  return {static_cast<double>(std::max<std::ptrdiff_t>(0, expected - std::ssize(equal))), ""};
}

Measured key_and_value_change_first(const Session& session, const Experiment& under) {
  const std::vector<Name> first = part_by_source(session, under).first_changed;
  const std::set<Name> found(first.begin(), first.end());
  const std::set<Name> expected = {parse_name("decoder.layers.0.encoder_attn.key").value(),
                                   parse_name("decoder.layers.0.encoder_attn.value").value()};
  std::vector<Name> wrong;
  std::set_symmetric_difference(found.begin(), found.end(), expected.begin(), expected.end(),
                                std::back_inserter(wrong));
  return {static_cast<double>(wrong.size()), ""};
}

Measured rows_stay_as_target_grows(const Session& session, const Experiment& under) {
  constexpr std::size_t kLengths = 8;
  const Ids read = read_in(session);
  if (read.size() < 2) return {0, "there is only one decoder row"};
  const Trace whole = record(session, under);
  double largest = 0;
  const std::size_t n_lengths = std::min(kLengths, read.size() - 1);
  for (std::size_t k = 1; k <= n_lengths; ++k) {
    const std::size_t length = k * (read.size() - 1) / n_lengths;
    const Ids shorter(read.begin(), read.begin() + static_cast<std::ptrdiff_t>(length));
    const Trace trace = record(session.model(), under, source_in(session), shorter);
    for (const Name name : names_matching(session.dims(), {"*.encoder_attn.head.H.weights", "*.encoder_attn.norm"}))
      largest = std::max(largest, difference(recorded(trace, name), recorded(whole, name).head_rows(length)));
  }
  return {largest, ""};
}

Measured history_ends_in_this_model(const Session& session, const Experiment& under) {
  if (!session.has_golden()) return {0, "the training was watched on the course's own sentence"};
  const History history = read_history(session);
  const Trace now = record(session, under);
  double largest = 0;
  for (const auto& [name, weights] : history.epochs.back())
    largest = std::max(largest, difference(recorded(now, name), recorded(history.epochs.back(), name)));
  for (const Trace& epoch : history.epochs) {
    for (const auto& [name, weights] : epoch) {
      const Mat sums = arma::sum(recorded(epoch, name), 1);
      largest = std::max(largest, difference(sums, Mat(sums.n_rows, 1, arma::fill::ones)));
    }
  }
  return {largest, ""};
}

}  // namespace glass::lesson::proof
