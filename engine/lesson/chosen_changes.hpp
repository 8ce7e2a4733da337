#pragma once

#include <cstddef>
#include <string>

#include "engine/lesson/lesson.hpp"
#include "engine/trace/contract.hpp"

namespace glass::lesson {

/// One number of a recorded matrix.
struct NamedCell {
  Name name;
  std::size_t row = 0, col = 0;
  bool operator==(const NamedCell&) const = default;
};

/// Experiments of which a person chooses what is changed. Like those of changes.hpp they are for a model of any shape,
/// and change the teacher-forced pass and the search alike. A refusal is one sentence, and leaves the experiment as it
/// was.
namespace change {

/// Another source sentence under the same target: the edit of `encoder.ids` and `encoder.visible`.
/// @throws std::invalid_argument if the sentence is blank, not valid UTF-8, or has more tokens than the model positions
void swap_source_for(const Session& session, const std::string& text, Experiment& experiment);

/// Switches one head off, which any of its matrices names: the edit of its `context`, which becomes zeros. Its weights
/// stay what they are.
/// @throws std::invalid_argument if this model has no such matrix, or if it does not belong to a single head
void switch_off_head(const Session& session, Name name, Experiment& experiment);

/// Hides one source word, an index into words_of_pieces(source labels, WordRule::plain), from every cross-attention:
/// the mask there, so that its masked scores are -inf.
/// @throws std::invalid_argument if there is no such word, or if nothing were left to look at
void hide_word(const Session& session, std::size_t word, Experiment& experiment);

/// The same for the source pieces [begin, end), as far as the source has them.
void hide_pieces(std::size_t begin, std::size_t end, Experiment& experiment);

/// Sets one number, at the seam. In the search the decoder's matrices begin with one row and grow: the number is set in
/// those that have the cell.
/// @throws std::invalid_argument if this model or this sentence has no such cell, if the number is not finite or beyond
///         1e100 (in `masked_scores`, -inf is allowed where the row has another key to look at), and for what is given,
///         unless `ids` become an id of the vocabulary, and `visible` 0 or 1, and not 0 throughout
void set_number(const Session& session, const NamedCell& cell, double value, Experiment& experiment);

}  // namespace change
}  // namespace glass::lesson
