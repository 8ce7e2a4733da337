#pragma once

#include "engine/reference/decoder.hpp"
#include "engine/search/scorer.hpp"

namespace glass {

/// The readable transformer as search sees it. It has no batch and no cache: every step reads each row's whole prefix
/// again, which is slow, and is what any cache must equal.
class ReferenceScorer final : public search::Scorer {
 public:
  /// @param edits  run at the seam in every step (an experiment's), none for the plain model
  ReferenceScorer(std::shared_ptr<const Weights> weights, Stages stages, std::vector<Edit> edits = {});

  void start(const std::vector<Ids>& sentences) override;
  std::vector<search::RowScores> step(const Ids& tokens, const std::vector<std::uint32_t>& parents,
                                      const std::vector<search::Change>& changes, std::size_t best,
                                      bool penalise_log_probabilities) override;

 private:
  /// A sentence as the decoder asks it, and, where there are edits, what they may look back at.
  struct Encoded {
    Memory memory;
    Trace trace;
  };

  /// One beam: the sentence it translates and what it has read so far.
  struct Beam {
    std::shared_ptr<const Encoded> source;
    Ids read;
  };

  [[nodiscard]] std::vector<double> last_logits(const Beam& beam);

  std::shared_ptr<const Weights> weights_;
  Stages stages_;
  Recording recording_;  ///< carries the edits, and what the present row recorded for them
  std::vector<Beam> beams_;
};

}  // namespace glass
