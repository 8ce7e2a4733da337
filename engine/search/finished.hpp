#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/search/rules.hpp"
#include "engine/search/settings.hpp"

namespace glass::search {

/// One running beam: its tokens, the start token first, and the sum of their log-probabilities.
struct Beam {
  Ids ids;
  double sum = 0.0;
  std::uint32_t row = 0;  ///< its row in the scorer's last step
};

/// A beam and a token that could follow it.
struct Continuation {
  std::size_t beam = 0;
  std::int64_t id = 0;
  double total = 0.0;  ///< the beam's sum with the token's log-probability
};

/// One sentence's finished translations, and the rule that keeps them, picks the beams that go on and says when to
/// stop: what the releases of the library differ in.
class Finished {
 public:
  virtual ~Finished() = default;

  /// Takes in one step.
  /// @param beams       the running beams, all of the same length
  /// @param candidates  their best continuations, best first
  /// @return the continuations that go on, best first, at most num_beams
  virtual std::vector<Continuation> advance(const std::vector<Beam>& beams,
                                            const std::vector<Continuation>& candidates) = 0;

  /// Whether the sentence needs no further step.
  virtual bool done() const = 0;

  /// The translations, best first, at most num_beams.
  /// @param beams  those still running when the search ended
  virtual std::vector<Hypothesis> take(const std::vector<Beam>& beams) = 0;
};

/// The rule of `settings.release`; settings and rules must outlive it.
std::unique_ptr<Finished> make_finished(const Settings& settings, const Rules& rules);

}  // namespace glass::search
