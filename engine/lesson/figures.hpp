#pragma once

#include <string>

#include "engine/lesson/lesson.hpp"
#include "engine/lesson/session.hpp"
#include "engine/screen/figure.hpp"
#include "engine/trace/explain.hpp"

namespace glass::lesson {

/// A recorded matrix as it is shown: labels, axes, the kind of its numbers.
[[nodiscard]] screen::Figure figure_of(const Pass& pass, Name name);

/// What figures of these names have in common, H and L standing for what differs; empty if they are of several kinds.
[[nodiscard]] std::string panels_title(const Session& session, const std::vector<std::string>& texts);

/// One row of a figure.
[[nodiscard]] screen::Figure row_of(const screen::Figure& figure, std::size_t row);

/// Its first rows.
[[nodiscard]] screen::Figure first_rows(const screen::Figure& figure, std::size_t count);

/// The table of words of the course's pair at initialisation and after each epoch, as heat, from
/// data/model/history.npz.
/// @throws std::runtime_error if the file lacks it
[[nodiscard]] std::vector<screen::Figure> epoch_figures(const Session& session, const Epochs& epochs);

/// A derived matrix (see Derive) with its expression as title; labels are those of its operands, or words.
[[nodiscard]] screen::Figure figure_of(const Session& session, const Derive& derive);

/// A derived matrix computed from any trace of the session's sentence, a golden one for example.
[[nodiscard]] Matrix derived_from(const Trace& trace, const Session& session, const Derive& derive);

/// What the rows or columns of a matrix count, for a person: "source tokens", "features of the head".
[[nodiscard]] std::string axis_text(Axis axis);

}  // namespace glass::lesson
