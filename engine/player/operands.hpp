#pragma once

#include "engine/player/view.hpp"

namespace glass::player {

/// A figure with the matrices that one of its cells reads beside it, where the window is wide enough for them: the
/// parts that are read are marked by `( )`.
/// @param at  the cell in the trace that the figure's cursor stands on
[[nodiscard]] screen::Lines with_operands(const screen::Figure& figure, const Pointed& at, const Canvas& canvas);

/// The recorded matrices among the cell's operands, below or beside each other.
[[nodiscard]] screen::Lines draw_operands(const Pointed& at, const Canvas& canvas);

}  // namespace glass::player
