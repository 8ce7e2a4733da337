#pragma once

#include <cstddef>
#include <optional>
#include <utility>

#include "engine/screen/line.hpp"

namespace glass::screen {

/// Where the terminal's cursor stands: line and column of the first sign (or of the first blank, if there is no sign)
/// whose ink has the cursor. Nothing if there is none.
[[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>> cursor_of(const Lines& lines);

/// The lines without what stands beyond so many columns. A grapheme that is only half inside is left out.
[[nodiscard]] Lines cropped(const Lines& lines, std::size_t columns);

}  // namespace glass::screen
