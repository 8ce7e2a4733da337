#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "engine/screen/line.hpp"

namespace glass::screen {

/// How many columns a text takes on a terminal, counted by grapheme cluster: combining marks take none, CJK and emoji
/// two. Control characters and invalid bytes count as spelt() would write them.
[[nodiscard]] std::size_t width(std::string_view utf8);

/// The columns of all spans of a line.
[[nodiscard]] std::size_t width(const Line& line);

/// A text cut between graphemes so that it takes at most so many columns, spelt(). What was cut ends in `…` (`...`
/// without UTF-8, or as many dots as there is room for).
[[nodiscard]] std::string clipped(std::string_view utf8, std::size_t columns, const Style& style);

/// What may be shown: control characters, characters that steer the direction of writing, unassigned ones and invalid
/// UTF-8 as `\xNN`, byte by byte. Without UTF-8 everything else becomes ASCII: a word (`√` sqrt, `ε` eps), a sign alike
/// (`▸` >, `▁` _, `×` x), the letter without its accent, or `?` for every column. Spelling twice changes nothing.
/// This changes widths, so it comes before any layout. Whatever draws calls it on what it is given.
[[nodiscard]] std::string spelt(std::string_view utf8, const Style& style);

}  // namespace glass::screen
