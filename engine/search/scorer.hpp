#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace glass::search {

/// A change to one row's scores, computed by search from the tokens so far, applied by the scorer before it looks for
/// the best. `logits` are the row's raw logits, `log_sum_exp` theirs. The changes of a row act in this order, whatever
/// the order of the list: penalise, ban, only.
struct Change {
  enum class Kind {
    ban,      ///< the id's logit becomes -infinity
    only,     ///< the ids so named get logit `log_sum_exp` (log-probability 0), every other id -infinity, bans included
    penalise  ///< score s of the id becomes s * factor if s < 0, else s / factor; s is the logit, or with
              ///< `penalise_log_probabilities` s = logit - log_sum_exp, and the logit becomes log_sum_exp + the new s
  };
  std::uint32_t row = 0;
  std::int64_t id = 0;
  Kind kind = Kind::ban;
  double factor = 1.0;  ///< of penalise
};

/// One possible next token of a row and its logit after the changes.
struct Candidate {
  std::int64_t id = 0;
  double logit = 0.0;
};

/// What search needs to know of a row of logits.
struct RowScores {
  double log_sum_exp = 0.0;          ///< log sum_v exp(logit_v) over the whole vocabulary, before the changes
  double log_sum_exp_changed = 0.0;  ///< the same after the changes (what renormalize_logits subtracts)
  std::vector<Candidate> best;  ///< best first, of equal logits the lower id; ids with logit -infinity are left out
};

/// What search asks of a model: scores of the next token for a set of rows. A row is one beam of one sentence.
/// The reference and the fast path implement it; search knows neither.
class Scorer {
 public:
  virtual ~Scorer() = default;

  /// Encodes the sentences (ids ending with eos) and forgets everything before. Afterwards row i is sentence i with no
  /// target token yet.
  /// @throws std::runtime_error or std::invalid_argument if a sentence cannot be encoded (too long, id out of range)
  virtual void start(const std::vector<std::vector<std::int64_t>>& sentences) = 0;

  /// Feeds one token to every row and scores the next one.
  /// @param tokens   token fed to new row r; the decoder's start token in the first step
  /// @param parents  new row r continues row parents[r] of the previous step (of `start` in the first step); a row may
  ///                 be continued several times, and a row that is not named is dropped for good
  /// @param changes  sorted by row; rows count as in `tokens`
  /// @param best     how many candidates to return for each row, at most; fewer only if the vocabulary, without the
  ///                 hidden ids, is smaller
  /// @param penalise_log_probabilities  what `Change::Kind::penalise` acts on: false (greedy) logits, true (beam)
  ///                                    log-probabilities
  /// @return one RowScores for every token, in the same order
  virtual std::vector<RowScores> step(const std::vector<std::int64_t>& tokens,
                                      const std::vector<std::uint32_t>& parents, const std::vector<Change>& changes,
                                      std::size_t best, bool penalise_log_probabilities) = 0;
};

}  // namespace glass::search
