#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/lesson/chosen_changes.hpp"
#include "engine/lesson/session.hpp"
#include "engine/lesson/what_if.hpp"
#include "engine/screen/figure.hpp"

namespace glass::lesson {

/// An experiment that has been run on the session's sentence, with everything that a person sees of it.
struct Trial {
  std::string title;
  Outcome outcome;            ///< its trace has become that of `after`
  Pass after;                 ///< the changed pass with its own labels
  std::vector<Name> changed;  ///< every name that is not bit-equal, in the order of computation
};

/// Runs the experiment: teacher-forced, and in a search (see what_if).
/// @throws what the changed stages throw
[[nodiscard]] Trial try_out(const Session& session, std::string title, const Experiment& experiment);

/// One matrix in both runs.
struct Compared {
  screen::Figure before;
  std::optional<screen::Figure> after;       ///< none if the changed run never had the matrix
  std::optional<screen::Figure> difference;  ///< `changed NAME - NAME`, where the shapes agree; equal infinities: 0
};

[[nodiscard]] Compared compared(const Session& session, const Trial& trial, Name name);

/// How undecided an attention is: `mean of entropy(NAME)`, over its rows, in bits, in both runs; NaN in a run that
/// never had the matrix.
struct Undecided {
  Name name;
  double before = 0, after = 0;
};

/// Of one attention, which its weights name.
[[nodiscard]] Undecided entropy_of(const Session& session, const Trial& trial, Name weights);

/// Of every attention's weights in the model, in the order of computation.
[[nodiscard]] std::vector<Undecided> entropies(const Session& session, const Trial& trial);

/// True if the matrix is the same in both runs, bit for bit.
[[nodiscard]] bool is_equal(const Trial& trial, Name name);

/// An experiment that can be tried here.
struct Offer {
  std::string title;  ///< "switch off decoder.layers.1.encoder_attn.head.0"
  std::function<Experiment(const Session&)> make;
};

/// What can be tried without a further question: another source (change::other_source), a head off, a source word
/// hidden, no positions. The head is the focused one, or the best; the word that of the focused column or row, where
/// these are source tokens, or the first. What would be refused is not offered.
[[nodiscard]] std::vector<Offer> offers(const Session& session, const std::optional<NamedCell>& focus);

/// Another source, in one's own words. @throws std::invalid_argument as change::swap_source_for
[[nodiscard]] Offer offer_source(const Session& session, const std::string& text);

/// Another number. @throws std::invalid_argument as change::set_number
[[nodiscard]] Offer offer_number(const Session& session, const NamedCell& cell, double value);

}  // namespace glass::lesson
