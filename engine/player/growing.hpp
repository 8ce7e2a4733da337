#pragma once

#include <optional>

#include "engine/lesson/lesson.hpp"
#include "engine/lesson/session.hpp"
#include "engine/screen/figure.hpp"

namespace glass::player {

/// Attention weights as generation sees them: with each step one row more. Of one head, or averaged over the heads of
/// its layer.
struct Growing {
  Name weights;  ///< of a head
  bool averaged = false;
  std::size_t rows = 1;  ///< steps that are done

  bool operator==(const Growing&) const = default;
};

/// The average over the heads of the layer; nothing while one head is shown.
[[nodiscard]] std::optional<lesson::Derive> derived(const Growing& growing);

/// The rows so far, the strongest of each marked, with the name or the expression as title.
[[nodiscard]] screen::Figure figure_of(const lesson::Session& session, const Growing& growing);

/// What the last step did: what was read, what is predicted, and where it looked.
[[nodiscard]] std::string told(const lesson::Session& session, const Growing& growing);

}  // namespace glass::player
