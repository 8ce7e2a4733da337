#pragma once

#include <string>

#include "engine/lesson/session.hpp"
#include "engine/reference/experiment.hpp"

namespace glass::lesson {

/// The source sentence as the encoder reads it, without padding.
[[nodiscard]] Source source_in(const Session& session);

/// What the decoder reads: the start token, then the target without its closing end-of-sentence.
[[nodiscard]] Ids read_in(const Session& session);

/// Runs one sentence pair under an experiment and records every name.
[[nodiscard]] Trace record(const Model& model, const Experiment& experiment, const Source& source, const Ids& read);

/// Runs the session's pair under an experiment and records every name.
[[nodiscard]] Trace record(const Session& session, const Experiment& experiment);

/// The checkpoint's way to search, made quick enough for a lesson on a model that reads the whole prefix at every step
/// and may be broken, never to end a sentence: at most three times the source and ten more tokens, and never more than
/// 37; a source of more than 20 tokens is translated greedily, up to 48 tokens.
[[nodiscard]] search::Settings quick_settings(const Session& session);

/// The same where the encoder reads another source, of so many tokens.
[[nodiscard]] search::Settings quick_settings(const Session& session, std::size_t n_source);

/// The logits of the first `n_steps` decoder rows, or of as many as there are, as generation sees them: one token is
/// fed, the last row is scored, the next token is fed.
/// @return n_steps x vocab_size
[[nodiscard]] Mat stepwise_logits(const Session& session, const Experiment& experiment, std::size_t n_steps);

/// A recorded matrix as Armadillo's. @throws std::out_of_range if it was not recorded
[[nodiscard]] Mat recorded(const Trace& trace, Name name);
[[nodiscard]] Mat recorded(const Trace& trace, const std::string& name);

/// The matrix of the same place under another last word: `with_leaf(…head.0.weights, "value")` is `…head.0.value`.
[[nodiscard]] Name with_leaf(Name name, const std::string& leaf);

/// The largest |a - b| / (1 + |b|) over all cells, as goldens are compared; infinity where the shapes differ or one of
/// the two is NaN. Equal infinities differ by 0.
[[nodiscard]] double difference(const Mat& a, const Mat& b);

/// How many places hold different ids; what one list has more than the other differs.
[[nodiscard]] std::size_t n_differing(const Ids& a, const Ids& b);

/// The columns of one head: n_rows x d_k. @throws std::logic_error from Armadillo if there is no such head
[[nodiscard]] Mat columns_of_head(const Mat& x, std::size_t head, std::size_t n_heads);

}  // namespace glass::lesson
