#pragma once

#include <string>

#include "engine/screen/line.hpp"

namespace glass::screen {

/// A line with the escape sequences of its inks, without its end; reset at the end if anything was set. Without colour
/// there are no escapes at all. Of the 256 colours the nearest is taken; those of xterm's own are hit exactly.
[[nodiscard]] std::string to_ansi(const Line& line, Colour colour);

}  // namespace glass::screen
