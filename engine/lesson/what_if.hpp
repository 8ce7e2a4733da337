#pragma once

#include <string>
#include <vector>

#include "engine/trace/recorder.hpp"

namespace glass {
struct Experiment;
}

namespace glass::lesson {

class Session;

/// Where two runs part, told for the encoder and for the decoder separately (encoder first). A matrix has *changed* if
/// its shape or a single bit is another, or if only one run has it. A *sub-layer* is the embedding, one attention or
/// feed-forward with its add & norm, or what stands alone (ids, memory, logits).
struct Parting {
  /// Of each side, in the order of computation, every name before the first changed one, and what stays as it was in
  /// that one's sub-layer; all of them if none has changed.
  std::vector<Name> equal;
  /// Of each side, in the sub-layer of its first changed name: the changed names of which no operand that belongs to
  /// this side has changed. So they are what the experiment itself touched, or what the other side's change reached
  /// first; everything else follows from them.
  std::vector<Name> first_changed;
};

/// Every name that has changed, in the order of computation.
[[nodiscard]] std::vector<Name> changed_names(const Trace& before, const Trace& after, const Dims& dims);

[[nodiscard]] Parting part(const Trace& before, const Trace& after, const Dims& dims);

/// What an experiment did to the session's sentence.
struct Outcome {
  Trace after;                          ///< the teacher-forced pass over the same target
  std::vector<Name> equal;              ///< see Parting
  std::vector<Name> first_changed;      ///< see Parting
  std::string before_text, after_text;  ///< the model's own translation, without and with the change
};

/// Runs the session's sentence under an experiment: its pair teacher-forced, and a search of its own (see
/// quick_settings). A translation that the search had to cut ends with an ellipsis.
/// @throws what the changed stages throw
[[nodiscard]] Outcome what_if(const Session& session, const Experiment& experiment);

}  // namespace glass::lesson
